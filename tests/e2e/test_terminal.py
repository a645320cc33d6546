"""The screens in a real pseudo-terminal: they begin, and end cleanly however they end."""

import re
import signal
import sqlite3
import termios
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest

from store.exchange import importing
from store.opening import open_store
from store.session import operator_session
from tests.conftest import PASSWORD
from tests.e2e.terminal import Terminal, open_sessions, signed_in

GONE_SECONDS = 2
"""LINE: how long after the line dropped there may be a process."""
ROWS = 60 * importing.BATCH

COLOURS = re.compile(r"\x1b\[(?:[0-9;]*;)?(?:[349][0-79]|10[0-7]|[34]8)(?:;[0-9;]*)?m")
"""A rendition that names a colour, the default one among them."""
ATTRIBUTES = re.compile(r"\x1b\[[147]m")


def test_one_signs_in_looks_and_leaves(people: Path, terminal: Callable[..., Terminal]) -> None:
    one = signed_in(terminal)
    assert open_sessions(people) == 1
    one.child.send("q")
    assert one.wait_for_end() == 0
    assert open_sessions(people) == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_session_and_gives_the_terminal_back(
    people: Path, terminal: Callable[..., Terminal], number: signal.Signals
) -> None:
    """CHECKLIST E42: restored, exit code 0, no row of an open session left."""
    one = signed_in(terminal)
    one.child.kill(number)
    assert one.wait_for_end() == 0
    assert "\x1b[?1049l" in one.raw
    assert "\x1b[?25h" in one.raw.rpartition("\x1b[?1049h")[2]
    assert open_sessions(people) == 0


def test_a_line_that_drops_leaves_no_process_and_no_open_session(
    people: Path, terminal: Callable[..., Terminal]
) -> None:
    """CHECKLIST E42, F9: the terminal is closed under it while a form is open."""
    one = signed_in(terminal)
    one.child.send("n")
    one.wait_for("New user")
    one.child.ptyproc.fileobj.close()
    one.child.wait()
    assert open_sessions(people) == 0


def test_keys_that_come_all_at_once_go_where_they_were_meant(
    people: Path, terminal: Callable[..., Terminal]
) -> None:
    """After a stall of the line: login, tab, password, enter, and the next screen's keys."""
    one = terminal()
    one.wait_for("Sign in with your login")
    one.child.send(f"olga\t{PASSWORD}\r")
    one.wait_for("Bakum, Olga")
    one.child.send("nMaria\tSilva\tmaria@acme.com.ua\t")
    one.wait_for("maria@acme.com.ua")
    one.wait_for("Silva")
    assert PASSWORD not in one.raw


def test_a_password_is_never_echoed(people: Path, terminal: Callable[..., Terminal]) -> None:
    one = signed_in(terminal)
    one.child.send("q")
    one.wait_for_end()
    assert PASSWORD not in one.raw


def test_nothing_is_asked_of_the_terminal_that_costs_bytes(
    people: Path, terminal: Callable[..., Terminal]
) -> None:
    """LINE: no mouse."""
    one = signed_in(terminal)
    assert "\x1b[?1000h" not in one.raw
    assert "\x1b[?1003h" not in one.raw


def test_terminal_attributes_are_as_they_were(
    people: Path, terminal: Callable[..., Terminal]
) -> None:
    one = terminal()
    before = termios.tcgetattr(one.child.child_fd)
    one.wait_for("Sign in with your login")
    one.child.send("\x1b")
    assert one.wait_for_end() == 0
    assert termios.tcgetattr(one.child.child_fd)[:4] == before[:4]


