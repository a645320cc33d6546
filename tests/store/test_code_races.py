"""One code in many hands at once (CHECKLIST D32)."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from store import audit, signin, users
from store.database import Store
from store.errors import CodeRefused, Conflict
from store.invitations.addresses import addresses
from store.invitations.sending import send
from store.opening import open_store
from store.session import Session
from store.values import Door, Origin, Status
from tests.conftest import CheapHasher, FakeClock
from tests.store.test_storing import code_of_letter, letters

pytestmark = pytest.mark.slow

PROCESSES = 32


def reset(url: str, code: str, number: int) -> int | None:
    """Try the code with a password of one's own; the number of the one who came first."""
    store = open_store(url, clock=FakeClock(), hasher=CheapHasher())
    try:
        signin.reset(store, code, f"lantern over the harbour {number}", Origin())
    except (CodeRefused, Conflict):
        return None
    finally:
        store.close()
    return number


def accept(url: str, code: str, number: int) -> int | None:
    """Accept the invitation under a name of one's own; the number of the one who came first."""
    store = open_store(url, clock=FakeClock(), hasher=CheapHasher())
    try:
        signin.accept(
            store,
            code,
            f"a lantern over the harbour {number}",
            first_name="Lesia",
            last_name=f"Shevchuk {number}",
            source=Origin(),
        )
    except (CodeRefused, Conflict):
        return None
    finally:
        store.close()
    return number


@pytest.mark.timeout(300)
def test_of_thirty_two_who_accept_an_invitation_one_does(
    store: Store, url: str, owner: Session
) -> None:
    """CHECKLIST D32: one success, and the name is the one of whoever had it."""
    send(owner, addresses("lesia@acme.ua"))
    code = code_of_letter(store, "invitation")
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        tried = [pool.submit(accept, url, code, number) for number in range(PROCESSES)]
        won = [one.result(timeout=200) for one in tried]
    (winner,) = [number for number in won if number is not None]
    user = users.show(owner, "lesia@acme.ua")
    assert (user.last_name, user.status) == (f"Shevchuk {winner}", Status.ACTIVE)
    assert [entry.verb for entry in audit.history(owner, user.id)] == ["accept", "invite"]


@pytest.mark.timeout(300)
def test_of_thirty_two_who_redeem_a_code_one_does(store: Store, url: str, owner: Session) -> None:
    """CHECKLIST D32: one success, and the password is the one of whoever had it."""
    signin.forgot(store, "olga@acme.com.ua", Origin())
    code = code_of_letter(store, "reset")
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        tried = [pool.submit(reset, url, code, number) for number in range(PROCESSES)]
        won = [one.result(timeout=200) for one in tried]
    (winner,) = [number for number in won if number is not None]
    assert letters(store, "password_changed") == ["olga@acme.com.ua"]
    password = f"lantern over the harbour {winner}"
    assert signin.sign_in(store, "olga", password, Door.USHER, Origin())
