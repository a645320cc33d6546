"""What others may rely on: the names in `store` itself (DESIGN rule 9)."""

import subprocess
import sys
from pathlib import Path

import pytest

import store
from store.signin import sign_in


def test_every_public_name_is_there() -> None:
    assert all(hasattr(store, name) for name in store.__all__)
    assert store.sign_in is sign_in
    with pytest.raises(AttributeError, match="nothing_of_ours"):
        store.nothing_of_ours  # type: ignore[attr-defined]  # noqa: B018


def test_opening_an_account_imports_neither_argon2_nor_migrations(sqlite_account: Path) -> None:
    check = (
        "import sys, store; store.open_store(sys.argv[1]);"
        " late = {'argon2', 'playhouse', 'store.models'};"
        " sys.exit(' '.join(late & set(sys.modules)) or None)"
    )
    command = [sys.executable, "-c", check, f"sqlite:///{sqlite_account / 'usher.db'}"]
    subprocess.run(command, check=True)
