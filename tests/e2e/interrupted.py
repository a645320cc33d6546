"""Run Usher, and send it a signal at a chosen line of its startup."""

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

FILES = ("tui/__main__.py", "tui/first_frame.py", "tui/terminal_state.py")
Trace = Callable[[FrameType, str, Any], Any]


def interrupt_at(line: int, number: int) -> None:
    """Send a signal once `line` lines of the startup have run."""
    run = 0

    def trace(frame: FrameType, event: str, _argument: Any) -> Trace | None:
        nonlocal run
        if not frame.f_code.co_filename.endswith(FILES):
            return None
        if event == "line":
            run += 1
            if run == line:
                os.kill(os.getpid(), number)
        return trace

    sys.settrace(trace)


if __name__ == "__main__":
    from tui.__main__ import main

    line, name = sys.argv.pop(1), sys.argv.pop(1)
    interrupt_at(int(line), signal.Signals[name])
    main()
