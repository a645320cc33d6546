"""`usher audit verify|accept|rekey`, `usher doctor`, `usher init --replace` (DESIGN 3.13)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from store.audit import anchor
from store.database import Store
from store.opening import open_store
from store.session import Session
from store.values import User
from tests.conftest import CheapHasher
from tests.store.history.tampering import cut_tail, delete_values, edit_entry
from tests.tui.cli.conftest import Answer, Usher
from tui.cli import usher as root
from tui.cli.request import Request

Make = Callable[..., User]
Words = tuple[str, ...]
WHY = ("--reason", "looked into, ticket 4711")


@pytest.fixture
def host(store: Store, url: str) -> Usher:
    """Run a command that opens the account itself, as on a host."""

    def run(*words: str, stdin: str | bytes = "") -> Answer:
        request = Request(
            open_store=lambda _url=None, **how: open_store(url, hasher=CheapHasher(), **how)
        )
        result = CliRunner().invoke(root, words, input=stdin, obj=request)
        return Answer(result.exit_code, result.stdout, result.stderr)

    return run


def test_a_cut_tail_is_said_by_every_command_until_it_is_accepted(
    usher: Usher, store: Store, make_user: Make
) -> None:
    make_user()
    cut_tail(store, 1)
    make_user(login="another", email="another@acme.com.ua")
    for words, code in (
        (("audit", "verify"), 1),
        (("doctor", "history"), 3),
        (("doctor",), 3),
        (("maintain",), 1),
    ):
        answer = usher(*words)
        assert (answer.code, "cut off" in answer.out) == (code, True), words
    assert usher("maintain", "--json").json["damage"]["what"] == "cut off"
    assert usher("audit", "accept").code == 3
    accepted = usher("audit", "accept", *WHY, "--json").json["accepted"]
    assert accepted["what"] == "cut off"
    verified = usher("audit", "verify", "--json")
    assert (verified.code, verified.json["intact"]) == (0, True)
    assert len(verified.json["accepted_at"]) == 1
    assert usher("doctor", "history").code == usher("maintain").code == 0


@pytest.mark.parametrize("tamper", [edit_entry, delete_values])
def test_what_maintain_finds_is_recorded_once(
    usher: Usher, store: Store, make_user: Make, tamper: Callable[[Store], None]
) -> None:
    for _number in range(4):
        make_user()
    tamper(store)
    for _time in range(2):
        assert usher("maintain").code == 1
    with store.read():
        assert store.sql("SELECT count(*) FROM usher_audit WHERE verb = 'report_break'") == [(1,)]


def test_verify_says_in_words_what_holds(usher: Usher, store: Store, make_user: Make) -> None:
    make_user()
    said = usher("audit", "verify").out
    for words in ("The history is intact.", "4 entries.", "The end matches", "One key."):
        assert words in said
    store.folder.key_path.unlink()
    assert usher("audit", "rekey", *WHY).code == 0
    said = usher("audit", "verify").out
    for words in ("2 keys, changed at entry 5.", "Entries up to 4 were written with a key"):
        assert words in said


def test_a_missing_key_is_a_sentence_and_exit_code_seven(
    host: Usher, store: Store, make_user: Make
) -> None:
    make_user()
    assert host("doctor", "key").code == 0
    store.folder.key_path.unlink()
    commands: tuple[Words, ...] = (
        ("users", "list"), ("teams", "create", "South"), ("audit", "verify"), ("maintain",),
    )  # fmt: skip
    for words in commands:
        refused = host(*words, "--json")
        assert (refused.code, refused.json["error"]["code"]) == (7, "server_key")
    checks: tuple[Words, ...] = (("doctor", "key"), ("doctor",))
    for words in checks:
        found = host(*words)
        assert found.code == 3
        assert "Copy server.key from" in found.out
    assert not store.folder.key_path.exists()
    ended = host("audit", "rekey", *WHY, "--json").json
    assert ended == {"key": str(store.folder.key_path), "codes_ended": 1}
    assert host("audit", "verify").code == host("doctor", "key").code == 0
    assert host("audit", "rekey", *WHY).code == 3


def test_doctor_without_a_word_runs_every_check(usher: Usher, owner: Session) -> None:
    answer = usher("doctor", "--json").json
    assert answer["ok"] is True
    assert {"ssh", "clock", "key", "history", "tables"} <= answer["checks"].keys()
    assert usher("doctor").code == 0


def test_a_lost_account_is_replaced_only_on_demand(
    host: Usher, store: Store, make_user: Make
) -> None:
    if store.postgres:
        pytest.skip("the database is not a file of ours")
    make_user()
    store.close()
    for path in store.folder.path.glob("usher.db*"):
        path.unlink()
    words = (
        "init", "--account", "Acme", "--first", "Olga", "--last", "Bakum",
        "--email", "olga@acme.com.ua", "--login", "olga", "--password-stdin",
    )  # fmt: skip
    for command in (("users", "list"), ("maintain",), ("migrate",), words):
        refused = host(*command, "--json", stdin="seven quiet herons at noon\n")
        assert (refused.code, refused.json["error"]["code"]) == (7, "account_lost"), command
    assert not Path(store.where).exists()
    begun = host(*words, "--replace", stdin="seven quiet herons at noon\n")
    assert begun.code == 0, begun.err
    assert "replace_account" in host("audit", "list").out
    assert anchor.path_of(store).exists()
