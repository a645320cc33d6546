"""Many processes at once, for real, on both engines (CHECKLIST H55, H58)."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from store import audit, signin, users
from store.database import Store
from store.errors import Conflict, Invalid, SignInRefused, Stale
from store.listing import page
from store.models import UserRow
from store.opening import open_store, system_clock
from store.session import Session, operator_session
from store.values import Door, Draft, Filters, Origin, User
from tests.conftest import CheapHasher, FakeClock

pytestmark = pytest.mark.slow

PROCESSES = 16
SPELLINGS = 40
EDITS = 25
GUESSES = 1000
TEMPORARY = "nine wet umbrellas"


def create_everybody(url: str) -> int:
    """Create the same people as all the others do, each in a spelling of one's own."""
    store = open_store(url, hasher=CheapHasher())
    session, made = operator_session(store), 0
    for number in range(SPELLINGS):
        login = f"maria{number}"
        draft = Draft(
            first_name="Maria",
            last_name="Silva",
            login=login.upper() if number % 2 else login,
            email=f"Maria{number}@acme.com.ua",
            role="Salesperson",
            teams=("North",),
        )
        try:
            users.create(session, draft)
            made += 1
        except (Invalid, Conflict):
            continue
    store.close()
    return made


def add_a_letter(url: str, who: int) -> int:
    """Add one letter to a person's notes, again and again, over nobody's unseen change."""
    store = open_store(url, hasher=CheapHasher())
    session, tries = operator_session(store), 0
    for _number in range(EDITS):
        saved = False
        while not saved:
            seen = users.show(session, who)
            tries += 1
            try:
                notes = seen.employee.notes + "x"
                users.edit(session, who, {"notes": notes}, version=seen.version)
                saved = True
            except Stale:
                continue
    store.close()
    return tries


def guess(url: str, login: str) -> int:
    """Give one wrong password after the other; how many were refused."""
    store, refused = open_store(url, hasher=CheapHasher()), 0
    for number in range(GUESSES):
        try:
            signin.sign_in(store, login, f"wrong {number}", Door.PLATFORM, Origin("root"))
        except SignInRefused:
            refused += 1
    store.close()
    return refused


def at_once(work: Callable[..., int], *arguments: object, patience: float = 120) -> list[int]:
    """The same work in many processes; none of them may fail."""
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        asked = [pool.submit(work, *arguments) for _process in range(PROCESSES)]
        return [one.result(timeout=patience) for one in asked]


@pytest.mark.timeout(300)
def test_of_many_who_create_the_same_person_one_wins(
    store: Store, url: str, owner: Session, make_user: Callable[..., User]
) -> None:
    assert sum(at_once(create_everybody, url)) == SPELLINGS
    with store.read():
        assert UserRow.select().where(UserRow.first_name == "Maria").count() == SPELLINGS
    assert len(page(owner, Filters(search="maria"), limit=100).rows) == SPELLINGS
    assert audit.verify(store) is None


@pytest.mark.timeout(300)
def test_no_edit_of_many_at_once_is_lost(
    store: Store, url: str, owner: Session, make_user: Callable[..., User]
) -> None:
    user = make_user()
    at_once(add_a_letter, url, user.id)
    after = users.show(owner, user.id)
    assert len(after.employee.notes) == PROCESSES * EDITS
    assert after.version == user.version + PROCESSES * EDITS
    assert audit.verify(store) is None


@pytest.mark.timeout(1800)
def test_of_sixteen_thousand_wrong_passwords_at_once_six_are_counted(
    store: Store, url: str, clock: FakeClock, owner: Session, make_user: Callable[..., User]
) -> None:
    """CHECKLIST B13-B15: one lock, one entry, and the right password does not help any more."""
    clock.time = system_clock()
    user = make_user(TEMPORARY)
    assert sum(at_once(guess, url, user.login, patience=1700)) == PROCESSES * GUESSES
    with store.read():
        row = UserRow.get_by_id(user.id)
        entries = dict(
            store.sql(
                "SELECT verb, count(*) FROM usher_audit WHERE target = ? GROUP BY verb", user.id
            )
        )
    assert row.attempts == 6
    assert row.locked_at is not None
    assert entries["lock"] == 1
    assert entries["wrong_password"] == 5
    assert users.show(owner, user.id).locks == ("passwords",)
    with pytest.raises(SignInRefused):
        signin.sign_in(store, user.login, TEMPORARY, Door.PLATFORM, Origin("root"))
    assert audit.verify(store) is None
