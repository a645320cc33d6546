"""Decide what a new email address ends and which emails it sends (DESIGN 3.5).

Edit, import, undo and release use it through `changing.write`.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from store import access, checks, codes, invitations
from store.codes import Purpose
from store.mail import outbox
from store.models import CodeRow, InvitationRow, LetterRow, UserRow
from store.users import read
from store.values import Draft, Status, User

if TYPE_CHECKING:
    from store.database import Unit

Changes = dict[str, tuple[Any, Any]]

INVITED = "invitation_address"
"""In an entry: where the invitation was really sent, if the old address is spelled differently."""

EFFECTS = frozenset({"codes", "email_confirmed", "invitation", INVITED, "password", "sent_count"})
"""What the audit entry of an edit has besides fields: what the new address ended or sent."""

ENDED = ("open", "ended")
"""The change of an invitation that ended and was not sent again."""


def is_new(fields: Mapping[str, tuple[Any, Any]]) -> bool:
    """Return whether the fields contain a different address, not just another spelling."""
    return "email" in fields and not checks.same_email(*fields["email"])


def with_login(user: User, new: Draft) -> Draft:
    """Return the draft with a new login if a pending user's login equals the old address.

    Correcting the address then corrects the login too.
    """
    follows = (
        user.status is Status.PENDING
        and new.email not in {"", user.email}
        and new.login == user.login
        and checks.same_login(user.login, user.email)
    )
    return replace(new, login=new.email) if follows else new


def readdress(unit: "Unit", user: User, email: str, language: str, *, tell: bool) -> Changes:
    """End what was sent to the old address. The user record has the new address already.

    A pending user's invitation is sent to the new address if it is open or expired and the actor
    may resend it. One that an action has ended since, such as a rename, a temporary password or a
    block, stays ended. With `tell`, a notice goes to the old address if it was ever the user's own.
    Returns what ended and what was sent, for the audit entry.
    """
    number = user.id
    opened = _open_codes(unit, number)
    row = InvitationRow.get_or_none(InvitationRow.user == number)
    sent_to = _sent_to(row)
    purposes = set(opened.values())
    # A code or password emailed to the old mailbox must no longer work (CHECKLIST D34).
    codes.revoke(unit, number)
    LetterRow.delete().where(
        LetterRow.state == "queued", LetterRow.code.in_(list(opened))
    ).execute()
    changes: Changes = {}
    by_mail = Purpose.PASSWORD in purposes and user.password == "temporary"  # noqa: S105
    if by_mail:
        _forget_password(number)
        changes["password"] = ("temporary", "none")
    if user.status is Status.PENDING and (sent_to is not None or by_mail):
        before = row.sent_count if row else 0
        if email and _may_resend(unit, user):
            invitations.put(unit, number, email, language)
            changes["sent_count"] = (before, before + 1)
        elif Purpose.INVITATION in purposes or by_mail:
            changes["invitation"] = ENDED
        if sent_to and sent_to != user.email:
            changes[INVITED] = (sent_to, email)
    others = purposes - {Purpose.INVITATION, Purpose.PASSWORD}
    if others:
        changes["codes"] = (len(others), 0)
    confirmed = UserRow.get_by_id(number).email_confirmed_at is not None
    if confirmed != user.email_confirmed:
        changes["email_confirmed"] = (user.email_confirmed, confirmed)
    if tell and user.email and _was_theirs(user):
        outbox.queue(unit, "email_changed", number, user.email, language)
    return changes


def _sent_to(row: InvitationRow | None) -> str | None:
    """Return the address an invitation went to, or None if there is none or it was ended.

    Read it before the codes are revoked. The address is empty if its email is not kept.
    """
    if row is None or row.code is None or row.code.ended is not None:
        return None
    letter = LetterRow.select().where(LetterRow.code == row.code).order_by(LetterRow.id.desc())
    found = letter.first()
    return found.address if found else ""


def _was_theirs(user: User) -> bool:
    """Return whether the user ever used the address, so that its mailbox gets a notice."""
    return user.email_confirmed or user.last_seen is not None or user.status is Status.ACTIVE


def _open_codes(unit: "Unit", number: int) -> dict[int, str]:
    """Return the ids of open codes with their purposes."""
    rows = CodeRow.select(CodeRow.id, CodeRow.purpose).where(
        CodeRow.user == number, CodeRow.ended.is_null(), CodeRow.expires >= unit.now
    )
    return {row.id: row.purpose for row in rows}


def _forget_password(number: int) -> None:
    """Delete a temporary password that was emailed to the old address."""
    UserRow.update(password_hash=None, password_set_at=None, password_temporary=False).where(
        UserRow.id == number
    ).execute()


def _may_resend(unit: "Unit", user: User) -> bool:
    session = unit.session
    actor = access.actor_of(session)
    answer = access.may_now(session, actor, "invitations.resend", read.subject_of(user))
    return bool(answer)
