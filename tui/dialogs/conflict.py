"""A login or an e-mail belongs to somebody else: who it is, and what can be done now."""

from collections.abc import Collection
from enum import Enum

from store.values import Holder
from store.wording import _
from tui.dialogs.question import Answer, Question


class WayOut(Enum):
    """What is done about a conflict."""

    MEND = "mend"
    OPEN = "open"
    RESTORE = "restore"
    RELEASE = "release"


LABELS = {
    WayOut.OPEN: (_("Open"), "o"),
    WayOut.RESTORE: (_("Restore"), "r"),
    WayOut.RELEASE: (_("Release"), "l"),
}


class Conflict(Question[WayOut]):
    """Ask how to resolve a conflict. esc returns to the field; `ways` are the other options.

    `renamed` has the old and the new login if a release changes it.
    """

    def __init__(
        self,
        holder: Holder,
        what: str,
        value: str,
        ways: Collection[WayOut] = (WayOut.OPEN,),
        *,
        renamed: tuple[str, str] | None = None,
    ) -> None:
        status = _(holder.status.value)
        sentences = [
            _("“{value}” belongs to {name}, user {id}, {status}.").format(
                value=_short(value), name=_short(holder.name), id=holder.id, status=status
            ),
            _("Opening or restoring that user drops what was typed here.")
            if WayOut.RESTORE in ways
            else _("Opening that page drops what was typed here."),
        ]
        if WayOut.RELEASE in ways:
            sentences.append(_("Releasing empties their address, and yours can be saved."))
        if renamed:
            old, new = map(_short, renamed)
            sentence = _("Releasing it also changes that user's login from {old} to {new}.")
            sentences.append(sentence.format(old=old, new=new))
        super().__init__(
            _("{what} is taken").format(what=what),
            " ".join(sentences),
            (
                Answer(_("Mend"), WayOut.MEND),
                *(Answer(label, way, key) for way, (label, key) in LABELS.items() if way in ways),
            ),
        )


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
