"""The command `usher`: opens the screens when screens are wanted, else does what the words say."""

import gc
import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

from tui import first_frame, letters
from tui.exits import FAILED, INTERRUPTED
from tui.terminal_state import TerminalState

USUALLY, RARELY = gc.get_threshold(), (50_000, 10, 10)
"""After so many new objects the collector looks for cycles."""


def main() -> NoReturn:
    """Run Usher and exit with its documented code."""
    try:
        code = _open_and_give_back()
    except KeyboardInterrupt:
        code = INTERRUPTED
    except Exception:
        from tui import incident  # noqa: PLC0415  (most runs have none)

        incident.tell(incident.report())
        code = FAILED
    # What goes with the process is not worth a search for cycles, which is a tenth of a command.
    gc.freeze()
    _end(code)


def _open_and_give_back() -> int:
    os.umask(0o077)
    # The imports create objects that stay, so frequent garbage collection would cost a tenth.
    gc.set_threshold(*RARELY)
    _mend_streams()
    terminal = TerminalState()
    try:
        first_frame.paint(sys.argv[1:], terminal)
        return _run(terminal)
    finally:
        terminal.give_back()


def _run(terminal: TerminalState) -> int:
    from tui.cli import run  # noqa: PLC0415  (ctrl+c is quiet during the imports too)
    from tui.cli.request import Request, Screens  # noqa: PLC0415

    wanted = run(request=Request(terminal=terminal))
    if not isinstance(wanted, Screens):
        return wanted
    _close_doors()
    from tui.app import run as open_screens  # noqa: PLC0415  (only screens pay for textual)

    # Screens come and go for hours and are cycles each; what was imported stays, and is left out.
    gc.freeze()
    gc.set_threshold(*USUALLY)
    with wanted.leave:
        return open_screens(wanted.store, wanted.session, wanted.depth, terminal)


def _close_doors() -> None:
    """Forget the variables that textual reads when it is imported.

    They name modules to import, files to write and hosts to talk to: who may only run Usher may
    not do that through it. A size in the environment holds no longer when the window changes.
    """
    for name in [name for name in os.environ if name.startswith("TEXTUAL")]:
        del os.environ[name]
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)


def _end(code: int) -> NoReturn:
    """End the process, though a thread of the screens may wait for a database that is held."""
    import threading  # noqa: PLC0415  (nothing is imported before it is needed)

    held = [thread for thread in threading.enumerate() if not thread.daemon]
    if held == [threading.main_thread()]:
        sys.exit(code)
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def _mend_streams() -> None:
    """See that 0, 1 and 2 are open, so that no file of the account ever becomes one of them.

    A stream that was closed is an empty one. A terminal gets the letters that it understands; what
    it cannot show it shows as `?`.
    """
    while (spare := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(spare)
    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115
    encoding = letters.encoding_of(os.environ, utf8_mode=bool(sys.flags.utf8_mode))
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
        stream = getattr(sys, name)
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(
                encoding=encoding if stream.isatty() else None, errors=letters.ERRORS
            )


if __name__ == "__main__":
    main()
