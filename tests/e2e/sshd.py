"""A private sshd for the tests, configured by the very lines of `docs/ssh.md`."""

import getpass
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs" / "ssh.md"
USER = getpass.getuser()
PLACES = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
STARTS_WITHIN = 10.0

MISSING = [
    name for name in ("sshd", "ssh", "ssh-keygen") if shutil.which(name, path=PLACES) is None
]
"""The programs that these tests need and that are not here."""


def documented_lines() -> str:
    """The lines that an administrator copies from the page."""
    text = DOCS.read_text(encoding="utf-8")
    block = text.split("```sshd\n", 1)[1].split("```", 1)[0]
    return "\n".join(line.removeprefix("   ") for line in block.splitlines())


@dataclass(frozen=True)
class Sshd:
    """A server that listens on this machine alone, and a folder with the clients' keys."""

    folder: Path
    port: int

    def key(self, name: str) -> str:
        """A new key; the line of its public half."""
        path = self.folder / name
        _run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", path)
        return path.with_suffix(".pub").read_text(encoding="utf-8")

    def ssh(
        self,
        *words: str,
        key: str,
        port: int | None = None,
        options: Sequence[str] = (),
        flags: Sequence[str] = (),
    ) -> list[str]:
        """The words of a client; options as `ssh -o` takes them."""
        said = (
            f"IdentityFile={self.folder / key}", "IdentitiesOnly=yes", "BatchMode=yes",
            "StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "LogLevel=ERROR",
            *options,
        )  # fmt: skip
        given = [word for option in said for word in ("-o", option)]
        to = ["-p", str(port or self.port), f"{USER}@127.0.0.1"]
        return ["ssh", "-F", "/dev/null", *given, *flags, *to, "--", *words]

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")


@contextmanager
def sshd(folder: Path, lines: str) -> Iterator[Sshd]:
    """Run a server with these lines behind what every server needs."""
    folder.mkdir(mode=0o700)
    _run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / "host")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = folder / "config"
    config.write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nPidFile none\n"
        "StrictModes no\nUsePAM no\nPermitRootLogin yes\nLogLevel VERBOSE\nPrintMotd no\n"
        f"PrintLastLog no\n{lines}\n"
    )
    if os.geteuid() == 0:
        # Where sshd's unprivileged half lives; its package makes it when the service starts.
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    program = shutil.which("sshd", path=PLACES)
    server = subprocess.Popen([str(program), "-D", "-f", config, "-E", folder / "log"])
    try:
        _wait_for(port)
        yield Sshd(folder, port)
    finally:
        server.terminate()
        server.wait()


def documented(folder: Path, data: Path) -> str:
    """The page's lines for this account, this Python and this data folder."""
    program = f"/usr/bin/env USHER_DATA={data} {sys.executable} -m tui"
    lines = documented_lines()
    assert "/opt/usher/bin/usher" in lines
    lines = lines.replace("/opt/usher/bin/usher", program)
    return lines.replace("User people", f"User {USER}")


def effective(lines: str, folder: Path) -> str:
    """What `sshd -T` makes of these lines for this account."""
    config, host = folder / "asked", folder / "asked_host"
    if not host.exists():
        _run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", host)
    config.write_text(f"HostKey {host}\n{lines}\n")
    where = f"user={USER},host=localhost,addr=127.0.0.1"
    program = str(shutil.which("sshd", path=PLACES))
    words = [program, "-T", "-f", str(config), "-C", where]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def _wait_for(port: int) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except ConnectionRefusedError:
            continue
        return
    raise TimeoutError("sshd does not listen")


def _run(*words: str | Path) -> None:
    subprocess.run([str(word) for word in words], check=True, stdout=subprocess.DEVNULL)
