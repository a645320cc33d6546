"""Modules: the parts of the platform, each with its actions. They are data, not code.

Those of every account keep what they begin with and can be given more actions; the platform's
own can be changed and removed. Only the owner and the operator do either: all roles hang on them.
"""

import re
import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

from store import access
from store.access.catalogue import MODULES
from store.checks.labels import label_of
from store.checks.text import excerpt
from store.errors import Invalid, NoSuch, Problem, Refused
from store.models import Module as ModuleRow
from store.models import Permission
from store.values import Module, Withdrawn
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store, Unit
    from store.session import Session

WORD = re.compile(r"[a-z][a-z0-9_]*")
LONGEST = 40


def listed(session: "Session") -> tuple[Module, ...]:
    """Every module with its actions, in the order in which people meet them; for any admin.

    Raises:
        NotAllowed: the actor is no admin.
    """
    with session.store.read():
        access.require(session, "modules.view")
        return _read(session.store)


def add(
    session: "Session", name: str, actions: Sequence[str], *, admin_only: bool = False
) -> Module:
    """Make known a part of the platform; until some role permits it, it is open to no user.

    Raises:
        NotAllowed: the actor is neither the owner nor the operator.
        Invalid: the name or an action cannot be used, there is no action, or the name is taken.
        PasswordNeeded: the actor's password was not given just now.
    """
    with session.store.write(session) as unit:
        _require(session)
        module = Module(name, tuple(dict.fromkeys(actions)), admin_only)
        _check(_problems(unit.session.store, module))
        ((place,),) = session.store.sql("SELECT coalesce(max(place), -1) + 1 FROM usher_module")
        ModuleRow.create(name=name, admin_only=admin_only, place=place)
        _put_actions(unit, name, module.actions)
        only = ("--admin-only",) if admin_only else ()
        unit.record(
            "add_module",
            None,
            {
                "module": (None, name),
                "actions": (None, list(module.actions)),
                "admin_only": (None, admin_only),
            },
            _command("add", name, *_flags("--action", module.actions), *only),
        )
        return module


def edit(
    session: "Session", name: str, *, add: Sequence[str] = (), remove: Sequence[str] = ()
) -> Withdrawn:
    """Give a module more actions, or take some away, and with them what permits or denies them.

    Raises:
        NotAllowed: the actor is neither the owner nor the operator.
        NoSuch: there is no such module.
        Invalid: an action cannot be used.
        Refused: there is no such action to remove, none would be left, or every account has it.
        PasswordNeeded: the actor's password was not given just now.
    """
    store = session.store
    with store.write(session) as unit:
        _require(session)
        old = _found(store, name)
        added = [one for one in dict.fromkeys(add) if one not in old.actions]
        removed = tuple(dict.fromkeys(remove))
        _check_removal(old, removed)
        kept = tuple(one for one in old.actions if one not in removed)
        new = Module(name, (*kept, *added), old.admin_only, old.built_in)
        _check([problem for action in added for problem in _wrong("action", action)])
        if not new.actions:
            sentence = _(
                "The module “{module}” needs at least one action. Remove the whole "
                "module: {command}"
            )
            told = sentence.format(module=name, command=_command("remove", name))
            raise Refused(told, code="no_action_left")
        if new == old:
            return Withdrawn(old)
        withdrawn = _withdrawn(store, new, [f"{name}.{one}" for one in removed])
        Permission.delete().where(
            Permission.name.in_([f"{name}.{one}" for one in removed])
        ).execute()
        _put_actions(unit, name, added)
        words = (*_flags("--add-action", added), *_flags("--remove-action", removed))
        _record(unit, "edit_module", old, withdrawn, _command("edit", name, *words))
        return withdrawn


def remove(session: "Session", name: str) -> Withdrawn:
    """Forget a module of the platform's own, and what permits or denies anything of it.

    Raises:
        NotAllowed: the actor is neither the owner nor the operator.
        NoSuch: there is no such module.
        Refused: it is one that an account begins with.
        PasswordNeeded: the actor's password was not given just now.
    """
    store = session.store
    with store.write(session) as unit:
        _require(session)
        old = _found(store, name)
        if old.built_in:
            raise Refused(_stays(old), code="built_in")
        withdrawn = _withdrawn(store, Module(name, ()), old.permissions)
        ModuleRow.delete().where(ModuleRow.name == name).execute()
        _record(unit, "remove_module", old, withdrawn, _command("remove", name))
        return withdrawn


