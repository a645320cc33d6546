"""The file `usher.log`: private, rotating, one line per record (DESIGN 2).

A record is one line, even if a value has line breaks. A record that needs more lines, such as an
incident, passes them as `extra={"lines": […]}`. They are indented below the first.
"""

import logging
import os
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from tui.safe import safe

LOG_BYTES = 1_000_000
LOG_FILES = 3


class LogFile(RotatingFileHandler):
    """A log that only its owner reads, made when it is first written to, never a new fault."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8", delay=True
        )
        self.setFormatter(_Lines("%(asctime)s %(process)d %(levelname)s %(message)s"))

    def _open(self) -> TextIOWrapper:
        # Only this open takes an opener, and with it the file is never readable by others.
        return open(self.baseFilename, "a", encoding="utf-8", opener=_private)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """A full disk must not hide what is being reported."""


class _Lines(logging.Formatter):
    """One line of the log is one printed line: nothing that came from outside breaks it."""

    def format(self, record: logging.LogRecord) -> str:
        below: list[str] = getattr(record, "lines", [])
        return "\n  ".join(map(safe, [super().format(record), *below]))


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW, 0o600)
