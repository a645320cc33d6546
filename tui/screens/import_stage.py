"""What rehearsing an import and importing have in common: progress, then counts and failures."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from textual import getters
from textual.timer import Timer
from textual.widget import Widget

from store.errors import UsherError
from store.exchange.importing import ImportSummary
from store.exchange.options import Options, command_of
from store.wording import _
from tui.commands import Situation
from tui.moments import grouped
from tui.screens.import_lines import ImportLines
from tui.screens.import_reasons import Reason, by_reason, told_of_reason
from tui.screens.room import Room
from tui.signs import SIGNS
from tui.visit import Visit
from tui.widgets.ledger import Ledger
from tui.widgets.told import Told
from tui.widgets.words import Words
from tui.work import Work

LOOK_SECONDS = 1.0
"""How often progress is shown: each time costs a line's worth of bytes (LINE)."""

Outcome = tuple[ImportSummary, list[Reason]]
"""What became of the rows, and why some of them failed."""


TOO_LATE = timedelta(seconds=1)
"""For so long after the end a key that would stop it does not leave the screen."""


class ImportStage(Room[ImportSummary]):
    """Works in a thread, tells how far it is, and then shows what became of the rows."""

    STOPS = True

    words = getters.query_one(Words)
    counts = getters.query_one("#counts", Told)
    ledger = getters.query_one(Ledger)

    def __init__(self, title: str, visit: Visit, path: Path, options: Options) -> None:
        super().__init__(f"{visit.account} {SIGNS.dot} {title}", visit.who)
        self.visit, self.session = visit, visit.session
        self.path, self.options = path, options
        self.work = Work()
        self.summary: ImportSummary | None = None
        self._timer: Timer | None = None
        self._said = ""
        self._ended: datetime | None = None

    def body(self) -> Iterable[Widget]:
        yield Words("")
        yield Told(id="counts", markup=False)
        yield Ledger(told_of_reason, word=18, who=12)

    def on_mount(self) -> None:
        self.heading.show(figure=self.path.name)
        self._timer = self.set_interval(LOOK_SECONDS, self.look)
        self.look()
        self.begin()

    def abandon(self) -> None:
        self.work.stop()

    def waits_to_be_seen(self, key: str) -> bool:
        """Return whether F2 must wait until the user saw the result."""
        return key == "f2" and self.summary is not None

    @property
    def working(self) -> bool:
        """Whether it still goes on."""
        return self._timer is not None

    @property
    def just_over(self) -> bool:
        """Whether a key that was meant to stop it may have come too late."""
        ended = self._ended
        return ended is not None and self.session.store.clock() - ended < TOO_LATE

    def begin(self) -> None:
        """Put the work to the store, with `over` and `failed` for what comes of it."""
        raise NotImplementedError

    def work_through(self, verb: Callable[..., ImportSummary]) -> Outcome:
        """Do what was ordered, in a thread, and sort what failed by its reason there as well."""
        summary = verb(
            self.session,
            self.path,
            self.options,
            progress=self.work.tell,
            cancelled=lambda: self.work.stopping,
        )
        return summary, by_reason(summary.failed, self.options)

    def progress(self) -> str:
        """How far it is, in words."""
        raise NotImplementedError

    def outcome(self, summary: ImportSummary) -> str:
        """What came of it, in words."""
        raise NotImplementedError

    def labels(self) -> tuple[str, str, str, str]:
        """What the new, the changed, the unchanged and the failed are called here."""
        raise NotImplementedError

    def keys(self) -> tuple[tuple[str, str], ...]:
        shown = super().keys()
        if self.working or not self.is_mounted:
            return (*(pair for pair in shown if pair[0] == "?"), ("esc", _("stop")))
        return shown

    def situation(self) -> Situation:
        return Situation(self.visit.actor)

    def command_lines(self) -> tuple[str, ...]:
        return (command_of(self.path, self.options),)

    def look(self) -> None:
        """Say how far it is, where that has changed."""
        said = self.progress()
        if said != self._said:
            self._said = said
            self.words.say(said)

    def over(self, outcome: Outcome) -> None:
        """Show what came of it."""
        summary, reasons = outcome
        self.summary = summary
        self._end()
        self.show_first()
        self.words.say(self.outcome(summary))
        self.counts.update("\n".join(self._counted(summary)))
        self.add_class("-over")
        if reasons:
            self.add_class("-failures")
            self.ledger.show(reasons)
            self.ledger.focus()

    def failed(self, error: UsherError) -> None:
        """Say why it could not go on."""
        self._end()
        self.words.say(self.text_of(error))

    def do_show_lines(self) -> None:
        """The rows of the reason under the cursor."""
        reason = self.ledger.current
        if reason:
            self.app.push_screen(ImportLines(self.visit, reason))
        elif self.summary:
            self.say(_("No row fails."))

    def _end(self) -> None:
        self._ended = self.session.store.clock()
        if self._timer:
            self._timer.stop()
            self._timer = None
        self.key_line.keys = self.keys()
        self.key_line.refresh()

    def _counted(self, summary: ImportSummary) -> list[str]:
        new, changed, unchanged, failed = self.labels()
        counts = [
            (SIGNS.done, summary.created, new),
            (SIGNS.done, summary.updated, changed),
            (SIGNS.nothing, summary.unchanged, unchanged),
            (SIGNS.blocked, len(summary.failed), failed),
        ]
        if not self.options.update:
            del counts[1]
        if summary.readdressed:
            label = _("with a new email address: invitations go to the new one")
            counts.insert(2, (SIGNS.done, summary.readdressed, label))
        return [f"   {sign} {grouped(number):>9}  {label}" for sign, number, label in counts]
