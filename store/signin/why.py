"""Why somebody can or cannot sign in: the gates of the sign-in itself, with what is known of each.

Nothing is decided here: `signin.gates` says which gates are shut, the history says who shut them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from store import audit, settings
from store.invitations import pending
from store.leaving import standing
from store.policy import passwords
from store.settings import Settings
from store.signin import facts
from store.signin.gates import (
    Attempt,
    Facts,
    Gate,
    gates,
    must_change_password,
    would_come_in,
)
from store.users import read
from store.values import Door, HandOver, Invitation, Status, User, rfc3339

if TYPE_CHECKING:
    from store.database import Store
    from store.session import Session

RESEND = "usher invitations resend"
"""The command that sends a pending user a new invitation, even after the last one ended."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Every gate between a person and a door, as it stands at `now`.

    `facts` and `settings` are what the gates have looked at. `deeds` are the entries of the
    history by which a gate came to stand as it does: verb and actor, by the name of the gate.
    `under_way` is the hand-over with which they are leaving.
    """

    user: User
    door: Door
    gates: tuple[Gate, ...]
    facts: Facts
    settings: Settings
    now: datetime
    deeds: Mapping[str, tuple[str, str]]
    under_way: HandOver | None = None
    invitation: Invitation | None = None
    """The invitation of a pending user, if there is one."""

    @property
    def can_sign_in(self) -> bool:
        """Whether the right password would let them in (gates 1 to 7)."""
        return would_come_in(self.gates)

    @property
    def must_change_password(self) -> bool:
        """Whether they may then do nothing but choose a new one (gate 8)."""
        return must_change_password(self.gates)

    @property
    def shut(self) -> Gate | None:
        """The gate to be opened first: the first one that is shut, the last of all at the end."""
        return next((gate for gate in self.gates if gate.passed is False), None)

    @property
    def password_state(self) -> passwords.State:
        return passwords.state(self.facts.password, self.settings, self.now)

    @property
    def password_until(self) -> datetime | None:
        return passwords.expires(self.facts.password, self.settings)

    def as_json(self) -> dict[str, Any]:
        """The settled shape (DESIGN 5)."""
        return {
            "user": self.user.as_json(),
            "door": str(self.door),
            "can_sign_in": self.can_sign_in,
            "must_change_password": self.must_change_password,
            "gates": [
                {
                    "gate": gate.gate,
                    "passed": gate.passed,
                    "since": rfc3339(gate.since),
                    "opens": gate.opens or None,
                }
                for gate in self.gates
            ],
        }


def why(session: "Session", who: int | str, door: Door = Door.PLATFORM) -> Explanation:
    """Whether this person could come in at this door now with the right password, and why not.

    Raises:
        NotFound: nobody, or nobody whom the actor may see.
    """
    store = session.store
    with store.read():
        user = read.show(session, who)
        known, current, now = facts.of(store, user.id), settings.load(store), store.now()
        found = gates(known, Attempt(door, now), current)
        deeds, under_way = _deeds(store, user.id, found), standing.of(store, user.id)
        if under_way and under_way.leaves:
            # Until it is over nothing lifts the block.
            found = tuple(replace(gate, opens="") if gate.gate == "status" else gate
                          for gate in found)  # fmt: skip
        invitation = None
        if user.status is Status.PENDING and user.email:
            invitation = pending.of(store, [user.id]).get(user.id)
            found = tuple(_by_invitation(gate, user) for gate in found)
        return Explanation(user, door, found, known, current, now, deeds, under_way, invitation)


def _by_invitation(gate: Gate, user: User) -> Gate:
    """Point the password check of a pending user to the invitation that leads to a password."""
    if gate.gate != "password" or gate.passed is not False:
        return gate
    return replace(gate, opens=f"{RESEND} {user.id}")


def _deeds(store: "Store", number: int, found: tuple[Gate, ...]) -> Mapping[str, tuple[str, str]]:
    """Verb and actor of the entries that were written at the moments since when gates stand so."""
    moments = {gate.since for gate in found if gate.since}
    entries = audit.at_moments(store, number, moments)
    deeds = {entry.at: (entry.verb, entry.actor) for entry in entries}
    return {gate.gate: deeds[gate.since] for gate in found if gate.since in deeds}
