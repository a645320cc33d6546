"""All commands together: each id is declared once, and no key means two things in one room."""

from tui.commands import Command, exchange, forms, general, imports, keys, people, status

REGISTRY: tuple[Command, ...] = (
    *people.COMMANDS,
    *status.COMMANDS,
    *keys.COMMANDS,
    *exchange.COMMANDS,
    *imports.COMMANDS,
    *forms.COMMANDS,
    *general.COMMANDS,
)
BY_ID: dict[str, Command] = {command.id: command for command in REGISTRY}
