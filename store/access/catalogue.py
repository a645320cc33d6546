"""What an account begins with: modules and their actions, and what the ready-made roles permit.

Afterwards both are data: modules are added by the platform, roles are edited by people.
"""

from collections.abc import Mapping

_USUAL = ("view", "create", "edit", "delete")

MODULES: Mapping[str, tuple[str, ...]] = {
    "clients": _USUAL,
    "opportunities": _USUAL,
    "tasks": _USUAL,
    "offers": _USUAL,
    "chats": _USUAL,
    "reports": _USUAL,
    "simulator": ("use",),
    "pricing": _USUAL,
    "payment": _USUAL,
    "users": (
        "view", "create", "edit", "rights", "confirm", "block", "unblock", "unlock", "deactivate",
        "restore", "remove", "release", "rename", "password", "keys", "sessions", "export",
        "invite", "mail", "transfer",
    ),
}  # fmt: skip
"""Each module with its actions, in the order in which people meet them."""
ADMIN_ONLY = frozenset({"pricing", "payment", "users"})
"""Closed to standard users whatever is ticked (S3)."""

NEEDED_BY_SIMULATOR = ("simulator.use", "offers.view", "offers.create", "offers.edit")
"""What the role of a simulator-only user must hold (S0)."""

_WORKING = ("clients", "opportunities", "tasks", "offers", "chats")


def _of(modules: tuple[str, ...], *actions: str) -> tuple[str, ...]:
    return tuple(f"{module}.{action}" for module in modules for action in actions)


READY_MADE: Mapping[str, tuple[str, ...]] = {
    "Manager": (*_of((*_WORKING, "reports"), *_USUAL), "simulator.use"),
    "Salesperson": (
        *_of(_WORKING, "view", "create", "edit"),
        "tasks.delete",
        "reports.view",
        "simulator.use",
    ),
    "Support": (
        *_of(("clients", "tasks", "chats"), "view", "create", "edit"),
        *_of(("opportunities", "offers"), "view"),
    ),
    "Simulator": (*_of(("offers",), "view", "create", "edit"), "simulator.use"),
    "Read only": _of((*_WORKING, "reports"), "view"),
}
"""The roles that `init` makes (S1, DESIGN 5), with what each permits from the start."""
