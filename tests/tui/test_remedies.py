"""Screens show keys, commands show commands, and every key has a command."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tui.cli import usher as root
from tui.commands.people import PERSON, PROFILE, USERS
from tui.commands.registry import REGISTRY
from tui.commands.roles import ROLES
from tui.remedies import NO_SCREEN, name_of, on_screen

STORE = Path(__file__).parents[2] / "store"
PAGES = {"setting_meanings.py", "texts.py", "lines.py"}
"""Help for settings, and emails, which are not refusals."""

LOOKS_AND_MOVES = frozenset(
    [
        "as_command",
        "back",
        "change_column",
        "choose_heir",
        "complete",
        "copy",
        "cycle",
        "cycle_module",
        "draw",
        "draw_form",
        "finish_import",
        "form_as_command",
        "go_ahead",
        "help",
        "help_in_form",
        "leave",
        "mark",
        "mark_all",
        "mark_all_records",
        "mark_range",
        "mark_record",
        "mark_record_range",
        "mend_address",
        "mine",
        "next_column",
        "next_door",
        "next_field",
        "next_file",
        "next_person",
        "nobody_gets_it",
        "only_others",
        "only_refused",
        "open_file",
        "other_part",
        "other_way",
        "palette",
        "previous_column",
        "previous_door",
        "previous_field",
        "previous_file",
        "previous_person",
        "profile",
        "quit",
        "save",
        "show_lines",
        "step_back",
        "switch",
        "take_out",
        "take_person",
        "theirs",
        "tick",
        "tick_module",
        "to_the_list",
        "write_ledger",
    ]
)
"""Keys that move, mark or look, or are a step of an action that has a command."""

DONE_BY = {
    "assign_records": "records assign",
    "change_setting": "settings set",
    "copy_role": "roles copy",
    "delete_group": "teams delete",
    "delete_role": "roles delete",
    "edit_employee": "employees edit",
    "end_session": "users sessions",
    "link_employee": "employees link",
    "new_employee": "employees create",
    "new_group": "teams create",
    "open_employee": "employees show",
    "open_letter": "mail show",
    "open_role": "roles show",
    "own_clients": "teams edit",
    "password": "users set-password",
    "remove_key": "keys remove",
    "rename_group": "teams edit",
    "rename_role": "roles edit",
    "resend_letter": "mail resend",
    "restore_holder": "users restore",
    "run_import": "import",
    "save_permissions": "access allow",
    "save_role": "roles edit",
    "send_invitations": "invitations send",
    "send_mail": "mail send",
    "take_employee": "employees unlink",
    "who_has": "users list",
    "who_is_in": "users list",
}
"""Commands of keys whose registry entry has none."""


def sentences() -> Iterator[str]:
    for path in sorted(STORE.rglob("*.py")):
        if path.name in PAGES or path.parent.name == "migrations":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"_", "ngettext"}:
                yield from (str(one.value) for one in node.args if isinstance(one, ast.Constant))


COMMANDS = sorted({one for one in sentences() if "usher " in one})


def parses(name: str) -> bool:
    found: click.Command | None = root
    for word in name.split():
        found = found.commands.get(word) if isinstance(found, click.Group) else None
    return found is not None


@pytest.mark.parametrize("sentence", COMMANDS)
def test_a_command_stands_last_exists_and_becomes_a_key(sentence: str) -> None:
    found = re.search(r": usher (.+)$", sentence)
    assert found, "a command stands last, behind a colon"
    words = re.sub(r"^--as \S+ ", "", found[1])
    name = name_of(words)
    assert parses(name), name
    said = on_screen(sentence, USERS)
    named = name in NO_SCREEN or words == "access modules list"
    assert ("usher " in said) == named, said
    assert named or "--" not in said


def test_a_flag_stands_only_where_a_screen_leaves_it_out() -> None:
    for sentence in sentences():
        said = on_screen(sentence, USERS)
        if "usher " in said:  # What the operator does by a command alone.
            continue
        assert not re.search(r"(?<![\w-])--[a-z]", said), sentence


@pytest.mark.parametrize(
    ("screen", "said"),
    [
        (USERS, "Restore the user: press r."),
        (PERSON, "Restore the user: press r."),
        (ROLES, "Restore the user: press r in Users."),
    ],
)
def test_the_key_is_named_with_its_screen_where_it_is_another(screen: str, said: str) -> None:
    assert on_screen("Restore the user: usher users restore 17", screen) == said


def test_what_only_a_command_line_takes_is_left_out() -> None:
    sentence = "The reason is missing. The owner will read it. Add: --reason TEXT"
    assert on_screen(sentence, PROFILE) == "The reason is missing. The owner will read it."


@pytest.mark.parametrize("command", REGISTRY, ids=lambda one: one.id)
def test_whatever_a_key_does_a_command_does(command: object) -> None:
    """Every new key needs a command, here or in the registry."""
    one = next(found for found in REGISTRY if found is command)
    if one.id in LOOKS_AND_MOVES:
        assert not one.words
        return
    lines = one.words.splitlines() or [f"usher {DONE_BY.get(one.id, '')}"]
    assert all(parses(name_of(line.removeprefix("usher "))) for line in lines), one.id
