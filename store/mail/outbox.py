"""The outbox: letters are rows, written in the transaction that causes them (DESIGN 3.12)."""

import uuid
from typing import TYPE_CHECKING

from store.models import LetterRow
from store.values import Letter

if TYPE_CHECKING:
    from store.database import Unit


def queue(
    unit: "Unit", kind: str, user: int, address: str, language: str, *, code: int | None = None
) -> None:
    """Queue a letter inside the transaction of a verb; its text is made while sending.

    `code` is the number of the code that it carries.
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
    )
    unit.letters.append(Letter(row.id, kind, address, row.state, unit.now))
