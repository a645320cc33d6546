"""Coming in: one answer to every refusal, one verification each time (CHECKLIST C24, C25)."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from store import settings
from store.errors import SignInRefused
from store.models import KeyRow, SessionRow, UserRow
from store.policy import passwords
from store.session import Proof, Session
from store.signin.gates import Attempt, Facts, Gate, gates, may_come_in, must_change_password
from store.users import read
from store.values import Door, Origin, Status, User

if TYPE_CHECKING:
    from store.database import Store, Unit

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
    row = _row(store, read.by_identifier(store, login))
    stored = row.password_hash if row else None
    right = store.verify(stored, password)
    if row is None or stored is None or not may_come_in(_gates(store, row, door, right=right)):
        raise SignInRefused
    stronger = store.hash(password) if store.hasher.outdated(stored) else None
    with store.write(Session(store, row.id, row.login, door, origin)) as unit:
        # Between the verification and now someone may have blocked them or set a password.
        now_there = _row(store, row.id)
        found = _gates(store, now_there, door, right=right)
        if now_there is None or now_there.password_hash != stored or not may_come_in(found):
            raise SignInRefused
        if stronger:
            UserRow.update(password_hash=stronger).where(UserRow.id == row.id).execute()
        return _opened(unit, now_there, found, Proof(unit.now))


def sign_in_by_key(store: "Store", door: Door, origin: Origin) -> SignedIn:
    """Open a session for the holder of the key that sshd has verified and that `origin` names.

    All gates are the same, but that the key stands for the password, where the setting
    `ssh.key_is_enough` says so.

    Raises:
        SignInRefused: whatever the reason, in the words of every other refusal.
    """
    number = read.by_fingerprint(store, origin.key)
    row = _row(store, number)
    if row is None:
        raise SignInRefused
    with store.write(Session(store, row.id, row.login, door, origin)) as unit:
        # The key may be taken away, and its holder blocked, up to this moment.
        now_there = _row(store, read.by_fingerprint(store, origin.key))
        found = _gates(store, now_there, door, by_key=True)
        if now_there is None or now_there.id != row.id or not may_come_in(found):
            raise SignInRefused
        return _opened(unit, now_there, found, Proof())


def _opened(unit: "Unit", row: UserRow, found: tuple[Gate, ...], proof: Proof) -> SignedIn:
    """The session of a person who has passed the gates, with its row and its entry."""
    visitor = unit.session
    store, door, origin = visitor.store, visitor.door, visitor.origin
    opened = SessionRow.create(
        user=row.id, door=door, origin=str(origin), started=unit.now, seen=unit.now
    )
    UserRow.update(last_seen=unit.now).where(UserRow.id == row.id).execute()
    if origin.key:
        KeyRow.update(last_used=unit.now).where(
            KeyRow.fingerprint == origin.key, KeyRow.user == row.id
        ).execute()
    by = {} if proof.at else {"by": (None, "key")}
    unit.record("sign_in", row.id, by, command=f"usher sign-in {row.login} --door {door}")
    user = read.load(store, [row.id])[0]
    session = replace(visitor, name=row.login, row=opened.id, proof=proof)
    return SignedIn(session, user, must_change_password(found))


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
    store: "Store",
    row: UserRow | None,
    door: Door,
    *,
    right: bool | None = None,
    by_key: bool = False,
) -> tuple[Gate, ...]:
    with store.read():
        attempt = Attempt(door, store.now(), right, by_key)
        return gates(facts_of(row), attempt, settings.load(store))
