"""Taking an invitation back: whoever never came is not there any more (S3)."""

from typing import TYPE_CHECKING

from store import audit
from store.listing import index
from store.mail import outbox
from store.models import EmployeeRow, UserRow
from store.users import owning
from store.users.moving import moving, shut_out
from store.users.writing import Names, tokens
from store.values import Draft, User, Why

if TYPE_CHECKING:
    from store.database import Unit
    from store.session import Session


def revoke(session: "Session", who: int | str) -> User:
    """Delete a pending person, of whom nothing is left but the id in the history.

    Their login and address are free at once. It is not `remove`: there is no tombstone, for
    nothing was ever theirs. Gives back who it was.

    Raises:
        Impossible: they are not pending.
        NotAllowed: the actor may not take this person's invitation back.
        NotFound: nobody, or nobody whom the actor may see.
        OwnsRecords: the platform has given them something already.
    """
    with moving(session, "revoke", who) as (unit, user):
        owning.check(session.store, user)
        changes = shut_out(unit, user, Why.REMOVED)
        _delete(unit, user)
        # Nobody could do it later, for nobody finds them any more.
        audit.erase(unit, user.id)
        status = {"status": (user.status, None)}
        command = f"usher invitations revoke {user.id}"
        unit.record("revoke", user.id, {**status, **changes}, command)
        return user


def _delete(unit: "Unit", user: User) -> None:
    """Take them out; what hangs on a person by a key goes with the row."""
    store = unit.session.store
    draft, names = Draft.of(user), Names.of(store)
    index.put(store, [(user.id, tokens(names, draft, user.id, user.status), None)])
    card = user.employee
    if not (card.currency or card.number or card.address or card.notes):
        # One that says something waits for the next who has this address (S4).
        EmployeeRow.delete().where(EmployeeRow.user == user.id).execute()
    outbox.forget(user.id)
    UserRow.delete().where(UserRow.id == user.id).execute()
