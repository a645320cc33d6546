"""The data folder: the database, `server.key`, the log, the audit's anchor. 0600 in 0700.

A folder that Usher makes is private; a folder that exists must be ours and not writable by
others (CHECKLIST 73), or whoever writes there could plant a key.
"""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from store import privacy
from store.errors import Unavailable
from store.wording import _

KEY_BYTES = 32
SMTP_PASSWORD = "smtp.password"  # noqa: S105  (the name of a file)


def default_folder() -> Path:
    """`USHER_DATA`, else the place the operating system keeps a user's data."""
    named = os.environ.get("USHER_DATA")
    if named:
        return Path(named)
    import platformdirs  # noqa: PLC0415  (who names a folder need not wait for it)

    return Path(platformdirs.user_data_dir("usher"))


@dataclass(frozen=True, slots=True)
class DataFolder:
    """A private folder, checked when it was opened."""

    path: Path

    @classmethod
    def open(cls, path: Path) -> "DataFolder":
        """Check an existing folder. Only `create` creates a missing one.

        Raises:
            Unavailable: it cannot be read, belongs to another user, or others can write to it.
        """
        os.umask(0o077)
        try:
            state = path.stat()
        except FileNotFoundError:
            return cls(path)
        except (OSError, ValueError) as error:
            raise _unusable(path, error) from error
        if not stat.S_ISDIR(state.st_mode):
            raise Unavailable(
                _(
                    "The data folder {path} is not a folder. Name another folder in USHER_DATA."
                ).format(path=path)
            )
        privacy.require_folder(path)
        return cls(path)

    def create(self) -> None:
        """Create a private folder if it is missing.

        Raises:
            Unavailable: it cannot be created, or another user could replace it there.
        """
        privacy.require_place(self.path)
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except (OSError, ValueError) as error:
            raise _unusable(self.path, error) from error
        DataFolder.open(self.path)

    @property
    def log(self) -> Path:
        return self.path / "usher.log"

    @property
    def audit_head(self) -> Path:
        return self.path / "audit.head"

    @property
    def mail(self) -> Path:
        """The maildir, where letters go that nothing sends any further."""
        return self.path / "mail"

    @property
    def files(self) -> Path:
        """The one folder where people who come in over SSH read and write files."""
        return self.path / "files"

    @property
    def key_path(self) -> Path:
        """The file with the secret for codes and for the MACs of the history."""
        return self.path / "server.key"

    def server_key(self) -> bytes | None:
        """Return the key, or None if there is none.

        Raises:
            Unavailable: The file is damaged or readable by others.
        """
        return _key(self.key_path)

    def former_keys(self) -> list[bytes]:
        """Return earlier keys kept next to the current one as `server.key.ANYTHING`.

        What is not a file of a key's size, such as a folder or a note, is not a key.

        Raises:
            Unavailable: One of the keys cannot be read, or others can read it.
        """
        paths = sorted(self.path.glob(f"{self.key_path.name}.*"))
        return [key for key in map(_key, filter(_has_size_of_key, paths)) if key is not None]

    def create_server_key(self) -> bytes:
        """Create a key for a new account or after a loss. Never replaces an existing one.

        Raises:
            Unavailable: It cannot be created.
        """
        try:
            self._make_key(self.key_path)
            return _private(self.key_path)
        except OSError as error:
            raise Unavailable(
                _("{path} cannot be created ({why}). Check its permissions.").format(
                    path=self.key_path, why=_reason(error)
                )
            ) from error

    def smtp_password(self) -> str:
        """With what one signs in at the mail server; empty where nobody has given it.

        Raises:
            Unavailable: the file is readable by others, or not by us.
        """
        path = self.path / SMTP_PASSWORD
        try:
            return _private(path).decode("utf-8", "replace").strip("\r\n")
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise Unavailable(
                _(
                    "The file {path} cannot be read ({why}). Check the path and its permissions."
                ).format(path=path, why=_reason(error))
            ) from error

    def _make_key(self, path: Path) -> None:
        handle, name = _new_file(self.path, ".key")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(os.urandom(KEY_BYTES))
                stream.flush()
                os.fsync(stream.fileno())
            os.link(name, path)
        except FileExistsError:
            pass  # another process was first, and its key is the one
        finally:
            Path(name).unlink()

    def replace(self, path: Path, text: str) -> None:
        """Write a small file so that it holds the old text or the new, never half of one."""
        handle, name = _new_file(self.path, ".new")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(text)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise


def _unusable(path: Path, error: OSError | ValueError) -> Unavailable:
    sentence = _(
        "The data folder {path} cannot be created or read ({why}). Name another folder in"
        " USHER_DATA."
    )
    return Unavailable(sentence.format(path=path, why=_reason(error)))


def _key(path: Path) -> bytes | None:
    """Return the key in a file, or None if there is no such file.

    Raises:
        Unavailable: The file is damaged, or readable by others.
    """
    try:
        key = _private(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Unavailable(
            _("{path} cannot be read ({why}). Check its permissions.").format(
                path=path, why=_reason(error)
            )
        ) from error
    if len(key) != KEY_BYTES:
        raise Unavailable(_("{path} is damaged. Restore it from a backup.").format(path=path))
    return key


def _has_size_of_key(path: Path) -> bool:
    state = path.lstat()
    return stat.S_ISLNK(state.st_mode) or (
        stat.S_ISREG(state.st_mode) and state.st_size == KEY_BYTES
    )


def _private(path: Path) -> bytes:
    """Return what is in a file that nobody else can read.

    Raises:
        Unavailable: Others can, or it is not a regular file.
    """
    state = path.lstat()
    if stat.S_ISLNK(state.st_mode):
        raise Unavailable(
            _("{path} is a symbolic link. Put the file itself there.").format(path=path)
        )
    if not stat.S_ISREG(state.st_mode):
        raise Unavailable(
            _("{path} is not a file. Move it away, and put the file there.").format(path=path)
        )
    if state.st_mode & 0o077:
        raise Unavailable(
            _("Other OS users can read {path}. Restrict it: chmod 600 {path}").format(path=path)
        )
    return path.read_bytes()


def _new_file(folder: Path, prefix: str) -> tuple[int, str]:
    import tempfile  # noqa: PLC0415  (slow to import, and whoever only reads makes no file)

    return tempfile.mkstemp(dir=folder, prefix=prefix)


def _reason(error: OSError | ValueError) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
