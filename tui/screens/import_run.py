"""The import itself: batch by batch, to be stopped between two of them."""

from functools import partial
from pathlib import Path

from store.exchange import importing
from store.exchange.importing import ImportSummary
from store.exchange.options import Options
from store.wording import _, ngettext
from tui.commands.imports import IMPORT_RUN
from tui.dialogs.confirm import Confirm
from tui.moments import grouped
from tui.screens.import_stage import ImportStage
from tui.screens.room import bindings_of
from tui.visit import Visit


class ImportRun(ImportStage):
    """Gives back what became of the rows, or None where the import could not go on."""

    ROOM = IMPORT_RUN
    BINDINGS = bindings_of(IMPORT_RUN)

    def __init__(self, visit: Visit, path: Path, options: Options, rows: int) -> None:
        """`rows` is how many there are, by the rehearsal."""
        super().__init__(_("Import"), visit, path, options)
        self.rows = rows

    def begin(self) -> None:
        call = partial(self.work_through, importing.import_people)
        self.write(
            call, self.over, refused=self.failed, busy=_("The line may drop: what is in stays in.")
        )

    def progress(self) -> str:
        if self.work.stopping:
            return _("Stopping after these rows…")
        sentence = _("Importing: {rows} of {total} rows are in, {percent} %.")
        rows, total = grouped(self.work.rows), grouped(self.rows)
        return sentence.format(rows=rows, total=total, percent=self.work.percent)

    def outcome(self, summary: ImportSummary) -> str:
        rows = grouped(summary.rows)
        if self.work.stopping and summary.rows < self.rows:
            said = _(
                "Stopped after {rows} of {total} rows. What was written stays. Import the file"
                " again, and only the rest is added."
            ).format(rows=rows, total=grouped(self.rows))
        else:
            said = ngettext("{n} row is done.", "{n} rows are done.", summary.rows).format(n=rows)
        if not summary.failed_file:
            return said
        kept = _(
            "The rows that failed are in {path}, each with its error in the last column. Mend them"
            " there and import that file: only they are new then."
        )
        return f"{said} {kept.format(path=summary.failed_file)}"

    def labels(self) -> tuple[str, str, str, str]:
        return (
            _("new: pending, and no letter was sent"),
            _("changed"),
            _("already here as the file has them: unchanged"),
            _("failed"),
        )

    def do_finish_import(self) -> None:
        if self.working:
            self.say(_("One moment: the import is not over yet."))
        else:
            self.dismiss(self.summary)

    def do_back(self) -> None:
        """Out when it is over; before that, ask whether it is to stop."""
        if self.just_over:
            self.say(_("It was over by then: this is what became of it."))
        elif not self.working:
            self.dismiss(self.summary)
        elif not self.work.stopping:
            question = Confirm(
                _("Stop the import?"),
                _(
                    "It goes on while you read this. What has been written stays; import the file"
                    " again later, and only the rest is added."
                ),
                _("Stop it"),
            )
            self.app.push_screen(question, self._answered)

    def _answered(self, stop: bool | None) -> None:
        if stop and self.working:
            self.work.stop()
            self.look()
