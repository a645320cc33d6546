"""What is said before a change is put back, and afterwards; free of textual."""

from collections.abc import Iterator

from store.undo.acting import Undone
from store.wording import _
from tui.changed import value_of
from tui.consequences import with_command
from tui.remedies import on_screen
from tui.signs import SIGNS

_ACCESS = _("changing what {who} may do")
_ROLE = _("making the role {who}")
_WHAT = {
    "edit": _("editing {who}"),
    "allow": _ACCESS,
    "deny": _ACCESS,
    "inherit": _ACCESS,
    "copy_access": _("copying access to {who}"),
    "block": _("blocking {who}"),
    "unblock": _("unblocking {who}"),
    "deactivate": _("deactivating {who}"),
    "restore": _("restoring {who}"),
    "create": _("creating {who}"),
    "invite": _("inviting {who}"),
    "assign": _("giving away what {who} owned"),
    "edit_employee": _("editing the card of {who}"),
    "create_employee": _("making the card of {who}"),
    "change_mail_settings": _("changing the mail settings of {who}"),
    "edit_role": _("editing the role {who}"),
    "create_role": _ROLE,
    "copy_role": _ROLE,
    "edit_team": _("editing the team {who}"),
    "create_team": _("making the team {who}"),
    "edit_sub_account": _("editing the sub-account {who}"),
    "create_sub_account": _("making the sub-account {who}"),
    "change_setting": _("changing the setting {who}"),
    "save_mapping": _("saving the mapping {who}"),
    "remove_mapping": _("forgetting the mapping {who}"),
}


def what(undone: Undone) -> str:
    """What was done: `blocking Maria Silva (17)`."""
    who = f"{undone.name} ({undone.target})" if undone.target else undone.name
    pattern = _WHAT.get(undone.verb, undone.verb.replace("_", " ") + " {who}")
    return pattern.format(who=who)


def told(undone: Undone, screen: str) -> str:
    """What was put back and what follows, with the keys of the named screen that come next."""
    sentence = _("Undone: {what}.").format(what=what(undone))
    following = [on_screen(one, screen) for one in consequences(undone)]
    return " ".join(filter(None, (sentence, beside(undone), *following)))


def fields(undone: Undone) -> Iterator[str]:
    """Each field, with what stands there and what it becomes again."""
    for name, (now, then) in undone.fields.items():
        yield f"{name.replace('_', ' ')}: {value_of(now)} {SIGNS.more} {value_of(then)}"


def consequences(undone: Undone) -> tuple[str, ...]:
    """What ends and which emails are queued, a sentence each, with the command that comes next."""
    return tuple(with_command(one, undone.target or 0) for one in undone.consequences)


def beside(undone: Undone) -> str:
    """What does not come back, and who stays as they are; nothing where that is all."""
    parts = list(undone.stays)
    if undone.several:
        parts.append(_("the others to whom it was done at once stay as they are"))
    words = ", ".join(parts)
    return f"{words[:1].upper()}{words[1:]}." if words else ""
