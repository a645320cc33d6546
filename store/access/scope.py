"""Which rows of a module somebody sees: what a platform asks before it shows a list (S1, S3)."""

from typing import TYPE_CHECKING

from store.access import holding
from store.errors import NoSuch
from store.values import Named, Scope, Sees, Status

if TYPE_CHECKING:
    from store.database import Store


def scope(store: "Store", user: int, module: str) -> Scope:
    """Which rows of a module the person of this id sees.

    Nothing without the permission `MODULE.view`, or without being active. The owner and the admins
    see everything, unless that is denied them. Of anybody else, one team that shows its own clients
    alone is enough to limit them to those of all their teams (S1).

    Raises:
        NoSuch: there is no such module.
    """
    with store.read():
        if not store.sql("SELECT 1 FROM usher_module WHERE name = ?", module):
            raise NoSuch("module", module)
        rows = store.sql(
            "SELECT u.status, u.admin, u.all_sub_accounts, m.admin_only FROM usher_user u"
            " LEFT JOIN usher_permission p ON p.name = ?"
            " LEFT JOIN usher_module m ON m.name = p.module_id WHERE u.id = ?",
            f"{module}.view",
            user,
        )
        if not rows:
            return Scope(user, module, Sees.NOTHING)
        ((status, admin, every, admin_only),) = rows
        facts = holding.facts_of(store, user)
        # Of a module that nobody can view there is nothing to see, for an admin either.
        there = admin_only is not None
        held = holding.decide(facts, f"{module}.view", admin_only=bool(admin_only))
        if status != Status.ACTIVE or not there or not held.allowed:
            return Scope(user, module, Sees.NOTHING)
        if admin:
            return Scope(user, module, Sees.EVERYTHING, all_sub_accounts=True)
        teams = store.sql(
            "SELECT t.id, t.name, t.own_clients_only FROM usher_membership m"
            " JOIN usher_team t ON t.id = m.team_id WHERE m.user_id = ? ORDER BY t.name_key",
            user,
        )
        granted = store.sql(
            "SELECT s.id, s.name FROM usher_sub_access a"
            " JOIN usher_sub_account s ON s.id = a.sub_account_id"
            " WHERE a.user_id = ? ORDER BY s.name_key",
            user,
        )
    return Scope(
        user,
        module,
        Sees.LIMITED,
        own_teams_only=any(own for _id, _name, own in teams),
        teams=tuple(Named(number, name) for number, name, _own in teams),
        all_sub_accounts=bool(every),
        sub_accounts=tuple(Named(*row) for row in granted),
    )
