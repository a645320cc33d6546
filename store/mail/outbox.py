"""The outbox: letters are rows, written in the transaction that causes them (DESIGN 3.12)."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from store.clocks import AHEAD
from store.fields import utc_text
from store.models import LetterRow
from store.values import Letter

if TYPE_CHECKING:
    from store.database import Store, Unit


STATES = ("queued", "sending", "sent", "parked")
"""Where a letter may stand (DESIGN 3.12)."""

OUT = ("sending", "sent")
"""Where a letter is that somebody has, or may have at any moment."""
_ERASED = {
    "user": None, "sender": None, "code": None, "address": "", "language": "", "subject": "",
    "body": "", "error": "", "state": "sent", "lease": None,
}  # fmt: skip
"""What is left of a letter: its kind, its times, and the Message-ID by which its file is called."""

DUE = (
    "state IN ('queued', 'sending') AND (due <= ? OR due > ?)"
    " AND (lease IS NULL OR lease < ? OR lease > ?)"
)
"""The messages to send now. No process is sending them, or its lease has expired.

Takes the parameters of `due_at`.
"""


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote themselves, and who."""

    sender: int | None = None
    subject: str = ""
    body: str = ""


_NOBODY = Written()


def queue(
    unit: "Unit",
    kind: str,
    user: int,
    address: str,
    language: str,
    *,
    code: int | None = None,
    written: Written = _NOBODY,
) -> None:
    """Queue a letter inside the transaction of a verb; its text is made while sending.

    `code` is the number of the code that it carries; what is `written` by somebody is its text.
    """
    row = LetterRow.create(
        kind=kind,
        user=user,
        address=address,
        language=language,
        message_id=f"<{uuid.uuid4()}@usher>",
        created=unit.now,
        due=unit.now,
        code=code,
        sender=written.sender,
        subject=written.subject,
        body=written.body,
    )
    unit.letters.append(Letter(row.id, kind, address, row.state, unit.now))


def forget(user: int) -> None:
    """Erase the letters to somebody, and those that they wrote: what waits will not be sent.

    Of what is out the bare row stays, so that `usher maintain` finds the file that it may have
    become, and takes away both.
    """
    theirs = (LetterRow.user == user) | (LetterRow.sender == user)
    LetterRow.delete().where(theirs, LetterRow.state.not_in(OUT)).execute()
    LetterRow.update(**_ERASED).where(theirs).execute()


def waiting(store: "Store") -> bool:
    """Whether any letter is due: what those ask who deliver beside other work."""
    with store.read():
        due = due_at(store.now())
        return bool(store.sql(f"SELECT 1 FROM usher_letter WHERE {DUE} LIMIT 1", *due))


def due_at(now: datetime) -> tuple[str, str, str, str]:
    """Return the parameters of `DUE`.

    No message is due, or leased, more than a day ahead. A time further ahead was written by a wrong
    clock, and does not delay the message.
    """
    return (utc_text(now), utc_text(now + AHEAD)) * 2
