"""A mail server, spoken to by SMTP: STARTTLS or TLS, verified, with or without signing in.

Nothing here waits for ever: connecting 10 seconds, each answer 30, one letter all in all less than
the lease by which delivery holds it, so that nobody else begins with it meanwhile (J65, J66).
"""

import contextlib
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage

from store.errors import UsherError
from store.mail.transports import UndeliveredError
from store.wording import _


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: for connecting, for an answer, and for a letter from beginning to end."""

    connect: float = 10
    answer: float = 30
    letter: float = 300


PATIENT = Patience()
OF_US = frozenset({421, 530, 534, 535, 538, 454})
"""Answers that are about the line or about who signs in, not about a letter (RFC 5321, 4954)."""
REFUSED = 500
"""From here on no other try helps (RFC 5321 4.2.1)."""


class _GoneError(Exception):
    """A line that was kept open between two letters has been closed meanwhile."""


class Smtp:
    """One mail server; the line to it is kept open from letter to letter."""

    def __init__(
        self,
        host: str,
        port: int,
        security: str,
        user: str = "",
        password: Callable[[], str] = str,
        *,
        patience: Patience = PATIENT,
        context: ssl.SSLContext | None = None,
    ) -> None:
        """`password` gives the one of `user` when it is needed; `context` is for tests alone,
        which have a certificate of their own."""
        self.host, self.port, self.security = host, port, security
        self.user, self.password = user, password
        self.patience = patience
        self._context = context
        self._line: smtplib.SMTP | None = None

    def send(self, message: EmailMessage, sender: str, recipient: str) -> str:
        """Hand over one letter, on a new line where the server has closed the one from before."""
        try:
            return self._within_time(message, sender, recipient)
        except _GoneError:
            return self._within_time(message, sender, recipient)

    def close(self) -> None:
        """Take leave of the server, which need not answer."""
        line, self._line = self._line, None
        if line is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                line.quit()
            line.close()

    def _within_time(self, message: EmailMessage, sender: str, recipient: str) -> str:
        kept = self._line is not None
        line = self._line = self._line or self._opened()
        # A server that says one letter in 29 seconds would be in time for ever.
        watch = threading.Timer(self.patience.letter, _cut, (line,))
        watch.daemon = True
        watch.start()
        try:
            return self._handed_over(line, message, sender, recipient, kept=kept)
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise self._told(error) from error
        except (UndeliveredError, _GoneError):
            self._drop()
            raise
        finally:
            watch.cancel()

    def _handed_over(
        self, line: smtplib.SMTP, message: EmailMessage, sender: str, recipient: str, *, kept: bool
    ) -> str:
        options = []
        if message.policy.utf8:  # type: ignore[attr-defined]  # the stubs know the base alone
            options = ["SMTPUTF8", "BODY=8BITMIME"]
            if not line.has_extn("smtputf8"):
                sentence = _("The server takes no address that is not plain Latin (SMTPUTF8).")
                raise UndeliveredError(sentence, final=True)
        # Bytes with other ends of lines would not have their dots doubled as the server undoes it.
        content = message.as_bytes(policy=message.policy.clone(linesep="\r\n"))
        try:
            code, words = line.mail(sender, options)
        except smtplib.SMTPServerDisconnected as error:
            if kept:
                raise _GoneError from error
            raise
        if kept and code == 421:
            raise _GoneError
        _require(code, words)
        _require(*line.rcpt(recipient))
        return _require(*line.data(content))

    def _opened(self) -> smtplib.SMTP:
        """A line on which one is who one has to be.

        Raises:
            UndeliveredError: there is none, or it would not be closed to others.
        """
        if not self.host:
            raise UndeliveredError(_("No mail server is named: mail.smtp_host."), at_fault=True)
        context = self._context or ssl.create_default_context()
        line: smtplib.SMTP | None = None
        try:
            if self.security == "tls":
                line = smtplib.SMTP_SSL(
                    self.host, self.port, timeout=self.patience.connect, context=context
                )
            else:
                line = smtplib.SMTP(self.host, self.port, timeout=self.patience.connect)
            if line.sock is not None:
                line.sock.settimeout(self.patience.answer)
            line.ehlo_or_helo_if_needed()
            if self.security == "starttls":
                line.starttls(context=context)
                line.ehlo()
            if self.user:
                self._sign_in(line)
        except (OSError, smtplib.SMTPException, UndeliveredError) as error:
            if line is not None:
                line.close()
            raise self._told(error) from error
        return line

    def _sign_in(self, line: smtplib.SMTP) -> None:
        if self.security == "none":
            sentence = _(
                "A password is not sent over an open line: set mail.smtp_security to starttls or "
                "tls, or mail.smtp_user to nothing."
            )
            raise UndeliveredError(sentence, at_fault=True)
        try:
            password = self.password()
        except UsherError as error:
            raise UndeliveredError(error.message, at_fault=True) from error
        if not password:
            sentence = _("The password of {user} is not known; give it by: usher mail password")
            raise UndeliveredError(sentence.format(user=self.user), at_fault=True)
        try:
            line.login(self.user, password)
        except UnicodeError as error:
            sentence = _("The server takes no password that is not plain Latin.")
            raise UndeliveredError(sentence, at_fault=True) from error

    def _drop(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()

    def _told(self, error: Exception) -> UndeliveredError:
        """A fault in words; by its nature it is about the line, and another try may help."""
        if isinstance(error, UndeliveredError):
            return error
        place = f"{self.host}:{self.port}"
        if isinstance(error, smtplib.SMTPDataError):
            return _refusal(error.smtp_code, error.smtp_error)
        if isinstance(error, smtplib.SMTPServerDisconnected):
            sentence = _("{place} hung up, or did not answer in time.")
        elif isinstance(error, smtplib.SMTPResponseException):
            words = _words(error.smtp_code, error.smtp_error)
            return UndeliveredError(f"{place}: {words}", at_fault=True)
        elif isinstance(error, TimeoutError):
            sentence = _("{place} did not answer in time.")
        elif isinstance(error, ssl.SSLCertVerificationError):
            sentence = _("The certificate of {place} is not accepted ({why}).")
        elif isinstance(error, smtplib.SMTPNotSupportedError):
            sentence = _("{place} does not offer what is wanted ({why}).")
        elif isinstance(error, socket.gaierror):
            sentence = _("There is no host {place} ({why}).")
        else:
            sentence = _("{place} cannot be reached ({why}).")
        why = getattr(error, "verify_message", "") or getattr(error, "strerror", "") or str(error)
        return UndeliveredError(
            sentence.format(place=place, why=why.lower().rstrip(".")), at_fault=True
        )


def _cut(line: smtplib.SMTP) -> None:
    if line.sock is not None:
        with contextlib.suppress(OSError):
            line.sock.shutdown(socket.SHUT_RDWR)


def _require(code: int, words: bytes) -> str:
    """What a server said when it agreed.

    Raises:
        UndeliveredError: it did not.
    """
    if code in {250, 251, 252}:
        return _words(code, words)
    raise _refusal(code, words)


def _refusal(code: int, words: bytes | str) -> UndeliveredError:
    about_us = code in OF_US or code < 400
    return UndeliveredError(
        _words(code, words), final=code >= REFUSED and not about_us, at_fault=about_us
    )


def _words(code: int, words: bytes | str) -> str:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {said}"
