"""The signs of the screens and their ASCII forms; every sign stands beside its word."""

import locale
from dataclasses import dataclass

from store.values import Status


@dataclass(frozen=True, slots=True)
class Signs:
    """One set of signs; which one is decided once, by what the terminal can show."""

    active: str = "●"
    pending: str = "○"
    blocked: str = "✕"
    inactive: str = "–"
    locked: str = "⚿"
    cursor: str = "▸"
    marked: str = "◆"
    error: str = "▲"
    done: str = "✓"
    rule: str = "─"
    dot: str = "·"
    ellipsis: str = "…"
    nothing: str = "–"
    ticked: str = "[✓]"
    unticked: str = "[ ]"
    more: str = "›"

    def of_status(self, status: Status) -> str:
        return {
            Status.ACTIVE: self.active,
            Status.PENDING: self.pending,
            Status.BLOCKED: self.blocked,
            Status.INACTIVE: self.inactive,
        }.get(status, self.nothing)


UNICODE = Signs()
ASCII = Signs(
    active="*", pending="o", blocked="x", inactive="-", locked="#", cursor=">", marked="+",
    error="!", done="v", rule="-", dot="-", ellipsis="~", nothing="-", ticked="[x]", more=">",
)  # fmt: skip


def signs_of(encoding: str) -> Signs:
    """The set that a terminal of this encoding can show."""
    return UNICODE if encoding.lower().replace("-", "") == "utf8" else ASCII


SIGNS = signs_of(locale.getpreferredencoding(False))
