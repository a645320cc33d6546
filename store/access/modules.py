"""Modules: the parts of the platform, each with its actions. They are data, not code (S1)."""

from typing import TYPE_CHECKING

from store import access
from store.values import Module

if TYPE_CHECKING:
    from store.session import Session


def listed(session: "Session") -> tuple[Module, ...]:
    """Every module with its actions, in the order in which people meet them; for any admin.

    Raises:
        NotAllowed: the actor is no admin.
    """
    store = session.store
    with store.read():
        access.require(session, "modules.view")
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
