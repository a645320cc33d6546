"""Who asks, whom it is about, and the answers: grids for verbs on a person, lists for the others.

The answers: see `table`.
"""

from collections.abc import Mapping

ACTORS: Mapping[str, str] = {
    "nobody": "before the sign-in",
    "blocked": "was blocked while signed in",
    "removed": "was removed while signed in",
    "old password": "an admin whose password is temporary or expired",
    "pending": "has never come in before",
    "simulator only": "may enter the simulator alone",
    "standard": "a standard user",
    "denied users.*": "an admin whom the owner has denied the module `users`",
    "denied this": "an admin whom the owner has denied this very permission",
    "admin": "an admin",
    "owner": "the owner",
    "host": "the operator: whoever runs commands on the host",
    "host, reason": "the operator, with a reason",
}
TARGETS: Mapping[str, str] = {
    "self": "oneself",
    "standard": "a standard user, active",
    "admin": "another admin, active",
    "owner": "the owner",
    "inactive": "deactivated",
    "blocked": "blocked",
    "pending": "pending",
    "removed": "removed",
}
STANDING = {"self": "active", "standard": "active", "admin": "active", "owner": "active"}
"""The status of the targets that are not called by it."""

_STANDARD = ("pending", "simulator only", "standard")
_OVER = ("nobody", "blocked", "removed")


def _meant(actor: str) -> tuple[str, ...]:
    """Who answers by a line of the table."""
    return _STANDARD if actor == "standard" else (actor,)


Grid = Mapping[str, Mapping[str, str]]


def _grid(own: str, text: str) -> Grid:
    """Actor to target to answer; `own` is what a new password comes first for, of oneself."""
    lines = [line.split("|") for line in text.strip().splitlines()]
    first = dict.fromkeys(TARGETS, "first") | {"self": own}
    over = dict.fromkeys(TARGETS, "over")
    grid = dict.fromkeys(_OVER, over) | {"old password": first}
    for actor, answers in lines:
        row = dict(zip(TARGETS, answers.split(), strict=True))
        grid.update(dict.fromkeys(_meant(actor.strip()), row))
    return {actor: grid[actor] for actor in ACTORS if actor in grid}


