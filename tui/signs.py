"""The signs of the screens and their ASCII forms; every sign stands beside its word."""

import os
import sys
from dataclasses import dataclass

from store.values import Status
from tui.letters import encoding_of


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


def signs_of(encoding: str, term: str) -> Signs:
    """The set that a terminal of this encoding and name can show.

    The font of the Linux console has some hundred glyphs, and these are not among them: all would
    look alike.
    """
    return UNICODE if encoding == "utf-8" and not term.startswith("linux") else ASCII


SIGNS = signs_of(
    encoding_of(os.environ, utf8_mode=bool(sys.flags.utf8_mode)), os.environ.get("TERM", "")
)
