"""The pending in the list: how their invitations stand, inviting anew, taking back (S3)."""

from datetime import timedelta

from store import users
from store.invitations.addresses import addresses
from store.invitations.sending import send
from store.models import CodeRow, InvitationRow, LetterRow
from store.session import Session
from tests.conftest import FakeClock
from tests.tui.driving import LARGE
from tests.tui.one_screen import Seat, sit, visit_of
from tui.screens.person import Person
from tui.screens.users import Users


def test_the_third_tab_tells_age_times_end_and_letter(owner: Session, clock: FakeClock) -> None:
    send(owner, addresses("a@acme.com.ua b@acme.com.ua c@acme.com.ua d@acme.com.ua"))
    with owner.store.write(owner):
        (soon, over, none) = (users.show(owner, f"{name}@acme.com.ua").id for name in "bcd")
        code = CodeRow.update(expires=clock() + timedelta(hours=47))
        code.where(CodeRow.user == soon).execute()
        code = CodeRow.update(expires=clock() - timedelta(hours=1))
        code.where(CodeRow.user == over).execute()
        letter = LetterRow.update(state="parked", error="550 no such user")
        letter.where(LetterRow.user == over).execute()
        InvitationRow.delete().where(InvitationRow.user == none).execute()

    async def steps(seat: Seat) -> None:
        await seat.press("3")
        assert "invited times  ends        letter" in seat.text
        assert seat.line("a@acme.com.ua").split()[-6:] == ["now", "1", "in", "7", "d", "queued"]
        assert "soon: 1 d" in seat.line("b@acme.com.ua")
        assert "expired     parked: 550 no such user" in seat.line("c@acme.com.ua")
        assert "not invited; r does it" in seat.line("d@acme.com.ua")

    sit(Users(visit_of(owner)), steps, LARGE)


def test_r_invites_anew_and_x_takes_an_invitation_back(owner: Session) -> None:
    send(owner, addresses("a@acme.com.ua b@acme.com.ua"))

    async def steps(seat: Seat) -> None:
        await seat.press("3", "r")
        assert "Invite again a@acme.com.ua (2)?" in seat.text
        await seat.press("y")
        assert "✓ Resent: a@acme.com.ua (2)." in seat.text
        assert seat.line("a@acme.com.ua").split()[5:7] == ["now", "2"]
        await seat.press("enter")
        assert "sent 2 times; the last: now; ends: in 7 d; letter: queued" in seat.line(
            "invitation"
        )
        await seat.press("x", "v")
        assert "Revoke a@acme.com.ua (2)?" in seat.text
        assert "As if never invited" in seat.text
        await seat.press("y")
        assert not isinstance(seat.app.screen, Person)
        assert "✓ Revoked: a@acme.com.ua (2)." in seat.text
        await seat.press("asterisk", "r", "y")
        assert "1 resent, 0 refused" in seat.text
        await seat.press("ctrl+o")
        assert "usher invitations resend 3" in seat.text

    sit(Users(visit_of(owner)), steps)


def test_of_mixed_marks_it_is_asked_whether_to_restore_or_to_invite(owner: Session) -> None:
    send(owner, addresses("a@acme.com.ua b@acme.com.ua"))
    users.deactivate(owner, "a@acme.com.ua")

    async def steps(seat: Seat) -> None:
        await seat.press("asterisk", "r")
        assert "r restore  s invite again" in seat.text
        await seat.press("s", "y")
        assert "1 resent, 2 refused" in seat.text

    sit(Users(visit_of(owner)), steps)


def test_nobody_pending_says_what_to_do(owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("3")
        assert "i  invite many" in seat.text

    sit(Users(visit_of(owner)), steps)
