"""The outbox on screen: what became of each letter, in words, and sending one again."""

from collections.abc import Callable

import pytest

from store import settings
from store.mail import letters
from store.mail.delivery import deliver
from store.mail.transports import UndeliveredError
from store.session import Session
from store.values import User
from tests.conftest import session_of
from tests.store.mail.servers import Pigeon
from tests.tui.one_screen import Seat, sit, visit_of
from tui.screens.users import Users

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

MakeUser = Callable[..., User]


def test_a_parked_letter_says_why_and_is_queued_again(owner: Session, make_user: MakeUser) -> None:
    """And never that it was sent; its code is nowhere on the screen."""
    user = make_user(login="lesia", email="lesia@acme.com.ua")
    owner.store.transport = Pigeon(UndeliveredError("550 no such user", final=True))
    deliver(owner.store)

    async def steps(seat: Seat) -> None:
        await seat.press("O")
        assert "and no further; set mail.smtp_host" in " ".join(seat.text.split())
        assert "parked" in seat.line(user.email) and "550 no such user" in seat.line(user.email)
        await seat.press("ctrl+o")
        assert "usher mail resend 1" in seat.text
        await seat.press("escape", "f", "down", "down", "down", "enter")
        assert "sent · 0 letters" in seat.text and "There is no letter here." in seat.text
        await seat.press("enter")
        assert "▲ There is no letter here." in seat.text
        await seat.press("f", "pageup", "enter", "enter")
        assert "550 no such user" in seat.text and "Your invitation to Acme" in seat.text
        await seat.press("r")
        assert "✓ Letter 1 to lesia@acme.com.ua is queued." in seat.text
        assert "queued" in seat.line(f"○ queued    {user.email}")
        assert "✓ sent" not in seat.text

    sit(Users(visit_of(owner)), steps)
    assert [letter.state for letter in letters.listed(owner)] == ["queued"]


def test_an_admin_who_is_denied_mail_reads_the_outbox_and_sends_nothing(
    owner: Session, make_user: MakeUser
) -> None:
    from store.access import overrides

    settings.change(owner, "mail.smtp_host", "mail.acme.com.ua")
    adam = make_user(login="adam", admin=True)
    overrides.deny(owner, adam.id, ["users.mail"])

    async def steps(seat: Seat) -> None:
        await seat.press("O")
        assert "Letters go to the mail server mail.acme.com.ua:587." in seat.text
        assert "r resend" not in seat.text
        await seat.press("r")
        assert "is queued." not in seat.text

    session = session_of(owner.store, adam)
    sit(Users(visit_of(session)), steps)
