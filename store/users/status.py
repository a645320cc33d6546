"""Moving a user from one status to another: the one place where it is written."""

from typing import TYPE_CHECKING, Any

from store.listing import index
from store.listing.places import sunk
from store.models import InvitationRow, UserRow
from store.users.writing import Names, tokens
from store.values import Draft, Status, User

if TYPE_CHECKING:
    from store.database import Unit


def set_status(unit: "Unit", user: User, status: Status) -> None:
    """Write the new status, its time, and where it stands in the list; the verb adds the entry.

    Who becomes active for the first time is activated by it, which also begins the idle clock;
    they have come, so that they are invited no longer.
    """
    store = unit.session.store
    changes: dict[str, Any] = {
        "status": status,
        "status_since": unit.now,
        "bottom": sunk(status),
        "version": UserRow.version + 1,
    }
    if status is Status.ACTIVE and user.status is Status.PENDING:
        changes["activated_at"] = changes["idle_from"] = unit.now
        InvitationRow.delete().where(InvitationRow.user == user.id).execute()
    UserRow.update(**changes).where(UserRow.id == user.id).execute()
    draft, names = Draft.of(user), Names.of(store)
    old = tokens(names, draft, user.id, user.status)
    index.put(store, [(user.id, old, tokens(names, draft, user.id, status))])
