"""A login or an e-mail belongs to somebody else: who it is, and what can be done now."""

from store.values import Holder
from store.wording import _
from tui.dialogs.question import Answer, Question


class Conflict(Question[bool]):
    """True to open the holder's page, False to mend the field."""

    def __init__(self, holder: Holder, what: str, value: str) -> None:
        status = _(holder.status.value)
        super().__init__(
            _("{what} is taken").format(what=what),
            _(
                "“{value}” belongs to {name}, user {id}, {status}. Opening that page drops what"
                " was typed here."
            ).format(value=_short(value), name=_short(holder.name), id=holder.id, status=status),
            (Answer(_("Mend the field"), False), Answer(_("Open that user"), True)),
        )


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