def test_a_terminal_without_utf8_gets_ascii_signs(
    people: Path, terminal: Callable[..., Terminal], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    one = signed_in(terminal)
    assert "> * active" in one.text.replace("   ", " ").replace("  ", " ")
    one.child.send("q")
    assert one.wait_for_end() == 0
    assert one.raw.isascii()


@pytest.mark.parametrize("words", [(), ("--no-color",)])
def test_whoever_wants_no_colour_gets_none(
    people: Path,
    terminal: Callable[..., Terminal],
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
) -> None:
    if not words:
        monkeypatch.setenv("NO_COLOR", "1")
    one = signed_in(terminal, *words)
    one.child.send("5")
    one.wait_for("No user matches")
    one.child.send("q")
    one.wait_for("Bakum, Olga")
    assert not COLOURS.findall(one.raw)
    assert ATTRIBUTES.findall(one.raw)


def test_there_are_colours_where_nobody_minds(
    people: Path, terminal: Callable[..., Terminal]
) -> None:
    assert COLOURS.findall(signed_in(terminal).raw)


def test_the_sign_in_stands_there_before_textual_is_imported(
    people: Path, terminal: Callable[..., Terminal], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LINE: painted first; here Textual never comes, and the terminal is given back."""
    (tmp_path / "textual.py").write_text("raise SystemExit(9)", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    one = terminal()
    one.wait_for("Sign in with your login")
    assert "Acme" not in one.text
    assert one.wait_for_end() == 9
    assert one.raw.endswith("\x1b[?1049l\x1b[?25h")


def test_what_is_typed_before_anything_is_there_arrives_and_is_never_echoed(
    people: Path, terminal: Callable[..., Terminal]
) -> None:
    """LINE: login, password, and the first keys in the list, all typed into the first frame."""
    one = terminal()
    one.wait_for("Sign in with your login")
    one.child.send(f"olga\t{PASSWORD}\r")
    one.wait_for("Bakum, Olga")
    assert PASSWORD not in one.raw


def test_an_account_that_cannot_be_opened_is_told_on_the_terminal_as_it_was(
    people: Path, terminal: Callable[..., Terminal]
) -> None:
    people.write_bytes(b"no database at all" * 100)
    one = terminal()
    assert one.wait_for_end() == 7
    left = one.raw.rpartition("\x1b[?1049l")[2]
    assert "usher.db" in left


def line_drops(one: Terminal) -> None:
    one.child.ptyproc.fileobj.close()


def hang_up(one: Terminal) -> None:
    one.child.kill(signal.SIGHUP)


def importing_on_the_screen(
    terminal: Callable[..., Terminal], folder: Path, until: str, *, rehearsed: bool
) -> Terminal:
    """Somebody whose import, or rehearsal of it, has come so far."""
    file = folder / "people.csv"
    rows = (f"Rui,Simões,rui{n}@acme.com,Support,North\n" for n in range(ROWS))
    file.write_text("first_name,last_name,email,role,team\n" + "".join(rows), encoding="utf-8")
    one = signed_in(terminal)
    one.child.send("I")
    one.wait_for("Which CSV file?")
    one.child.send(f"{file}\r")
    one.wait_for("5 headings")
    one.child.send("\x1bOB \x1bOQ")
    if rehearsed:
        one.wait_for("were looked at")
        one.child.send("\x1bOQ")
    one.wait_for(until)
    return one


def imported(path: Path) -> int:
    """How many are there besides the owner; the database is whole."""
    connection = sqlite3.connect(path)
    ((number,),) = connection.execute("SELECT count(*) FROM usher_user WHERE NOT owner").fetchall()
    ((found,),) = connection.execute("PRAGMA integrity_check").fetchall()
    connection.close()
    assert found == "ok"
    return int(number)


def seconds_until_gone(one: Terminal, drop: Callable[[Terminal], None]) -> float:
    begun = monotonic()
    drop(one)
    one.child.wait()
    return monotonic() - begun


@pytest.mark.parametrize("drop", [line_drops, hang_up])
def test_a_line_that_drops_ends_an_import_and_whole_batches_stay(
    people: Path,
    tmp_path: Path,
    terminal: Callable[..., Terminal],
    drop: Callable[[Terminal], None],
) -> None:
    """LINE, CHECKLIST E42, I60."""
    one = importing_on_the_screen(terminal, tmp_path, "000 of 60 000 rows", rehearsed=True)
    assert seconds_until_gone(one, drop) < GONE_SECONDS
    assert open_sessions(people) == 0
    assert 0 < imported(people) < ROWS
    assert imported(people) % importing.BATCH == 0
    assert [one.name for one in tmp_path.iterdir() if "failed" in one.name] == []


def test_a_line_that_drops_ends_a_rehearsal(
    people: Path, tmp_path: Path, terminal: Callable[..., Terminal]
) -> None:
    one = importing_on_the_screen(terminal, tmp_path, "000 rows looked at", rehearsed=False)
    assert seconds_until_gone(one, line_drops) < GONE_SECONDS
    assert open_sessions(people) == 0


@pytest.mark.parametrize("drop", [line_drops, hang_up])
def test_a_line_that_drops_while_an_import_waits_for_another_writer_leaves_no_process(
    people: Path,
    tmp_path: Path,
    terminal: Callable[..., Terminal],
    drop: Callable[[Terminal], None],
) -> None:
    """LINE: nobody waits for the batch, which is not begun."""
    one = importing_on_the_screen(terminal, tmp_path, "000 of 60 000 rows", rehearsed=True)
    store = open_store(f"sqlite:///{people}")
    with store.write(operator_session(store)):
        there = imported(people)
        assert seconds_until_gone(one, drop) < GONE_SECONDS
    assert imported(people) == there
    store.close()
