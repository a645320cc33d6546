"""Of the removed nothing personal is left in any file, after `usher maintain` (DESIGN 3.1)."""

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from store import audit, keys, signin, users
from store.database import Store
from store.employees import changing as employees
from store.invitations.addresses import addresses
from store.invitations.revoke import revoke
from store.invitations.sending import send
from store.mail import delivery, letters, own_settings, writing
from store.models import LetterRow, PhotoRow, UserRow
from store.session import Session
from store.upkeep import erasing
from store.upkeep.maintain import maintain
from store.users import many
from store.users.writing import NewPerson, insert
from store.values import Door, Draft, Origin, OwnMail, User
from tests.conftest import NOON, FakeClock, session_of
from tests.public_keys import ED25519
from tests.store.test_remove import everything

MakeUser = Callable[..., User]

GIVEN, OWN = "seven quiet herons at dawn", "a lantern over the harbour"
LAST = "ჯანაშია"
GRAM = min(LAST)
"""The first of its grams, which alone stands whole in the search index: the others are written as
how they differ from the one before."""
SIGNS = (
    LAST, "kanarek", "Kanarek", "380671234599", "+380671234599", "ulica", "PHOTO-BYTES",
    ED25519.line.split()[1], "$argon2",
)  # fmt: skip


def found_in(folder: Path) -> dict[str, set[str]]:
    """Which of the signs stand in which file, in the raw bytes."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {
        path.name: signs
        for path in files
        if (signs := {sign for sign in SIGNS if sign.encode() in path.read_bytes()})
    }


def in_the_index(store: Store) -> bool:
    """Whether the search index of SQLite holds it, as long as nothing looks."""
    with store.read():
        blocks = store.sql("SELECT block FROM usher_grams_data")
    return any(GRAM.encode() in bytes(block) for (block,) in blocks)


@pytest.fixture
def known(store: Store, owner: Session, make_user: MakeUser) -> User:
    """Somebody with everything that one can have, who has been here and written to others."""
    employees.create(owner, {"email": "kanarek@acme.ua", "notes": "Kanarek"})
    employees.edit(owner, "kanarek@acme.ua", {"notes": "Kanarek is to come"})
    user = make_user(
        GIVEN, first_name="Kanarek", last_name=LAST, login="kanarek", email="kanarek@acme.ua",
        phone="+380671234599", address="ulica Kanarek 7", notes="Kanarek", number="Kanarek",
        admin=True, role="", teams=(),
    )  # fmt: skip
    came = signin.sign_in(store, user.login, GIVEN, Door.USHER, Origin("root", "198.51.100.77"))
    signin.change_password(came.session, GIVEN, OWN)
    keys.add(owner, user.id, f"{ED25519.line} kanarek@notebook")
    users.edit(owner, user.id, {"email": "kanarek2@acme.ua", "last_name": f"{LAST}ჯ"})
    with store.write(owner):
        PhotoRow.create(user=user.id, picture=b"PHOTO-BYTES", width=1, height=1, added=NOON)
        UserRow.update(email_confirmed_at=NOON).where(UserRow.id == user.id).execute()
        # Nobody else's stands in the file.
        others = UserRow.update(password_hash=None).where(UserRow.id != user.id)
        others.execute()
    theirs = session_of(store, users.show(owner, user.id))
    own_settings.change(theirs, OwnMail("Kanarek himself", "kanarek@home.ua", "Kanarek"))
    writing.write(theirs, [owner.user or 0], "Hello", "See you at noon.")
    delivery.deliver(store)
    return users.show(owner, user.id)


def test_no_file_of_the_data_folder_knows_the_removed_after_maintain(
    store: Store, owner: Session, known: User
) -> None:
    folder = store.folder.path
    before = found_in(folder)
    assert len([name for name in before if name.endswith(".usher")]) >= 3
    users.remove(owner.because("asked for it"), known.id)
    assert "kanarek" not in everything(store).lower()
    assert "kanarek" not in str(letters.listed(owner)).lower()
    assert store.postgres or in_the_index(store)
    assert maintain(store).erased == 1
    assert found_in(folder) == {}
    assert store.postgres or not in_the_index(store)
    assert audit.verify(store) is None
    assert audit.history(owner, known.id)[0].verb == "remove"
    assert maintain(store).erased == 0
    # Whoever is removed later is seen to by the run after that; so is who never came.
    ledger = send(owner, addresses(f"{LAST} <kanarek@acme.ua>"))
    revoke(owner, ledger.lines[0].user or 0)
    assert maintain(store).erased == 1
    assert found_in(folder) == {}


@pytest.fixture
def log(store: Store) -> Path:
    """A write-ahead log, which SQLite versions with a fault in it do without."""
    if store.postgres:
        pytest.skip("SQLite alone has one")
    return store.folder.path / "usher.db-wal"


def test_the_write_ahead_log_is_emptied_and_tried_again_while_somebody_reads_from_it(
    store: Store,
    owner: Session,
    log: Path,
    make_user: MakeUser,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(erasing, "TRIES", 1)
    monkeypatch.setattr(erasing, "PATIENCE", 0.01)
    with store.read():
        store.sql("PRAGMA journal_mode = wal")
        user = make_user(GIVEN, first_name="Kanarek", email="")
        reader = sqlite3.connect(log.with_name("usher.db"), isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM usher_user").fetchall()
        users.remove(owner, user.id)
        assert maintain(store).erased == 0
        assert "Kanarek" in found_in(log.parent)[log.name]
        reader.close()
        assert maintain(store).erased == 1
        assert not any("Kanarek" in signs for signs in found_in(log.parent).values())


def test_a_letter_in_the_folder_goes_with_its_row_also_where_it_was_read(
    store: Store, owner: Session, make_user: MakeUser, clock: FakeClock
) -> None:
    """DESIGN 3.12: kept for 90 days."""
    for _letter in range(2):
        make_user()
    delivery.deliver(store)
    mail = store.folder.mail
    new = mail / "new"
    kept = new / "of-somebody-else"
    kept.write_text("not ours")
    first, *_rest = sorted(new.glob("*.usher"))
    first.rename(mail / "cur" / f"{first.name}:2,S")
    clock.forward(days=90)
    assert maintain(store).letters == 0
    clock.forward(seconds=1)
    assert maintain(store).letters == 2
    files = [path for path in mail.rglob("*") if path.is_file()]
    assert files == [kept]
    with store.read():
        assert not LetterRow.select().exists()


@pytest.mark.slow
def test_pages_that_were_split_keep_nothing(store: Store, owner: Session) -> None:
    """Many people between many others: their rows have gone from page to page."""
    if store.postgres:
        pytest.skip("SQLite alone splits its pages so")
    dice = random.Random(7)  # noqa: S311  (a shuffle)
    letters_ = "abcdefghijklmnopqrstuvwxyz"
    numbers: list[int] = []
    for batch in range(15):
        with store.write(owner) as unit:
            drafts = [
                Draft(
                    first_name=f"{dice.choice(letters_)}Kanarek{number}",
                    last_name=f"{dice.choice(letters_)}{dice.choice(letters_)}Kanarek{number}",
                    login=f"{dice.choice(letters_)}kanarek{number}",
                    notes="ulica " * dice.randrange(60),
                )
                for number in range(100 * batch, 100 * batch + 100)
            ]
            numbers += insert(unit, [NewPerson(draft) for draft in drafts])
    dice.shuffle(numbers)
    proven = session_of(store, users.show(owner, "olga"))
    assert many.act(proven, "remove", numbers).done == len(numbers)
    assert maintain(store).erased == len(numbers)
    assert not any({"Kanarek", "kanarek", "ulica"} & signs for signs in found_in(
        store.folder.path).values())  # fmt: skip
