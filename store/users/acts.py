"""The verbs that are done to one person or to many, by their names, and what came of each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.invitations.resend import resend
from store.invitations.revoke import revoke
from store.signin.confirming import send_confirmation
from store.users.assigned import Assigned
from store.users.block import block, unblock
from store.users.confirm import confirm
from store.users.deactivate import deactivate, restore
from store.users.edit import edit as edit_fields
from store.users.release import release
from store.users.remove import remove
from store.users.unlock import unlock
from store.values import Letter, User

if TYPE_CHECKING:
    from store.session import Session

VERBS: Mapping[str, Callable[["Session", int | str], User]] = {
    "confirm": confirm,
    "block": block,
    "unblock": unblock,
    "unlock": unlock,
    "deactivate": deactivate,
    "restore": restore,
    "remove": remove,
    "release": release,
    "send_confirmation": send_confirmation,
    "resend": resend,
    "revoke": revoke,
}
DANGEROUS = frozenset({"remove", "release"})
"""Those that ask for the actor's password again (DESIGN 3.6)."""

_COUNTED = ("sessions", "keys", "teams", "codes", "letters")


@dataclass(frozen=True, slots=True)
class Done:
    """What was done: to whom, which verb in the end, and what changed by it.

    The verb is another one where somebody only locked was to be unblocked.
    """

    user: User
    verb: str
    changes: Mapping[str, tuple[Any, Any]]
    letters: tuple[Letter, ...] = ()
    """The emails that the action queued."""

    @property
    def ended(self) -> Assigned:
        """Return how many sessions, codes and other things of the user the action ended.

        The code of an ended invitation is not counted, because the invitation is listed itself.
        """
        gone = {name: self.changes[name] for name in _COUNTED if name in self.changes}
        counts = {name: old - new for name, (old, new) in gone.items()}
        if "invitation" in self.changes and counts.get("codes"):
            counts["codes"] -= 1
        return Assigned(**counts)


def do(session: "Session", verb: str, who: int | str) -> Done:
    """Do one of the verbs, and tell what its audit entry says of it.

    Raises:
        UsherError: the verb refuses.
    """
    with session.store.write(session, members=True) as unit:
        user = VERBS[verb](session, who)
        entry = unit.entries[-1]
        return Done(user, entry.verb, entry.changes)


def edit(
    session: "Session", who: int | str, changes: Mapping[str, Any], *, version: int | None = None
) -> Done:
    """Edit a user like `users.edit`, and return the change from its audit entry.

    Raises:
        UsherError: as `users.edit`.
    """
    with session.store.write(session, members="admin" in changes) as unit:
        entries, letters = len(unit.entries), len(unit.letters)
        user = edit_fields(session, who, changes, version=version)
        written = unit.entries[entries:]
        changed = written[-1].changes if written else {}
        return Done(user, "edit", changed, tuple(unit.letters[letters:]))
