"""The settings of the account: what stands there, what each means, and changing one."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from textual import getters
from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget

from store import settings
from store.setting_values import Setting
from store.wording import _
from tui.commands import Situation
from tui.commands.settings import SETTINGS
from tui.safe import fit, safe
from tui.screens.room import bindings_of
from tui.screens.setting_form import SettingForm, told
from tui.screens.undoing import Undoing
from tui.signs import SIGNS
from tui.visit import Visit
from tui.widgets.explained import Explained

KEY = 28
BELOW = 6
"""Lines for what a setting means, the first of them empty."""


class SettingLines(Explained):
    """A setting a line, with the sign of the changed; what one means stands below."""

    def __init__(self) -> None:
        super().__init__()
        self.items: Sequence[Setting] = ()

    @property
    def count(self) -> int:
        return len(self.items)

    @property
    def current(self) -> Setting | None:
        """The setting under the cursor."""
        return self.items[self.cursor] if self.items else None

    @property
    def room_below(self) -> int:
        return BELOW

    def show(self, items: Sequence[Setting]) -> None:
        """Put the settings in anew; the cursor stays where it is."""
        self.items = items
        self.refresh()

    def strip(self, number: int) -> Strip:
        one = self.items[number]
        sign = SIGNS.marked if one.changed else " "
        value = f"{one.value or SIGNS.nothing} {one.unit}"
        return self.marked(f"{sign} {fit(one.key, KEY)} {value}", here=number == self.cursor)

    def below(self) -> list[str]:
        one = self.current
        if one is None:
            return []
        room = max(self.size.width - 4, 20)
        lines = [""]
        for part in (one.meaning, told(one), one.advice):
            if part:
                wrapped = Content(safe(part)).wrap(room)
                lines += [f"   {line.plain.rstrip()}" for line in wrapped]
        return lines[:BELOW]


class Settings(Undoing[None]):
    """Admins read them, the owner changes them (DESIGN 3.6)."""

    ROOM = SETTINGS
    BINDINGS = bindings_of(SETTINGS)

    lines = getters.query_one(SettingLines)

    def __init__(self, visit: Visit) -> None:
        super().__init__(f"{visit.account} {SIGNS.dot} {_('Settings')}", visit.who)
        self.visit, self.session = visit, visit.session

    def body(self) -> Iterable[Widget]:
        yield SettingLines()

    def on_mount(self) -> None:
        self.lines.focus()
        self._read()

    def situation(self) -> Situation:
        return Situation(self.visit.actor)

    def command_lines(self) -> tuple[str, ...]:
        one = self.lines.current
        change = (settings.command_of(one.key, one.value),) if one else ()
        return (*change, "usher settings list")

    def do_change_setting(self) -> None:
        one = self.lines.current
        if one:
            self.app.push_screen(SettingForm(self.visit, one), partial(self._changed, one))

    def _changed(self, one: Setting, value: str | None) -> None:
        if value is not None:
            sentence = _("{key} is now: {value}").format(key=one.key, value=value)
            self.say(f"{SIGNS.done} {sentence}")
            self._read()

    def renew(self) -> None:
        self._read()

    def _read(self) -> None:
        self.ask(partial(settings.listed, self.session), self._show, group="settings")

    def _show(self, found: Mapping[str, Setting]) -> None:
        changed = sum(one.changed for one in found.values())
        self.heading.show(figure=_("{sign} {n} changed").format(sign=SIGNS.marked, n=changed))
        self.lines.show(tuple(found.values()))
