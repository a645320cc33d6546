"""The page about the settings, made from them: `python -m tui.cli.settings_page` (`make man`)."""

import sys
from collections.abc import Iterator

from store import settings
from store.setting_values import Setting

HEAD = """# Settings

Made by `make man` from the settings themselves; change nothing here by hand.

The owner changes settings, admins read them: on the screen with `,`, or by a command. A change
holds at once, stands in the history, and asks for the owner's password where that was given more
than five minutes ago.
```
usher settings list
usher settings set lockout.idle_days 60
```
A stored value outside its bounds, from an older version or a manual edit, is ignored. The default
applies until the setting is set again. `usher doctor settings` lists such values.

`S0` to `S4` are the five documents from which Usher's rules come, ASVS is OWASP's Application
Security Verification Standard 5.0, NIST the Special Publication 800-63B, DESIGN Usher's own
reasons. Where a default departs from what is advised today, it says so.
"""
GROUPS = {
    "lockout": "Locks",
    "password": "Passwords",
    "code": "Letters with codes",
    "mail": "Letters",
    "links": "Links in letters",
    "invitations": "Invitations",
    "ownership": "Ownership of the account",
    "records": "What people own",
    "session": "Sessions",
    "ssh": "SSH",
    "users": "New users",
    "profile": "One's own profile",
    "display": "What is shown",
}
"""What comes before the first dot of a name, and its heading."""


def page() -> str:
    """The whole page, the same for the same settings."""
    return "\n".join(_page())


def _page() -> Iterator[str]:
    yield HEAD
    every = settings.described(settings.Settings())
    for group, heading in GROUPS.items():
        yield f"## {heading}\n"
        for one in every.values():
            if one.key.partition(".")[0] == group:
                yield from _setting(one)


def _setting(one: Setting) -> Iterator[str]:
    bounds = "" if one.least is None else f", from {one.least} to {one.most}"
    if one.choices:
        bounds = f", one of {', '.join(f'`{word}`' for word in one.choices)}"
    unit = f" {one.unit}" if one.unit else ""
    default = f"`{one.default}`" if one.default else "empty"
    yield f"### {one.key}"
    yield one.meaning
    yield f"Default {default}{unit}{bounds}. Source: {one.source}."
    if one.advice:
        yield f"\n> {one.advice}"
    yield ""


if __name__ == "__main__":
    sys.stdout.write(page())
