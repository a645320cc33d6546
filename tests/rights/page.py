"""docs/rights.md, made from the table: `python -m tests.rights.page` (`make rights`)."""

import sys
from collections.abc import Iterable, Iterator, Mapping

from tests.rights import grids
from tests.rights.grids import ACTORS, GRIDS, LISTS, TARGETS
from tests.rights.table import FIELD_ACTORS, FIELDS, VERBS, Verb

HEAD = """# Who may do what

Made by `make rights` from the very table that the tests go through cell by cell; change nothing
here by hand.

## Who is who

**The owner** is one person, always an active admin. They hold everything, nothing can be denied
them, and nobody acts on them but they themselves.

**Admins** manage people. They hold everything that the owner has not denied them: on the screens
with `p` on an admin's page, or by `usher access deny WHO users.block`. An admin who is denied
`users.view` sees the own profile alone, and so does one who is denied the whole module `users`.
Only the owner can change settings. Every admin sees roles, teams and sub-accounts. Changing a role,
changing what the members of a team see, and declaring the owner absent require `users.rights`.

**Standard users** see and edit their own profile: the plain fields listed in the setting
`profile.self_edit`, their password, their keys and their sessions. Pending users and users with
simulator access only are standard users too.

**The operator** is whoever runs commands on the host as the OS user to whom the data folder
belongs; never anybody who comes over SSH. They may do what any actor may, to an admin or the owner
only with `--reason`. No rule is broken for them either.

## What somebody may do on the platform

A permission is a module and an action, such as `clients.edit`. For a standard user three things are
asked in this order, and the first that has an answer decides:

1. Is the module **for admins only** (`pricing`, `payment`, `users`)? Then no, whatever is ticked.
2. Is there an **override**, an allow or a deny on this very person? Then that.
3. Does their **role** permit it? Then yes, else no.

`usher access show WHO --why clients.edit` says which of them it was, since when and by whom.

## No way up

Nobody gives what they do not hold: not by a role, an override, a copy of somebody's access, an
import or a new user. What an admin was denied they cannot give to themselves, to a friend, or to
somebody whom they create for it. Nobody changes their own rights or their own status. Only the
owner blocks, deactivates or removes an admin, changes what an admin may, or makes an admin a
standard user; an admin may step down themselves. The last admin stays, and so does the owner.

A denial by the owner stays when the user stops being an admin or becomes one again. Only the owner
can lift it. An admin cannot set a password, login, email address or SSH key for a user who has
permissions that the admin was denied. Otherwise, the admin could sign in as that user.

## What is asked, and when

Each command asks anew, in the transaction in which it writes: who was blocked or lost a right a
moment ago is refused at the next key. **Dangerous** commands, marked ⚿ below, ask for the password
again if it was given more than five minutes ago. Whoever may not see somebody is told the same as
if there were nobody. That somebody tried what they may not is in the history as `denied`, at most
twenty times an hour for each.

## The words in the tables

| word | meaning |
|---|---|
| yes | it is done |
| no | refused: the right is missing; the sentence says who may |
| 404 | refused, as an id that is not there |
| rule | they may, but not with somebody who stands there, as the sentence says |
| first | a new password has to be chosen first |
| · | does not arise |

Whoever has not signed in, and whoever was blocked or removed while signed in, is told everywhere
that the session is over. Whoever is pending or may enter the simulator alone is answered as any
standard user.
"""
HIDDEN = {"nobody", "blocked", "removed", "pending", "simulator only"}
"""Actors who are answered alike in every table: the page says so once."""
NAMED = {
    "standard": "standard user",
    "old password": "new password to be chosen",
    "denied users.*": "admin, denied `users.*`",
    "denied this": "admin, denied this",
    "admin": "admin",
    "owner": "owner",
    "host": "operator",
    "host, reason": "operator with a reason",
}


def page() -> str:
    """The whole page, the same for the same table."""
    return "\n".join(_page())


def _page() -> Iterator[str]:
    yield HEAD
    yield "## On people\n"
    for name, (heading, grid) in GRIDS.items():
        verbs = [verb for verb in VERBS if verb.by == name]
        if verbs:
            yield from _grid(heading, grid, verbs)
    yield "## Field by field\n"
    yield "Who may edit which field of whom: the actor, and after the comma the person.\n"
    yield from _columns("field", FIELD_ACTORS)
    for field, answers in FIELDS.items():
        yield _row(f"`{field}`", answers.values())
    yield (
        "\nThe fields of a standard user's own profile are those of `profile.self_edit`. A login is"
        " not edited: it is renamed, together with a new password. Fields that are none are"
        " refused.\n"
    )
    yield "## On nobody in particular\n"
    yield from _columns("what", ("who",))
    for verb in VERBS:
        if verb.by in LISTS:
            yield _row(_does(verb), [f"{LISTS[verb.by][0]}{_right(verb)}"])
    yield ""


def _grid(heading: str, grid: grids.Grid, verbs: list[Verb]) -> Iterator[str]:
    yield f"### {heading}\n"
    for verb in verbs:
        only = f"; only of somebody {' or '.join(verb.only.split())}" if verb.only else ""
        yield f"- {_does(verb)}{_right(verb)}{only}"
    yield ""
    yield from _columns("actor", TARGETS)
    for actor, answers in grid.items():
        if actor in ACTORS and actor not in HIDDEN:
            yield _row(NAMED[actor], answers.values())
    yield ""


def _does(verb: Verb) -> str:
    return f"{verb.does} ⚿" if verb.dangerous else verb.does


def _right(verb: Verb) -> str:
    return f" (`{verb.right}`)" if verb.right else ""


def _columns(first: str, names: Iterable[str] | Mapping[str, object]) -> Iterator[str]:
    names = list(names)
    yield _row(first, names)
    yield _row("---", ["---"] * len(names))


def _row(first: str, cells: Iterable[str]) -> str:
    return f"| {' | '.join([first, *('·' if cell == '.' else cell for cell in cells)])} |"


if __name__ == "__main__":
    sys.stdout.write(page())
