"""A form: fields in lines, then what can be done with them.

Values come in and go out by field name. Problems are placed at their fields. A form that is longer
than its place scrolls, keeps the focused field in view, and says how much more there is below.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from textual import events, getters
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from store.errors import Problem
from store.wording import ngettext
from tui.dialogs.choose import Option
from tui.signs import SIGNS
from tui.widgets.fields import LEFT, Field, FieldSpec, Kind, NamedField, Value, field_of

EMPTY: dict[Kind, Value] = {Kind.CHECK: False, Kind.SEVERAL: ()}


class FieldList(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The fields, scrolled without a bar."""

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self.tell()

    def on_resize(self) -> None:
        self.tell()

    def tell(self) -> None:
        """Let the line below say how many lines are out of sight there."""
        if isinstance(self.parent, Form):
            self.parent.below = max(round(self.max_scroll_y - self.scroll_y), 0)


class ActionLine(Widget, can_focus=True):
    """What can be done with a form, on a line of its own below the fields."""

    BINDINGS = [Binding("space", "act", show=False)]

    def __init__(self, name: str, label: str) -> None:
        super().__init__(name=name)
        self.label = label
        self.aside = ""

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def render(self) -> Content:
        marker = SIGNS.cursor if self.has_focus else " "
        line = Content.assemble(f" {marker} ", (self.label, "bold"))
        gap = max(LEFT - line.cell_length, 2)
        return Content.assemble(line, " " * gap, self.aside) if self.aside else line

    def say(self, aside: str) -> None:
        """Put something beside it."""
        if aside != self.aside:
            self.aside = aside
            self.refresh()

    def action_act(self) -> None:
        self.post_message(Form.Acted(str(self.name)))


class Form(Vertical):
    """Fields and actions. The first action is what F2, and enter in a last password, mean."""

    BINDINGS = [
        Binding("enter", "enter", show=False),
        Binding("pageup", "move(-8)", show=False),
        Binding("pagedown", "move(8)", show=False),
    ]

    class Acted(Message):
        """An action was chosen."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    field_list = getters.query_one(FieldList)

    def __init__(
        self,
        specs: Sequence[FieldSpec | Field],
        values: Mapping[str, Any],
        *actions: tuple[str, str],
    ) -> None:
        """A field that is like no other is given as it is, instead of its spec."""
        super().__init__()
        made = (
            one
            if isinstance(one, Field)
            else field_of(one, values.get(one.name, EMPTY.get(one.kind, "")))
            for one in specs
        )
        self.fields = {field.spec.name: field for field in made}
        self.actions = [ActionLine(name, label) for name, label in actions]
        self._initial = {name: field.value for name, field in self.fields.items()}
        self._below = 0

    def compose(self) -> ComposeResult:
        with FieldList():
            yield from self.fields.values()
        yield from self.actions

    @property
    def values(self) -> dict[str, Any]:
        """What stands in the fields now, by name."""
        return {name: field.value for name, field in self.fields.items()}

    @property
    def changed(self) -> bool:
        """Whether anything differs from what the form began with."""
        return self.values != self._initial

    @property
    def below(self) -> int:
        """How many lines of fields are out of sight below."""
        return self._below

    @below.setter
    def below(self, lines: int) -> None:
        self._below = lines
        more = ngettext("{n} more below", "{n} more below", lines)
        self.actions[0].say(more.format(n=lines) if lines else "")

    def on_resize(self, event: events.Resize) -> None:
        # The actions stay in view, however many fields there are.
        actions = sum(action.display for action in self.actions)
        self.field_list.styles.max_height = max(event.size.height - actions - 2, 1)

    def on_field_changed(self) -> None:
        # A note may have gone, and with it a line.
        self.call_after_refresh(self.field_list.tell)

    def set_value(self, name: str, value: Value) -> None:
        """Put a value in; nothing is wrong with it yet."""
        self.fields[name].value = value
        self.fields[name].show_problems(())

    def show_field(self, name: str, shown: bool) -> None:
        """Let a field be there, or not."""
        self.fields[name].display = shown
        self.call_after_refresh(self.field_list.tell)

    def show_action(self, name: str, shown: bool) -> None:
        """Let something be there to do, or not."""
        next(action for action in self.actions if action.name == name).display = shown

    def offer(self, name: str, options: Sequence[Option]) -> None:
        """What can be chosen in a field has been read."""
        field = self.fields[name]
        if isinstance(field, NamedField):
            field.offer(options)

    def show_problems(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Place each problem at its field and go to the first; gives back those without one."""
        at: dict[str, list[Problem]] = {}
        for problem in problems:
            at.setdefault(problem.field, []).append(problem)
        first = ""
        for name, field in self.fields.items():
            if field.display:
                found = at.pop(name, [])
                first = first or (name if found else "")
                field.show_problems(found)
        if first:
            self.go(first)
        self.call_after_refresh(self.field_list.tell)
        return tuple(problem for left in at.values() for problem in left)

    def go(self, name: str) -> None:
        """Give a field the focus, and have all of it in view."""
        self._focus(self.fields[name].editor)

    def action_move(self, step: int) -> None:
        """Move over the fields and actions; at either end it goes round by single steps."""
        stops = self.stops
        here = next((n for n, stop in enumerate(stops) if stop.has_focus), 0)
        if abs(step) == 1:
            self._focus(stops[(here + step) % len(stops)])
        else:
            self._focus(stops[max(min(here + step, len(stops) - 1), 0)])

    def action_enter(self) -> None:
        """On to the next field; an action is done, and so is what ends with a password."""
        focused = self.screen.focused
        if isinstance(focused, ActionLine):
            focused.action_act()
            return
        shown = [field for field in self.fields.values() if field.display]
        if shown and shown[-1].spec.kind is Kind.SECRET and shown[-1].editor is focused:
            self.actions[0].action_act()
        else:
            self.action_move(1)

    @property
    def stops(self) -> list[Widget]:
        """What takes the focus, from the first field to the last action."""
        fields = [field.editor for field in self.fields.values() if field.display]
        return [*fields, *(action for action in self.actions if action.display)]

    def _focus(self, widget: Widget) -> None:
        # Textual would bring it to the middle, which paints the whole form anew.
        self.screen.set_focus(widget, scroll_visible=False)
        field = widget if isinstance(widget, Field | ActionLine) else widget.parent
        if isinstance(field, Field):
            self.call_after_refresh(field.scroll_visible, animate=False)
