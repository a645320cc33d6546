"""However Usher ends, the terminal is restored and nothing is typed into the shell."""

import os
import select
import signal
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import PASSWORD
from tests.e2e.shell import Shell
from tests.e2e.terminal import open_sessions
from tui.exits import FAILED, INTERRUPTED
from tui.terminal_state import ENDINGS

LARGE, SMALL = (80, 24), (40, 10)
CTRL_C, CTRL_L, ESC = "\x03", "\x0c", "\x1b"
HINT = "Press esc to go one step back"
BRACKETED_PASTE = "\x1b[?2004h"
GONE = 2.0
"""Seconds until the program has ended after a signal (LINE)."""
LOADED = 3.0
"""Extra seconds, because tests share the processors."""

Open = Callable[..., Shell]


@pytest.fixture
def shell(people: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Shells in which Usher is started. They end with the test."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("LANG", "C.UTF-8")
    opened: list[Shell] = []
    # A shell that runs the tests in the background makes them and Usher ignore both signals.
    both = (signal.SIGINT, signal.SIGQUIT)
    ignored = [number for number in both if signal.getsignal(number) is signal.SIG_IGN]
    for number in ignored:
        signal.signal(number, signal.SIG_DFL)

    def one(*words: str, **options: object) -> Shell:
        opened.append(Shell(*words, **options))  # type: ignore[arg-type]
        return opened[-1]

    yield one
    for each in opened:
        each.child.close(force=True)
    for number in ignored:
        signal.signal(number, signal.SIG_IGN)


def signed_in(one: Shell) -> Shell:
    one.wait_for("Sign in with your login")
    one.child.send(f"olga\t{PASSWORD}\r")
    one.wait_for("Bakum, Olga")
    return one


@pytest.fixture
def importing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Importing Textual prints a word and then never ends."""
    code = "import os, time\nos.write(2, b'importing')\nwhile True: time.sleep(60)\n"
    (tmp_path / "textual.py").write_text(code, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


@pytest.mark.parametrize("size", [LARGE, SMALL])
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGRTMIN"])
def test_a_signal_during_the_imports(
    importing: None, shell: Open, size: tuple[int, int], name: str
) -> None:
    """Issue 14: a small window is not painted, but echo is switched off."""
    one = shell(size=size)
    one.wait_for("importing")
    assert one.faults
    one.signal(signal.Signals[name])
    assert one.leaves() == (INTERRUPTED if name == "SIGINT" else FAILED)
    assert one.faults == []


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize(
    "line",
    [*range(2, 20, 6), *(pytest.param(n, marks=pytest.mark.slow) for n in range(20, 260, 5))],
)
def test_a_signal_at_any_line_of_the_first_steps(
    importing: None, shell: Open, name: str, line: int
) -> None:
    """Even between saving the terminal settings and changing them."""
    one = shell(str(line), name, command=("-m", "tests.e2e.interrupted"), size=SMALL)
    assert one.leaves() in {FAILED, INTERRUPTED, 128 + signal.SIGTERM}
    assert one.faults == []


@pytest.mark.parametrize("name", ["SIGINT", "SIGQUIT", "SIGRTMIN"])
def test_a_signal_on_the_list(people: Path, shell: Open, name: str) -> None:
    """The session ends as after `q`."""
    one = signed_in(shell())
    one.signal(signal.Signals[name])
    assert one.leaves(GONE + LOADED) == 0
    assert one.faults == []
    assert open_sessions(people) == 0


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"])
def test_a_signal_in_a_small_window(shell: Open, name: str) -> None:
    one = shell(size=SMALL)
    one.wait_for("Usher needs 60")
    one.signal(signal.Signals[name])
    assert one.leaves(GONE + LOADED) == 0
    assert one.faults == []


def test_a_signal_while_another_program_holds_the_database(people: Path, shell: Open) -> None:
    """LINE: opening the account can take half a minute."""
    holder = sqlite3.connect(people, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    one = shell(command=("-c", OPENING))
    one.wait_for("opening")
    one.signal(signal.SIGHUP)
    assert one.leaves(GONE + LOADED) == FAILED
    holder.close()
    assert one.faults == []


OPENING = """
import os, sqlite3
from tui import __main__
connect = sqlite3.connect
def connect_and_say(*words, **how):
    os.write(2, b"opening")
    return connect(*words, **how)
sqlite3.connect = connect_and_say
__main__.main()
"""


def leave_the_list(one: Shell) -> None:
    signed_in(one).acknowledge()
    one.child.send("q")


def leave_the_sign_in(one: Shell) -> None:
    one.wait_for("Sign in with your login")
    one.child.send(ESC)


def leave_a_small_window(one: Shell) -> None:
    one.wait_for("Usher needs 60")
    one.child.send(CTRL_C)


def make_the_list_small_and_leave(one: Shell) -> None:
    signed_in(one).resize(*SMALL)
    leave_a_small_window(one)


@pytest.mark.parametrize(
    ("leave", "size", "late"),
    [
        (leave_the_list, LARGE, 0.0),
        (leave_the_list, LARGE, 0.4),
        (leave_the_sign_in, LARGE, 0.4),
        (leave_the_sign_in, LARGE, None),
        (leave_a_small_window, SMALL, 0.0),
        (make_the_list_small_and_leave, LARGE, 0.4),
    ],
)
def test_a_key_that_leaves(
    shell: Open, leave: Callable[[Shell], None], size: tuple[int, int], late: float | None
) -> None:
    """The terminal responds at once, late or never (issue 14: `necho: command not found`)."""
    one = shell(size=size, late=late)
    leave(one)
    assert one.leaves() == 0
    assert one.faults == []


@pytest.mark.parametrize("name", ["", "SIGTERM", "SIGQUIT"])
def test_the_answer_to_the_last_frame_is_not_typed_into_the_shell(shell: Open, name: str) -> None:
    """Issue 14: a key that changes the screen, directly followed by the key that quits."""
    one = signed_in(shell(late=0.0))
    one.acknowledge()
    one.late = 0.5
    one.child.send(CTRL_C)
    one.wait_for(HINT)
    if name:
        one.signal(signal.Signals[name])
    else:
        one.child.send("q")
    assert one.leaves() == 0
    assert one.faults == []


def test_an_answer_in_pieces_is_waited_for_to_its_end(shell: Open) -> None:
    one = signed_in(shell(late=0.0))
    one.acknowledge()
    one.late = None
    one.child.send(CTRL_C)
    one.wait_for(HINT)
    one.child.send("q")
    for piece in ("\x1b", "[", "0"):
        one.read(0.15)
        one.child.send(piece)
    one.read(0.15)
    assert "left with" not in one.text
    one.child.send("n")
    assert one.leaves() == 0
    assert one.faults == []


WAITING_FOR_KEYS = """
import os, select
from tui import __main__, first_frame
paint = first_frame.paint
def paint_and_wait(*words):
    paint(*words)
    os.write(2, b"silenced")
    select.select([0], [], [])
first_frame.paint = paint_and_wait
__main__.main()
"""


@pytest.mark.parametrize("size", [LARGE, SMALL])
def test_a_start_that_is_refused(people: Path, shell: Open, size: tuple[int, int]) -> None:
    """Text typed before the refusal, perhaps a password, does not reach the shell."""
    people.write_bytes(b"no database at all" * 100)
    one = shell(size=size, command=("-c", WAITING_FOR_KEYS))
    one.wait_for("silenced")
    one.child.send(f"olga\t{PASSWORD}\r")
    assert one.leaves() == 7
    assert PASSWORD not in one.raw
    assert one.faults == []


@pytest.mark.parametrize(
    "broken",
    [
        "import tui.app; tui.app.Usher.action_hint = lambda self: 1 / 0",
        "import tui.driver.keyboard as k; k.Keyboard.feed = lambda self, text: 1 / 0",
        "import tui.app; tui.app.Usher.on_mount = lambda self: 1 / 0",
        "from tui.driver import line_driver as d; d.Keyboard.__init__ = lambda self: 1 / 0",
        "import tui.driver.writer as w; w.Writer._changes = lambda self, now: 1 / 0",
    ],
    ids=["a key", "the input", "the start", "the driver", "the output"],
)
def test_a_fault_of_the_program(shell: Open, broken: str) -> None:
    """No user ever sees a traceback."""
    one = shell(command=("-c", f"{broken}\nfrom tui.__main__ import main; main()"))
    one.wait_for("Sign in with your login")
    one.child.send(CTRL_C)
    assert one.leaves() == FAILED
    assert "Something went wrong inside Usher (incident" in one.raw
    assert one.faults == []


def test_on_a_line_that_takes_nothing_the_settings_are_given_back_all_the_same(
    shell: Open,
) -> None:
    """Within two seconds, although the final sequences cannot be sent."""
    one = shell(late=None, size=(150, 50))
    one.wait_until(lambda: BRACKETED_PASTE in one.raw, "screens in place of the first frame")
    one.flood(CTRL_L)
    usher = os.pidfd_open(one.usher)
    one.signal(signal.SIGTERM)
    assert select.select([usher], [], [], GONE + LOADED)[0]
    os.close(usher)
    assert one.leaves() == 0
    assert "settings" not in one.faults


def test_every_signal_that_ends_a_process_is_caught() -> None:
    """Except crashes of the process, after which Python cannot act."""
    named = {number.name for number in map(signal.Signals, signal.valid_signals() - set(ENDINGS))}
    assert named == {
        *("SIGKILL", "SIGSTOP"),
        *("SIGSEGV", "SIGBUS", "SIGFPE", "SIGILL"),
        *("SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGCONT"),
        *("SIGCHLD", "SIGURG", "SIGWINCH"),
    }
