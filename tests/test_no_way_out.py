"""Who comes over SSH gets Usher and nothing else: no shell, pager, editor, screenshot."""

import re
from pathlib import Path

import pytest
from textual.app import App

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
def test_the_palette_has_neither_screenshots_nor_anything_else_of_textuals_own(
    store: Store, owner: Session
) -> None:
    app = Usher(store)
    stock = {command.title for command in App().get_system_commands(app.get_default_screen())}
    ours = {command.title for command in app.get_system_commands(app.get_default_screen())}
    assert "Screenshot" in stock
    assert not ours & stock


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_no_key_stops_the_program_or_takes_a_picture(store: Store, owner: Session) -> None:
    keys = Usher(store)._bindings.key_to_bindings
    actions = {binding.action for bindings in keys.values() for binding in bindings}
    assert "ctrl+z" not in keys
    assert not [action for action in actions if "suspend" in action or "screenshot" in action]
