"""The commands of "Why can't … sign in?". What opens a gate is a command of the person's page."""

from dataclasses import replace

from store.values import Status
from store.wording import _
from tui.commands import Command
from tui.commands.people import PERSON, USERS, WHY, needs_person

OPENS = {
    "password": "s",
    "passwords_lock": "u",
    "idle_lock": "u",
    "confirmed": "c",
    "door": "e",
    "password_current": "s",
}
"""The key that opens each gate, as it does on the person's page (DESIGN 4)."""
OF_STATUS = {Status.BLOCKED: "b", Status.INACTIVE: "r"}
"""The key that opens the gate of the status."""
KEYS = frozenset({*OPENS.values(), *OF_STATUS.values()})


def opening(gate: str, status: Status) -> str:
    """The key that opens this gate for somebody of this status; empty where none does."""
    return OF_STATUS.get(status, "") if gate == "status" else OPENS.get(gate, "")


def at_the_gates(command: Command) -> Command:
    """What opens a gate on somebody's page does so where their gates are shown."""
    if PERSON in command.rooms and KEYS.intersection(command.keys):
        return replace(command, rooms=command.rooms | {WHY})
    return command


COMMANDS = (
    Command(
        "why",
        ("w",),
        _("why not"),
        _("Why this person can or cannot sign in, and what opens the way"),
        frozenset({USERS, PERSON}),
        "usher users why {who}",
        needs_person,
    ),
    Command(
        "next_door",
        ("right", "tab"),
        _("next door"),
        _("Look at the next door: platform, simulator, usher"),
        frozenset({WHY}),
    ),
    Command(
        "previous_door",
        ("left", "shift+tab"),
        _("previous door"),
        _("Look at the door before"),
        frozenset({WHY}),
        shown=False,
    ),
)
