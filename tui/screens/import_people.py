"""Bringing people in from a file, first step: which file on the server it is."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from textual import getters, on
from textual.widget import Widget

from store.errors import UsherError
from store.exchange import reading
from store.exchange.importing import ImportSummary
from store.exchange.reading import Preview
from store.session import guest_of_process
from store.wording import _
from tui import paths
from tui.commands import Situation
from tui.commands.imports import IMPORT_FILE
from tui.screens.import_columns import ImportColumns
from tui.screens.room import Room, bindings_of
from tui.signs import SIGNS
from tui.visit import Visit
from tui.widgets.candidates import Candidates
from tui.widgets.fields import Field, FieldSpec
from tui.widgets.path_field import PathField
from tui.widgets.refusal import Refusal
from tui.widgets.words import Words

FIRST_ROWS = 30
"""Rows that are shown before anything is decided."""


class ImportPeople(Room[ImportSummary]):
    """Gives back what became of the rows; None when one went back."""

    ROOM = IMPORT_FILE
    BINDINGS = bindings_of(IMPORT_FILE)

    field = getters.query_one(PathField)
    refusal = getters.query_one(Refusal)
    candidates = getters.query_one(Candidates)

    def __init__(self, visit: Visit) -> None:
        super().__init__(f"{visit.account} {SIGNS.dot} {_('Import')}", visit.who)
        self.visit = visit

    def body(self) -> Iterable[Widget]:
        yield Words(f"{_where()} {_('Nothing is written before you have seen what would happen.')}")
        yield PathField(FieldSpec("path", _("file")), "")
        yield Refusal()
        yield Candidates()

    def on_mount(self) -> None:
        self.field.editor.focus()
        self._list()

    def situation(self) -> Situation:
        return Situation(self.visit.actor)

    @property
    def typed(self) -> str:
        """What stands in the field."""
        return str(self.field.value)

    @on(Field.Changed)
    def _changed(self) -> None:
        self.message_line.clear()
        self.refusal.tell("")
        # What was listed does not go on from what stands there now.
        self.candidates.show(())

    @on(Field.Told)
    def _told(self, event: Field.Told) -> None:
        event.stop()
        self.say(event.sentence)

    def do_open_file(self) -> None:
        """Go on with a file; look into a folder."""
        if self.typed.endswith("/") or self.typed in {"", "~"}:
            self.do_complete()
            return
        path = paths.expanded(self.typed)
        self.prepare(
            partial(reading.preview, path, FIRST_ROWS),
            partial(self._read, path),
            refused=self._refused,
            busy=_("Reading the file…"),
            opens_screen=True,
        )

    def do_complete(self) -> None:
        """As far as there is one way on; the ways are listed below."""
        self._list(complete=True)

    def do_next_file(self) -> None:
        self._choose(1)

    def do_previous_file(self) -> None:
        self._choose(-1)

    def do_leave(self) -> None:
        self.dismiss(None)

    def do_help_in_form(self) -> None:
        self.do_help()

    def do_draw_form(self) -> None:
        self.do_draw()

    def _list(self, *, complete: bool = False) -> None:
        typed = self.typed
        show = partial(self._listed, typed, complete)
        self.ask(partial(paths.candidates, typed), show, group="paths", busy=_("Looking…"))

    def _listed(self, typed: str, complete: bool, names: tuple[str, ...]) -> None:
        if typed != self.typed:
            return
        if complete:
            self._put(paths.completed(typed, names))
            if not names:
                self.say(_("There is nothing here that begins so."))
            elif not typed and len(names) > 1:
                self.say(_("Type a path, or choose one of these with the arrow keys."))
        one_folder = len(names) == 1 and names[0].endswith("/")
        if complete and one_folder and self.typed != typed:
            self._list()
        else:
            self.candidates.show(names if len(names) > 1 or not complete else ())

    def _choose(self, step: int) -> None:
        """Put another of those listed into the field."""
        if self.candidates.labels:
            folder, _beginning = paths.split(self.typed)
            if self.candidates.chosen.endswith("/"):
                # A folder that was chosen before stands in the field with its own slash.
                folder, _beginning = paths.split(self.typed[:-1])
            self.candidates.go(max(self.candidates.cursor + step, 0))
            self._put(folder + self.candidates.chosen)
        else:
            self._list()

    def _put(self, path: str) -> None:
        if path != self.typed:
            self.field.value = path
            self.refusal.tell("")

    def _read(self, path: Path, preview: Preview) -> None:
        self.app.push_screen(ImportColumns(self.visit, path, preview), self._imported)

    def _refused(self, error: UsherError) -> None:
        self.refusal.tell(error.message)

    def _imported(self, summary: ImportSummary | None) -> None:
        if summary:
            self.dismiss(summary)


def _where() -> str:
    """Where the file has to be, and how it comes there."""
    if guest_of_process() is not None:
        return _(
            "Which CSV file? Over SSH it is one of those that whoever runs the server has put"
            " into Usher's folder for files. Type its name, or choose it with the arrow keys."
        )
    return _(
        "Which CSV file? Type its path, or choose it with the arrow keys. It is read on the"
        " server, where Usher runs, not on your own machine: bring it there first, for"
        " instance with scp."
    )
