"""A private PostgreSQL for the tests: `initdb` into a temporary folder, gone with the process."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import memory

UNPRIVILEGED = "nobody"
"""PostgreSQL refuses to run as root, as which CI runs."""


def programs() -> Path | None:
    """The folder with `initdb` and `pg_ctl`, newest version first; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        found.append(Path(on_path).resolve())
    return found[0].parent if found else None


@contextmanager
def server() -> Iterator[str]:
    """Run a server on a socket of its own; yields the address without a database name."""
    binaries = programs()
    if binaries is None:
        raise LookupError("PostgreSQL is not installed")
    root = os.geteuid() == 0
    folder = Path(tempfile.mkdtemp(prefix="usher-pg-", dir=memory.folder()))
    if root:
        os.chown(folder, pwd.getpwnam(UNPRIVILEGED).pw_uid, -1)
    data, user = folder / "data", UNPRIVILEGED if root else None
    options = (
        f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=60"
        # Hundreds of databases that live for a second need nobody to tidy them up.
        " -c autovacuum=off"
    )
    _run(user, binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
         "--locale=C.UTF-8", "-N")  # fmt: skip
    _run(user, binaries / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
    try:
        yield f"postgresql://postgres@/{{name}}?host={folder}"
    finally:
        _run(user, binaries / "pg_ctl", "-D", data, "-m", "fast", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _run(user: str | None, *words: str | Path) -> None:
    subprocess.run([str(word) for word in words], user=user, check=True, cwd="/",
                   stdout=subprocess.DEVNULL, env={"PATH": os.environ["PATH"]})  # fmt: skip
