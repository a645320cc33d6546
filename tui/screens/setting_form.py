"""Changing one setting: what it means and what is advised stand above the field."""

from collections.abc import Iterable
from zoneinfo import available_timezones

from textual.widget import Widget

from store import settings
from store.errors import Invalid, UsherError
from store.records import tables
from store.setting_values import NO, YES, Setting
from store.wording import _
from tui.commands.forms import SETTING_FORM
from tui.screens.form_room import FormRoom
from tui.screens.room import bindings_of
from tui.signs import SIGNS
from tui.visit import Visit
from tui.widgets.fields import FieldSpec, Kind, Value
from tui.widgets.form import Form
from tui.widgets.lines_field import LinesField
from tui.widgets.words import Words

FIELD = "value"
ZONE = "display.time_zone"


class SettingForm(FormRoom[str]):
    """Gives back the value as it is written; None when one went back."""

    ROOM = SETTING_FORM
    BINDINGS = bindings_of(SETTING_FORM)
    AUTO_FOCUS = "Entry, ManyLines, CheckField, ChoiceField"
    KEPT = _("The setting stays as it is.")

    def __init__(self, visit: Visit, setting: Setting) -> None:
        super().__init__(setting.key, visit.who)
        self.visit, self.setting = visit, setting

    def body(self) -> Iterable[Widget]:
        one = self.setting
        yield Words(" ".join(filter(None, (one.meaning, told(one), one.advice))))
        back = ("default", _("Back to the default: {value}").format(value=default_of(one)))
        actions = (back,) if one.changed else ()
        if one.key == tables.KEY:
            field = LinesField(self._spec(), _lined(one.value), longest=tables.LONGEST)
            yield Form((field,), {}, ("save", _("Save")), *actions)
        else:
            yield Form((self._spec(),), {FIELD: self._value()}, ("save", _("Save")), *actions)

    def command_lines(self) -> tuple[str, ...]:
        return (settings.command_of(self.setting.key, self._typed()),)

    def save(self) -> None:
        self._put(self._typed())

    def do_default(self) -> None:
        self._put(self.setting.default)

    def do_form_as_command(self) -> None:
        self.do_as_command()

    def refuse(self, error: UsherError) -> None:
        """What is wrong with the value stands at the field, and comes from the field's key."""
        if isinstance(error, Invalid):
            self.form.fields[FIELD].show_problems(error.problems)
            self.form.go(FIELD)
        else:
            super().refuse(error)

    def _put(self, value: str) -> None:
        def change() -> str:
            written = settings.change(self.visit.session, self.setting.key, value)
            self.visit.read_settings()
            return written

        self.write(change, self.finish)

    def _typed(self) -> str:
        value = self.form.values[FIELD]
        if isinstance(value, bool):
            return YES if value else NO
        # As it is written: whatever parts the words, a line end or a blank, is a blank.
        text = " ".join(str(value).split())
        return text or (self.setting.default if self.setting.choices else "")

    def _value(self) -> Value:
        if self.setting.flag:
            return self.setting.value == YES
        # What stands first in a choice is the default, as nothing.
        default = self.setting.choices and not self.setting.changed
        return "" if default else self.setting.value

    def _spec(self) -> FieldSpec:
        one = self.setting
        label = one.unit or _("value")
        if one.flag:
            return FieldSpec(FIELD, label, Kind.CHECK, hint=_("yes"))
        if one.key == ZONE:
            zones = tuple((zone, zone) for zone in sorted(available_timezones()))
            return FieldSpec(FIELD, label, Kind.CHOICE, options=zones, nothing="UTC")
        if one.choices:
            words = tuple((word, word) for word in one.choices if word != one.default)
            return FieldSpec(FIELD, label, Kind.CHOICE, options=words, nothing=one.default)
        bounds = ""
        if one.least is not None:
            bounds = _("from {least} to {most}").format(least=one.least, most=one.most)
        return FieldSpec(FIELD, label, hint=bounds)


def _lined(value: str) -> str:
    """A declared table a line; that there are lines makes no other value of it."""
    return value.replace("}, {", "},\n{")


def default_of(one: Setting) -> str:
    """The default with its unit."""
    return f"{one.default or SIGNS.nothing} {one.unit}".rstrip()


def told(one: Setting) -> str:
    """Default, bounds and source in a sentence."""
    parts = [_("Default: {value}").format(value=default_of(one))]
    if one.least is not None:
        parts.append(_("from {least} to {most}").format(least=one.least, most=one.most))
    parts.append(_("source: {source}").format(source=one.source))
    return ", ".join(parts) + "."
