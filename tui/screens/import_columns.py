"""Bringing people in from a file, second step: what its headings mean."""

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import getters, on
from textual.widget import Widget

from store.errors import Invalid, UsherError
from store.exchange import mappings
from store.exchange.headings import ERROR_COLUMN, IGNORED, READABLE, key_of
from store.exchange.importing import ImportSummary
from store.exchange.options import Options, command_of
from store.exchange.reading import Preview
from store.wording import _, ngettext
from tui.commands import Situation
from tui.commands.imports import IMPORT_COLUMNS
from tui.dialogs.choose import Choose, Option, Picked
from tui.dialogs.confirm import Confirm
from tui.remedies import on_screen
from tui.screens.form_room import FormRoom
from tui.screens.import_reasons import SWITCHES
from tui.screens.import_rehearsal import ImportRehearsal
from tui.screens.room import bindings_of
from tui.signs import SIGNS
from tui.visit import Visit
from tui.widgets.fields import Field, FieldSpec, Kind
from tui.widgets.form import Form
from tui.widgets.preview_table import COLUMN_LABELS, PreviewTable
from tui.widgets.words import Words

DELIMITERS = {",": _("commas"), ";": _("semicolons"), "\t": _("tabs")}
NAMED_MAX, NAMED_LENGTH = 3, 20
"""Headings that are named in a sentence, and letters of each."""


