"""What the gates look at, read from the database."""

from typing import TYPE_CHECKING

from store import locks, settings
from store.access import holding
from store.fields import utc_moment
from store.policy import passwords
from store.session import NOBODY
from store.signin.gates import DOOR, Attempt, Facts, Gate, gates
from store.values import Door, Status

if TYPE_CHECKING:
    from store.database import Store

_COLUMNS = (
    "u.status, u.status_since, u.created, u.confirmed_at, u.password_hash IS NOT NULL,"
    " u.password_set_at, u.password_temporary, u.simulator_only, p.permission_id IS NOT NULL,"
    " o.allowed"
)


def of(store: "Store", number: int | None) -> Facts:
    """What is known of a person, or of nobody, which takes as long (CHECKLIST C26)."""
    with store.read():
        rows = store.sql(
            f"SELECT {_COLUMNS}, {locks.COLUMNS} FROM usher_user u"
            " LEFT JOIN usher_role_permission p ON p.role_id = u.role_id AND p.permission_id = ?"
            " LEFT JOIN usher_override o ON o.user_id = u.id AND o.permission_id = ?"
            " WHERE u.id = ?",
            DOOR,
            DOOR,
            number or NOBODY,
        )
        current, now = settings.load(store), store.now()
        if not rows or number is None:
            return Facts()
        (status, since, created, confirmed, stored, set_at, temporary, simulator_only, by_role,
         override, *lock_columns) = rows[0]  # fmt: skip
        admin, owner, *_rest = lock_columns
        rights = holding.Facts(
            bool(owner),
            bool(admin),
            frozenset({DOOR} if by_role else ()),
            {} if override is None else {DOOR: bool(override)},
        )
        held = locks.facts(store, number, lock_columns, current, now)
    return Facts(
        known=True,
        id=number,
        status=Status(status),
        status_since=utc_moment(since),
        created=utc_moment(created),
        confirmed_at=utc_moment(confirmed),
        password=passwords.Facts(bool(stored), utc_moment(set_at), bool(temporary)),
        locks=held,
        admin=bool(admin),
        simulator_only=bool(simulator_only),
        simulator=holding.decide(rights, DOOR, admin_only=False).allowed,
    )


def gates_of(store: "Store", number: int | None, door: Door) -> tuple[Gate, ...]:
    """Every gate between a person and a door, with no password given."""
    with store.read():
        return gates(of(store, number), Attempt(door, store.now()), settings.load(store))
