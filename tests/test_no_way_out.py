"""Who comes over SSH gets Usher and nothing else: no shell, pager, editor, screenshot."""

import re
from itertools import chain
from pathlib import Path

import pytest

from store.database import Store
from store.session import Session
from tui.app import Usher

HOUSE = Path(__file__).parents[1]
SOURCES = sorted(path for part in ("store", "tui") for path in (HOUSE / part).rglob("*.py"))
STARTS_PROGRAMS = re.compile(
    r"\bsubprocess\b|\bos\.(system|popen|exec\w*|spawn\w*|posix_spawn\w*|fork\w*)\b"
    r"|\bimport pty\b|\bpty\.\w"
    r"|\bcreate_subprocess|\bclick\.(edit|launch|echo_via_pager)\b|\bwebbrowser\b|\.suspend\("
    r"|\bopen_url\b|\b(eval|exec)\("
)
ALLOWED = {
    "store/mail/transports.py": "hands a letter to sendmail, which stands where no person says",
    "tui/cli/doctor.py": "asks sshd, for whoever runs the host alone",
    "tui/cli/ssh.py": "begins anew as itself",
}


def test_no_program_is_started_but_where_it_is_known_why() -> None:
    found = {
        str(path.relative_to(HOUSE))
        for path in SOURCES
        if STARTS_PROGRAMS.search(path.read_text(encoding="utf-8"))
    }
    assert found == set(ALLOWED)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_textuals_own_palette_with_its_screenshots_is_not_there(
    store: Store, owner: Session
) -> None:
    app = Usher(store)
    assert not app.ENABLE_COMMAND_PALETTE
    bindings = chain.from_iterable(app._bindings.key_to_bindings.values())
    assert not [binding for binding in bindings if "palette" in binding.action]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_no_key_stops_the_program_or_takes_a_picture(store: Store, owner: Session) -> None:
    keys = Usher(store)._bindings.key_to_bindings
    actions = {binding.action for bindings in keys.values() for binding in bindings}
    assert "ctrl+z" not in keys
    assert not [action for action in actions if "suspend" in action or "screenshot" in action]
