"""Whether a program has anything left to do, as Linux tells it."""

import re
from pathlib import Path

_ASLEEP = re.compile(r"^State:\s+S.*^voluntary_ctxt_switches:\s+(\d+)$", re.DOTALL | re.MULTILINE)
_HERE = Path("/proc/self/status")
TELLS = _HERE.exists() and "voluntary_ctxt_switches" in _HERE.read_text(encoding="utf-8")
"""Whether this machine tells it; without that there is nothing but the clock."""


def naps(process: int) -> int | None:
    """How often its first thread, which draws, has gone to sleep; None while any is at work.

    Twice the same means that it has drawn nothing in between. It is always the same on a machine
    that does not tell.
    """
    drawer = 0
    for thread in Path(f"/proc/{process}/task").glob("*") if TELLS else ():
        try:
            asleep = _ASLEEP.search((thread / "status").read_text(encoding="utf-8"))
        except OSError:  # it has just ended, which is work
            return None
        if asleep is None:
            return None
        if thread.name == str(process):
            drawer = int(asleep[1])
    return drawer
