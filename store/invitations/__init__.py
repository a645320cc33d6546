"""Invitations: a pending person's e-mailed offer to join (S3, DESIGN 3.5).

`addresses` takes apart what somebody pasted, `checking` tells what would become of each of them,
`sending` invites them, `pending` lists who has not come yet, `resend` and `revoke` are done to one
of those or to many.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from store import codes, settings
from store.codes import Purpose
from store.mail import outbox
from store.models import InvitationRow

if TYPE_CHECKING:
    from store.database import Unit


def put(unit: "Unit", user: int, address: str, language: str) -> None:
    """Write a new invitation of a pending person, or renew the one there is, which kills its code.

    The letter is queued; the verb, which has checked it all, adds the entry.
    """
    lasts = timedelta(days=settings.load(unit.session.store).code_invitation_days)
    code = codes.mint(unit, user, Purpose.INVITATION, lasts)
    outbox.queue(unit, "invitation", user, address, language, code=code)
    now = unit.now
    InvitationRow.insert(user=user, code=code, sent_count=1, created=now, sent=now).on_conflict(
        conflict_target=[InvitationRow.user],
        update={
            InvitationRow.code: code,
            InvitationRow.sent_count: InvitationRow.sent_count + 1,
            InvitationRow.sent: now,
        },
    ).execute()
