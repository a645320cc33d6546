"""All commands together: each id is declared once, and no key means two things in one room."""

from tui.commands import (
    Command,
    exchange,
    forms,
    general,
    imports,
    keys,
    passwords,
    people,
    sessions,
)

REGISTRY: tuple[Command, ...] = (
    *people.COMMANDS,
    *passwords.COMMANDS,
    *keys.COMMANDS,
    *sessions.COMMANDS,
    *exchange.COMMANDS,
    *imports.COMMANDS,
    *forms.COMMANDS,
    *general.COMMANDS,
)
BY_ID: dict[str, Command] = {command.id: command for command in REGISTRY}
