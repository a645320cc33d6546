"""A screen that is a form: how it is saved, left, and told what is wrong.

A screen of this kind gives its form in `body`, and does in `save` what F2 means.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from textual import getters, on
from textual.screen import ScreenResultType

from store.errors import Invalid, Problem, UsherError
from store.wording import _
from tui.dialogs.confirm import Confirm
from tui.remedies import on_screen
from tui.screens.room import Room
from tui.signs import SIGNS
from tui.typed_ahead import Verdict
from tui.widgets.fields import Field, Value
from tui.widgets.form import Form

TALL = 30
"""From this many lines on the groups of a form stand apart."""


class FormRoom(Room[ScreenResultType]):
    """The frame of a screen with a form."""

    VERTICAL_BREAKPOINTS = [(0, "-low"), (TALL, "-tall")]
    # One begins at the first of these; what is fixed takes the focus, but nobody comes for it.
    AUTO_FOCUS = "Entry, CheckField, ChoiceField, ActionLine"
    KEPT = _("Nothing of it has been saved yet.")
    """What one hears before what was typed is dropped."""

    NAMED: ClassVar[Mapping[str, str]] = {}
    """What the key line calls a command here, by its id: `sign in` instead of `save`."""
    FOLLOWS: ClassVar[Mapping[str, str]] = {}
    """What is typed in a field is proposed for another one, until that one is typed itself."""

    form = getters.query_one(Form)

    def __init__(self, title: str, who: str = "") -> None:
        super().__init__(title, who)
        self._proposed: dict[str, Value] = {}

    def keys(self) -> tuple[tuple[str, str], ...]:
        shown = (command for command in self.commands() if command.shown)
        return tuple((one.key, self.NAMED.get(one.id, one.label)) for one in shown)

    def save(self) -> None:
        """Do what the form is for."""
        raise NotImplementedError

    def refuse(self, error: UsherError) -> None:
        """Place what is wrong at its fields; the rest goes to the message line."""
        if isinstance(error, Invalid):
            self.show_problems(error.problems)
        else:
            super().refuse(error)

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Mark the fields, go to the first, and say what belongs to none of them."""
        worded = [
            replace(problem, message=on_screen(problem.message, self.ROOM)) for problem in problems
        ]
        elsewhere = self.form.show_problems(worded)
        if elsewhere:
            self.say(f"{SIGNS.error} {' '.join(problem.message for problem in elsewhere)}")

    def finish(self, result: ScreenResultType | None) -> None:
        """Give the result back; where something lies over this screen, as soon as it is gone."""
        self.when_on_top(partial(self.dismiss, result))

    @on(Form.Acted)
    def _acted(self, event: Form.Acted) -> None:
        event.stop()
        self.message_line.clear()
        getattr(self, f"do_{event.action}")()

    @on(Field.Changed)
    def _changed(self, event: Field.Changed) -> None:
        self.message_line.clear()
        source = event.field.spec.name
        self._replace_proposal(event.field)
        if source in self.FOLLOWS:
            self._propose(self.FOLLOWS[source], event.field.value)

    @on(Field.Told)
    def _told(self, event: Field.Told) -> None:
        event.stop()
        if event.sentence:
            self.say(event.sentence)
        else:
            self.message_line.clear()

    def do_save(self) -> None:
        self.save()

    def do_next_field(self) -> None:
        self.form.action_move(1)

    def do_previous_field(self) -> None:
        self.form.action_move(-1)

    def do_help_in_form(self) -> None:
        self.do_help()

    def do_draw_form(self) -> None:
        self.do_draw()

    def verdict(self, key: str, moment: float) -> Verdict:
        """Hold keys while a submitted form is processed, because they are for the next screen.

        If the form is refused, keys pressed before the user could see that are dropped.
        """
        if self._preparation or self._writing:
            stops = self._preparation or self.STOPS
            return Verdict.ACT if key == "escape" and stops else Verdict.HOLD
        return super().verdict(key, moment)

    def after_refusal(self) -> None:
        """Drop keys typed after a password, so that they do not end up in the next one."""
        self.ignore_keys()

    def do_leave(self) -> None:
        """Cancel a running request, or go back, asking first if anything was typed."""
        if self.give_up():
            self.ignore_keys()
            return
        if not self.form.changed:
            self.dismiss(None)
            return
        question = Confirm(_("Drop what was typed?"), self.KEPT, _("Drop it"))
        self.app.push_screen(question, self._dropped)

    def _propose(self, name: str, value: Value) -> None:
        if self.form.fields[name].value in ("", self._proposed.get(name)):
            self.form.set_value(name, value)
            self._proposed[name] = value

    def _replace_proposal(self, field: Field) -> None:
        """What is typed at the end of a proposal stands instead of it, not behind it."""
        proposed, value = self._proposed.get(field.spec.name), field.value
        if not (field.has_focus_within and isinstance(proposed, str) and isinstance(value, str)):
            return
        if proposed and value != proposed and value.startswith(proposed):
            del self._proposed[field.spec.name]
            self.form.set_value(field.spec.name, value.removeprefix(proposed))

    def _dropped(self, drop: bool | None) -> None:
        if drop:
            self.dismiss(None)


def twice(values: Mapping[str, Any]) -> tuple[Problem, ...]:
    """A new password is typed twice (S4)."""
    if values["password"] == values["again"]:
        return ()
    return (Problem("again", "password_again", _("The two are not the same.")),)
