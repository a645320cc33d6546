"""argon2id by RFC 9106's second profile, and what must not be verified (CHECKLIST A)."""

import threading
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher, extract_parameters, profiles

from store import locking, signin
from store.errors import Invalid, SignInRefused
from store.opening import open_store
from store.session import Session
from store.signin.hashing import NOBODY, Argon2
from store.values import Door, Origin

HOSTILE = [
    "$argon2id$v=19$m=4194304,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "$argon2id$v=19$m=65536,t=5000,p=4$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "$argon2id$v=19$m=65536,t=3,p=64$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "$argon2i$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "plain text",
    "",
    "пароль",
    "$argon2id$v=19$m=65536,t=3,p=4$é$é",
    "$argon2id$v=19$m=65536,t=3,p=4$!!!$???",
    "$argon2id$v=19$m=65536,t=3,p=4$$",
    "$argon2id$v=19$m=65536,t=-3,p=0$c29tZXNhbHRzb21lc2FsdA$AAAAAAAA",
    "$argon2id$v=19$m=99999999999999999999,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$AAAAAAAA",
    "$argon2id$v=19$m=,t=,p=$a$b",
    "$argon2id$" + "a" * 10_000_000,
    "lone \ud800 half",
    "nul\0inside",
    b"$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    17,
    1.5,
]
"""SQLite can store bytes and numbers in a text column."""


@pytest.fixture
def argon2(tmp_path: Path) -> Argon2:
    return Argon2(tmp_path)


def test_a_password_is_hashed_with_argon2id_64_mib_3_passes_4_lanes(argon2: Argon2) -> None:
    stored = argon2.hash("a lantern over the harbour")
    assert stored.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert argon2.verify(stored, "a lantern over the harbour")
    assert not argon2.verify(stored, "a lantern over the harbou")
    assert not argon2.outdated(stored)


def test_nobody_costs_what_a_known_person_costs(argon2: Argon2) -> None:
    """CHECKLIST C25: the same parameters, so the same work."""
    assert extract_parameters(NOBODY) == extract_parameters(argon2.hash("x"))
    assert not argon2.verify(None, "nobody has this password")


@pytest.mark.parametrize("stored", HOSTILE)
def test_a_doctored_hash_is_never_right_and_is_not_computed(argon2: Argon2, stored: Any) -> None:
    """CHECKLIST A3: what it would cost is not spent; the one verification is of `NOBODY`."""
    assert not argon2.verify(stored, "x")


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("stored", HOSTILE, ids=lambda stored: repr(stored)[:40])
def test_a_doctored_hash_is_a_refused_sign_in(url: str, owner: Session, stored: Any) -> None:
    """It causes no incident, at sign-in and where the password is required again."""
    store = open_store(url, clock=owner.store.clock, hasher=Argon2(owner.store.folder.path))
    with suppress(UnicodeEncodeError), store.write(owner):  # no lone surrogate gets into SQLite
        store.sql("UPDATE usher_user SET password_hash = ? WHERE id = 1", stored)
    with pytest.raises(SignInRefused):
        signin.sign_in(store, "olga", "x", Door.USHER, Origin("root"))
    with pytest.raises((SignInRefused, Invalid)):
        signin.prove(replace(owner, store=store), "x")
    store.close()


def test_a_weaker_hash_is_outdated(argon2: Argon2) -> None:
    weaker = PasswordHasher.from_parameters(profiles.CHEAPEST).hash("x")
    assert argon2.verify(weaker, "x")
    assert argon2.outdated(weaker)


def test_a_lock_file_lets_in_one_at_a_time_and_gives_up_in_time(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with locking.locked(path, 1):
        begun = time.monotonic()
        with pytest.raises(TimeoutError), locking.locked(path, 0.05):
            pass
        assert time.monotonic() - begun < 5
    with locking.locked(path, 1):
        pass


def test_whoever_waits_for_a_lock_gets_it_when_it_is_free(tmp_path: Path) -> None:
    path, order = tmp_path / "lock", []
    waiting = threading.Event()

    def second() -> None:
        waiting.set()
        with locking.locked(path, 30):
            order.append("second")

    with locking.locked(path, 1):
        thread = threading.Thread(target=second)
        thread.start()
        waiting.wait()
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_two_of_two_slots_may_be_held_at_once_and_no_third(tmp_path: Path) -> None:
    """CHECKLIST 73: at most two hashes at a time."""
    slots = [tmp_path / "a", tmp_path / "b"]
    with (
        locking.one_of(slots, 1),
        locking.one_of(slots, 1),
        pytest.raises(TimeoutError),
        locking.one_of(slots, 0.05),
    ):
        pass
