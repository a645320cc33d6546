"""What happened to one person: who did it, when, from where, why, and the command for it."""

from collections.abc import Iterable
from functools import partial

from textual import getters
from textual.content import Content
from textual.widget import Widget

from store import audit
from store.values import AuditEntry
from store.wording import _
from tui.changed import changed_in, subject_of, value_of
from tui.commands import Situation
from tui.commands.general import HISTORY
from tui.moments import when
from tui.safe import fit, safe
from tui.screens.room import bindings_of
from tui.screens.undoing import Undoing
from tui.signs import SIGNS
from tui.visit import Visit
from tui.widgets.reading import Reading

NEWEST = 200
"""How many entries are read at once."""


class History(Undoing[None]):
    """The entries of one person, newest first, each with its old and new values."""

    ROOM = HISTORY
    BINDINGS = bindings_of(HISTORY)

    reading = getters.query_one(Reading)

    def __init__(self, visit: Visit, target: int, name: str) -> None:
        super().__init__(f"{name} {SIGNS.dot} {_('History')}", visit.who)
        self.visit, self.target = visit, target

    def body(self) -> Iterable[Widget]:
        yield Reading()

    def on_mount(self) -> None:
        self.reading.focus()
        self.heading.show(figure=str(self.visit.zone))
        self.renew()

    def renew(self) -> None:
        self.ask(
            partial(audit.history, self.visit.session, self.target, NEWEST),
            self._show,
            group="history",
            busy=_("Reading the history…"),
        )

    def situation(self) -> Situation:
        return Situation(self.visit.actor)

    def command_lines(self) -> tuple[str, ...]:
        return (f"usher audit list --target {self.target}",)

    def _show(self, entries: list[AuditEntry]) -> None:
        lines: list[Content | str] = []
        for entry in entries:
            lines += [*full(entry, self.visit), ""]
        self.reading.show(lines or [_("Nothing has happened yet.")])


def summary(entry: AuditEntry, visit: Visit, columns: int) -> Content:
    """One line: when, who, what, and of what."""
    text = f"{when(entry.at, visit.zone):>18}  {fit(entry.actor, 14)}  {_words(entry.verb)}"
    return Content(fit(f"{text}  {_what(entry)}", columns).rstrip())


def _what(entry: AuditEntry) -> str:
    """Which fields were edited, or what somebody was denied; the other verbs say it themselves."""
    if entry.verb == "denied":
        _nothing, permission = entry.changes.get("permission", ("", ""))
        return str(permission)
    if entry.verb == "edit":
        return ", ".join(map(_words, changed_in(entry.changes)))
    return subject_of(entry.changes)


def full(entry: AuditEntry, visit: Visit) -> list[Content | str]:
    """The whole entry, a line for each field that changed."""
    head = f"{when(entry.at, visit.zone)}  {safe(entry.actor)}  {_words(entry.verb)}"
    if subject := subject_of(entry.changes):
        head = f"{head} {safe(subject)}"
    lines: list[Content | str] = [Content.styled(head, "bold")]
    if entry.origin:
        lines.append(f"  {_('from')} {safe(entry.origin)}")
    if entry.reason:
        lines.append(f"  {_('because')} {safe(entry.reason)}")
    for name, (old, new) in changed_in(entry.changes).items():
        before = f"{safe(value_of(old))} > " if old not in (None, "", [], False) else ""
        lines.append(f"  {fit(_words(name), 16)} {before}{safe(value_of(new))}")
    if entry.command:
        lines.append(f"  $ {safe(entry.command)}")
    return lines


def _words(name: str) -> str:
    return name.replace("_", " ")
