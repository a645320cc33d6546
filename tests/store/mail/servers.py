"""Mail servers for the tests: one that follows the standard, and one that does as it is told."""

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword

from store.mail.transports import UndeliveredError

HOST = "127.0.0.1"
USER, PASSWORD = "usher", "a word for the server"
DIES, HANGS = "dies", "hangs"
STEPS = ("connect", "ehlo", "mail", "rcpt", "data", "dot")
"""Where a dialogue can go wrong."""


@dataclass
class Taken:
    """What a server has taken."""

    sender: str
    recipients: list[str]
    message: EmailMessage

    @classmethod
    def of(cls, sender: str, recipients: list[str], content: bytes) -> "Taken":
        message = message_from_bytes(content, policy=policy.SMTP)
        assert isinstance(message, EmailMessage)
        return cls(sender, recipients, message)


@dataclass
class Post:
    """A server that follows the standard."""

    port: int = 0
    taken: list[Taken] = field(default_factory=list)

    async def handle_DATA(self, _server: object, _session: object, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        recipients = [str(one) for one in envelope.rcpt_tos]
        self.taken.append(Taken.of(str(envelope.mail_from), recipients, envelope.content))
        return f"250 2.0.0 queued as {len(self.taken)}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _known(*given: Any) -> AuthResult:
    login = given[4]
    assert isinstance(login, LoginPassword)
    good = (login.login, login.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=good, handled=good)


@contextmanager
def post(**options: Any) -> Iterator[Post]:
    """A server with aiosmtpd's options; with `signing_in` it knows `USER` alone."""
    server = Post(free_port())
    if options.pop("signing_in", False):
        options |= {"authenticator": _known, "auth_required": True}
    controller = Controller(server, hostname=HOST, port=server.port, **options)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


@dataclass
class Hostile:
    """A server that at some steps answers something else, dies or hangs."""

    faults: Mapping[str, str]
    taken: list[Taken] = field(default_factory=list)
    lines: int = 0
    """How many connections there have been."""
    port: int = 0

    def serve(self, listening: socket.socket) -> None:
        while True:
            try:
                connection, _peer = listening.accept()
            except OSError:
                return
            self.lines += 1
            with connection:
                connection.settimeout(5)
                with suppress(OSError):
                    self._dialogue(connection)

    def _dialogue(self, connection: socket.socket) -> None:
        with connection.makefile("rb") as reader:
            if not self._answer(connection, reader, "connect", "220 ready"):
                return
            sender, recipients = "", list[str]()
            while line := reader.readline().decode():
                word, _colon, rest = line.strip().partition(":")
                step = word.split(" ")[0].lower()
                usual = "250 ok"
                if step == "mail":
                    sender, recipients = rest, []
                elif step == "rcpt":
                    recipients.append(rest)
                elif step == "data":
                    usual = "354 go on"
                elif step == "quit":
                    return
                if not self._answer(connection, reader, step, usual):
                    return
                if step == "data" and "data" not in self.faults:
                    content = b"".join(iter(reader.readline, b".\r\n"))
                    self.taken.append(Taken.of(sender, recipients, content))
                    if not self._answer(connection, reader, "dot", "250 taken"):
                        return

    def _answer(self, connection: socket.socket, reader: Any, step: str, usual: str) -> bool:
        answer = self.faults.get(step, usual)
        if answer == HANGS:
            while reader.readline():
                pass
        if answer in {DIES, HANGS}:
            return False
        connection.sendall(f"{answer}\r\n".encode())
        return True


@contextmanager
def hostile(faults: Mapping[str, str]) -> Iterator[Hostile]:
    """A server with these faults, by step."""
    with socket.create_server((HOST, 0)) as listening:
        server = Hostile(faults, port=listening.getsockname()[1])
        thread = Thread(target=server.serve, args=(listening,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join(timeout=10)


@dataclass
class Pigeon:
    """A transport that takes everything, or refuses it as it is told."""

    error: UndeliveredError | None = None
    taken: list[EmailMessage] = field(default_factory=list)
    tried: int = 0

    def send(self, message: EmailMessage, sender: str, recipient: str) -> str:
        self.tried += 1
        if self.error:
            raise self.error
        self.taken.append(message)
        return "250 taken"

    def close(self) -> None:
        """Nothing is open."""


@dataclass
class Certificate:
    """A certificate of a host of that name, which those trust who know `client`."""

    server: ssl.SSLContext
    client: ssl.SSLContext


def certificate(folder: Path) -> Certificate:
    """A new one for 127.0.0.1, made by openssl."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    key, cert = folder / "key.pem", folder / "cert.pem"
    words = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 "
        f"-subj /CN={HOST} -addext subjectAltName=IP:{HOST} -keyout {key} -out {cert}"
    )
    subprocess.run(words.split(), check=True, capture_output=True)
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(cert, key)
    return Certificate(server, ssl.create_default_context(cafile=str(cert)))
