"""All commands together: each id is declared once, and no key means two things in one room."""

from tui.commands import (
    Command,
    employees,
    exchange,
    forms,
    general,
    groups,
    imports,
    invitations,
    keys,
    letters,
    mail,
    passwords,
    people,
    permissions,
    photo,
    roles,
    sessions,
    settings,
    status,
    why,
)

_DECLARED: tuple[Command, ...] = (
    *people.MET_FIRST,
    *status.COMMANDS,
    *people.COMMANDS,
    *passwords.COMMANDS,
    *letters.COMMANDS,
    *why.COMMANDS,
    *permissions.COMMANDS,
    *keys.COMMANDS,
    *photo.COMMANDS,
    *sessions.COMMANDS,
    *invitations.COMMANDS,
    *exchange.COMMANDS,
    *roles.COMMANDS,
    *groups.COMMANDS,
    *employees.COMMANDS,
    *mail.COMMANDS,
    *settings.COMMANDS,
    *imports.COMMANDS,
    *forms.COMMANDS,
    *general.COMMANDS,
)
REGISTRY: tuple[Command, ...] = tuple(map(why.at_the_gates, _DECLARED))
BY_ID: dict[str, Command] = {command.id: command for command in REGISTRY}
