"""Confirming addresses, one's own mail, and writing to people, by keys (DESIGN 3.9, S4)."""

from collections.abc import Callable

import pytest

from store import settings, signin, users
from store.database import Store
from store.mail import own_settings
from store.models import LetterRow
from store.session import Session
from store.values import Origin, OwnMail, User
from tests.conftest import session_of
from tests.store.standing import activate
from tests.store.test_storing import code_of_letter, letters
from tests.tui.one_screen import Seat, sit, visit_of
from tui.screens.own_mail import OwnMailForm
from tui.screens.person import Person
from tui.screens.profile import Profile
from tui.screens.rename import Rename
from tui.screens.users import Users
from tui.screens.write_mail import WriteMail

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

MakeUser = Callable[..., User]


@pytest.fixture
def ana(owner: Session, make_user: MakeUser) -> User:
    user = make_user(first_name="Ana", last_name="Silva", login="ana", email="ana@acme.ua")
    return activate(owner, user)


def confirm(session: Session) -> None:
    signin.confirm_email(session.store, code_of_letter(session.store, "confirmation"), Origin())


def test_from_ones_profile_the_address_is_confirmed_and_then_mail_has_settings(
    owner: Session, store: Store
) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("comma")
        await seat.type("Olga of Acme")
        await seat.press("f2")
        assert "is not confirmed. Request a code" in seat.text
        await seat.press("escape", "y", "C")
        assert "Ask Olga Bakum" in seat.text
        await seat.press("y")
        assert "✓ Queued: Olga Bakum (1)." in seat.text
        confirm(owner)
        await seat.press("comma")
        await seat.fill("Olga of Acme", "sales@@acme")
        await seat.type("Olga")
        await seat.press("enter")
        await seat.type("Acme")
        await seat.press("f2")
        assert seat.here == "answers to"
        await seat.press("ctrl+u")
        await seat.type("sales@acme.com.ua")
        await seat.press("f2")
        assert isinstance(seat.app.screen, Profile)
        assert "✓ Saved." in seat.text
        await seat.press("comma")
        assert isinstance(seat.app.screen, OwnMailForm)
        assert "Olga of Acme" in seat.field("sender's name")

    sit(Profile(visit_of(owner)), steps)
    assert own_settings.show(owner) == OwnMail("Olga of Acme", "sales@acme.com.ua", "Olga\nAcme")
    assert letters(store, "confirmation") == ["olga@acme.com.ua"]


def test_a_standard_user_confirms_their_own_address_and_writes_to_nobody(
    owner: Session, store: Store, ana: User
) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("M")
        assert isinstance(seat.app.screen, Profile)
        await seat.press("C", "y")
        assert "✓ Queued: Ana Silva" in seat.text

    sit(Profile(visit_of(session_of(store, ana))), steps)
    assert letters(store, "confirmation") == ["ana@acme.ua"]


def test_the_page_says_why_an_address_needs_no_letter(owner: Session, ana: User) -> None:
    signin.send_confirmation(owner, ana.id)
    confirm(owner)

    async def steps(seat: Seat) -> None:
        await seat.press("C")
        assert (
            "▲ The address of Ana Silva is confirmed already. There is nothing to do." in seat.text
        )

    sit(Person(visit_of(owner), users.show(owner, ana.id)), steps)


def test_the_marked_are_written_to_after_a_look_at_the_first(
    owner: Session, store: Store, ana: User, make_user: MakeUser
) -> None:
    """S4: to the marked; before anything is sent one sees it, and hears how many get it."""
    users.block(owner, make_user(first_name="Rui", last_name="Zola").id)

    async def steps(seat: Seat) -> None:
        await seat.press("M")
        assert "is not confirmed. Request a code" in seat.text
        signin.send_confirmation(owner, "olga")
        confirm(owner)
        own_settings.change(owner, OwnMail("Olga of Acme", "", "Olga, Acme"))
        await seat.press("asterisk", "M")
        assert isinstance(seat.app.screen, WriteMail)
        assert "Write to 3 people" in seat.text
        await seat.press("f2")
        assert "▲ The subject is missing." in seat.text
        await seat.fill("Monday")
        await seat.type("We meet at nine.")
        await seat.press("enter")
        await seat.type("Bring cake.")
        await seat.press("ctrl+o")
        assert "usher mail send" in seat.text
        await seat.press("escape", "f2")
        for line in ("From: Olga of Acme", "Subject: Monday", "Bring cake.", "Olga, Acme"):
            assert line in seat.text
        assert "2 will be queued. 1 gets none: Rui" in seat.text
        await seat.press("f2")
        assert "Write to 2 people?" in seat.text
        assert letters(store, "message") == []
        await seat.press("y")
        assert "2 queued, 1 refused." in seat.text
        await seat.press("q")
        assert isinstance(seat.app.screen, Users)
        assert "2 done, 1 refused" in seat.text
        assert "marked" not in seat.text

    sit(Users(visit_of(owner)), steps)
    assert sorted(letters(store, "message")) == ["ana@acme.ua", "olga@acme.com.ua"]
    with store.read():
        letter = LetterRow.get(LetterRow.kind == "message")
    assert letter.body == "We meet at nine.\nBring cake."


def test_where_letters_bring_passwords_a_generated_one_is_not_shown(
    owner: Session, store: Store, ana: User
) -> None:
    """DESIGN 3.4, 3.10: `mail.credentials = temporary_password`."""
    settings.change(owner, "mail.credentials", "temporary_password")

    async def steps(seat: Seat) -> None:
        await seat.type("ana.s")
        await seat.press("f2")

    renamed = sit(Rename(visit_of(owner), ana), steps)
    assert (renamed.login, renamed.password) == ("ana.s", "temporary")
    assert letters(store, "renamed") == ["ana@acme.ua"]
