"""The gates between a person and a door, in order: the one list that sign-in goes by and that
"Why can't … sign in?" shows, so that the two can never disagree (DESIGN 3.2).

A gate is a function of facts, settings and time.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from store.policy import lockout, passwords
from store.settings import Settings
from store.values import Door, Status

DOOR = "simulator.use"
"""What opens the simulator's door (DESIGN 3.2)."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the gates look at; `known` is false for a login that nobody has."""

    known: bool = False
    id: int = 0
    status: Status = Status.REMOVED
    status_since: datetime | None = None
    created: datetime | None = None
    confirmed_at: datetime | None = None
    password: passwords.Facts = field(default_factory=passwords.Facts)
    locks: lockout.Facts = field(default_factory=lockout.Facts)
    admin: bool = False
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
    """One gate: passed, failed, or not to be known (None); since when; the command that opens it.

    `until` is when it opens by itself, where it does.
    """

    gate: str
    passed: bool | None
    since: datetime | None = None
    opens: str = ""
    until: datetime | None = None


def gates(facts: Facts, attempt: Attempt, settings: Settings) -> tuple[Gate, ...]:
    """Every gate in order, also those behind one that is shut."""
    return tuple(gate(facts, attempt, settings) for gate in _GATES)


def may_come_in(found: tuple[Gate, ...]) -> bool:
    """Whether all gates but the last let one in; the last only forces a new password."""
    return all(gate.passed for gate in found[:-1])


def would_come_in(found: tuple[Gate, ...]) -> bool:
    """The same for somebody whose password was not asked for: with the right one they would."""
    return all(gate.passed is not False for gate in found[:-1])


def must_change_password(found: tuple[Gate, ...]) -> bool:
    """Whether one may do nothing but choose a new password (gate 8)."""
    return not found[-1].passed


def _known(facts: Facts, attempt: Attempt, settings: Settings) -> Gate:
    return Gate("known", facts.known and facts.status is not Status.REMOVED, facts.created)


def _password(facts: Facts, attempt: Attempt, settings: Settings) -> Gate:
    state = passwords.state(facts.password, settings, attempt.now)
    usable = state not in {passwords.State.NONE, passwords.State.TEMPORARY_OVER}
    passed: bool | None
    if attempt.by_key:
        # Whoever has no password at all has yet to redeem a letter, and could choose none here.
        passed = settings.ssh_key_is_enough and state is not passwords.State.NONE
    else:
        passed = attempt.password_right if usable else False
    opens = _command("set-password", facts) if not usable else ""
    return Gate("password", passed, facts.password.set_at, opens)


def _status(facts: Facts, attempt: Attempt, settings: Settings) -> Gate:
    passed = facts.status in {Status.PENDING, Status.ACTIVE}
    verb = {Status.BLOCKED: "unblock", Status.INACTIVE: "restore"}.get(facts.status, "")
    return Gate("status", passed, facts.status_since, _command(verb, facts) if verb else "")


def _passwords_lock(facts: Facts, attempt: Attempt, settings: Settings) -> Gate:
    lock = lockout.passwords_lock(facts.locks, settings, attempt.now)
    if lock is None:
        return Gate("passwords_lock", True)
    return Gate("passwords_lock", False, lock.since, _command("unlock", facts), lock.until)


def _idle_lock(facts: Facts, attempt: Attempt, settings: Settings) -> Gate:
    lock = lockout.idle_lock(facts.locks, settings, attempt.now)
    if lock is None:
        return Gate("idle_lock", True, facts.locks.idle_from)
    return Gate("idle_lock", False, lock.since, _command("unlock", facts))


def _confirmed(facts: Facts, attempt: Attempt, settings: Settings) -> Gate:
    if facts.confirmed_at is not None:
        return Gate("confirmed", True, facts.confirmed_at)
    return Gate("confirmed", False, facts.created, _command("confirm", facts))


def _door(facts: Facts, attempt: Attempt, settings: Settings) -> Gate:
    passed = {
        Door.PLATFORM: not facts.simulator_only,
        Door.SIMULATOR: facts.simulator,
        Door.USHER: True,
    }[attempt.door]
    opens = ""
    if not passed and attempt.door is Door.PLATFORM:
        opens = _command("edit", facts) + " --no-simulator-only"
    elif not passed and facts.known:
        # An admin lacks only what was denied.
        verb = "inherit" if facts.admin else "allow"
        opens = f"usher access {verb} {facts.id} {DOOR}"
    return Gate("door", passed, opens=opens)


def _current(facts: Facts, attempt: Attempt, settings: Settings) -> Gate:
    state = passwords.state(facts.password, settings, attempt.now)
    if state is passwords.State.OWN:
        return Gate("password_current", True, facts.password.set_at)
    since = facts.password.set_at
    if state is passwords.State.EXPIRED:
        since = passwords.expires(facts.password, settings)
    return Gate("password_current", False, since, _command("set-password", facts))


def _command(verb: str, facts: Facts) -> str:
    return f"usher users {verb} {facts.id}" if facts.known else ""


_GATES: tuple[Callable[[Facts, Attempt, Settings], Gate], ...] = (
    _known,
    _password,
    _status,
    _passwords_lock,
    _idle_lock,
    _confirmed,
    _door,
    _current,
)
