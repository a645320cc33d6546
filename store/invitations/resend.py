"""Inviting somebody again who has not come (S3)."""

from typing import TYPE_CHECKING

from store import invitations
from store.models import InvitationRow
from store.users import read
from store.users.moving import moving
from store.values import User

if TYPE_CHECKING:
    from store.session import Session


def resend(session: "Session", who: int | str) -> User:
    """Send a pending person an invitation that lasts anew, also where there was none before.

    The code of the one before is dead, and so are those that a block has ended.

    Raises:
        Impossible: they are not pending, or have no e-mail address.
        NotAllowed: the actor may not invite.
        NotFound: nobody, or nobody whom the actor may see.
    """
    with moving(session, "resend", who) as (unit, user):
        row = InvitationRow.get_or_none(InvitationRow.user == user.id)
        before = row.sent_count if row else 0
        invitations.put(unit, user.id, user.email, user.language)
        changes = {"sent_count": (before, before + 1)}
        unit.record("resend", user.id, changes, f"usher invitations resend {user.id}")
        return read.load(session.store, [user.id])[0]
