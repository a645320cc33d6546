"""The value of a field, as people read it in the history and before something is put back."""

from store.wording import _
from tui.signs import SIGNS


def value(stands: object) -> str:
    """What stands in a field; a sign where there is nothing."""
    if isinstance(stands, bool):
        return _("yes") if stands else _("no")
    if isinstance(stands, list | tuple):
        return ", ".join(map(str, stands)) or SIGNS.nothing
    return SIGNS.nothing if stands is None or stands == "" else str(stands)
