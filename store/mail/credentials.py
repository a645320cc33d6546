"""How somebody is told what to sign in with, at creation and renaming (DESIGN 3.4).

By the setting `mail.credentials` it is a link, or as the seeds have it a generated temporary
password. What somebody typed is never mailed.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from store import codes, settings
from store.codes import Purpose
from store.mail import outbox
from store.signin import by_code

if TYPE_CHECKING:
    from store.database import Unit
    from store.generated import Drawn
    from store.settings import Settings
    from store.values import Row, User

PASSWORD = "temporary_password"  # noqa: S105  (a word of the setting)
LINK_LASTS = timedelta(hours=24)
"""As long as a code for a new password may at most be good (CHECKLIST D33)."""


def by_letter(current: "Settings", address: str) -> bool:
    """Whether whoever has this address is given a password by a letter."""
    return bool(address.strip()) and current.mail_credentials == PASSWORD


def by_letter_to(current: "Settings", user: "Row | User", actor: int | None) -> bool:
    """Whether a letter brings this person the password of a new login; never one's own."""
    return user.id != actor and by_letter(current, user.email)


def send_password(
    unit: "Unit", kind: str, user: int, address: str, language: str, drawn: "Drawn"
) -> None:
    """Queue the letter that brings a generated password, while it is good for anything."""
    hours = settings.load(unit.session.store).password_temporary_hours
    number = codes.mint(unit, user, Purpose.PASSWORD, timedelta(hours=hours), nonce=drawn.nonce)
    outbox.queue(unit, kind, user, address, language, code=number)


def send_login(unit: "Unit", user: "User") -> None:
    """Queue the letter that tells a new login, with a code by which they choose a password."""
    number = None
    if user.status in by_code.MAY_USE[Purpose.RESET]:
        number = codes.mint(unit, user.id, Purpose.RESET, LINK_LASTS)
    outbox.queue(unit, "renamed", user.id, user.email, user.language, code=number)