# Columns:       self  standard  admin  owner  inactive  blocked  pending  removed
LOOK = """
standard       | yes   404       404    404    404       404      404      404
denied users.* | yes   404       404    404    404       404      404      404
denied this    | yes   404       404    404    404       404      404      404
admin          | yes   yes       yes    yes    yes       yes      yes      404
owner          | yes   yes       yes    .      yes       yes      yes      404
host           | .     yes       yes    yes    yes       yes      yes      404
host, reason   | .     yes       yes    yes    yes       yes      yes      404
"""
OWN_DATA = """
standard       | yes   404       404    404    404       404      404      404
denied users.* | yes   404       404    404    404       404      404      404
denied this    | yes   no        no     no     no        no       no       404
admin          | yes   yes       yes    no     yes       yes      yes      404
owner          | yes   yes       yes    .      yes       yes      yes      404
host           | .     yes       no     no     yes       yes      yes      404
host, reason   | .     yes       yes    yes    yes       yes      yes      404
"""
ACCESS = """
standard       | yes   404       404    404    404       404      404      404
denied users.* | yes   404       404    404    404       404      404      404
denied this    | yes   no        no     no     no        no       no       404
admin          | yes   yes       no     no     yes       yes      yes      404
owner          | yes   yes       yes    .      yes       yes      yes      404
host           | .     yes       no     no     yes       yes      yes      404
host, reason   | .     yes       yes    yes    yes       yes      yes      404
"""
STATUS = """
standard       | no    404       404    404    404       404      404      404
denied users.* | no    404       404    404    404       404      404      404
denied this    | no    no        no     no     no        no       no       404
admin          | no    yes       no     no     yes       yes      yes      404
owner          | no    yes       yes    .      yes       yes      yes      404
host           | .     yes       no     no     yes       yes      yes      404
host, reason   | .     yes       yes    rule   yes       yes      yes      404
"""
CONFIRM = """
standard       | no    404       404    404    404       404      404      404
denied users.* | no    404       404    404    404       404      404      404
denied this    | no    no        no     no     no        no       no       404
admin          | no    yes       yes    no     yes       yes      yes      404
owner          | no    yes       yes    .      yes       yes      yes      404
host           | .     yes       no     no     yes       yes      yes      404
host, reason   | .     yes       yes    rule   yes       yes      yes      404
"""
UNLOCK = """
standard       | no    404       404    404    404       404      404      404
denied users.* | no    404       404    404    404       404      404      404
denied this    | no    no        no     no     no        no       no       404
admin          | yes   yes       yes    no     yes       yes      yes      404
owner          | yes   yes       yes    .      yes       yes      yes      404
host           | .     yes       no     no     yes       yes      yes      404
host, reason   | .     yes       yes    yes    yes       yes      yes      404
"""
PASSWORD = """
standard       | no    404       404    404    404       404      404      404
denied users.* | no    404       404    404    404       404      404      404
denied this    | no    no        no     no     no        no       no       404
admin          | no    yes       no     no     yes       yes      yes      404
owner          | no    yes       yes    .      yes       yes      yes      404
host           | .     yes       no     no     yes       yes      yes      404
host, reason   | .     yes       yes    yes    yes       yes      yes      404
"""
LOGIN = """
standard       | no    404       404    404    404       404      404      404
denied users.* | no    404       404    404    404       404      404      404
denied this    | no    no        no     no     no        no       no       404
admin          | no    yes       no     no     yes       yes      yes      404
owner          | yes   yes       yes    .      yes       yes      yes      404
host           | .     yes       no     no     yes       yes      yes      404
host, reason   | .     yes       yes    yes    yes       yes      yes      404
"""
RELEASE = """
standard       | no    404       404    404    404       404      404      404
denied users.* | no    404       404    404    404       404      404      404
denied this    | no    no        no     no     no        no       no       404
admin          | no    yes       no     no     yes       yes      yes      404
owner          | rule  yes       yes    .      yes       yes      yes      404
host           | .     yes       no     no     yes       yes      yes      404
host, reason   | .     yes       yes    rule   yes       yes      yes      404
"""
RIGHTS = """
standard       | no    404       404    404    404       404      404      404
denied users.* | no    404       404    404    404       404      404      404
denied this    | no    no        no     no     no        no       no       404
admin          | no    yes       no     no     yes       yes      yes      404
owner          | no    yes       yes    .      yes       yes      yes      404
host           | .     yes       no     no     yes       yes      yes      404
host, reason   | .     yes       yes    no     yes       yes      yes      404
"""
MEMBERS = """
standard       | no    no        no     no     no        no       no       no
denied users.* | no    404       404    404    404       404      404      404
denied this    | no    no        no     no     no        no       no       404
admin          | no    yes       no     no     yes       yes      yes      404
owner          | yes   yes       yes    .      yes       yes      yes      404
host           | .     yes       no     no     yes       yes      yes      404
host, reason   | .     yes       yes    yes    yes       yes      yes      404
"""
WRITE = """
standard       | no    no        no     no     no        no       no       no
denied users.* | no    no        no     no     no        no       no       no
denied this    | no    no        no     no     no        no       no       no
admin          | yes   yes       yes    yes    yes       yes      yes      404
owner          | yes   yes       yes    .      yes       yes      yes      404
host           | .     no        no     no     no        no       no       no
host, reason   | .     no        no     no     no        no       no       no
"""
RECORDS = """
standard       | no    no        no     no     no        no       no       no
denied users.* | no    no        no     no     no        no       no       no
denied this    | no    no        no     no     no        no       no       no
admin          | no    yes       no     no     yes       yes      yes      yes
owner          | yes   yes       yes    .      yes       yes      yes      yes
host           | .     yes       no     no     yes       yes      yes      yes
host, reason   | .     yes       yes    yes    yes       yes      yes      yes
"""
CARD = """
standard       | no    no        no     no     no        no       no       no
denied users.* | no    no        no     no     no        no       no       no
denied this    | no    no        no     no     no        no       no       no
admin          | yes   yes       no     no     yes       yes      yes      404
owner          | yes   yes       yes    .      yes       yes      yes      404
host           | .     yes       no     no     yes       yes      yes      404
host, reason   | .     yes       yes    yes    yes       yes      yes      404
"""
GRIDS: Mapping[str, tuple[str, Grid]] = {
    "LOOK": ("Looking at somebody", _grid("yes", LOOK)),
    "LOOK_WITHIN": ("Looking at somebody's keys, sessions and records", _grid("first", LOOK)),
    "OWN_DATA": ("Somebody's data", _grid("first", OWN_DATA)),
    "ACCESS": ("Keys and sessions", _grid("first", ACCESS)),
    "STATUS": ("Moving somebody from one status to another", _grid("first", STATUS)),
    "CONFIRM": ("Confirming", _grid("first", CONFIRM)),
    "UNLOCK": ("Unlocking", _grid("first", UNLOCK)),
    "PASSWORD": ("A temporary password", _grid("first", PASSWORD)),
    "LOGIN": ("Another login", _grid("first", LOGIN)),
    "RIGHTS": ("What somebody may on the platform", _grid("first", RIGHTS)),
    "MEMBERS": ("Who is in a team or a sub-account", _grid("first", MEMBERS)),
    "WRITE": ("Writing to somebody, once one's own address is confirmed", _grid("first", WRITE)),
    "RECORDS": ("Single records of somebody", _grid("first", RECORDS)),
    "CARD": ("Whose card an employee's is", _grid("first", CARD)),
    "RELEASE": ("An address that somebody inactive holds", _grid("first", RELEASE)),
}
"""Each grid with its heading in docs/rights.md."""


