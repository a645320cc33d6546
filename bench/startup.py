"""How long it takes until something stands on the screen, and until a command has answered.

The first frame is painted before anything large is imported; keys are taken when the account is
open. Each figure stands beside its floor from the same run, one after the other so that a busy
machine slows both: an empty Python, a `click` program that imports peewee, a Textual application
with one Static. peewee imports every driver that is installed, so the commands are measured as a
default install has them, without psycopg, and with it.
"""

import compileall
import fcntl
import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path

RUNS = 15
ROWS, COLUMNS = 24, 80
EMPTY = "pass"
BARE_CLICK = "import click, peewee\n@click.command()\ndef main(): print('{}')\nmain([])"
USHER = "from tui.__main__ import main; main()"
WITHOUT_PSYCOPG = "import sys; sys.modules['psycopg'] = None\n"
FRAME, ACCOUNT = b"Sign in", b"Acme"
"""What the first frame shows, and what is known only when the account is open."""
QUESTION, ANSWER = b"\x1b[5n", b"\x1b[0n"
"""Whether a terminal is well, which each answers at once."""
LIST = ("users", "list", "--json")
BARE_TEXTUAL = """
from textual.app import App
from textual.widgets import Static
class Bare(App[None]):
    def compose(self): yield Static('Sign in')
Bare().run(mouse=False)
"""


def main() -> None:
    """Print each figure with its floor and the ratio of the two."""
    for package in ("store", "tui"):
        compileall.compile_dir(Path(__file__).parent.parent / package, quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        environment = {**os.environ, "USHER_DATA": str(data), "TERM": "xterm-256color"}
        _make_account(environment)

        def command(code: str, *words: str) -> Callable[[], float]:
            return lambda: _command([sys.executable, "-c", code, *words], environment)

        def screen(code: str, words: bytes) -> Callable[[], float]:
            return lambda: _until(words, [sys.executable, "-c", code], environment)

        _tell(
            {
                "an empty Python": command(EMPTY),
                "usher, until the first frame is painted": screen(WITHOUT_PSYCOPG + USHER, FRAME),
            }
        )
        for note, before in (("", WITHOUT_PSYCOPG), (", with psycopg", "")):
            _tell(
                {
                    f"a bare click program with peewee{note}": command(before + BARE_CLICK),
                    f"usher users list --json{note}": command(before + USHER, *LIST),
                }
            )
        _tell(
            {
                "a bare Textual application": screen(BARE_TEXTUAL, FRAME),
                "usher, until the sign-in takes keys": screen(WITHOUT_PSYCOPG + USHER, ACCOUNT),
            }
        )


def _tell(measures: Mapping[str, Callable[[], float]]) -> None:
    """Run them in turns; the median of each, and its ratio to the first, which is the floor."""
    times: dict[str, list[float]] = {name: [] for name in measures}
    for run in range(RUNS + 1):
        for name, measure in measures.items():
            seconds = measure()
            if run:  # the first one warms the disk's cache
                times[name].append(seconds)
    floor = statistics.median(next(iter(times.values())))
    for name, taken in times.items():
        middle = statistics.median(taken)
        ratio = "" if middle == floor else f"  {middle / floor:5.2f} x"
        print(f"{name:48} {middle * 1000:5.0f} ms{ratio}")


def _make_account(environment: dict[str, str]) -> None:
    words = "init --account Acme --first Olga --last Bakum --login olga --email olga@acme.com.ua"
    subprocess.run(
        [sys.executable, "-m", "tui", *words.split(), "--password-stdin"],
        input=b"a lantern over the harbour\n",
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _command(words: list[str], environment: dict[str, str]) -> float:
    begun = time.perf_counter()
    subprocess.run(words, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def _until(awaited: bytes, words: list[str], environment: dict[str, str]) -> float:
    """Seconds until this has reached the terminal."""
    begun = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(environment)
        os.execvp(words[0], words)  # noqa: S606  (this program, in the new terminal)
    try:
        _resize(terminal)
        seen = b""
        while awaited not in seen:
            if not select.select([terminal], [], [], 20)[0]:
                raise TimeoutError(words)
            new = os.read(terminal, 65536)
            os.write(terminal, ANSWER * new.count(QUESTION))
            seen += new
        return time.perf_counter() - begun
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)
        os.close(terminal)


def _resize(terminal: int) -> None:
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))


if __name__ == "__main__":
    main()
