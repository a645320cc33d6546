"""Roles: named sets of permissions for standard users (S1).

Those that an account begins with are only a start: they are edited, renamed and deleted like any
other. Whoever changes one changes what all who have it may do.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from store import access, named
from store.access import ceiling, holding, naming, simulator
from store.access.moving import BATCH, move
from store.errors import Refused
from store.fields import utc_text
from store.listing.folding import fold
from store.models import RoleRow
from store.session import Proof
from store.values import CopiedRole, Named, Role
from store.wording import _, ngettext

if TYPE_CHECKING:
    from store.database import Store, Unit
    from store.session import Session

NOUN = "role"
NO, YES = "no", "yes"
"""What the history says of a permission before and after."""

Changes = dict[str, tuple[Any, Any]]


def names(session: "Session") -> tuple[Named, ...]:
    """Every role by its name; for anybody who is signed in.

    Raises:
        SessionEnded: the session is over.
    """
    return named.listed(session, RoleRow)


def listed(session: "Session") -> tuple[Role, ...]:
    """Every role by name, with what it permits and how many people have it; for any admin.

    Raises:
        NotAllowed: the actor is no admin.
    """
    with session.store.read():
        access.require(session, "roles.view")
        return _read(session.store)


def show(session: "Session", which: int | str) -> Role:
    """One role, by its name in any spelling or by its id; for any admin.

    Raises:
        NotAllowed: the actor is no admin.
        NoSuch: there is none.
    """
    with session.store.read():
        access.require(session, "roles.view")
        return _found(session.store, which)


def create(session: "Session", name: str, permit: Iterable[str] = ()) -> Role:
    """Make a role that permits these; `clients.*` is every action of a module.

    Raises:
        NotAllowed: the actor may not, or lacks some of it (CHECKLIST F47).
        Invalid: the name is empty, too long, or taken.
        Refused: there is no such permission.
    """
    with session.store.write(session) as unit:
        actor = access.require(session, "roles.create")
        wanted = _meant(session.store, permit)
        ceiling.check(session, actor, frozenset(), frozenset(wanted))
        words = (name, *_flags("--permit", wanted))
        return _make(unit, "create_role", name, wanted, {}, named.command(NOUN, "create", *words))


def copy(session: "Session", which: int | str, name: str) -> CopiedRole:
    """Make a role that permits what another one does; what the actor lacks is left out (F47).

    Raises:
        NotAllowed: the actor may not.
        NoSuch: there is no such role to copy.
        Invalid: the name is empty, too long, or taken.
    """
    with session.store.write(session) as unit:
        actor = access.require(session, "roles.create")
        source = _found(session.store, which)
        left_out = ceiling.beyond(actor, frozenset(), frozenset(source.permissions))
        given = tuple(one for one in source.permissions if one not in left_out)
        told: Changes = {"copied_from": (None, source.name)}
        if left_out:
            told["left_out"] = (None, list(left_out))
        command = named.command(NOUN, "copy", source.name, name)
        return CopiedRole(_make(unit, "copy_role", name, given, told, command), left_out)


def edit(
    session: "Session",
    which: int | str,
    *,
    name: str | None = None,
    permit: Iterable[str] = (),
    forbid: Iterable[str] = (),
) -> Role:
    """Call a role something else, and let it permit more, or less, to all who have it.

    What is both permitted and forbidden is forbidden. Dangerous where people have the role and
    what they may do changes (DESIGN 3.6).

    Raises:
        NotAllowed: the actor may not, or lacks some of what is to be permitted (CHECKLIST F47).
        NoSuch: there is no such role.
        Invalid: the name is empty, too long, or taken.
        Refused: there is no such permission, or people who come in by the simulator need it.
        PasswordNeeded: people have it, and the actor's password was not given just now.
    """
    store = session.store
    with store.write(session) as unit:
        actor = access.require(session, "roles.edit")
        old = _found(store, which, to_change=True)
        before = frozenset(old.permissions)
        wanted, unwanted = _meant(store, permit), _meant(store, forbid)
        given = [one for one in wanted if one not in before and one not in unwanted]
        taken = [one for one in unwanted if one in before]
        new_name = old.name if name is None else " ".join(name.split())
        if not (given or taken) and new_name == old.name:
            return old
        after = before.union(given).difference(taken)
        ceiling.check(session, actor, before, after)
        _check_simulator(store, old, before, after)
        if old.people and (given or taken):
            access.require_proof(session)
        if new_name != old.name:
            named.check(RoleRow, new_name, old.id)
            row = RoleRow.update(name=new_name, name_key=fold(new_name))
            row.where(RoleRow.id == old.id).execute()
        store.sql_many(
            "DELETE FROM usher_role_permission WHERE role_id = ? AND permission_id = ?",
            [(old.id, one) for one in taken],
        )
        permit_to(unit, old.id, given)
        changes: Changes = {
            "id": (old.id, old.id),
            "name": (old.name, new_name),
            **dict.fromkeys(given, (NO, YES)),
            **dict.fromkeys(taken, (YES, NO)),
        }
        command = edit_command(old.name, new_name, given, taken)
        unit.record("edit_role", None, changes, command)
        return _found(store, old.id)


def delete(session: "Session", which: int | str, successor: int | str | None = None) -> Role:
    """Delete a role; whoever has it gets the successor at once. Gives back what it was.

    The history has an entry for each of them. Beyond `moving.BATCH` people it goes on in as many
    transactions, of which the last deletes the role: stopped in between, the same command goes on.
    Dangerous where people have it.

    Raises:
        NotAllowed: the actor may not, or the successor permits what they lack (CHECKLIST F47).
        NoSuch: there is no such role, or no such successor.
        Refused: people have it and no successor is named, or people who come in by the simulator
            need more than that permits.
        PasswordNeeded: people have it, and the actor's password was not given just now.
    """
    store = session.store
    with store.bulk():
        with store.read():
            access.require(session, "roles.delete")
            people = _found(store, which).people
        # Given for all of it: it must not come to an end amid them.
        proven = session
        while True:
            with store.write(session) as unit:
                old, heir = _to_delete(proven, which, successor)
                if heir and move(unit, old, heir) == BATCH:
                    proven = replace(session, proof=Proof(store.now()))
                    continue
                changes: Changes = {"id": (old.id, None), "name": (old.name, None)}
                words = ["delete", old.name]
                if heir:
                    changes["successor"] = (None, heir.name)
                    words += ["--to", heir.name]
                if people:
                    changes["people"] = (people, 0)
                changes |= dict.fromkeys(old.permissions, (YES, NO))
                # What it permitted goes with it.
                RoleRow.delete().where(RoleRow.id == old.id).execute()
                unit.record("delete_role", None, changes, named.command(NOUN, *words))
                return replace(old, people=people)


def _to_delete(
    session: "Session", which: int | str, successor: int | str | None
) -> tuple[Role, Role | None]:
    """The role and who takes its place, once the actor may; raises as `delete` does."""
    store = session.store
    actor = access.require(session, "roles.delete")
    old = _found(store, which, to_change=True)
    heir = None if successor is None else _found(store, successor, to_change=True)
    if heir and heir.id == old.id:
        raise Refused(
            _("The role “{role}” cannot replace itself. Choose another role.").format(
                role=old.name
            ),
            code="same_role",
        )
    if old.people and heir is None:
        raise Refused(_in_use(old), code="role_in_use", people=old.people)
    if heir:
        before, after = frozenset(old.permissions), frozenset(heir.permissions)
        ceiling.check(session, actor, before, after)
        _check_simulator(store, old, before, after)
    if old.people:
        access.require_proof(session)
    return old, heir


def permit_to(unit: "Unit", role: int, wanted: Iterable[str]) -> None:
    """Write that a role permits these, which it did not; the verb has checked them."""
    unit.session.store.insert_rows(
        "usher_role_permission",
        ("role_id", "permission_id", "at", "by_id", "by_name"),
        [(role, permission, utc_text(unit.now), *unit.by) for permission in wanted],
    )


def edit_command(name: str, new_name: str, permit: Sequence[str], forbid: Sequence[str]) -> str:
    """The command line that edits a role like this."""
    rename = ("--name", new_name) if new_name != name else ()
    words = (*rename, *_flags("--permit", permit), *_flags("--forbid", forbid))
    return named.command(NOUN, "edit", name, *words)


def _make(
    unit: "Unit", verb: str, name: str, wanted: Sequence[str], told: Changes, command: str
) -> Role:
    name = " ".join(name.split())
    named.check(RoleRow, name)
    row = RoleRow.create(name=name, name_key=fold(name))
    permit_to(unit, row.id, wanted)
    changes: Changes = {"id": (None, row.id), "name": (None, name), **told}
    unit.record(verb, None, changes | dict.fromkeys(wanted, (NO, YES)), command)
    return Role(row.id, name, permissions=tuple(wanted))


def _check_simulator(
    store: "Store", role: Role, before: frozenset[str], after: frozenset[str]
) -> None:
    """Nothing is taken that people need who come in by the simulator alone (S0)."""
    lost = [one for one in simulator.missing(after) if one in before]
    if not lost:
        return
    ((people,),) = store.sql(
        "SELECT count(*) FROM usher_user WHERE role_id = ? AND simulator_only", role.id
    )
    if people:
        sentence = ngettext(
            (
                "{n} user with simulator access only has the role “{role}” and requires: "
                "{permissions}. Give that user another role first."
            ),
            (
                "{n} users with simulator access only have the role “{role}” and require: "
                "{permissions}. Give these users another role first."
            ),
            people,
        )
        raise Refused(
            sentence.format(n=people, role=role.name, permissions=", ".join(lost)),
            code="role_lacks",
            people=people,
            missing=lost,
        )


def _in_use(role: Role) -> str:
    sentence = ngettext(
        ("{n} user has the role “{role}”. Choose the role that replaces it: {command}"),
        ("{n} users have the role “{role}”. Choose the role that replaces it: {command}"),
        role.people,
    )
    command = named.command(NOUN, "delete", role.name, "--to", "ROLE")
    return sentence.format(n=role.people, role=role.name, command=command)


def _meant(store: "Store", words: Iterable[str]) -> tuple[str, ...]:
    """What these words mean, in the order in which people meet it."""
    known = holding.catalogue(store)
    found = set(naming.named(words, known))
    return tuple(one for one in known if one in found)


def _flags(flag: str, permissions: Iterable[str]) -> list[str]:
    return [word for one in permissions for word in (flag, one)]


def _found(store: "Store", which: int | str, *, to_change: bool = False) -> Role:
    number = named.find(store, RoleRow, NOUN, which).id
    if to_change and store.postgres:
        # Whoever gives the role to somebody meanwhile waits, and nobody is left out.
        store.sql("SELECT id FROM usher_role WHERE id = ? FOR UPDATE", number)
    return _read(store, number)[0]


def _read(store: "Store", number: int | None = None) -> tuple[Role, ...]:
    only, params = ("", ()) if number is None else (" WHERE r.id = ?", (number,))
    permitted: dict[int, list[str]] = {}
    for role, permission in store.sql(
        "SELECT r.role_id, p.name FROM usher_role_permission r"
        " JOIN usher_permission p ON p.name = r.permission_id"
        f" JOIN usher_module m ON m.name = p.module_id{only.replace('r.id', 'r.role_id')}"
        " ORDER BY m.place, p.place",
        *params,
    ):
        permitted.setdefault(role, []).append(permission)
    rows = store.sql(
        "SELECT r.id, r.name, r.built_in,"
        " (SELECT count(*) FROM usher_user u WHERE u.role_id = r.id)"
        f" FROM usher_role r{only} ORDER BY r.name_key",
        *params,
    )
    return tuple(
        Role(number, name, bool(ready), tuple(permitted.get(number, ())), people)
        for number, name, ready, people in rows
    )
