"""What a change of a role means for those who have it, in words."""

from collections.abc import Collection, Iterable, Sequence

from store.values import Module
from store.wording import _


def in_short(permissions: Collection[str], modules: Iterable[Module]) -> list[str]:
    """Permissions as people read them: `clients.*` where it is all of a module."""
    found = []
    for module in modules:
        inside = [one for one in module.permissions if one in permissions]
        whole = len(inside) == len(module.actions) > 1
        found += [f"{module.name}.*"] if whole else inside
    return found


def gain_and_lose(
    before: Collection[str], after: Collection[str], modules: Sequence[Module]
) -> str:
    """What people gain and lose whose role permits `after` instead of `before`."""
    gained = [one for one in after if one not in before]
    lost = [one for one in before if one not in after]
    idle = [one for one in modules if one.admin_only]
    open_ = [one for one in modules if not one.admin_only]
    told = (
        (_("They gain: {these}."), in_short(gained, open_)),
        (_("They lose: {these}."), in_short(lost, open_)),
        (_("For admins only, so it changes nothing: {these}."), in_short([*gained, *lost], idle)),
    )
    return " ".join(sentence.format(these=", ".join(these)) for sentence, these in told if these)
