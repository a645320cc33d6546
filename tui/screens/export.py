"""Writing the people of the list to a file: where to, which columns, and who asks for it."""

from collections.abc import Iterable
from functools import partial

from textual import getters
from textual.timer import Timer
from textual.widget import Widget

from store import listing, signin
from store.errors import Problem, SignInRefused, UsherError
from store.exchange.exporting import KNOWN, ExportSummary, command_of, export_people
from store.exchange.headings import COLUMNS
from store.values import Count, Filters
from store.wording import _, ngettext
from tui import paths
from tui.commands import Situation
from tui.commands.forms import EXPORT
from tui.moments import grouped
from tui.screens.file_room import FileRoom
from tui.screens.room import bindings_of
from tui.signs import SIGNS
from tui.visit import Visit
from tui.widgets.fields import FieldSpec, Kind
from tui.widgets.form import Form
from tui.widgets.words import Words
from tui.work import Work

TOLD_SECONDS = 1.0
"""How often the number of people is told: on a slow line each time costs (LINE)."""


class Export(FileRoom[ExportSummary]):
    """Gives back what was written; None when one went back.

    An export takes everybody's data out of the account, so the password is asked for anew
    (DESIGN 3.6).
    """

    ROOM = EXPORT
    STOPS = True
    BINDINGS = bindings_of(EXPORT)
    NAMED = {"save": _("write")}
    KEPT = _("Nothing has been written.")

    words = getters.query_one(Words)

    def __init__(self, visit: Visit, filters: Filters) -> None:
        super().__init__(f"{visit.account} {SIGNS.dot} {_('Export')}", visit.who)
        self.visit, self.session, self.filters = visit, visit.session, filters
        self.work = Work()
        self._count: Count | None = None
        self._telling: Timer | None = None

    def body(self) -> Iterable[Widget]:
        yield Words(self._whom())
        today = self.session.store.clock().astimezone(self.visit.zone)
        yield Form(
            (
                FieldSpec("path", _("file")),
                FieldSpec(
                    "columns",
                    _("columns"),
                    Kind.SEVERAL,
                    options=tuple((column, column) for column in KNOWN),
                    nothing=_("those that an import reads"),
                ),
                FieldSpec("password", _("your password"), Kind.SECRET, _("once more"), opens=True),
            ),
            {"path": f"people-{today:%Y-%m-%d}.csv", "columns": COLUMNS},
            ("save", _("Write the file")),
        )

    def on_mount(self) -> None:
        count = partial(listing.count, self.session, self.filters, cap=None)
        self.ask(count, self._counted, group="count")

    def abandon(self) -> None:
        self.work.stop()

    def situation(self) -> Situation:
        return Situation(self.visit.actor)

    def command_lines(self) -> tuple[str, ...]:
        """The command that does the same; no password stands in it."""
        values = self.form.values
        return (command_of(values["path"], self.filters, values["columns"] or COLUMNS),)

    def save(self) -> None:
        values = self.form.values
        missing = [
            Problem(name, "required", sentence)
            for name, sentence in (
                ("path", _("Give the file a name.")),
                ("password", _("Give your password.")),
            )
            if not values[name]
        ]
        if missing:
            self.show_problems(tuple(missing))
        else:
            self.write_file()

    def refuse(self, error: UsherError) -> None:
        if isinstance(error, SignInRefused):
            self.form.set_value("password", "")
            sentence = _("This is not your password.")
            self.show_problems((Problem("password", "password_wrong", sentence),))
        else:
            super().refuse(error)

    def do_form_as_command(self) -> None:
        self.do_as_command()

    def do_leave(self) -> None:
        """Back; what is being written is given up."""
        if self._writing:
            self.work.stop()
            self._tell()
        else:
            super().do_leave()

    def write_file(self, *, replace: bool = False) -> None:
        self.work = Work()
        self._telling = self.set_interval(TOLD_SECONDS, self._tell)
        self.write(
            partial(self._proved_and_written, self.work, self.form.values, replace),
            self._written,
            refused=self.not_written,
            busy=_("Writing… esc stops it."),
        )

    def _proved_and_written(
        self, work: Work, values: dict[str, str], replace: bool
    ) -> ExportSummary:
        signin.prove(self.session, values["password"])
        return export_people(
            self.session,
            paths.expanded(values["path"]),
            self.filters,
            values["columns"],
            replace=replace,
            progress=lambda rows: work.tell(rows, 0.0),
            cancelled=lambda: work.stopping,
        )

    def _written(self, summary: ExportSummary) -> None:
        self._silence()
        self.finish(summary)

    def not_written(self, error: UsherError) -> None:
        self._silence()
        super().not_written(error)

    def _counted(self, count: Count) -> None:
        self._count = count
        self.heading.show(figure=_people(count.number))

    def _silence(self) -> None:
        if self._telling:
            self._telling.stop()

    def _tell(self) -> None:
        """How far it is, in words."""
        if self.work.stopping:
            self.say(_("Stopping…"))
            return
        written = grouped(self.work.rows)
        total = grouped(self._count.number) if self._count else "…"
        sentence = _("Writing: {rows} of {total}. esc stops it.")
        self.say(sentence.format(rows=written, total=total))

    def _whom(self) -> str:
        """Who will be in the file, as the list is narrowed now."""
        filters = self.filters
        narrowed = (
            f"“{filters.search.strip()}”" if filters.search.strip() else "",
            ", ".join(_(status.value) for status in filters.statuses),
            filters.role,
            filters.team,
        )
        what = f" {SIGNS.dot} ".join(filter(None, narrowed))
        whom = _("Those whom the list shows: {what}.").format(what=what) if what else ""
        where = _("The file is made on the server, where Usher runs; nobody else may read it.")
        return f"{whom or _('Everybody in the list.')} {where}"


def _people(number: int) -> str:
    return ngettext("{n} person", "{n} people", number).format(n=grouped(number))


def told(summary: ExportSummary) -> str:
    """What was written, in one line."""
    sentence = _("{people} written to {path}")
    return f"{SIGNS.done} {sentence.format(people=_people(summary.rows), path=summary.path)}"
