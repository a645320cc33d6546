"""Times as people read them: how long ago in lists, in the account's zone elsewhere."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from store import wording
from store.wording import _
from tui.signs import SIGNS

grouped = wording.grouped
_STEPS = (
    (timedelta(days=365), _("{n} y")),
    (timedelta(days=1), _("{n} d")),
    (timedelta(hours=1), _("{n} h")),
    (timedelta(minutes=1), _("{n} min")),
)


def ago(moment: datetime | None, now: datetime) -> str:
    """How long ago, in one unit: `2 h`, `12 d`."""
    if moment is None:
        return SIGNS.nothing
    passed = now - moment
    for step, words in _STEPS:
        if passed >= step:
            return words.format(n=passed // step)
    return _("now")


def in_time(moment: datetime, now: datetime) -> str:
    """How long until then, in one unit: `in 12 d`."""
    return (
        _("in {left}").format(left=ago(now, moment)) if moment - now >= _STEPS[-1][0] else _("now")
    )


def when(moment: datetime | None, zone: ZoneInfo) -> str:
    """The date and time in the account's zone; the screen names the zone once."""
    if moment is None:
        return _("never")
    local = moment.astimezone(zone)
    return f"{local.day} {local:%b %Y %H:%M}"
