"""The commands of "Why can't … sign in?". What opens a gate is a command of the person's page."""

from dataclasses import replace
from typing import TYPE_CHECKING

from store.values import Status
from store.wording import _
from tui.commands import Command
from tui.commands.people import PERSON, WHY
from tui.commands.status import words_of

if TYPE_CHECKING:
    from store.signin.gates import Gate

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
OF_INVITATION = "r"
"""The key that sends a pending user a new invitation."""
KEYS = frozenset({*OPENS.values(), *OF_STATUS.values(), OF_INVITATION})


def opening(gate: "Gate", status: Status) -> str:
    """Return the key that fixes a failed sign-in check, or an empty text."""
    if gate.opens.startswith(words_of("resend")):
        return OF_INVITATION
    return OF_STATUS.get(status, "") if gate.gate == "status" else OPENS.get(gate.gate, "")


def at_the_gates(command: Command) -> Command:
    """What opens a gate on somebody's page does so where their gates are shown."""
    if PERSON in command.rooms and KEYS.intersection(command.keys):
        return replace(command, rooms=command.rooms | {WHY})
    return command


COMMANDS = (
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
