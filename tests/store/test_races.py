"""Many processes at once, for real, on both engines (CHECKLIST H55, H58)."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from store import audit, users
from store.database import Store
from store.errors import Conflict, Invalid, Stale
from store.listing import page
from store.models import UserRow
from store.opening import open_store
from store.session import Session, operator_session
from store.values import Draft, Filters, User
from tests.conftest import CheapHasher

pytestmark = pytest.mark.slow

PROCESSES = 16
SPELLINGS = 40
EDITS = 25


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


def at_once(work: Callable[..., int], *arguments: object) -> list[int]:
    """The same work in many processes; none of them may fail."""
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        asked = [pool.submit(work, *arguments) for _process in range(PROCESSES)]
        return [one.result(timeout=120) for one in asked]


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