def _list(text: str) -> dict[str, str]:
    found = dict.fromkeys(_OVER, "over") | {"old password": "first"}
    for line in text.strip().splitlines():
        actors, answer = line.split("|")
        for actor in map(str.strip, actors.split("; ")):
            found.update(dict.fromkeys(_meant(actor), answer.strip()))
    return {actor: found[actor] for actor in ACTORS if actor in found}


_ADMINS = "denied users.*; admin; owner; host; host, reason"
LISTS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "SIGNED_IN": ("whoever is signed in", _list(f"standard | yes\n{_ADMINS} | yes")),
    "REHEARSED": (
        "whoever is signed in; each is refused as by the act itself",
        _list(f"standard | yes\n{_ADMINS} | yes") | {"old password": "yes"},
    ),
    "OWN": (
        "everybody for themselves",
        _list("standard; denied users.*; admin; owner | yes\nhost; host, reason | no")
        | {"old password": "yes"},
    ),
    "OWN_SETTLED": (
        "everybody for themselves, but for whom a new password comes first",
        _list("standard; denied users.*; admin; owner | yes\nhost; host, reason | no"),
    ),
    "ADMINS": ("admins", _list(f"standard | no\n{_ADMINS} | yes")),
    "OF_USERS": (
        "admins, as far as the owner has not denied it",
        _list("standard; denied users.*; denied this | no\nadmin; owner; host; host, reason | yes"),
    ),
    "OWNER": (
        "the owner",
        _list("standard; denied users.*; admin | no\nowner; host; host, reason | yes"),
    ),
    "OWNER_OR_WHY": (
        "the owner, and the operator who says why",
        _list("standard; denied users.*; admin; host | no\nowner; host, reason | yes"),
    ),
    "OF_OWNER": (
        "admins to whom the owner has not denied it, and the operator",
        _list(
            "standard; denied users.*; denied this | no\nowner | rule\n"
            "admin; host; host, reason | yes"
        ),
    ),
    "DECLARED": (
        "the owner, whoever declared it, and the operator",
        _list("standard; denied users.*; admin | no\nowner; host; host, reason | yes"),
    ),
    "CLAIM": (
        "admins who are not the owner",
        _list("standard; host; host, reason | no\nowner | rule\ndenied users.*; admin | yes"),
    ),
    "HOST": (
        "the operator",
        _list("standard; denied users.*; admin; owner | no\nhost; host, reason | yes"),
    ),
    "HOST_WHY": (
        "the operator, with a reason",
        _list("standard; denied users.*; admin; owner | no\nhost | rule\nhost, reason | yes"),
    ),
    "OUT": ("everybody", dict.fromkeys(ACTORS, "yes")),
}
"""The verbs on nobody: who may, in words and actor by actor. To go out is never refused."""
