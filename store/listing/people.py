"""Everything known about people, by their ids: frozen values out, nothing lazy."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from store import access, locks, settings
from store.fields import utc_moment
from store.policy import passwords
from store.values import ALL, EmployeeCard, Status, User

if TYPE_CHECKING:
    from store.database import Store
    from store.settings import Settings

COLUMNS = (
    "u.id, u.login, u.first_name, u.last_name, u.email, u.status, u.confirmed_at,"
    " u.email_confirmed_at, u.admin, u.owner, u.simulator_only, u.all_sub_accounts, r.name,"
    " u.last_seen, u.created, u.phone, u.country, u.language, u.position,"
    " u.password_hash IS NOT NULL, u.password_temporary, u.password_set_at, u.version, e.id,"
    " e.currency, e.number, e.address, e.notes"
)


_TEAMS = (
    "SELECT m.user_id, t.name FROM usher_membership m JOIN usher_team t ON t.id = m.team_id"
    " WHERE m.user_id IN (*) ORDER BY t.name_key"
)
_GRANTED = (
    "SELECT a.user_id, s.name FROM usher_sub_access a"
    " JOIN usher_sub_account s ON s.id = a.sub_account_id"
    " WHERE a.user_id IN (*) ORDER BY s.name_key"
)

_COUNT = len(COLUMNS.split(","))


def load(store: "Store", numbers: Sequence[int], *, to_change: bool = False) -> list[User]:
    """The people of these ids, in the order asked for; unknown and removed ids are left out.

    Whoever reads them `to_change` them holds off others who would, until the transaction ends:
    on SQLite writers stand in a queue in any case.
    """
    if not numbers:
        return []
    if to_change:
        hold(store, *numbers)
    with store.read():
        rows = store.sql_among(
            f"SELECT {COLUMNS}, {locks.COLUMNS} FROM usher_user u"
            " LEFT JOIN usher_role r ON r.id = u.role_id"
            " LEFT JOIN usher_employee e ON e.user_id = u.id"
            " WHERE u.id IN (*) AND u.status <> 'removed'",
            numbers,
        )
        teams = _by_person(store, _TEAMS, numbers)
        granted = _by_person(store, _GRANTED, numbers)
        current, now = settings.load(store), store.now()
        people = {}
        for row in rows:
            known = locks.facts(store, row[0], row[_COUNT:], current, now)
            names = tuple(teams.get(row[0], ())), tuple(granted.get(row[0], ()))
            user = _user(row[:_COUNT], *names, current)
            denied = (
                sorted(access.denied_of(store, user.id)) if user.admin and not user.owner else ()
            )
            held = locks.held(known, current, now)
            people[row[0]] = replace(user, held=held, denied=tuple(denied))
    return [people[number] for number in numbers if number in people]


def hold(store: "Store", *numbers: int | None) -> None:
    """Hold off others who would change these people, until the transaction ends."""
    if store.postgres:
        store.sql(
            "SELECT id FROM usher_user WHERE id = ANY(?) ORDER BY id FOR UPDATE", list(numbers)
        )


def _by_person(store: "Store", statement: str, numbers: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for number, name in store.sql_among(statement, numbers):
        found.setdefault(number, []).append(name)
    return found


def _user(
    row: tuple[Any, ...], teams: tuple[str, ...], granted: tuple[str, ...], current: "Settings"
) -> User:
    (
        number, login, first_name, last_name, email, status, confirmed_at, email_confirmed_at,
        admin, owner, simulator_only, every, role, last_seen, created, phone, country,
        language, position, has_password, temporary, set_at, version, *card,
    ) = row  # fmt: skip
    moment = utc_moment(created)
    if moment is None:
        raise ValueError("a user without a time of creation")
    secret = passwords.Facts(bool(has_password), utc_moment(set_at), bool(temporary))
    return User(
        id=number,
        login=login,
        first_name=first_name,
        last_name=last_name,
        email=email,
        status=Status(status),
        confirmed=confirmed_at is not None,
        email_confirmed=email_confirmed_at is not None,
        admin=bool(admin),
        owner=bool(owner),
        simulator_only=bool(simulator_only),
        role=role or "",
        teams=teams,
        sub_accounts=(ALL,) if every else granted,
        last_seen=utc_moment(last_seen),
        created=moment,
        phone=phone,
        country=country,
        language=language,
        position=position,
        employee=EmployeeCard(*card) if card[0] is not None else EmployeeCard(),
        password="temporary" if temporary else "own" if has_password else "none",
        version=version,
        password_until=passwords.expires(secret, current),
    )
