"""Malformed database addresses: one sentence and exit 7 from every command, never an incident."""

from pathlib import Path

import pytest

from tests.tui.cli.test_no_account import INIT, usher
from tests.tui.cli.test_unavailable import one_sentence

SECRET = "hunter2"
POSTGRES = (
    "postgresql://[bad",
    "postgresql://]/x",
    "postgresql://[v1.x]/x",
    "postgresql://[::1/x",
    "postgresql://h:99999999/x",
    "postgresql://h:-1/x",
    "postgresql://h:port/x",
    f"postgresql://olga:{SECRET}/more@localhost/x",
    "postgresql://a\N{DOUBLE EXCLAMATION MARK}b\N{FULLWIDTH COLON}c/x",
    "postgresql://localhost:1/x%00y",
    "postgresql://u%00v@localhost:1/x",
    f"postgresql://u:{SECRET}%00@localhost:1/x",
    "postgresql://localhost:1/x?sslmode=%00",
    "postgresql://localhost:1/x?sslmode=never",
    "postgresql://localhost:1/x?no_such_option=1",
    "postgresql://localhost:1/x?timeout=1",
    "postgresql://localhost:1/x?max_connections=a",
    "postgresql://localhost:1/x?autocommit=1",
    "postgresql://localhost:1/x?row_factory=1",
    "postgresql://localhost:1/x?connect_timeout=1",
    "postgresql://localhost:1/x?connect_timeout=soon",
    "postgresql://u:p@localhost:1/x?user=v&password=q&host=h&port=2&dbname=y",
    "postgresql://localhost/x?port=many",
    "postgresql:///x?host=/no/such/folder",
    "postgresql://localhost:1/%FF%FE",
    "postgresql://localhost:1/" + "x" * 5000,
    "postgresql://" + "h" * 300 + ".example:1/x",
)  # fmt: skip
OTHER = (
    "sqlite:////tmp/x/%00x",
    "sqlite:////tmp/%00/x",
    "sqlite:///%00",
    "sqlite:////tmp/\0/x",
    "sqlite:///",
    "sqlite://",
    "sqlite:x",
    "sqlite://host/x",
    "sqlite:///~no-such-user-here/x",
    "sqlite:////tmp/" + "x" * 300,
    "sqlite:////tmp/" + "x/" * 3000,
    "sqlite:////dev/null/x",
    "sqlite:////tmp",
    "mysql://h/x",
    "nonsense",
    "://",
    "[bad",
    "\0",
)
COMMANDS = (("users", "list"), ("users", "list", "--json"), ("maintain",), ("doctor", "files"),
            ("migrate",), ("audit", "verify"), ("teams", "create", "North"))  # fmt: skip


IN_ENVIRONMENT = (
    "postgresql://[bad",
    "postgresql://localhost:1/\udcff",
    "\udcff",
    "sqlite:///~x/y",
)


@pytest.mark.parametrize("address", POSTGRES + OTHER, ids=ascii)
def test_a_malformed_address_is_refused_in_a_sentence(address: str, data_folder: Path) -> None:
    for command in COMMANDS:
        answer = usher("--database", address, *command)
        assert answer.code == 7, (command, answer)
        said = answer.json["error"]["message"] + "\n" if "--json" in command else answer.err
        assert one_sentence(said), (command, answer)
        assert SECRET not in said
    begun = usher("--database", address, *INIT, stdin="correct horse battery 7\n")
    assert begun.code == 7, begun
    assert one_sentence(begun.err.removeprefix("Password of the owner: "))
    assert not data_folder.exists()


@pytest.mark.parametrize("address", IN_ENVIRONMENT, ids=ascii)
def test_an_address_in_the_environment_is_judged_alike(
    address: str, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("USHER_DATABASE", address)
    assert usher("users", "list").code == 7
    assert not data_folder.exists()
