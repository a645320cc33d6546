"""Changes of people that can be put back."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from store import users
from store.access import holding, overrides
from store.invitations.checking import VERB as INVITED
from store.invitations.revoke import revoke
from store.mail import own_settings
from store.records import holdings
from store.records.assign import assign
from store.undo.kinds import Kind, Values, as_made, olds
from store.users.readdressing import EFFECTS
from store.values import AuditEntry, Draft, OwnMail, Status

if TYPE_CHECKING:
    from store.session import Session

_DRAFT = frozenset(one.name for one in fields(Draft))
_ALLOWED = {word: value for value, word in overrides.WORDS.items()}
_ENDED = frozenset({"sessions", "codes", "invitation"})
"""What a verb ends beside; codes that died stay dead, and so do sessions (DESIGN 3.1)."""


def target_of(entry: AuditEntry) -> int:
    """To whom it was done."""
    if entry.target is None:
        raise ValueError("an entry about nobody")
    return entry.target


def _name(session: "Session", entry: AuditEntry) -> str:
    return users.show(session, target_of(entry)).full_name


def _fields(session: "Session", entry: AuditEntry) -> Values:
    return asdict(Draft.of(users.show(session, target_of(entry))))


def _put_fields(session: "Session", entry: AuditEntry) -> None:
    given: dict[str, Any] = {
        name: tuple(old) if isinstance(old, list) else old
        for name, old in olds(entry).items()
        # A login in an edit followed the email address, and is restored with it.
        if name in _DRAFT - {"login"}
    }
    if given:
        users.edit(session, target_of(entry), given)


def _overrides(session: "Session", entry: AuditEntry) -> Values:
    number = users.show(session, target_of(entry)).id
    found = holding.overrides_of(session.store, number)
    return {name: overrides.WORDS[found.get(name)] for name in _permissions(entry.changes)}


def _put_overrides(session: "Session", entry: AuditEntry) -> None:
    was = olds(entry)
    wanted = {name: _ALLOWED[was[name]] for name in _permissions(was)}
    if wanted:
        overrides.put(session, target_of(entry), wanted)


def _permissions(names: Mapping[str, Any]) -> list[str]:
    return [name for name in names if "." in name]


def _access(session: "Session", entry: AuditEntry) -> Values:
    return {**_fields(session, entry), **_overrides(session, entry)}


def _put_access(session: "Session", entry: AuditEntry) -> None:
    _put_fields(session, entry)
    _put_overrides(session, entry)


def _status(session: "Session", entry: AuditEntry) -> Values:
    return {"status": users.show(session, target_of(entry)).status}


def _by(
    verb: Callable[["Session", int | str], object],
) -> Callable[["Session", AuditEntry], object]:
    """Put back by the verb that leads the other way."""
    return lambda session, entry: verb(session, target_of(entry))


def _restore(session: "Session", entry: AuditEntry) -> None:
    number = target_of(entry)
    users.restore(session, number)
    if entry.changes["status"][0] == Status.BLOCKED:
        users.block(session, number)


def _own_mail(session: "Session", _entry: AuditEntry) -> Values:
    return asdict(own_settings.show(session))


def _put_own_mail(session: "Session", entry: AuditEntry) -> None:
    own_settings.change(session, OwnMail(**{**asdict(own_settings.show(session)), **olds(entry)}))


def _refs(entry: AuditEntry) -> dict[str, list[str]]:
    """The records that an entry names, which it does of no more than a thousand."""
    found: dict[str, list[str]] = {}
    for kind, ref in entry.changes.get("records", (None, ()))[1]:
        found.setdefault(kind, []).append(ref)
    return found


def _records(session: "Session", entry: AuditEntry) -> Values:
    heir = entry.changes["owned_by"][1]
    kept = holdings.owners(session.store, _refs(entry)).get(heir, {})
    named = [[kind, ref] for kind, some in _refs(entry).items() for ref in some]
    return {
        "owned_by": heir,
        "records": [[kind, ref] for kind, ref in named if ref in kept.get(kind, ())],
    }


def _give_back(session: "Session", entry: AuditEntry) -> None:
    assign(session, _refs(entry), target_of(entry))


_OVERRIDDEN = Kind(_name, _overrides, _put_overrides)
_MADE = Kind(_name, as_made, _by(revoke), made=True, shuts_out=True)
KINDS: Mapping[str, Kind] = {
    "edit": Kind(_name, _fields, _put_fields, EFFECTS),
    "allow": _OVERRIDDEN,
    "deny": _OVERRIDDEN,
    "inherit": _OVERRIDDEN,
    "copy_access": Kind(_name, _access, _put_access),
    "block": Kind(_name, _status, _by(users.unblock), _ENDED),
    "unblock": Kind(_name, _status, _by(users.block), shuts_out=True),
    "deactivate": Kind(_name, _status, _restore, _ENDED),
    "restore": Kind(
        _name, _status, _by(users.deactivate), frozenset({"locks", "block"}), shuts_out=True
    ),
    "create": _MADE,
    INVITED: _MADE,
    "assign": Kind(_name, _records, _give_back, one_of_many=True),
    "change_mail_settings": Kind(_name, _own_mail, _put_own_mail),
}
"""By the verbs of their entries."""
MAKING = frozenset({"create", INVITED})
