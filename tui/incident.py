"""What nobody foresaw: an incident id and one sentence for people, the details for the log.

Nobody ever sees a traceback, and `usher.log` holds no text of people: it gets the kinds of the
errors and the places in the code, never their messages or the values of variables.
"""

import errno
import logging
import os
import sys
import traceback
from contextlib import suppress
from pathlib import Path

from store import faults
from store.errors import UsherError
from store.folder import DataFolder, default_folder
from store.wording import _
from tui.safe import safe

ID_BYTES = 4

_log = logging.getLogger("usher")
_log.propagate = False
# Until the data folder is known a warning goes nowhere, rather than raw to the terminal.
_log.addHandler(logging.NullHandler())


class _ToFolder(logging.Handler):
    """Writes into the `usher.log` of a folder; hardly any run has something to write."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            from tui.log_file import LogFile  # noqa: PLC0415  (rotation is slow to import)

            self._file = LogFile(self.path)
        self._file.handle(record)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()


def log_to(folder: DataFolder) -> None:
    """Send what Usher logs to `usher.log` in this folder, and nowhere else."""
    for old in _log.handlers[:]:
        _log.removeHandler(old)
        old.close()
    _log.addHandler(_ToFolder(folder.log))
    _log.setLevel(logging.INFO)


def require_log(folder: DataFolder) -> None:
    """Check, before anything is done, that a log that exists can be written to.

    A log that fails later stops nothing. One on a disk that is read-only stops no reading either:
    whatever would write there is refused by its own lock.

    Raises:
        Unavailable: It is a folder or a link, or belongs to another OS user.
    """
    flags = os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    with faults.on_file(folder.log):
        try:
            os.close(os.open(folder.log, flags))
        except FileNotFoundError:
            return
        except OSError as error:
            if error.errno != errno.EROFS:
                raise


def report(folder: DataFolder | None = None) -> str:
    """Log the error that is being handled; returns the incident's id, by which it is found again.

    `folder` is the one whose log it goes to, where `log_to` has not said so already.
    """
    incident = os.urandom(ID_BYTES).hex()
    if _log_file() is None:
        try:
            log_to(folder or DataFolder.open(default_folder()))
        except UsherError:
            return incident
    error = sys.exception()
    _log.error("incident %s", incident, extra={"lines": _story(error) if error else []})
    return incident


def sentence(incident: str) -> str:
    """What a person is told of an incident."""
    log, written = _log_file(), False
    with suppress(OSError):
        written = log is not None and log.exists()
    if not written:
        return _("Something went wrong inside Usher (incident {id}).").format(id=incident)
    return _("Something went wrong inside Usher (incident {id}). See {log}").format(
        id=incident, log=safe(str(log))
    )


def tell(incident: str) -> None:
    """Say it on stderr, where the terminal is a plain one again."""
    with suppress(OSError):
        sys.stderr.write(sentence(incident) + "\n")


def _log_file() -> Path | None:
    for handler in _log.handlers:
        if isinstance(handler, _ToFolder):
            return handler.path
    return None


def _story(error: BaseException) -> list[str]:
    """The errors from the first cause on, each with the places that it passed."""
    lines: list[str] = []
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        lines = [*_story(cause), "then"]
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    if isinstance(error, OSError) and error.errno is not None:
        kind += f" {error.errno} {os.strerror(error.errno)}"
    lines.append(kind)
    lines += [
        f"{frame.filename}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    return lines
