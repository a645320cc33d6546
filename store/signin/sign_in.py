"""Coming in: one answer to every refusal, one verification each time (CHECKLIST C24, C25)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store import settings
from store.errors import SignInRefused
from store.models import SessionRow, UserRow
from store.policy import passwords
from store.session import Session
from store.signin.gates import Attempt, Facts, Gate, gates, may_come_in, must_change_password
from store.users import read
from store.values import Door, Origin, Status, User

if TYPE_CHECKING:
    from store.database import Store

SIMULATOR_ROLE = "Simulator"
"""The ready-made role that holds `simulator.use`, until roles have permissions."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who came in, and whether they may do nothing but choose a new password (gate 8)."""

    session: Session
    user: User
    must_change_password: bool


def sign_in(store: "Store", login: str, password: str, door: Door, origin: Origin) -> SignedIn:
    """Open a session for whoever proves to be this person at this door.

    `login` is a login or an e-mail, in any spelling.

    Raises:
        SignInRefused: whatever the reason, in the same words and at the same cost.
    """
    number = read.by_identifier(store, login)
    row = _row(store, number)
    right = store.verify(row.password_hash if row else None, password)
    found = _gates(store, row, door, password_right=right)
    if row is None or row.password_hash is None or not may_come_in(found):
        raise SignInRefused
    stronger = store.hash(password) if store.hasher.outdated(row.password_hash) else None
    visitor = Session(store, row.id, row.login, door, origin)
    with store.write(visitor) as unit:
        # Between the verification and now someone may have blocked them or set a password.
        now_there = _row(store, row.id)
        found = _gates(store, now_there, door, password_right=right)
        if (
            now_there is None
            or now_there.password_hash != row.password_hash
            or not may_come_in(found)
        ):
            raise SignInRefused
        opened = SessionRow.create(
            user=row.id, door=door, origin=str(origin), started=unit.now, seen=unit.now
        )
        changes: dict[str, Any] = {"last_seen": unit.now}
        if stronger:
            changes["password_hash"] = stronger
        UserRow.update(**changes).where(UserRow.id == row.id).execute()
        unit.record("sign_in", row.id, command=f"usher sign-in {row.login} --door {door}")
        user = read.load(store, [row.id])[0]
    return SignedIn(
        Session(store, row.id, row.login, door, origin, opened.id),
        user,
        must_change_password(found),
    )


def facts_of(row: UserRow | None) -> Facts:
    """What the gates look at, of a person or of nobody."""
    if row is None:
        return Facts()
    return Facts(
        known=True,
        status=Status(row.status),
        status_since=row.status_since,
        created=row.created,
        password=passwords.Facts(
            stored=row.password_hash is not None,
            set_at=row.password_set_at,
            temporary=row.password_temporary,
        ),
        simulator_only=row.simulator_only,
        simulator=row.admin or (row.role is not None and row.role.name == SIMULATOR_ROLE),
    )


def _row(store: "Store", number: int | None) -> UserRow | None:
    if number is None:
        return None
    with store.read():
        row: UserRow | None = UserRow.get_or_none(UserRow.id == number)
    return row


def _gates(
    store: "Store", row: UserRow | None, door: Door, *, password_right: bool
) -> tuple[Gate, ...]:
    with store.read():
        attempt = Attempt(door, store.now(), password_right)
        return gates(facts_of(row), attempt, settings.load(store))