class ImportColumns(FormRoom[ImportSummary]):
    """Gives back what became of the rows; None when one went back to the file."""

    ROOM = IMPORT_COLUMNS
    BINDINGS = bindings_of(IMPORT_COLUMNS)
    NAMED: ClassVar[Mapping[str, str]] = {"save": _("rehearse")}
    KEPT = _("Nothing has been imported.")

    words = getters.query_one(Words)
    table = getters.query_one(PreviewTable)

    def __init__(self, visit: Visit, path: Path, preview: Preview) -> None:
        super().__init__(f"{visit.account} {SIGNS.dot} {_('Import')}", visit.who)
        self.visit, self.session = visit, visit.session
        self.path, self.preview = path, preview
        self.columns = dict(preview.suggested)
        self.saved: dict[str, dict[str, str]] = {}

    def body(self) -> Iterable[Widget]:
        yield Words("")
        yield PreviewTable(self.preview.headings, self.preview.rows, self.columns)
        yield Form(
            (
                FieldSpec(
                    "create_teams",
                    SWITCHES["create_teams"],
                    Kind.CHECK,
                    hint=_("create them"),
                ),
                FieldSpec(
                    "update",
                    SWITCHES["update"],
                    Kind.CHECK,
                    hint=_("change them as the file says"),
                ),
                FieldSpec(
                    "mapping",
                    _("saved headings"),
                    Kind.CHOICE,
                    options=None,
                    nothing=_("none"),
                    new_label=_("save these as"),
                ),
            ),
            {},
            ("save", _("Rehearse (nothing is written)")),
            ("remove_mapping", _("Remove the saved headings")),
        )

    def on_mount(self) -> None:
        self.heading.show(figure=self.path.name)
        self._choose_mapping("")
        self.table.focus()
        self._tell()
        self._read_saved()

    def situation(self) -> Situation:
        return Situation(self.visit.actor)

    @on(Field.Changed, "#field-mapping")
    def _mapping_chosen(self, event: Field.Changed) -> None:
        """Take over what a saved mapping says of the headings that are here."""
        saved = self.saved.get(str(event.field.value), {})
        by_key = {key_of(heading): column for heading, column in saved.items()}
        for heading in self.preview.headings:
            if key_of(heading) in by_key:
                self._give(heading, by_key[key_of(heading)])
        self._show_columns()
        self._show_removal()

    @on(Field.Wanted)
    def _name_wanted(self, event: Field.Wanted) -> None:
        """Save what the headings mean, under the name that was typed."""
        event.stop()
        given = self._given()
        if not given:
            self.say(_("Every heading is the name of its field: there is nothing to save."))
            return
        self.write(
            partial(mappings.save, self.session, event.text, given),
            lambda _nothing: self._read_saved(chosen=event.text),
            refused=self._not_saved,
        )

    @property
    def options(self) -> Options:
        """How the file would be imported."""
        values = self.form.values
        return Options(values["create_teams"], values["update"], self._given())

    def command_lines(self) -> tuple[str, ...]:
        return (command_of(self.path, self.options),)

    def save(self) -> None:
        """See what an import would do."""
        rehearsal = ImportRehearsal(self.visit, self.path, self.options)
        self.app.push_screen(rehearsal, self._imported)

    def do_leave(self) -> None:
        """Back to the file; what was said of the headings counts as typed."""
        if self.columns == self.preview.suggested:
            super().do_leave()
        else:
            question = Confirm(_("Drop what was chosen?"), self.KEPT, _("Drop it"))
            self.app.push_screen(question, self._dropped)

    def do_form_as_command(self) -> None:
        self.do_as_command()

    def do_next_field(self) -> None:
        self._move(1)

    def do_previous_field(self) -> None:
        self._move(-1)

    def do_next_column(self) -> None:
        self._go_to(1)

    def do_previous_column(self) -> None:
        self._go_to(-1)

    def do_change_column(self) -> None:
        """Choose what the heading under the cursor becomes."""
        heading = self.table.heading
        holders = {column: other for other, column in self.columns.items() if other != heading}
        options: list[Option] = [(IGNORED, _("leave it out"))]
        for column in READABLE:
            label = COLUMN_LABELS[column]
            if column in holders:
                label += " " + _("(now from “{other}”)").format(other=_short(holders[column]))
            options.append((column, label))
        title = _("What “{heading}” becomes").format(heading=_short(heading))
        dialog = Choose(title, options, chosen={self.columns[heading]})
        self.app.push_screen(dialog, partial(self._column_chosen, heading))

    def do_remove_mapping(self) -> None:
        """Forget the saved headings that are chosen; what the headings mean now stays."""
        name = str(self.form.fields["mapping"].value)
        question = Confirm(
            _("Remove the saved headings “{name}”?").format(name=_short(name)),
            _("Nobody can choose them any more. This file keeps what its headings mean now."),
            _("Remove them"),
        )
        self.app.push_screen(question, partial(self._removal_answered, name))

    def _removal_answered(self, name: str, remove: bool | None) -> None:
        if remove:
            self.write(partial(mappings.remove, self.session, name), self._removed)

    def _removed(self, _nothing: None) -> None:
        self._choose_mapping("")
        self.say(f"{SIGNS.done} {_('Removed.')}")
        self._read_saved()

    def _column_chosen(self, heading: str, picked: Picked | None) -> None:
        if picked is None or picked.key == self.columns[heading]:
            return
        robbed = self._give(heading, picked.key)
        self._choose_mapping("")
        self._show_columns()
        if robbed:
            self.say(_("“{heading}” is left out now.").format(heading=_short(robbed)))

    def _give(self, heading: str, column: str) -> str:
        """Let a heading become a column; gives back the heading that loses it."""
        holders = (one for one, held in self.columns.items() if held == column and one != heading)
        robbed = next(holders, "") if column else ""
        if robbed:
            self.columns[robbed] = IGNORED
        self.columns[heading] = column
        return robbed

    def _given(self) -> dict[str, str]:
        """What has to be said of the headings: those that are no column's name, or mean another."""
        plain = {**{column: column for column in READABLE}, ERROR_COLUMN: IGNORED}
        return {
            heading: column
            for heading, column in self.columns.items()
            if plain.get(key_of(heading)) != column
        }

    def _show_columns(self) -> None:
        self.table.show(self.columns)
        self._tell()

    def _tell(self) -> None:
        """What the file is, and what is left out."""
        headings = self.preview.headings
        line = ngettext(
            "{n} heading, separated by {what}.", "{n} headings, separated by {what}.", len(headings)
        ).format(n=len(headings), what=DELIMITERS[self.preview.delimiter])
        out = [one for one in headings if not self.columns[one] and key_of(one) != ERROR_COLUMN]
        if out:
            named = ", ".join(f"“{_short(heading)}”" for heading in out[:NAMED_MAX])
            named += " …" if len(out) > NAMED_MAX else ""
            left = ngettext("{n} is left out: {named}", "{n} are left out: {named}", len(out))
            line += f" {SIGNS.error} {left.format(n=len(out), named=named)}"
        self.words.say(line)

    def _go_to(self, step: int) -> None:
        self.table.focus()
        self.table.move(step)

    def _move(self, step: int) -> None:
        """Over the table, the fields and what can be done with them."""
        stops = [self.table, *self.form.stops]
        here = next((at for at, stop in enumerate(stops) if stop.has_focus), 0)
        self.set_focus(stops[(here + step) % len(stops)], scroll_visible=False)

    def _choose_mapping(self, name: str) -> None:
        self.form.set_value("mapping", name)
        self._show_removal()

    def _show_removal(self) -> None:
        """What is chosen can be removed; nothing cannot."""
        chosen = bool(self.form.fields["mapping"].value)
        if not chosen and self.form.actions[-1].has_focus:
            self.form.go("mapping")
        self.form.show_action("remove_mapping", chosen)
        self.set_class(chosen, "-saved")

    def _read_saved(self, chosen: str = "") -> None:
        self.ask(
            partial(mappings.saved, self.session), partial(self._offer, chosen), group="mappings"
        )

    def _offer(self, chosen: str, saved: dict[str, dict[str, str]]) -> None:
        self.saved = saved
        self.form.offer("mapping", tuple((name, name) for name in saved))
        if chosen:
            self._choose_mapping(" ".join(chosen.split()))
            self.say(f"{SIGNS.done} {_('Saved for the next file.')}")

    def _not_saved(self, error: UsherError) -> None:
        problems = error.problems if isinstance(error, Invalid) else ()
        sentences = [problem.message for problem in problems] or [error.message]
        told = " ".join(on_screen(sentence, self.ROOM) for sentence in sentences)
        self.say(f"{SIGNS.error} {told}")

    def _imported(self, summary: ImportSummary | None) -> None:
        if summary:
            self.dismiss(summary)


def _short(heading: str) -> str:
    return heading if len(heading) <= NAMED_LENGTH else f"{heading[:NAMED_LENGTH]}…"
