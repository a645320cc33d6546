"""Who enters the simulator alone must be able to work there (S0, DESIGN 3.5)."""

import shlex
from collections.abc import Collection
from typing import TYPE_CHECKING

from store.access.catalogue import NEEDED_BY_SIMULATOR
from store.access.ceiling import Grants
from store.access.holding import overrides_of
from store.errors import Problem
from store.listing.folding import fold
from store.values import Draft
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store

DECIDING = frozenset({"role", "admin", "simulator_only"})
"""The fields of which it depends."""


def missing(permissions: Collection[str]) -> tuple[str, ...]:
    """What somebody lacks for the simulator who holds these, in the order of the list; pure."""
    return tuple(one for one in NEEDED_BY_SIMULATOR if one not in permissions)


def problem_of(
    store: "Store", draft: Draft, changed: Collection[str], number: int | None = None
) -> Problem | None:
    """What keeps somebody from the simulator who is to enter nothing else.

    Their role holds all that is needed and nothing of it is denied them; of an admin, who has no
    role, the latter. `changed` are the fields that come to be, `number` the id of one who is there.
    """
    if not draft.simulator_only or DECIDING.isdisjoint(changed):
        return None
    overrides = overrides_of(store, number) if number else {}
    denied = [one for one in NEEDED_BY_SIMULATOR if overrides.get(one) is False]
    if denied:
        sentence = _(
            "Simulator access only requires permissions that are denied to user {id}: "
            "{permissions}. Lift the denial: {command}"
        )
        command = shlex.join(["usher", "access", "inherit", str(number), *denied])
        sentence = sentence.format(id=number, permissions=", ".join(denied), command=command)
        return Problem("simulator_only", "role_lacks", sentence)
    if draft.admin:
        return None
    grants = Grants.of(store)
    if draft.role and fold(draft.role) not in grants.roles:
        # That there is no such role is another problem.
        return None
    lacking = missing(grants.permitted_by(draft.role))
    return _of_role(draft.role, lacking, changed) if lacking else None


def _of_role(role: str, lacking: tuple[str, ...], changed: Collection[str]) -> Problem:
    field = "role" if "role" in changed else "simulator_only"
    if not role:
        sentence = _("Simulator access only requires a role with: {permissions}. Choose one.")
        return Problem(field, "role_lacks", sentence.format(permissions=", ".join(lacking)))
    words = [word for permission in lacking for word in ("--permit", permission)]
    sentence = _(
        "Simulator access only requires permissions that the role “{role}” lacks: "
        "{permissions}. Add them: {command}"
    ).format(
        role=role,
        permissions=", ".join(lacking),
        command=shlex.join(["usher", "roles", "edit", role, *words]),
    )
    return Problem(field, "role_lacks", sentence)
