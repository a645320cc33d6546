"""The outbox: letters are rows, written in the transaction that causes them (DESIGN 3.12)."""

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.models import LetterRow
from store.values import Letter

if TYPE_CHECKING:
    from store.database import Unit


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
