"""A server with an account behind it, at which people come in over a real sshd."""

import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from store import keys, users
from store.opening import open_store
from store.session import Session
from tests.conftest import PASSWORD, session_of
from tests.e2e import sshd as servers
from tests.e2e.sshd import Sshd
from tests.e2e.terminal import PATIENCE, Terminal


class Host:
    """The server with an account behind it, in which Olga owns and Maria is a standard user."""

    def __init__(self, server: Sshd, database: Path, fingerprints: dict[str, str]) -> None:
        self.server, self.database, self.fingerprints = server, database, fingerprints
        self.opened: list[Terminal] = []

    def run(
        self, *words: str, key: str = "olga", stdin: str = f"{PASSWORD}\n", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a command over the line, with all of these variables sent along."""
        options = [f"SendEnv={' '.join(environment)}"] if environment else []
        return subprocess.run(
            self.server.ssh(*words, key=key, options=options), input=stdin, text=True,
            capture_output=True, timeout=PATIENCE, check=False, env={**os.environ, **environment},
        )  # fmt: skip

    def terminal(
        self, *words: str, key: str = "olga", port: int | None = None, send: str = ""
    ) -> Terminal:
        """Come in by this key at a terminal, for the screens or for these words."""
        options = ["RequestTTY=force", *([f"SendEnv={send}"] if send else [])]
        program = self.server.ssh(*words, key=key, port=port, options=options)
        self.opened.append(Terminal(program=program))
        return self.opened[-1]

    def entries(self) -> list[tuple[str, str, str]]:
        """Actor, verb and origin of everything that happened, the newest first."""
        with sqlite3.connect(self.database) as database:
            rows = database.execute(
                "SELECT coalesce(u.login, a.actor), a.verb, a.origin FROM usher_audit a"
                " LEFT JOIN usher_user u ON u.id = a.actor_id ORDER BY a.seq DESC"
            )
            found = rows.fetchall()
        database.close()
        return found


def change(database: Path, act: Callable[[Session], object]) -> None:
    """Do something as the owner, on the host."""
    store = open_store(f"sqlite:///{database}")
    act(session_of(store, users.read.load(store, [1])[0]))
    store.close()


@contextmanager
def host(tmp_path: Path, database: Path, lines: str) -> Iterator[Host]:
    """Serve this account with these lines; Olga and Maria have a key each, a stranger has one."""
    with servers.sshd(tmp_path / "sshd", lines) as server:
        fingerprints: dict[str, str] = {}

        def give_keys(owner: Session) -> None:
            for name in ("olga", "maria"):
                added = keys.add(owner, name, server.key(name))
                fingerprints[name] = added.fingerprint

        change(database, give_keys)
        server.key("stranger")
        served = Host(server, database, fingerprints)
        try:
            yield served
        finally:
            for one in served.opened:
                one.child.close(force=True)
