"""Roles, teams and sub-accounts by their names: what the three nouns have in common."""

import shlex
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from store import access
from store.checks.problems import required, too_long
from store.checks.text import excerpt
from store.errors import Invalid, NoSuch, Problem
from store.listing.folding import fold
from store.models import RoleRow, SubAccountRow, TeamRow
from store.numbers import id_number
from store.values import ALL, Named
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store, Unit
    from store.session import Session

NAME_MAX = 100

_NOTHING: Mapping[str, Any] = {}

Model = type[RoleRow] | type[TeamRow] | type[SubAccountRow]


def listed(session: "Session", model: Model) -> tuple[Named, ...]:
    """Every one, by folded name; for anybody who is signed in.

    Raises:
        NotAllowed: a new password is to be chosen first.
        SessionEnded: the session is over.
    """
    with session.store.read():
        access.actor_of(session)
        access.require_own_password(session)
        return tuple(Named(row.id, row.name) for row in model.select().order_by(model.name_key))


def find(store: "Store", model: Model, noun: str, which: int | str) -> Named:
    """The one of this name in any spelling, or of this id.

    Raises:
        NoSuch: there is none.
    """
    text = str(which).strip()
    with store.read():
        row = model.get_or_none(model.name_key == fold(text)) if fold(text) else None
        if row is None and (number := id_number(text)):
            row = model.get_or_none(model.id == number)
    if row is None:
        raise NoSuch(noun, which)
    return Named(row.id, row.name)


def create(
    session: "Session",
    model: Model,
    noun: str,
    name: str,
    *,
    extra: Mapping[str, Any] = _NOTHING,
    words: Sequence[str] = (),
) -> Named:
    """Make one, by the right to `NOUNs.create`; `extra` are further columns, `words` say so.

    Raises:
        NotAllowed: the actor may not.
        Invalid: the name is empty, too long, or taken.
    """
    name = " ".join(name.split())
    with session.store.write(session) as unit:
        access.require(session, f"{noun}s.create")
        check(model, name)
        row = model.create(name=name, name_key=fold(name), **extra)
        given = {"id": row.id, "name": name, **extra}
        changes = {key: (None, value) for key, value in given.items()}
        unit.record(f"create_{noun}", None, changes, command(noun, "create", name, *words))
        return Named(row.id, name)


def rename(session: "Session", model: Model, noun: str, which: int | str, name: str) -> Named:
    """Call one something else, by the right to `NOUNs.edit`; the same name changes nothing.

    Raises:
        NotAllowed: the actor may not.
        NoSuch: there is none.
        Invalid: the name is empty, too long, or taken.
    """
    name = " ".join(name.split())
    with session.store.write(session) as unit:
        access.require(session, f"{noun}s.edit")
        old = find(session.store, model, noun, which)
        if name == old.name:
            return old
        check(model, name, old.id)
        model.update(name=name, name_key=fold(name)).where(model.id == old.id).execute()
        words = command(noun, "edit", old.name, "--name", name)
        changes = {"id": (old.id, old.id), "name": (old.name, name)}
        unit.record(f"edit_{noun}", None, changes, words)
        return Named(old.id, name)


def record_deleted(
    unit: "Unit", noun: str, one: Named, successor: Named | None, moved: int, records: int = 0
) -> None:
    """Write into the history that one was deleted, and how many people and records came to
    another one."""
    changes: dict[str, tuple[Any, Any]] = {"id": (one.id, None), "name": (one.name, None)}
    if successor:
        changes["successor"] = (None, successor.name)
        changes["moved"] = (None, moved)
    if records:
        changes["records"] = (None, records)
    words = ["--to", successor.name] if successor else []
    unit.record(f"delete_{noun}", None, changes, command(noun, "delete", one.name, *words))


def command(noun: str, verb: str, *words: str) -> str:
    """The command line of a verb on one of these nouns."""
    return shlex.join(["usher", f"{noun.replace('_', '-')}s", verb, *words])


def ids_by_key(store: "Store", table: str) -> dict[str, int]:
    """Folded name to id, of the roles, the teams or the sub-accounts."""
    return dict(store.sql(f"SELECT name_key, id FROM {table}"))


def check(model: Model, name: str, own: int | None = None) -> None:
    """See that one may be called this, whose own id may be given.

    Raises:
        Invalid: the name is empty, too long, or taken.
    """
    problem = _problem(model, name, own)
    if problem:
        raise Invalid([problem])


def _problem(model: Model, name: str, own: int | None) -> Problem | None:
    if not name or not fold(name):
        return required("name")
    if len(name) > NAME_MAX:
        return too_long("name", len(name), NAME_MAX)
    if not name.isprintable() or "|" in name:
        sentence = _(
            "The name “{name}” contains “|” or a hidden character. Use letters, digits, spaces and"
            " other symbols."
        )
        return Problem("name", "control_characters", sentence.format(name=excerpt(name)))
    if name.isascii() and name.isdigit():
        sentence = _("The name “{name}” is digits only and would be read as an id. Add a letter.")
        return Problem("name", "name_invalid", sentence.format(name=excerpt(name)))
    if model is SubAccountRow and fold(name) == ALL:
        sentence = _("The name “all” means every sub-account. Choose another name.")
        return Problem("name", "name_reserved", sentence)
    if model.select().where(model.name_key == fold(name), model.id != (own or 0)).exists():
        sentence = _("The name “{name}” is taken. Choose another name.")
        return Problem("name", "name_taken", sentence.format(name=name))
    return None
