"""Replace the command at the end of a refusal with the key that does the same on a screen.

The store words each refusal once. A command that helps comes last, after a colon:
`… Restore the user: usher users restore 17`. The command line prints it as it is. A screen shows
the key instead: `… Restore the user: press r.` Commands without a key stay as they are.
"""

import re
from functools import lru_cache

from store.wording import _
from tui.commands import Command
from tui.commands.employees import EMPLOYEES
from tui.commands.groups import GROUPS
from tui.commands.keys import KEYS
from tui.commands.mail import OUTBOX
from tui.commands.ownership import OWNERSHIP
from tui.commands.people import PERSON, PROFILE, USERS
from tui.commands.permissions import PERMISSIONS
from tui.commands.registry import BY_ID, REGISTRY
from tui.commands.roles import ROLES
from tui.commands.settings import SETTINGS

_AT_END = re.compile(r": usher (?P<words>.+)$", re.MULTILINE)
_FLAGS = re.compile(r" Add: --.+$", re.MULTILINE)
"""Options of the command line. A screen asks for the value itself."""

_PLACES = {
    USERS: _("press {key} in Users"),
    PERSON: _("press {key} on the page of the user"),
    PROFILE: _("press {key} on your profile (m)"),
    PERMISSIONS: _("press {key} in Permissions (p)"),
    ROLES: _("press {key} in Roles (R in Users)"),
    GROUPS: _("press {key} in Teams and sub-accounts (T in Users)"),
    KEYS: _("press {key} in Keys (K on the page of the user)"),
    OUTBOX: _("press {key} in the outbox (O in Users)"),
    EMPLOYEES: _("press {key} in Employee records (P in Users)"),
    OWNERSHIP: _("press {key} in Ownership (o in Users)"),
    SETTINGS: _("press {key} in Settings (, in Users)"),
}
"""How to reach each screen's keys from another screen, in search order."""

_BY_ID = {
    "access allow": "save_permissions",
    "access deny": "save_permissions",
    "access inherit": "permissions",
    "employees link": "link_employee",
    "employees remove": "take_employee",
    "employees unlink": "take_employee",
    "mail resend": "resend_letter",
    "mail show": "open_letter",
    "roles delete": "delete_role",
    "roles edit": "open_role",
    "sub-accounts create": "new_group",
    "sub-accounts delete": "delete_group",
    "teams create": "new_group",
    "teams delete": "delete_group",
    "users list": "search",
}
"""Commands whose registry entry has other words, with their registry id."""

_SAID = {
    "forgot": _("choose “Forgotten password” at sign-in"),
    "users send-confirmation": _("press C on your profile (m)"),
}
"""What a screen shows if one key is not enough."""
_OWN_PASSWORD = _("press s on your profile (m)")

_ALONE = frozenset({"export", "forgot", "import", "init"})
"""Commands with one word before their arguments."""

NO_SCREEN = frozenset(
    {"access modules", "audit rekey", "audit verify", "init", "mail password", "migrate"}
)
"""Commands without a screen, which screens show as commands."""


def on_screen(sentence: str, screen: str) -> str:
    """Return a sentence of the store with keys instead of commands, for the named screen."""
    return _AT_END.sub(lambda found: f": {_pressed(found, screen)}", _FLAGS.sub("", sentence))


def _pressed(found: re.Match[str], screen: str) -> str:
    words = found["words"]
    if words.startswith("--as "):
        return f"{_OWN_PASSWORD}."
    name = name_of(words)
    command = _by_words().get(name)
    if name in _SAID:
        return f"{_SAID[name]}."
    if command is None:
        return found[0].removeprefix(": ")
    if screen in command.rooms:
        return f"{_('press {key}').format(key=command.key)}."
    place = next((place for place in _PLACES if place in command.rooms), "")
    pattern = _PLACES.get(place, _("press {key}"))
    return f"{pattern.format(key=command.key)}."


def name_of(words: str) -> str:
    """Return the noun and the verb of a command line without `usher`: `users restore`."""
    first, *others = words.split()
    return first if first in _ALONE or not others else f"{first} {others[0]}"


@lru_cache(maxsize=1)
def _by_words() -> dict[str, Command]:
    """Return the first command of the registry for each noun and verb."""
    found = {name: BY_ID[command_id] for name, command_id in _BY_ID.items()}
    for command in REGISTRY:
        for line in command.words.splitlines():
            found.setdefault(name_of(line.removeprefix("usher ")), command)
    return found
