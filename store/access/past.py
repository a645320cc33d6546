"""What everybody held at a moment: what they hold now, walked back through the history.

Nothing is kept for it. Each entry tells the old values of what it changed, so that the newest of
them, undone one after another, lead back to any moment since the account began.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from store import access, audit
from store.access.holding import Catalogue, Facts, catalogue, permitted_by, rights
from store.errors import Refused
from store.fields import utc_text
from store.users import read
from store.values import AuditEntry, Past, Status
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store
    from store.session import Session

PAGE = 500
"""People who are read, with their entries, at a time."""

OVERRIDES: Mapping[str, bool | None] = {"allow": True, "deny": False, "inherit": None}
"""What entries call an override."""
PERMITS = "yes"
"""What entries call it that a role permits something."""


def at(session: "Session", moment: datetime, whom: Sequence[int | str] = ()) -> Iterator[Past]:
    """What each of these people, or everybody, held at a moment, in the order of their ids.

    Whoever was created later is left out. Of somebody who has been removed since, all that was
    known is erased: status and permissions are None. Of permissions only those count that there
    still are, and modules are for admins only where they are now.

    Raises:
        NotAllowed: the actor may not see the history.
        NotFound: nobody, or nobody whom the actor may see.
        Refused: the moment has yet to come.
    """
    store = session.store
    access.require(session, "history.view")
    if moment > store.now():
        raise Refused(
            _("The time “{moment}” is in the future. Give a time in the past.").format(
                moment=moment.isoformat().replace("+00:00", "Z")
            ),
            code="in_the_future",
        )
    numbers = [read.show(session, who).id for who in whom]
    return _walk(store, moment, numbers)


@dataclass(slots=True)
class _Role:
    """A role on the way back."""

    name: str
    permitted: set[str]


@dataclass(frozen=True, slots=True)
class _Then:
    """What held for all at the moment: roles by name, and what they have been called since.

    `renamed` is number of the entry, old and new name, the newest first.
    """

    permitted: Mapping[str, frozenset[str]]
    renamed: Sequence[tuple[int, str, str]]
    catalogue: Catalogue


@dataclass(slots=True)
class _Person:
    """Somebody on the way back."""

    number: int
    login: str
    status: str
    role: str
    admin: bool
    owner: bool
    overrides: dict[str, bool]


def _walk(store: "Store", moment: datetime, numbers: Sequence[int]) -> Iterator[Past]:
    with store.read():
        then = _then(store, moment)
    after, more = 0, True
    while more:
        with store.read():
            people = _page(store, moment, after, numbers)
            entries = audit.since(store, moment, [person.number for person in people])
        for person in people:
            yield _as_it_was(person, entries.get(person.number, ()), then)
        more = len(people) == PAGE
        after = people[-1].number if people else after


def _then(store: "Store", moment: datetime) -> _Then:
    """The roles as they were; each is known by its id, for that never changes."""
    roles = {
        number: _Role(name, set(permitted_by(store, number)))
        for number, name in store.sql("SELECT id, name FROM usher_role")
    }
    renamed: list[tuple[int, str, str]] = []
    for entry in audit.since(store, moment, None).get(None, ()):
        if not entry.verb.endswith("_role"):
            continue
        number = next(filter(None, entry.changes["id"]))
        was, became = entry.changes["name"]
        if was is None:
            roles.pop(number, None)
            continue
        role = roles.setdefault(number, _Role(was, set()))
        if became is not None and was != became:
            renamed.append((entry.seq, was, became))
        role.name = was
        for permission, (before, _after) in entry.changes.items():
            if "." in permission:
                (role.permitted.add if before == PERMITS else role.permitted.discard)(permission)
    permitted = {role.name: frozenset(role.permitted) for role in roles.values()}
    return _Then(permitted, renamed, catalogue(store))


def _page(store: "Store", moment: datetime, after: int, numbers: Sequence[int]) -> list[_Person]:
    among = f" AND u.id IN ({', '.join('?' * len(numbers))})" if numbers else ""
    rows = store.sql(
        "SELECT u.id, u.login, u.status, coalesce(r.name, ''), u.admin, u.owner FROM usher_user u"
        " LEFT JOIN usher_role r ON r.id = u.role_id"
        f" WHERE u.id > ? AND u.created <= ?{among} ORDER BY u.id LIMIT ?",
        after,
        utc_text(moment),
        *numbers,
        PAGE,
    )
    people = {
        number: _Person(number, login, status, role, bool(admin), bool(owner), {})
        for number, login, status, role, admin, owner in rows
    }
    for number, permission, allowed in store.sql_among(
        "SELECT user_id, permission_id, allowed FROM usher_override WHERE user_id IN (*)",
        list(people),
    ):
        people[number].overrides[permission] = bool(allowed)
    return list(people.values())


def _as_it_was(person: _Person, entries: Sequence[AuditEntry], then: _Then) -> Past:
    """Somebody, with all that was done to them since undone, the newest first."""
    if person.status == Status.REMOVED:
        return _known(person, entries)
    renamed = list(then.renamed)
    for entry in entries:
        while renamed and renamed[0][0] > entry.seq:
            _rename_back(person, renamed.pop(0))
        for name, (before, _after) in entry.changes.items():
            _undo(person, name, before)
    for one in renamed:
        _rename_back(person, one)
    facts = Facts(
        person.owner,
        person.admin,
        then.permitted.get(person.role, frozenset()),
        person.overrides,
    )
    held = tuple(right for right in rights(facts, then.catalogue) if right.allowed)
    return Past(person.number, person.login, Status(person.status), person.role, held)


def _known(person: _Person, entries: Sequence[AuditEntry]) -> Past:
    """What is left of somebody who is removed: that they are, or that they were not yet."""
    since = any(entry.verb == "remove" for entry in entries)
    status = None if since else Status.REMOVED
    return Past(person.number, person.login, status, "", None if since else ())


def _rename_back(person: _Person, renamed: tuple[int, str, str]) -> None:
    _seq, was, became = renamed
    if person.role == became:
        person.role = was


def _undo(person: _Person, name: str, before: Any) -> None:
    if name == "status":
        person.status = before
    elif name == "role":
        person.role = before or ""
    elif name == "admin":
        person.admin = bool(before)
    elif name == "owner":
        person.owner = bool(before)
    elif "." in name and before in OVERRIDES:
        was = OVERRIDES[before]
        person.overrides.pop(name, None)
        if was is not None:
            person.overrides[name] = was
