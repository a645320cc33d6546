"""The gates between a person and a door, in order: the one list that sign-in goes by and that
"Why can't … sign in?" shows, so that the two can never disagree (DESIGN 3.2).

A gate is a function of facts, settings and time. Later gates go into `_GATES` at their place.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from store.policy import passwords
from store.settings import Settings
from store.values import Door, Status


@dataclass(frozen=True, slots=True)
class Facts:
    """What the gates look at; `known` is false for a login that nobody has."""

    known: bool = False
    status: Status = Status.REMOVED
    status_since: datetime | None = None
    created: datetime | None = None
    password: passwords.Facts = field(default_factory=passwords.Facts)
    simulator_only: bool = False
    simulator: bool = False
    """Whether the person holds `simulator.use`."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at a door. `password_right` is None where no password was given, only asked about.

    `by_key` says that a key of the person's stands for it.
    """

    door: Door
    now: datetime
    password_right: bool | None = None
    by_key: bool = False


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate: passed, failed, or not to be known (None); since when; the verb that opens it."""

    gate: str
    passed: bool | None
    since: datetime | None = None
    opens: str = ""


def gates(facts: Facts, attempt: Attempt, settings: Settings) -> tuple[Gate, ...]:
    """Every gate in order, also those behind one that is shut."""
    return tuple(gate(facts, attempt, settings) for gate in _GATES)


def may_come_in(found: tuple[Gate, ...]) -> bool:
    """Whether all gates but the last let one in; the last only forces a new password."""
    return all(gate.passed for gate in found[:-1])


def must_change_password(found: tuple[Gate, ...]) -> bool:
    """Whether one may do nothing but choose a new password (gate 8)."""
    return not found[-1].passed


def _known(facts: Facts, attempt: Attempt, settings: Settings) -> Gate:
    return Gate("known", facts.known and facts.status is not Status.REMOVED, facts.created)


def _password(facts: Facts, attempt: Attempt, settings: Settings) -> Gate:
    state = passwords.state(facts.password, settings, attempt.now)
    if attempt.by_key:
        # Whoever has no password at all has yet to redeem a letter, and could choose none here.
        passed: bool | None = settings.ssh_key_is_enough and state is not passwords.State.NONE
    else:
        usable = state not in {passwords.State.NONE, passwords.State.TEMPORARY_OVER}
        passed = attempt.password_right if usable else False
    return Gate("password", passed, facts.password.set_at, "usher users set-password")


def _status(facts: Facts, attempt: Attempt, settings: Settings) -> Gate:
    passed = facts.status in {Status.PENDING, Status.ACTIVE}
    opens = {Status.BLOCKED: "usher users unblock", Status.INACTIVE: "usher users restore"}
    return Gate("status", passed, facts.status_since, opens.get(facts.status, ""))


def _door(facts: Facts, attempt: Attempt, settings: Settings) -> Gate:
    passed = {
        Door.PLATFORM: not facts.simulator_only,
        Door.SIMULATOR: facts.simulator,
        Door.USHER: True,
    }[attempt.door]
    return Gate("door", passed)


def _current(facts: Facts, attempt: Attempt, settings: Settings) -> Gate:
    state = passwords.state(facts.password, settings, attempt.now)
    return Gate("password_current", state is passwords.State.OWN, facts.password.set_at)


_GATES: tuple[Callable[[Facts, Attempt, Settings], Gate], ...] = (
    _known,
    _password,
    _status,
    _door,
    _current,
)
