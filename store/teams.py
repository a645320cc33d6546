"""Teams group users, and may show them what their own teams have and no more (S1)."""

from typing import TYPE_CHECKING, Unpack

from store import access, named
from store.listing.folding import fold
from store.models import TeamRow
from store.users import groups, many
from store.users.outcomes import Outcomes
from store.values import Named, Team

if TYPE_CHECKING:
    from store.database import Store
    from store.session import Session

OWN = {True: "--own-clients-only", False: "--all-clients"}
"""The words of the command line for what members see."""


def names(session: "Session") -> tuple[Named, ...]:
    """Every team by its name; for anybody who is signed in.

    Raises:
        SessionEnded: the session is over.
    """
    return named.listed(session, TeamRow)


def listed(session: "Session") -> tuple[Team, ...]:
    """Every team by name, with how many people are in it; for any admin.

    Raises:
        NotAllowed: the actor is no admin.
    """
    with session.store.read():
        access.require(session, "teams.view")
        return _teams(session.store)


def show(session: "Session", which: int | str) -> Team:
    """One team, by name or id; for any admin.

    Raises:
        NoSuch: there is none.
        NotAllowed: the actor is no admin.
    """
    store = session.store
    with store.read():
        access.require(session, "teams.view")
        found = named.find(store, TeamRow, "team", which)
        return _teams(store, found)[0]


def create(session: "Session", name: str, *, own_clients_only: bool = False) -> Team:
    """Make a team; raises as `named.create` does."""
    extra = {"own_clients_only": own_clients_only} if own_clients_only else {}
    words = [OWN[own_clients_only]] if own_clients_only else []
    made = named.create(session, TeamRow, "team", name, extra=extra, words=words)
    return Team(made.id, made.name, own_clients_only, members=0)


def edit(
    session: "Session",
    which: int | str,
    *,
    name: str | None = None,
    own_clients_only: bool | None = None,
) -> Team:
    """Call a team something else, or change what its members see; what stays is no change.

    Raises:
        NotAllowed: the actor may not, or was denied `users.rights` and changes what members see.
        NoSuch: there is none.
        Invalid: the name is empty, too long, or taken.
        PasswordNeeded: members come to see more or less, and the actor's password was not given
            just now.
    """
    store = session.store
    with store.write(session) as unit:
        access.require(session, "teams.edit")
        old = show(session, which)
        values: dict[str, object] = {}
        words: list[str] = []
        if name is not None and " ".join(name.split()) != old.name:
            values["name"] = name = " ".join(name.split())
            named.check(TeamRow, name, old.id)
            words += ["--name", name]
        if own_clients_only is not None and own_clients_only != old.own_clients_only:
            access.require(session, "users.rights")
            access.require_proof(session)
            values["own_clients_only"] = own_clients_only
            words.append(OWN[own_clients_only])
        if values:
            keyed = {**values, **({"name_key": fold(str(name))} if "name" in values else {})}
            TeamRow.update(**keyed).where(TeamRow.id == old.id).execute()
            changes = {key: (getattr(old, key), value) for key, value in values.items()}
            command = named.command("team", "edit", old.name, *words)
            unit.record("edit_team", None, {"id": (old.id, old.id), **changes}, command)
        return show(session, old.id)


def delete(session: "Session", which: int | str, successor: int | str | None = None) -> Team:
    """Delete a team; whoever is in it comes into the successor, all in one transaction.

    Raises:
        NotAllowed: the actor may not, or may not move one of the members.
        NoSuch: there is none, or no such successor.
        Refused: it has members and no successor.
        PasswordNeeded: it has members, and the actor's password was not given just now.
    """
    store = session.store
    with store.write(session) as unit:
        access.require(session, "teams.delete")
        team = show(session, which)
        other = show(session, successor) if successor is not None else None
        moved = groups.empty(unit, groups.TEAMS, team, other)
        TeamRow.delete().where(TeamRow.id == team.id).execute()
        named.record_deleted(unit, "team", team, other if moved else None, moved)
        return team


def add_members(
    session: "Session",
    which: int | str,
    whom: many.Whom,
    **how: Unpack[many.How],
) -> Outcomes:
    """Put people into a team, each by themselves; raises as `groups.put` and `show` do."""
    team = show(session, which)
    return groups.put(session, groups.TEAMS, team, whom, inside=True, **how)


def remove_members(
    session: "Session",
    which: int | str,
    whom: many.Whom,
    **how: Unpack[many.How],
) -> Outcomes:
    """Take people out of a team, each by themselves; raises as `groups.put` and `show` do."""
    team = show(session, which)
    return groups.put(session, groups.TEAMS, team, whom, inside=False, **how)


def _teams(store: "Store", one: Named | None = None) -> tuple[Team, ...]:
    rows = store.sql(
        "SELECT t.id, t.name, t.own_clients_only,"
        " (SELECT count(*) FROM usher_membership m WHERE m.team_id = t.id)"
        f" FROM usher_team t {'WHERE t.id = ?' if one else ''} ORDER BY t.name_key",
        *([one.id] if one else []),
    )
    return tuple(Team(number, name, bool(own), members) for number, name, own, members in rows)
