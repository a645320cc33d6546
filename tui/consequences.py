"""Describe what an action ended and what to do next, with commands or keys."""

from store.users.acts import Done
from store.users.consequences import Consequence, consequences
from store.wording import _
from tui.commands.status import words_of

COMMANDS = {"set_password": "usher users set-password {id} --generate"}
"""Commands of actions whose name differs from their permission."""

KEYS = {
    "resend": _("Press r to send a new invitation."),
    "send_confirmation": _("Press C to send a confirmation email."),
    "set_password": _("Press s to set a temporary password."),
}
"""The keys in Users and on the page of a user."""


def for_commands(done: Done) -> tuple[str, ...]:
    """Return a line for each consequence, with the next command."""
    return tuple(with_command(one, done.user.id) for one in consequences(done))


def for_screens(done: Done) -> str:
    """Return the consequences as one text, with the next keys."""
    parts = [(one.sentence, KEYS.get(one.next, "")) for one in consequences(done)]
    return " ".join(text for pair in parts for text in pair if text)


def with_command(one: Consequence, user_id: int) -> str:
    """Return a consequence with the command that comes next."""
    if not one.next:
        return one.sentence
    command = COMMANDS.get(one.next, f"{words_of(one.next)} {{id}}").format(id=user_id)
    return _("{sentence} Next: {command}").format(sentence=one.sentence, command=command)