def _require(session: "Session") -> None:
    access.require(session, "modules.edit")
    access.require_proof(session)


def _read(store: "Store") -> tuple[Module, ...]:
    rows = store.sql(
        "SELECT m.name, m.admin_only, m.built_in, p.name FROM usher_module m"
        " JOIN usher_permission p ON p.module_id = m.name ORDER BY m.place, p.place"
    )
    found: dict[str, Module] = {}
    for name, admin_only, built_in, permission in rows:
        before = found[name].actions if name in found else ()
        action = permission.removeprefix(f"{name}.")
        found[name] = Module(name, (*before, action), bool(admin_only), bool(built_in))
    return tuple(found.values())


def _found(store: "Store", name: str) -> Module:
    for module in _read(store):
        if module.name == name:
            return module
    raise NoSuch("module", name)


def _problems(store: "Store", module: Module) -> list[Problem]:
    found = [*_wrong("module", module.name)]
    if any(one.name == module.name for one in _read(store)):
        found.append(
            Problem(
                "module",
                "name_taken",
                _("The module “{name}” exists already. Choose another name.").format(
                    name=module.name
                ),
            )
        )
    if not module.actions:
        found.append(
            Problem(
                "action",
                "required",
                _("The module “{name}” has no action. Name at least one.").format(
                    name=excerpt(module.name)
                ),
            )
        )
    return found + [problem for action in module.actions for problem in _wrong("action", action)]


def _wrong(field: str, word: str) -> list[Problem]:
    if WORD.fullmatch(word) and len(word) <= LONGEST:
        return []
    sentence = _(
        "The {field} name “{word}” is not valid. Use a to z, digits and _, begin "
        "with a letter, at most {n} characters."
    )
    return [
        Problem(
            field,
            "name_invalid",
            sentence.format(field=label_of(field), word=excerpt(word), n=LONGEST),
        )
    ]


def _check(problems: Sequence[Problem]) -> None:
    if problems:
        raise Invalid(problems)


def _check_removal(module: Module, removed: Sequence[str]) -> None:
    missing = [one for one in removed if one not in module.actions]
    if missing:
        sentence = _(
            "The module “{module}” has no action “{actions}”. List the modules: usher "
            "access modules list"
        )
        told = sentence.format(module=module.name, actions=", ".join(missing))
        raise Refused(told, code="action_unknown")
    if module.built_in and not set(removed).isdisjoint(MODULES[module.name]):
        raise Refused(_stays(module), code="built_in")


def _stays(module: Module) -> str:
    sentence = _(
        "The module “{module}” and its actions {actions} are built in and cannot be removed."
    )
    return sentence.format(module=module.name, actions=", ".join(MODULES[module.name]))


def _put_actions(unit: "Unit", name: str, actions: Sequence[str]) -> None:
    """Write actions behind those that the module has."""
    store = unit.session.store
    ((first,),) = store.sql(
        "SELECT coalesce(max(place), -1) + 1 FROM usher_permission WHERE module_id = ?", name
    )
    store.insert_rows(
        "usher_permission",
        ("name", "module_id", "place"),
        [(f"{name}.{action}", name, place) for place, action in enumerate(actions, first)],
    )


def _withdrawn(store: "Store", module: Module, permissions: Sequence[str]) -> Withdrawn:
    """From how many something goes with these permissions."""

    def count(column: str, table: str) -> int:
        rows = store.sql_among(
            f"SELECT count(DISTINCT {column}) FROM {table} WHERE permission_id IN (*)", permissions
        )
        return int(rows[0][0]) if rows else 0

    roles = count("role_id", "usher_role_permission")
    return Withdrawn(module, roles, count("user_id", "usher_override"))


def _record(unit: "Unit", verb: str, old: Module, new: Withdrawn, line: str) -> None:
    taken = {"roles": new.roles, "people": new.people}
    unit.record(
        verb,
        None,
        {
            "module": (old.name, new.module.name if new.module.actions else None),
            "actions": (list(old.actions), list(new.module.actions)),
            **{name: (number, 0) for name, number in taken.items() if number},
        },
        line,
    )


def _flags(flag: str, actions: Sequence[str]) -> list[str]:
    return [word for action in actions for word in (flag, action)]


def _command(verb: str, *words: str) -> str:
    return shlex.join(["usher", "access", "modules", verb, *words])
