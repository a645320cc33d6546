"""What letters leave by: a mail server, the host's `sendmail`, or a folder (DESIGN 3.12).

A transport is one dialogue at a time. What it cannot send it says in words, and whether another
try may help, and whether the other letters would fare any better.
"""

import os
import re
from collections.abc import Collection
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from store.checks.text import without_controls
from store.errors import Unavailable
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store
    from store.settings import Settings

WORDS_MAX = 300
"""Characters of what a server says that are kept."""
SENDMAIL_SECONDS = 60
SENDMAIL = (Path("/usr/sbin/sendmail"), Path("/usr/lib/sendmail"), Path("/usr/bin/sendmail"))
"""Where it may be; what a person's PATH says counts for nothing."""
BAD_LETTER = frozenset({64, 65, 67, 68})
"""What `sendmail` answers where no other try helps (sysexits.h: usage, data, no user, no host)."""


class UndeliveredError(Exception):
    """A letter that did not leave, with the words of whoever refused it.

    `final` is one for which no other try helps; `at_fault` says that it was not about this letter,
    so that others would not leave either.
    """

    def __init__(self, words: str, *, final: bool = False, at_fault: bool = False) -> None:
        self.words = tidied(words)
        super().__init__(self.words)
        self.final = final
        self.at_fault = at_fault


class Transport(Protocol):
    """What letters leave by; given at opening, so that tests need no server."""

    def send(self, message: EmailMessage, sender: str, recipient: str) -> str:
        """Hand over one letter; gives the words with which it was taken.

        Raises:
            UndeliveredError: it was not, or nobody knows.
        """

    def close(self) -> None:
        """End whatever is kept open between letters."""


def tidied(words: str) -> str:
    """What a server said, in one line that steers nothing."""
    plain = " ".join(re.sub(r"[\r\n\t]+", " ", words).split())
    return without_controls(plain)[:WORDS_MAX]


def chosen(settings: "Settings") -> str:
    """By which transport letters leave: smtp, sendmail or maildir."""
    if settings.mail_transport != "auto":
        return settings.mail_transport
    return "smtp" if settings.mail_smtp_host else "maildir"


def by_settings(store: "Store", settings: "Settings") -> Transport:
    """The transport that the settings name."""
    kind = chosen(settings)
    if kind == "sendmail":
        return Sendmail()
    if kind == "maildir":
        return Maildir(store.folder.mail)
    from store.mail.smtp import Smtp  # noqa: PLC0415  (smtplib and ssl take 30 ms)

    return Smtp(
        settings.mail_smtp_host,
        settings.mail_smtp_port,
        settings.mail_smtp_security,
        settings.mail_smtp_user,
        store.folder.smtp_password,
    )


def told(store: "Store", settings: "Settings") -> str:
    """Where letters go, in a sentence for people."""
    kind = chosen(settings)
    if kind == "sendmail":
        return _("Letters go to this host's sendmail.")
    if kind == "smtp" and not settings.mail_smtp_host:
        return _("Letters wait: no mail server is named. Set mail.smtp_host.")
    if kind == "smtp":
        place = f"{settings.mail_smtp_host}:{settings.mail_smtp_port}"
        return _("Letters go to the mail server {place}.").format(place=place)
    return _("Letters go to the folder {path} and no further; set mail.smtp_host.").format(
        path=store.folder.mail
    )


class Maildir:
    """A folder into which letters are put, each a file of its own (maildir(5))."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def send(self, message: EmailMessage, sender: str, recipient: str) -> str:  # noqa: ARG002
        """Write the letter beside where it is to be and move it there, so that it is whole.

        Its name comes from its Message-ID: what is handed over twice is still one file.
        """
        name = _file_of(message["Message-ID"])
        try:
            for folder in ("", "tmp", "new", "cur"):
                (self.path / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
            half, whole = self.path / "tmp" / name, self.path / "new" / name
            handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
            with os.fdopen(handle, "wb") as stream:
                stream.write(message.as_bytes(policy=message.policy.clone(linesep="\n")))
                stream.flush()
                os.fsync(stream.fileno())
            half.replace(whole)
        except OSError as error:
            raise _unwritable(self.path, error) from error
        return _("It lies in {path}.").format(path=whole)

    def forget(self, message_ids: Collection[str]) -> None:
        """Take the letters of these Message-IDs away, wherever a mail reader has put them.

        Raises:
            Unavailable: the folder does not let go of one.
        """
        names = set(map(_file_of, message_ids))
        try:
            for folder in ("tmp", "new", "cur") if names and self.path.is_dir() else ():
                for path in list((self.path / folder).glob("*.usher*")):
                    # What has been read bears flags behind a colon.
                    if path.name.partition(":")[0] in names:
                        path.unlink(missing_ok=True)
        except OSError as error:
            raise Unavailable(_unwritable(self.path, error).words) from error

    def close(self) -> None:
        """Nothing is open."""


def _file_of(message_id: str) -> str:
    return f"{re.sub(r'[^A-Za-z0-9-]', '', message_id.partition('@')[0])}.usher"


class Sendmail:
    """The program by which a host sends mail."""

    def __init__(self, path: Path | None = None) -> None:
        """Without `path` it is looked for where it usually is."""
        self.path = path or next((one for one in SENDMAIL if one.is_file()), None)

    def send(self, message: EmailMessage, sender: str, recipient: str) -> str:
        """Hand the letter to it, which queues it or says why not."""
        import subprocess  # noqa: PLC0415  (seldom)

        if self.path is None:
            raise UndeliveredError(_("This host has no sendmail."), at_fault=True)
        # Dots are text, and nothing that looks like an option is one.
        words = [str(self.path), "-i", "-f", sender, "--", recipient]
        try:
            done = subprocess.run(  # noqa: S603  (a fixed program; the address stands behind --)
                words,
                input=message.as_bytes(policy=message.policy.clone(linesep="\n")),
                capture_output=True,
                timeout=SENDMAIL_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise UndeliveredError(_("sendmail did not answer in time."), at_fault=True) from error
        except OSError as error:
            raise _unwritable(self.path, error) from error
        if done.returncode:
            said = (done.stderr or done.stdout).decode("utf-8", "replace")
            raise UndeliveredError(
                _("sendmail refused it ({code}): {words}").format(
                    code=done.returncode, words=tidied(said)
                ),
                final=done.returncode in BAD_LETTER,
            )
        return _("sendmail has taken it.")

    def close(self) -> None:
        """Nothing is open."""


def _unwritable(path: Path, error: OSError) -> UndeliveredError:
    why = (error.strerror or str(error)).lower()
    sentence = _("{path} cannot be used ({why}).").format(path=path, why=why)
    return UndeliveredError(sentence, at_fault=True)
