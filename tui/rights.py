"""What people may do, in words: for the screens and for the command line; free of textual."""

from collections.abc import Sequence

from store.values import Difference, Explanation, LeftOut, Right, Source, User
from store.wording import _
from tui.signs import SIGNS

_SOURCES = {
    Source.OWNER: _("the owner holds everything"),
    Source.ADMIN: _("an admin holds what is not denied"),
    Source.DENIED: _("denied by the owner"),
    Source.ADMIN_ONLY: _("the module is for admins only"),
    Source.ROLE: _("the role permits it"),
    Source.NONE: _("the role does not permit it"),
}


def because(right: Right) -> str:
    """What decided about a permission."""
    if right.source is Source.OVERRIDE:
        return _("allowed to this person") if right.allowed else _("denied to this person")
    return _SOURCES[right.source]


def sign_and_word(right: Right) -> str:
    """Whether somebody holds it."""
    return f"{SIGNS.done} {_('yes')}" if right.allowed else f"{SIGNS.nothing} {_('no')}"


def in_short(right: Right) -> str:
    """The same, and what decided it, in a few words."""
    words = {
        Source.OWNER: _("owner"),
        Source.ADMIN: _("admin"),
        Source.DENIED: _("denied by the owner"),
        Source.ADMIN_ONLY: _("admins only"),
        Source.OVERRIDE: _("allowed") if right.allowed else _("denied"),
    }
    return f"{sign_and_word(right)}, {words.get(right.source, _('by role'))}"


def sign_and_source(right: Right) -> str:
    """Whether somebody holds it, and what decided that."""
    return f"{sign_and_word(right)}, {because(right)}"


def standing(user: User) -> str:
    """Whose rights these are, with all by which they have them."""
    return f"{user.full_name} ({user.id}): {belongings(user)}"


def belongings(user: User) -> str:
    """Standing or role, teams and sub-accounts."""
    word = _("owner") if user.owner else _("admin") if user.admin else ""
    parts = [word] if word else []
    if user.role or not word:
        parts.append(f"{_('role')} {user.role or SIGNS.nothing}")
    parts.append(f"{_('teams')} {', '.join(user.teams) or SIGNS.nothing}")
    parts.append(f"{_('sub-accounts')} {', '.join(user.sub_accounts) or SIGNS.nothing}")
    return "   ".join(parts)


def verdict(found: Explanation) -> str:
    """Whether somebody holds a permission, in a sentence."""
    words = _("{name} holds {permission}.") if found.allowed else _("{name} lacks {permission}.")
    sign = SIGNS.done if found.allowed else SIGNS.nothing
    return f"{sign} {words.format(name=found.user.full_name, permission=found.permission)}"


def told(gained: Sequence[str], lost: Sequence[str], idle: Sequence[str]) -> list[str]:
    """What a change of somebody's rights comes to, a sentence each."""
    sentences = [
        (_("Gained: {permissions}."), gained),
        (_("Lost: {permissions}."), lost),
        (_("No effect, for admins only: {permissions}."), idle),
    ]
    said = [sentence.format(permissions=", ".join(some)) for sentence, some in sentences if some]
    return said or [_("Nothing of what they may do changes.")]


def refused(beyond: Sequence[str], needed: Sequence[str]) -> list[str]:
    """Why a change of somebody's rights cannot be saved, a sentence each."""
    sentences = [
        (_("Refused, for you lack it yourself: {permissions}."), beyond),
        (_("Refused, for the simulator asks for it: {permissions}."), needed),
    ]
    return [sentence.format(permissions=", ".join(some)) for sentence, some in sentences if some]


def left_out(one: LeftOut) -> str:
    """What was not copied, and why."""
    if one.what == "role":
        sentence = _("Left out: the role {role}, for you lack {permissions}.")
        return sentence.format(role=one.name, permissions=", ".join(one.lacking))
    if one.what == "denial":
        sentence = _(
            "Left out: {permission}. The owner denied it, and only the owner can allow it."
        )
        return sentence.format(permission=one.name)
    if one.lacking:
        return _("Left out: {permission}, which you lack.").format(permission=one.name)
    sentence = _("Left out: {permission}, for an admin holds it unless it is denied.")
    return sentence.format(permission=one.name)


def the_same(found: Difference) -> str:
    """That there is no difference."""
    return _("{one} and {other} hold the same.").format(
        one=found.one.full_name, other=found.other.full_name
    )
