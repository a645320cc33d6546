"""How long it takes until something stands on the screen, and until a command has answered.

Each figure stands beside its floor from the same run: an empty Python, a `click` program that
imports peewee, a Textual application with one Static.
"""

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
from collections.abc import Callable
from pathlib import Path

RUNS = 9
ROWS, COLUMNS = 24, 80
BARE_CLICK = "import click, peewee\n@click.command()\ndef main(): print('{}')\nmain()"
BARE_TEXTUAL = """
from textual.app import App
from textual.widgets import Static
class Bare(App[None]):
    def compose(self): yield Static('Sign in')
Bare().run(mouse=False)
"""


def main() -> None:
    """Print each figure with its floor and the ratio of the two."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        environment = {**os.environ, "USHER_DATA": str(data), "TERM": "xterm-256color"}
        _make_account(environment)
        python = sys.executable
        empty = _median(lambda: _command([python, "-c", "pass"], environment))
        click = _median(lambda: _command([python, "-c", BARE_CLICK], environment))
        listing = [python, "-m", "tui", "users", "list", "--json"]
        listed = _median(lambda: _command(listing, environment))
        textual = _median(lambda: _first_screen([python, "-c", BARE_TEXTUAL], environment))
        usher = _median(lambda: _first_screen([python, "-m", "tui"], environment))
    print(f"an empty Python                        {empty * 1000:7.0f} ms")
    print(f"a bare click program with peewee       {click * 1000:7.0f} ms")
    print(
        f"usher users list --json                {listed * 1000:7.0f} ms  {listed / click:5.2f} x"
    )
    print(f"a bare Textual application             {textual * 1000:7.0f} ms")
    print(
        f"usher, until the sign-in stands there  {usher * 1000:7.0f} ms  {usher / textual:5.2f} x"
    )


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


def _first_screen(words: list[str], environment: dict[str, str]) -> float:
    """Seconds until the words "Sign in" have reached the terminal."""
    begun = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(environment)
        os.execvp(words[0], words)  # noqa: S606  (this program, in the new terminal)
    try:
        _resize(terminal)
        seen = b""
        while b"Sign in" not in seen:
            if not select.select([terminal], [], [], 20)[0]:
                raise TimeoutError(words)
            seen += os.read(terminal, 65536)
        return time.perf_counter() - begun
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)
        os.close(terminal)


def _resize(terminal: int) -> None:
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))


def _median(measure: Callable[[], float]) -> float:
    measure()
    return statistics.median(measure() for _run in range(RUNS))


if __name__ == "__main__":
    main()
