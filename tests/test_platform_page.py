"""docs/platform.md does what it says: its example runs, its names and columns are there."""

import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

import store as public
from store import settings, signin, users
from store.database import Store
from store.opening import system_clock
from store.records import listing as records
from store.session import Session
from store.upkeep.foreign import leaning
from store.values import Status, User
from tests.conftest import FakeClock
from tests.store.test_storing import code_of_letter

PAGE = (Path(__file__).parents[1] / "docs" / "platform.md").read_text(encoding="utf-8")
TEMPORARY, OWN = "nine wet umbrellas", "a lantern over the harbour"
ADDRESS = "203.0.113.9"


DOOR, JOIN, CONFIRM = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)

TABLES = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
(DECLARED,) = re.findall(r"settings set records.tables '(.*?)'", PAGE, re.DOTALL)

Run = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def run(tmp_path: Path, url: str, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run an example as somebody who copied it out of the page."""
    clock.time = system_clock()
    monkeypatch.setenv("USHER_DATABASE", url)

    def run(program: str, words: Sequence[str], *lines: str) -> tuple[int, list[str]]:
        file = tmp_path / "example.py"
        file.write_text(program, encoding="utf-8")
        typed = "".join(f"{line}\n" for line in lines)
        command = [sys.executable, str(file), *words]
        done = subprocess.run(command, input=typed, capture_output=True, text=True, check=False)
        assert done.stderr == ""
        return done.returncode, done.stdout.splitlines()

    return run


@pytest.fixture
def door(run: Run) -> Run:
    return lambda login, *lines: run(DOOR, (login, ADDRESS), *lines)


def test_the_example_of_the_page_lets_people_in_and_out(
    store: Store,
    door: Run,
    owner: Session,
    make_user: Callable[..., User],
) -> None:
    make_user(TEMPORARY, login="oksana")
    refused = (4, ["Login or password not accepted. Ask an administrator if it persists."])
    assert door("oksana", "wrong") == door("nobody", TEMPORARY) == refused
    assert door("oksana", TEMPORARY, "short")[0] == 3
    changed = ["Choose a new password.", "Welcome, oksana.", "Sign in."]
    assert door("oksana", TEMPORARY, OWN) == (0, changed)
    assert door("oksana", OWN) == (0, ["Welcome, oksana.", "Sign in."])
    with store.read():
        rows = store.sql("SELECT door, address, ended IS NULL FROM usher_session")
    # The first was left without a word, and ended by the new password that was chosen elsewhere.
    assert [(one, address, bool(still)) for one, address, still in rows] == [
        ("platform", ADDRESS, False)
    ] * 3


def test_the_other_example_makes_a_user_of_whoever_was_invited(
    store: Store, run: Run, owner: Session, make_user: Callable[..., User]
) -> None:
    settings.change(owner, "users.required", "email|password")
    user = make_user(first_name="", last_name="", email="lesia@acme.com.ua", login="")
    words = (code_of_letter(store, "invitation"), ADDRESS, "Lesia", "Shevchuk")
    code, said = run(JOIN, words, "short")
    assert (code, said[0].partition(":")[0]) == (3, "password")
    assert run(JOIN, words, OWN) == (0, ["Welcome, Lesia. Sign in as lesia@acme.com.ua."])
    assert users.show(owner, user.id).status is Status.ACTIVE
    code, said = run(JOIN, words, OWN)
    assert (code, len(said)) == (4, 1)
    assert "usher invitations resend" in said[0]


def test_the_third_example_confirms_an_address(store: Store, run: Run, owner: Session) -> None:
    signin.send_confirmation(owner, "olga")
    words = (code_of_letter(store, "confirmation"), ADDRESS)
    assert run(CONFIRM, words) == (0, ["olga@acme.com.ua is confirmed."])
    assert users.show(owner, "olga").email_confirmed
    code, said = run(CONFIRM, words)
    assert (code, len(said)) == (4, 1)
    assert "usher users send-confirmation" in said[0]


def test_the_page_names_all_that_is_public_and_nothing_else() -> None:
    named = set(re.findall(r"`(\w+)", PAGE)) & set(public.__all__)
    assert named == set(public.__all__)
    assert set(re.findall(r"\bstore\.(\w+)", DOOR + JOIN + CONFIRM)) <= set(public.__all__)
    for name in re.findall(r"^\| `(\w+)\(", PAGE, re.MULTILINE):
        assert name in public.__all__


VIEWS = (
    "assignable_users",
    "user_status",
    "usher_rights",
    "usher_scope",
    "usher_team_member",
    "usher_sub_account_access",
)


@pytest.mark.parametrize("view", VIEWS)
def test_the_page_names_every_column_of_the_views(store: Store, owner: Session, view: str) -> None:
    part = PAGE.split(f"**`{view}`**")[1].split("\n\n**")[0].split("```")[0]
    first = [line.split("|")[1] for line in part.splitlines() if line.startswith("| `")]
    named = [column for cell in first for column in re.findall(r"`(\w+)`", cell)]
    with store.read():
        cursor = store.database.execute_sql(f"SELECT * FROM {view}")  # type: ignore[no-untyped-call]
        assert [column[0] for column in cursor.description] == named
        for query in re.findall(r"^SELECT .*;$", PAGE, re.MULTILINE):
            store.sql(query.rstrip(";"))


def test_the_table_of_the_page_is_one_whose_rows_are_handed_over(
    store: Store, owner: Session
) -> None:
    with store.write(owner):
        for statement in filter(str.strip, TABLES[store.postgres].split(";")):
            store.sql(statement)
    assert not leaning(store).ok
    settings.change(owner, "records.tables", DECLARED)
    assert leaning(store).ok
    with store.write(owner):
        store.sql("INSERT INTO deals (id, owner_id, name) VALUES (1, ?, 'Acme')", owner.user)
    assert records.counts(owner, "olga") == {"deal": {"": 1}}
    assert records.listed(owner).records[0].title == "Acme"
