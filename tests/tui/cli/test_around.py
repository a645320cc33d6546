"""The options around noun and verb, who acts, and the ways in which a command ends."""

import json
import re
import shlex
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from store import signin
from store.database import Store
from store.folder import DataFolder
from store.models import SessionRow
from store.session import Session
from store.values import Door, User
from tests.conftest import PASSWORD, session_of
from tests.tui.cli.conftest import Usher
from tui import incident
from tui.cli import usher as root
from tui.cli.helping import Helped
from tui.cli.options import Noun, Verb
from tui.cli.request import Request

TEMPORARY = "nine wet umbrellas"


def verbs(group: click.Group = root, words: tuple[str, ...] = ()) -> Iterator[tuple[str, Verb]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from verbs(command, (*words, name))
        else:
            assert isinstance(command, Verb)
            yield " ".join((*words, name)), command


def nouns_and_verbs() -> Iterator[tuple[str, Helped]]:
    yield "", root
    for word, command in root.commands.items():
        if isinstance(command, Noun):
            yield word, command
    yield from verbs()


@pytest.mark.parametrize(("words", "command"), list(nouns_and_verbs()))
def test_everything_has_help_with_examples_of_itself(words: str, command: Helped) -> None:
    text = CliRunner().invoke(root, [*words.split(), "--help"], terminal_width=80).stdout
    assert f"usher {words}".strip() in re.split(r"Examples?:", text)[1]
    assert command.help
    assert all(option.help for option in command.params if isinstance(option, click.Option)
               and not option.hidden)  # fmt: skip
    assert max(map(len, text.splitlines())) <= 84
    if isinstance(command, Noun):
        below = text.split("\n\nExample")[0].split("--help")[-1]
        assert all(f"\n  {word} " in below for word in command.commands)
        told = [line for line in below.splitlines()[2:] if line and not line.endswith(":")]
        assert len(told) == len(command.commands), "a line each"
        if words:
            assert set(re.findall(r"[\w-]+", command.help.split(":")[1])) == set(command.commands)


@pytest.mark.parametrize(("words", "command"), list(nouns_and_verbs()))
def test_every_example_is_understood(words: str, command: Helped) -> None:
    for example in command.examples:
        line = example.replace("\\\n", " ").split("|")[0].split("<")[0]
        line = re.sub(r'eval "\$\((.*)\)"', r"\1", line)
        program, *given = shlex.split(line)
        assert program == "usher"
        ctx = root.make_context("usher", given, obj=Request())
        while isinstance(ctx.command, click.Group) and ctx._protected_args:
            name, found, rest = ctx.command.resolve_command(ctx, [*ctx._protected_args, *ctx.args])
            assert found is not None
            ctx = found.make_context(name, rest, parent=ctx)
        if words:
            assert ctx.command_path.startswith(f"usher {words}")


@pytest.mark.parametrize(("words", "verb"), list(verbs()))
def test_help_names_what_does_something_and_the_rest_is_refused(words: str, verb: Verb) -> None:
    text = CliRunner().invoke(root, [*words.split(), "--help"]).stdout
    assert ("--dry-run" in text) == ("dry_run" in verb.takes)
    if "dry_run" not in verb.takes:
        needed = [
            one.type.choices[0] if isinstance(one.type, click.Choice) else "x"
            for one in verb.params
            if isinstance(one, click.Argument)
        ]
        answer = CliRunner().invoke(root, ["--dry-run", *words.split(), *needed])
        assert answer.exit_code == 2
        assert "--dry-run does nothing" in answer.stderr


@pytest.mark.parametrize("words", [("--json", "roles", "list"), ("roles", "list", "--json")])
def test_an_option_is_the_same_before_and_after(
    usher: Usher, owner: Session, words: tuple[str, ...]
) -> None:
    assert usher(*words).json["total"] == 5


def test_yes_may_always_be_said(usher: Usher, owner: Session) -> None:
    assert usher("--yes", "users", "list").code == 0
    assert usher("users", "list", "--yes").code == 0


def test_without_as_the_operator_acts(usher: Usher, owner: Session) -> None:
    usher("teams", "create", "North")
    (entry, *_older) = usher("audit", "list", "--json").json["items"]
    assert entry["actor"].startswith("host:")


def test_as_signs_in_acts_and_signs_out(usher: Usher, owner: Session, store: Store) -> None:
    answer = usher("--as", "olga", "teams", "create", "North", stdin=f"{PASSWORD}\n")
    assert answer.code == 0
    entries = usher("audit", "list", "--limit", "3", "--json").json["items"]
    assert [entry["verb"] for entry in entries] == ["sign_out", "create_team", "sign_in"]
    assert {entry["actor"] for entry in entries} == {"olga"}
    with store.read():
        assert SessionRow.select().where(SessionRow.ended.is_null()).count() == 0


def test_as_with_a_wrong_password_is_4(usher: Usher, owner: Session) -> None:
    answer = usher("--as", "olga", "users", "list", "--json", stdin="wrong\n")
    assert (answer.code, answer.json["error"]["code"]) == (4, "sign_in_refused")
    assert usher("--as", "olga", "users", "list", stdin="").code == 2


def test_a_temporary_password_does_nothing_but_be_replaced(
    usher: Usher, make_user: Callable[..., User]
) -> None:
    user = make_user(password=TEMPORARY, admin=True)
    answer = usher("--as", user.login, "users", "list", "--json", stdin=f"{TEMPORARY}\n")
    assert (answer.code, answer.json["error"]["code"]) == (4, "password_change_required")


def test_a_standard_user_sees_only_themselves(
    usher: Usher, make_user: Callable[..., User], store: Store
) -> None:
    user = make_user(password=TEMPORARY)
    signin.change_password(session_of(store, user), TEMPORARY, PASSWORD)
    as_them, stdin = ("--as", user.login), f"{PASSWORD}\n"
    assert usher(*as_them, "users", "list", "--json", stdin=stdin).code == 4
    assert usher(*as_them, "users", "show", str(user.id), stdin=stdin).code == 0
    assert usher(*as_them, "users", "show", "olga", stdin=stdin).code == 5
    assert usher(*as_them, "audit", "verify", stdin=stdin).code == 4
    assert usher(*as_them, "audit", "list", "--target", user.login, stdin=stdin).code == 0


@pytest.mark.parametrize("door", list(Door))
def test_sign_in_answers_the_platform(usher: Usher, owner: Session, door: Door) -> None:
    answer = usher("sign-in", "olga", "--door", door.value, "--json", stdin=f"{PASSWORD}\n").json
    assert list(answer) == ["user", "password_change_required", "session"]
    assert answer["user"]["login"] == "olga"
    assert answer["password_change_required"] is False


@pytest.mark.parametrize("login", ["olga", "nobody", "\u202e\x1b[31m", "x" * 10_000])
def test_sign_in_refuses_everybody_alike(usher: Usher, owner: Session, login: str) -> None:
    answer = usher("sign-in", login, "--json", stdin="wrong\n")
    assert answer.code == 4
    assert answer.json == usher("sign-in", "other", "--json", stdin="wrong\n").json


@pytest.mark.parametrize(
    ("stdin", "what"), [(b"\xff\xfe\n", "UTF-8"), (b"x" * 9000, "too long"), (b"", "stdin")]
)
def test_no_password_on_stdin_is_a_usage_error(
    usher: Usher, owner: Session, stdin: bytes, what: str
) -> None:
    answer = usher("sign-in", "olga", "--password-stdin", stdin=stdin)
    assert answer.code == 2
    assert what in answer.err


def test_init_begins_and_begins_once(usher: Usher) -> None:
    words = ("init", "--account", "Acme", "--first", "Olga", "--last", "Bakum",
             "--email", "olga@acme.com.ua", "--login", "olga", "--password-stdin")  # fmt: skip
    rehearsed = usher(*words, "--dry-run", "--json", stdin=f"{PASSWORD}\n").json
    assert [entry["verb"] for entry in rehearsed["entries"]] == ["init", "create"]
    assert usher(*words, stdin="short\n").code == 3
    made = usher(*words, "--json", stdin=f"{PASSWORD}\n").json
    assert (made["owner"], made["status"]) == (True, "active")
    again = usher(*words, "--json", stdin=f"{PASSWORD}\n")
    assert (again.code, again.json["error"]["code"]) == (3, "account_exists")
    assert usher("sign-in", "olga", stdin=f"{PASSWORD}\n").code == 0


def test_history_is_listed_for_one_and_for_all(
    usher: Usher, make_user: Callable[..., User]
) -> None:
    user = make_user()
    usher("users", "edit", str(user.id), "--country", "PL")
    everything = usher("audit", "list", "--json").json
    assert everything["total"] == len(everything["items"])
    theirs = usher("audit", "list", "--target", user.login, "--limit", "1", "--json").json
    assert [entry["verb"] for entry in theirs["items"]] == ["edit"]
    assert theirs["items"][0]["changes"] == {"country": ["", "PL"]}
    assert theirs["total"] >= 2
    assert "country: – → PL" in usher("audit", "list").out


def test_pages_of_the_history_follow_one_another(
    usher: Usher, make_user: Callable[..., User]
) -> None:
    user = make_user()
    for country in ("PL", "PT", "UA"):
        usher("users", "edit", str(user.id), "--country", country)
    for words in ((), ("--target", user.login)):
        everything = usher("audit", "list", *words, "--json").json
        assert everything["next"] is None
        walked: list[object] = []
        after: list[str] = []
        while True:
            page = usher("audit", "list", *words, "--limit", "2", *after, "--json").json
            usher("users", "edit", str(user.id), "--notes", str(len(walked)))
            walked += page["items"]
            if page["next"] is None:
                break
            assert len(page["items"]) == 2
            after = ["--after", page["next"]]
        assert walked == everything["items"]
        assert everything["total"] == len(walked)
    assert "More: --after " in usher("audit", "list", "--limit", "1").out
    for word in ("0", "-1", "x", str(2**64)):
        assert usher("audit", "list", "--after", word).code == 2
    assert usher("audit", "list", "--after", "1", "--json").json["items"] == []


def test_verify_finds_what_was_changed(usher: Usher, owner: Session, store: Store) -> None:
    assert usher("audit", "verify", "--json").json == {
        "intact": True, "damage": None, "entries": 2, "values_erased": 0, "end": "agrees",
        "keys": 1, "key_changed_at": [], "unproven_through": None, "accepted_at": [],
    }  # fmt: skip
    with store.read():
        store.sql(
            "DROP TRIGGER IF EXISTS usher_audit_no_update" + store.postgres * " ON usher_audit"
        )
        store.sql("UPDATE usher_audit SET actor = 'eve' WHERE seq = 1")
    answer = usher("audit", "verify", "--json")
    assert (answer.code, answer.json["damage"]["seq"]) == (1, 1)


def test_migrate_has_nothing_to_do(usher: Usher) -> None:
    none = {"has_account": False}
    assert usher("migrate", "--json").json == {"dry_run": False, "applied": [], **none}
    assert usher("migrate", "--dry-run", "--json").json == {"dry_run": True, "pending": [], **none}


@pytest.mark.parametrize("words", [(), ("demo",)])
def test_screens_without_a_terminal_are_one_sentence(usher: Usher, words: tuple[str, ...]) -> None:
    answer = usher(*words)
    assert answer.code == 2
    assert "need a terminal" in answer.err
    assert "usher users list" in answer.err


def test_json_belongs_to_a_command(usher: Usher) -> None:
    assert usher("--json").code == 2


@pytest.mark.parametrize("word", ["\x1b[31m", "\u202e", "-\x9b", "--\u2066"])
def test_a_usage_error_prints_nothing_raw(usher: Usher, word: str) -> None:
    for words in ((word,), ("users", word), ("users", "list", word), ("users", "show", word)):
        answer = usher(*words)
        assert answer.code in {2, 5, 7}
        assert word.strip("-") not in answer.err


def test_nothing_hidden_stands_raw_in_json(usher: Usher, owner: Session) -> None:
    answer = usher("--reason", "\x7f\u202e\x9b𝄞é", "teams", "create", "North")
    assert answer.code == 0
    listed = usher("audit", "list", "--limit", "1", "--json")
    assert not set("\x7f\u202e\x9b") & set(listed.out)
    assert "𝄞é" in listed.out
    assert listed.json["items"][0]["reason"] == "\x7f\u202e\x9b𝄞é"


def test_what_nobody_foresaw_is_a_sentence_and_an_entry_in_the_log(data_folder: Path) -> None:
    def broken(_url: str | None = None, **_how: bool) -> Store:
        raise KeyError("Оксана's secret")

    data_folder.mkdir(mode=0o700)
    incident.log_to(DataFolder.open(data_folder))
    plain = CliRunner().invoke(root, ["users", "list"], obj=Request(open_store=broken))
    as_json = CliRunner().invoke(root, ["users", "list", "--json"], obj=Request(open_store=broken))
    assert plain.exit_code == as_json.exit_code == 1
    error = json.loads(as_json.stdout)["error"]
    assert error["code"] == "incident"
    log = data_folder / "usher.log"
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    text = log.read_text()
    assert error["id"] in text
    assert "KeyError" in text
    assert "test_around.py" in text
    assert "secret" not in text
    assert str(log) in plain.stderr
    assert "Traceback" not in plain.stderr


def test_the_page_shows_every_verb_and_no_flag_that_is_not_there() -> None:
    page = (Path(__file__).parents[3] / "docs" / "command-line.md").read_text(encoding="utf-8")
    shown = page.replace("\\\n", " ").splitlines()
    for words, verb in verbs():
        lines = [line for line in shown if f"usher {words} " in f"{line} "]
        assert lines, words
        flags = {flag for one in verb.params for flag in (*one.opts, *one.secondary_opts)}
        named = set(re.findall(r"--[a-z-]+", " ".join(lines))) - {"--help"}
        assert named <= flags, words
