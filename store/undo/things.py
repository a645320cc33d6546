"""Changes of roles, teams, sub-accounts, settings and saved mappings that can be put back."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING

from store import settings, sub_accounts, teams
from store.access import roles
from store.employees import changing as employees
from store.employees import reading
from store.exchange import mappings
from store.setting_values import written
from store.undo.kinds import IDS, Kind, Values, as_made, olds
from store.values import AuditEntry, Role, SubAccount, Team

if TYPE_CHECKING:
    from store.session import Session

Show = Callable[["Session", int], Role | Team | SubAccount]

_ID = frozenset(IDS)


def _number(entry: AuditEntry) -> int:
    return next(int(entry.changes[key][1]) for key in IDS if key in entry.changes)


def _name(show: Show) -> Callable[["Session", AuditEntry], str]:
    return lambda session, entry: show(session, _number(entry)).name


def _made(show: Show, delete: Callable[["Session", int], object]) -> Kind:
    """What was made goes again, as long as nobody is in it; the verb that deletes says so."""
    return Kind(
        _name(show), as_made, lambda session, entry: delete(session, _number(entry)), made=True
    )


def _role(session: "Session", entry: AuditEntry) -> Values:
    role = roles.show(session, _number(entry))
    permitted = {
        name: roles.YES if name in role.permissions else roles.NO
        for name in entry.changes
        if "." in name
    }
    return {"name": role.name, **permitted}


def _put_role(session: "Session", entry: AuditEntry) -> None:
    was = olds(entry)
    roles.edit(
        session,
        _number(entry),
        name=was.get("name"),
        permit=[name for name, old in was.items() if "." in name and old == roles.YES],
        forbid=[name for name, old in was.items() if "." in name and old == roles.NO],
    )


def _team(session: "Session", entry: AuditEntry) -> Values:
    return asdict(teams.show(session, _number(entry)))


def _put_team(session: "Session", entry: AuditEntry) -> None:
    teams.edit(session, _number(entry), **olds(entry))


def _sub_account(session: "Session", entry: AuditEntry) -> Values:
    return asdict(sub_accounts.show(session, _number(entry)))


def _put_sub_account(session: "Session", entry: AuditEntry) -> None:
    sub_accounts.edit(session, _number(entry), **olds(entry))


def _employee(session: "Session", entry: AuditEntry) -> Values:
    return employees.fields_of(reading.show(session, _number(entry)))


def _employee_name(session: "Session", entry: AuditEntry) -> str:
    return reading.show(session, _number(entry)).full_name


def _put_employee(session: "Session", entry: AuditEntry) -> None:
    was = {name: old for name, old in olds(entry).items() if name not in _ID}
    employees.edit(session, _number(entry), was)


def _remove_employee(session: "Session", entry: AuditEntry) -> None:
    employees.remove(session, _number(entry))


def _keys(_session: "Session", entry: AuditEntry) -> str:
    return ", ".join(entry.changes)


def _setting(session: "Session", entry: AuditEntry) -> Values:
    current, known = settings.load(session.store), settings.names()
    return {key: getattr(current, known[key]) for key in entry.changes if key in known}


def _put_setting(session: "Session", entry: AuditEntry) -> None:
    for key, old in olds(entry).items():
        settings.change(session, key, written(old))


def _mapping(session: "Session", entry: AuditEntry) -> Values:
    saved = mappings.saved(session)
    return {name: saved.get(name) for name in entry.changes}


def _put_mapping(session: "Session", entry: AuditEntry) -> None:
    for name, old in olds(entry).items():
        if old is None:
            mappings.remove(session, name)
        else:
            mappings.save(session, name, old)


_MAPPING = Kind(_keys, _mapping, _put_mapping)
KINDS: Mapping[str, Kind] = {
    "edit_role": Kind(_name(roles.show), _role, _put_role, _ID),
    "edit_team": Kind(_name(teams.show), _team, _put_team, _ID),
    "edit_sub_account": Kind(_name(sub_accounts.show), _sub_account, _put_sub_account, _ID),
    "create_role": _made(roles.show, roles.delete),
    "copy_role": _made(roles.show, roles.delete),
    "create_team": _made(teams.show, teams.delete),
    "create_sub_account": _made(sub_accounts.show, sub_accounts.delete),
    "edit_employee": Kind(_employee_name, _employee, _put_employee, _ID),
    "create_employee": Kind(_employee_name, as_made, _remove_employee, made=True),
    "change_setting": Kind(_keys, _setting, _put_setting),
    "save_mapping": _MAPPING,
    "remove_mapping": _MAPPING,
}
"""By the verbs of their entries."""
