"""The command `usher`: opens the screens when screens are wanted, else does what the words say."""

import gc
import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

from tui.exits import FAILED, INTERRUPTED


def main() -> NoReturn:
    """Run Usher and exit with its documented code."""
    os.umask(0o077)
    _mend_streams()
    try:
        code = _run()
    except KeyboardInterrupt:
        code = INTERRUPTED
    except Exception:
        from tui import incident  # noqa: PLC0415  (most runs have none)

        incident.tell(incident.report())
        code = FAILED
    # What goes with the process is not worth a search for cycles, which is a tenth of a command.
    gc.freeze()
    _end(code)


def _run() -> int:
    from tui.cli import run  # noqa: PLC0415  (ctrl+c is quiet during the imports too)
    from tui.cli.request import Screens  # noqa: PLC0415

    wanted = run()
    if not isinstance(wanted, Screens):
        return wanted
    from tui.app import run as open_screens  # noqa: PLC0415  (only screens pay for textual)

    with wanted.leave:
        return open_screens(wanted.store, wanted.session)


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

    A stream that was closed is an empty one. What a terminal cannot show it shows as `?`.
    """
    while (spare := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(spare)
    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
        stream = getattr(sys, name)
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


if __name__ == "__main__":
    main()
