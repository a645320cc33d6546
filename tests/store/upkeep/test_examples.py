"""The example people are real to every rule: in order, found by search, chained, the same ones."""

from collections import Counter
from dataclasses import asdict

from store import audit, checks, listing, settings
from store.database import Store
from store.records.listing import listed
from store.session import operator_session
from store.signin import sign_in
from store.upkeep import examples
from store.users.read import load
from store.values import Door, Draft, Filters, Origin, Status, User

NUMBER = 400
FIRST = ["olga", "taras.bondarenko1", "maria.magalhaes2", "svetlana.chernykh3"]


def everybody(store: Store) -> list[User]:
    page = listing.page(operator_session(store), limit=NUMBER + 10)
    return load(store, [row.id for row in page.rows])


def test_they_are_as_the_rules_want_them(store: Store) -> None:
    examples.fill(store, NUMBER)
    people = everybody(store)
    assert len(people) == NUMBER + 1
    statuses = Counter(user.status for user in people)
    assert set(statuses) == set(Status) - {Status.REMOVED}
    sunk = [user.status in {Status.BLOCKED, Status.INACTIVE} for user in people]
    assert sunk == sorted(sunk)
    assert {user.role for user in people} >= set(examples.ROLES)
    assert len({user.language for user in people}) == 10
    assert all(user.last_seen is None for user in people if user.status is Status.PENDING)
    assert all(user.created <= (user.last_seen or store.now()) for user in people)
    required = settings.load(store).users_required
    for user in people:
        if user.admin:
            continue
        draft = Draft.of(user)
        checked, problems = checks.checked(draft, required, password_given=False)
        assert not problems
        assert asdict(checked) == asdict(draft)
    records = listed(operator_session(store), limit=10_000).records
    assert {one.kind for one in records} == set(examples.KINDS)
    assert 1000 < len(records) <= examples.RECORDS_MOST
    active = {user.login for user in people if user.status is Status.ACTIVE}
    assert {one.owner for one in records} <= active
    assert audit.verify(store) is None


def test_search_finds_them(store: Store) -> None:
    examples.fill(store, NUMBER)
    session = operator_session(store)
    wanted = [user.id for user in everybody(store) if "Шевч" in user.last_name]
    found = listing.page(session, Filters("шевч"), limit=NUMBER)
    assert [row.id for row in found.rows] == wanted != []
    blocked = [user.id for user in everybody(store) if user.status is Status.BLOCKED]
    found = listing.page(session, Filters(statuses=(Status.BLOCKED,)), limit=NUMBER)
    assert [row.id for row in found.rows] == blocked


def test_they_are_the_same_every_time(store: Store) -> None:
    examples.fill(store, NUMBER)
    made = sorted(everybody(store), key=lambda user: user.id)
    assert [user.login for user in made[:4]] == FIRST
    came_in = sign_in(store, "olga", examples.PASSWORD, Door.USHER, Origin())
    assert came_in.user.owner
