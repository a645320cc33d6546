"""Whether a program has anything left to do, as Linux tells it."""

import re
from pathlib import Path

_ASLEEP = re.compile(r"^State:\s+S.*^voluntary_ctxt_switches:\s+(\d+)$", re.DOTALL | re.MULTILINE)


def naps(process: int) -> int | None:
    """How often its first thread, which draws, has gone to sleep; None while any is at work.

    Twice the same means that it has drawn nothing in between. Without /proc it is always the
    same, and whoever asks has nothing but the clock.
    """
    drawer = 0
    for thread in Path(f"/proc/{process}/task").glob("*"):
        try:
            asleep = _ASLEEP.search((thread / "status").read_text(encoding="utf-8"))
        except OSError:  # it has just ended, which is work
            return None
        if asleep is None:
            return None
        if thread.name == str(process):
            drawer = int(asleep[1])
    return drawer
