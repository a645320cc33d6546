"""What roles and teams have in common: a name that is unique however it is spelled."""

import shlex
from typing import TYPE_CHECKING

from store import access
from store.errors import Invalid, Problem
from store.listing.folding import fold
from store.models import RoleRow, TeamRow
from store.values import Named
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store
    from store.session import Session

NAME_MAX = 100


def listed(session: "Session", model: type[RoleRow] | type[TeamRow]) -> tuple[Named, ...]:
    """Every one, by folded name; for anybody who is signed in.

    Raises:
        SessionEnded: the session is over.
    """
    with session.store.read():
        access.actor_of(session)
        return tuple(Named(row.id, row.name) for row in model.select().order_by(model.name_key))


def create(session: "Session", model: type[RoleRow] | type[TeamRow], noun: str, name: str) -> Named:
    """Make one, by the right to `NOUNs.create`.

    Raises:
        NotAllowed: the actor may not.
        Invalid: the name is empty, too long, or taken.
    """
    name = " ".join(name.split())
    with session.store.write(session) as unit:
        access.require(session, f"{noun}s.create")
        problem = _problem(model, name)
        if problem:
            raise Invalid([problem])
        row = model.create(name=name, name_key=fold(name))
        command = shlex.join(["usher", f"{noun}s", "create", name])
        unit.record(f"create_{noun}", None, {"id": (None, row.id), "name": (None, name)}, command)
        return Named(row.id, name)


def ids_by_key(store: "Store", table: str) -> dict[str, int]:
    """Folded name to id, of the roles or the teams."""
    return dict(store.sql(f"SELECT name_key, id FROM {table}"))


def _problem(model: type[RoleRow] | type[TeamRow], name: str) -> Problem | None:
    if not name or not fold(name):
        return Problem("name", "required", _("Give it a name."))
    if len(name) > NAME_MAX:
        return Problem("name", "too_long", _("At most {n} letters.").format(n=NAME_MAX))
    if not name.isprintable() or "|" in name:
        return Problem(
            "name", "control_characters", _("Use letters, digits, spaces and signs but |.")
        )
    if model.select().where(model.name_key == fold(name)).exists():
        return Problem("name", "name_taken", _("There is one of that name already."))
    return None
