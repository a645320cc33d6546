"""The letters of the outbox as an admin looks at them, and sending one again."""

import uuid
from typing import TYPE_CHECKING

from store import access, codes
from store.errors import NoSuch, Refused
from store.mail.composing import House, UnsendableError, shown
from store.mail.texts import line_of
from store.models import LetterRow
from store.values import Letter, LetterShown
from store.wording import _

if TYPE_CHECKING:
    from peewee import ModelSelect

    from store.session import Session

_AGAIN = {"state": "queued", "lease": None, "began": None, "tries": 0, "sent": None, "error": ""}
"""What is as new of a letter that is sent again."""


def listed(
    session: "Session", state: str | None = None, limit: int = 50, *, before: int | None = None
) -> list[Letter]:
    """The letters, the newest first: all or those in one state; `before` the number of one.

    Raises:
        NotAllowed: the actor may not see whom Usher writes to.
    """
    with session.store.read():
        access.require(session, "mail.view")
        rows = _known().order_by(LetterRow.id.desc()).limit(limit)
        if state:
            rows = rows.where(LetterRow.state == state)
        if before is not None:
            rows = rows.where(LetterRow.id < before)
        return [_letter_of(row) for row in rows]


def count(session: "Session", state: str | None = None) -> int:
    """How many there are, in all or in one state.

    Raises:
        NotAllowed: the actor may not see whom Usher writes to.
    """
    with session.store.read():
        access.require(session, "mail.view")
        rows = _known()
        return int((rows.where(LetterRow.state == state) if state else rows).count())


def show(session: "Session", number: int) -> LetterShown:
    """One letter with its headers and its text, as it is or will be sent but for its code.

    Raises:
        NoSuch: there is no letter of that number.
        NotAllowed: the actor may not see whom Usher writes to.
    """
    store = session.store
    with store.read():
        access.require(session, "mail.view")
        row = _found(number)
        try:
            message = shown(store, row, House.of(store)).message
        except UnsendableError:
            return LetterShown(_letter_of(row), (), "")
        # How the text is encoded hangs on the code, which is not in it.
        headers = tuple(
            (name, line_of(str(value)))
            for name, value in message.items()
            if not name.lower().startswith(("content-", "mime-"))
        )
        return LetterShown(_letter_of(row), headers, message.get_content().replace("\r\n", "\n"))


def resend(session: "Session", number: int) -> Letter:
    """Send a letter again that is parked or was sent, or at once one that waits for its next try.

    What was sent goes out as another letter, for a mailbox takes none twice; all others are the
    same letter. Its code is the same one: a new one is sent by whatever sent the first.

    Raises:
        NoSuch: there is no letter of that number.
        NotAllowed: the actor may not send mail.
        Refused: its code has ended, or it is being sent right now.
    """
    store = session.store
    with store.write(session) as unit:
        access.require(session, "users.mail")
        row = _found(number)
        if row.state == "sending":
            raise Refused(
                _("Email {n} is being sent now. Try again in a minute.").format(n=number),
                code="letter_sending",
            )
        if row.code is not None and codes.text_of(store, row.code.id) is None:
            sentence = _(
                "The code in email {n} has expired, so the email cannot be resent. Resend "
                "the invitation or request a new code: usher mail show {n}"
            )
            raise Refused(sentence.format(n=number), code="code_ended")
        again = {**_AGAIN, "due": unit.now}
        if row.state == "sent":
            same = {name: value for name, value in row.__data__.items() if name != "id"}
            row = LetterRow.create(
                **{**same, **again, "message_id": f"<{uuid.uuid4()}@usher>", "created": unit.now}
            )
        else:
            LetterRow.update(again).where(LetterRow.id == number).execute()
            row = _found(number)
        letter = _letter_of(row)
        unit.letters.append(letter)
        whose = row.user.id if row.user else None
        unit.record(
            "resend_letter", whose, {"letter": (number, letter.id)}, f"usher mail resend {number}"
        )
        return letter


def _known() -> "ModelSelect[LetterRow]":
    """The letters of which anything is known; of the removed, bare rows may wait to be cleared."""
    return LetterRow.select().where(LetterRow.address != "")


def _found(number: int) -> LetterRow:
    row: LetterRow | None = _known().where(LetterRow.id == number).first()
    if row is None:
        raise NoSuch("letter", number)
    return row


def _letter_of(row: LetterRow) -> Letter:
    waits = row.due if row.state == "queued" and row.tries else None
    return Letter(
        row.id, row.kind, row.address, row.state, row.created, row.sent, row.error, row.tries, waits
    )
