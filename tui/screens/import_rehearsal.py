"""What an import would do, found out without writing anything."""

from functools import partial
from pathlib import Path

from store.exchange import importing
from store.exchange.importing import ImportSummary
from store.exchange.options import Options
from store.wording import _, ngettext
from tui.commands.imports import IMPORT_REHEARSAL
from tui.moments import grouped
from tui.screens.import_run import ImportRun
from tui.screens.import_stage import ImportStage, Outcome
from tui.screens.room import bindings_of
from tui.signs import SIGNS
from tui.visit import Visit


class ImportRehearsal(ImportStage):
    """Gives back what became of the import that it leads to; None when one went back."""

    ROOM = IMPORT_REHEARSAL
    BINDINGS = bindings_of(IMPORT_REHEARSAL)

    def __init__(self, visit: Visit, path: Path, options: Options) -> None:
        super().__init__(f"{_('Import')} {SIGNS.dot} {_('Rehearsal')}", visit, path, options)

    def begin(self) -> None:
        call = partial(self.work_through, importing.plan)
        self.ask(call, self._planned, group="work", refused=self.failed)

    def progress(self) -> str:
        sentence = _("Rehearsing: {rows} rows looked at, {percent} %. Nothing is written.")
        return sentence.format(rows=grouped(self.work.rows), percent=self.work.percent)

    def outcome(self, summary: ImportSummary) -> str:
        sentence = ngettext(
            "{n} row was looked at. Nothing has been written yet.",
            "{n} rows were looked at. Nothing has been written yet.",
            summary.rows,
        )
        return sentence.format(n=grouped(summary.rows))

    def labels(self) -> tuple[str, str, str, str]:
        return (
            _("new: created as pending, without a letter"),
            _("here with other data: changed"),
            _("already here as the file has them: unchanged"),
            _("fail: left out, and kept in a file of their own"),
        )

    def do_run_import(self) -> None:
        """Import what was rehearsed."""
        summary = self.summary
        if summary is None:
            if self.working:
                self.say(_("One moment: the rehearsal is not over yet."))
        elif not summary.rows:
            self.say(_("There is nothing to import: no row follows the headings."))
        elif summary.rows == summary.unchanged:
            self.say(_("There is nothing to import: everybody is already here just so."))
        else:
            run = ImportRun(self.visit, self.path, self.options, summary.rows)
            self.app.push_screen(run, self._ran)

    def do_back(self) -> None:
        self.dismiss(None)

    def _planned(self, outcome: Outcome) -> None:
        if not self.work.stopping:
            self.over(outcome)

    def _ran(self, summary: ImportSummary | None) -> None:
        self.dismiss(summary)
