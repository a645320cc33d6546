"""A letter as the message that is sent, made of its row and of what is known at that moment.

The one place where a code is text: it is made here, and kept nowhere (CHECKLIST D31).
"""

import socket
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

from store import codes, settings
from store.checks import emails
from store.codes import Purpose
from store.mail.texts import Facts, Text, lines_of, subject_of, text_of
from store.models import AbsenceRow, LetterRow, MailSettingsRow, UserRow
from store.ownership import standing
from store.policy import passwords
from store.settings import Settings
from store.values import Absence
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store

WRITTEN = "message"
"""The kind of a letter that somebody wrote themselves."""
HIDDEN = "·····-·····-·····-·····-······"
"""What stands for a code where a letter is only looked at."""
NAME_MAX = 100

_ASCII = policy.SMTP.clone(cte_type="7bit")
"""What any server takes."""
_UTF8 = _ASCII.clone(utf8=True)
"""For the few addresses that are not ASCII before the @ (RFC 6531)."""


class UnsendableError(Exception):
    """A letter that is not to be sent; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class House:
    """What all letters share, read once for many: whose account it is, and how it writes."""

    name: str
    settings: Settings

    @classmethod
    def of(cls, store: "Store") -> "House":
        return cls(settings.account_name(store) or "Usher", settings.load(store))

    @property
    def address(self) -> str:
        """From where letters come."""
        if self.settings.mail_from:
            return self.settings.mail_from
        host = socket.gethostname()
        plain = host.isascii() and host.replace("-", "").replace(".", "").isalnum()
        return f"usher@{host if plain else 'localhost'}"

    def when(self, moment: datetime) -> str:
        """A moment as the account writes it, with the name of its zone."""
        zone = self.settings.time_zone
        return f"{moment.astimezone(zone):%Y-%m-%d %H:%M} ({zone.key})"


@dataclass(frozen=True, slots=True)
class Composed:
    """A message with its envelope; `code` is what of it must not be told to anybody else."""

    message: EmailMessage
    sender: str
    recipient: str
    code: str = ""


def compose(store: "Store", row: LetterRow, house: House) -> Composed:
    """The message of a letter, ready to be sent.

    Raises:
        UnsendableError: its code has ended, or its address is none.
    """
    with store.read():
        carried = row.code
        code = codes.text_of(store, carried.id) if carried else None
        if code is None and _needs_code(row):
            raise UnsendableError(_("Its code has ended, so it was not sent."))
        return _composed(store, row, house, code or "")


def shown(store: "Store", row: LetterRow, house: House) -> Composed:
    """The message of a letter to be looked at: as it is or will be sent, but for its code.

    Raises:
        UnsendableError: its address is none.
    """
    with store.read():
        return _composed(store, row, house, HIDDEN if _needs_code(row) else "")


def trial(store: "Store", house: House, address: str) -> Composed:
    """A message by which somebody tries out whether letters arrive.

    Raises:
        UnsendableError: the address is none.
    """
    headers = {
        "Date": store.clock(),
        "Message-ID": f"<{uuid.uuid4()}@usher>",
        "Auto-Submitted": "auto-generated",
    }
    text = text_of("test", Facts(house.name))
    return _enveloped(house, _Sender(house.name), address, text, headers)


def _needs_code(row: LetterRow) -> bool:
    """Whether a letter is nothing without its code; one that was cleared away is gone from it."""
    return row.code is not None or row.kind in set(Purpose)


def _composed(store: "Store", row: LetterRow, house: House, code: str) -> Composed:
    written = row.kind == WRITTEN
    if written:
        sender = _sender(row)
        text = Text(subject_of(row.subject), lines_of(row.body) + sender.signed)
    else:
        sender = _Sender(house.name)
        text = text_of(row.kind, _facts(store, row, house, code))
    headers = {
        "Date": row.created,
        "Message-ID": row.message_id,
        "X-Outbox-Id": str(row.id),
    }
    if not written:
        headers["Auto-Submitted"] = "auto-generated"
    return _enveloped(house, sender, row.address, text, headers, code)


def _facts(store: "Store", row: LetterRow, house: House, code: str) -> Facts:
    user, carried = row.user, row.code
    link, password, ends = "", "", None
    absence = _absence(store, row)
    owner = UserRow.get(UserRow.owner) if row.kind == "owner_changed" else None
    if carried is not None and carried.purpose == Purpose.PASSWORD:
        code, password, ends = "", code, carried.expires
    elif carried is not None:
        link = house.settings.links_template
        link = link.replace("{code}", code).replace("{purpose}", carried.purpose)
        ends = carried.expires
        if carried.purpose == Purpose.ABSENCE:
            ends = absence.claimable if absence else None
    elif user is not None:
        stored = passwords.Facts(True, user.password_set_at, bool(user.password_temporary))
        ends = passwords.expires(stored, house.settings)
    return Facts(
        house.name,
        name=f"{user.first_name} {user.last_name}".strip() if user else "",
        login=user.login if user else "",
        address=row.address,
        code=code,
        link=link,
        password=password,
        until=house.when(ends) if ends else "",
        owner=f"{owner.first_name} {owner.last_name} ({owner.login})" if owner else "",
        by=absence.by if absence else "",
        reason=absence.reason if absence else "",
    )


def _absence(store: "Store", row: LetterRow) -> Absence | None:
    """What this very letter tells the owner of, while it stands."""
    if row.kind != Purpose.ABSENCE or row.code is None:
        return None
    stands = AbsenceRow.select().where(AbsenceRow.code == row.code).exists()
    return standing.absence(store) if stands else None


@dataclass(frozen=True, slots=True)
class _Sender:
    """By whom a letter seems to be written, who gets the answer, and how it is signed."""

    name: str
    reply_to: str = ""
    signature: str = ""

    @property
    def signed(self) -> str:
        """What stands below the text, as RFC 3676 parts it from it."""
        return f"\n\n-- \n{self.signature}\n" if self.signature else "\n"


def _sender(row: LetterRow) -> _Sender:
    """Of a letter that somebody wrote; where they are gone, nobody."""
    user = row.sender
    if user is None:
        return _Sender("")
    own = MailSettingsRow.get_or_none(MailSettingsRow.user == user.id)
    name = (own and own.sender_name) or f"{user.first_name} {user.last_name}".strip() or user.login
    reply_to = (own and own.reply_to) or user.email
    return _Sender(name, reply_to, lines_of(own.signature) if own else "")


def _enveloped(
    house: House,
    sender: _Sender,
    address: str,
    text: Text,
    headers: Mapping[str, Any],
    code: str = "",
) -> Composed:
    """The message to somebody, with its envelope."""
    if emails.verdict(address) is None:
        raise UnsendableError(_("The address is none that mail could be sent to."))
    recipient = _on_the_wire(address)
    message = EmailMessage(_ASCII if recipient.isascii() else _UTF8)
    message["From"] = _address(subject_of(sender.name)[:NAME_MAX], house.address)
    message["To"] = _address("", recipient)
    if sender.reply_to:
        message["Reply-To"] = _address("", _on_the_wire(sender.reply_to))
    message["Subject"] = text.subject
    for name, value in headers.items():
        message[name] = value
    message.set_content(text.body, charset="utf-8")
    return Composed(message, house.address, recipient, code)


def _address(name: str, address: str) -> Address:
    user, _at, domain = address.rpartition("@")
    return Address(name, user, domain)


def _on_the_wire(address: str) -> str:
    """An address with its domain in ASCII, as name servers know it."""
    import idna  # noqa: PLC0415  (most domains are ASCII as they are)

    local, _at, domain = address.rpartition("@")
    return address if domain.isascii() else f"{local}@{idna.encode(domain, uts46=True).decode()}"
