"""The fields of a form, one line each: where one is, what it is, what stands there, what is wrong.

A field is declared by a `FieldSpec`; `field_of` makes the widget of its kind. What is wrong stands
on the field's own line where it fits, else below it, behind a sign and never by colour alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from store.checks import FIELD_MAX
from store.errors import Problem
from store.policy.passwords import LONGEST as SECRET_MAX
from store.wording import _
from tui.dialogs.choose import Choose, Option, Picked
from tui.safe import fit, safe, width
from tui.signs import SIGNS
from tui.widgets.entry import Entry

Value = str | bool | tuple[str, ...]

LEFT = 19
"""Where values begin: a margin, the sign of the focused field, the label."""
NOTE = 27
"""What is kept for a note on the field's own line where the screen is narrow."""
VALUE_MIN, VALUE_MAX = 10, 44
NOTE_LINES = 3
"""A note of more lines than these is cut: it names somebody with ten thousand letters."""


class Kind(StrEnum):
    """What a field holds, and so how it is filled in."""

    TEXT = "text"
    SECRET = "secret"  # noqa: S105
    CHECK = "check"
    CHOICE = "choice"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field as data. `name` is what problems and values call it."""

    name: str
    label: str
    kind: Kind = Kind.TEXT
    hint: str = ""
    """What to know while nothing stands there; beside a check, what it means."""
    options: Sequence[Option] | None = ()
    """Code and name of what can be chosen; None while it is still being read."""
    new_label: str = ""
    """The dialog's last entry, where a new one may be made: `new team`."""
    nothing: str = ""
    """What it means when nothing is chosen."""
    fixed: str = ""
    """Why it cannot be changed here; such a field is shown as text."""
    opens: bool = False
    """Whether a group begins here, set apart where the screen is tall."""


class Field(Widget):
    """A line of a form. It draws all of itself; only what is typed is a widget of its own."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"field--label", "field--hint", "field--problem"}

    class Changed(Message):
        """Someone has changed the value; one that is set by the screen itself says nothing."""

        def __init__(self, field: "Field") -> None:
            super().__init__()
            self.field = field

        @property
        def control(self) -> "Field":
            return self.field

    class Told(Message):
        """A sentence for the message line."""

        def __init__(self, sentence: str) -> None:
            super().__init__()
            self.sentence = sentence

    class Wanted(Message):
        """Someone wants to choose what does not exist yet; `text` is its name."""

        def __init__(self, field: "Field", text: str) -> None:
            super().__init__()
            self.field, self.text = field, text

    def __init__(self, spec: FieldSpec, value: Value) -> None:
        super().__init__(id=f"field-{spec.name}", classes="-opens" if spec.opens else "")
        self.spec = spec
        self.note = ""
        self._held = value

    @property
    def value(self) -> Value:
        return self._held

    @value.setter
    def value(self, value: Value) -> None:
        self._held = value
        self.refresh()

    @property
    def editor(self) -> Widget:
        """What takes the focus."""
        return self

    def shown(self) -> str:
        """The value as people read it."""
        raise NotImplementedError

    def aside(self) -> str:
        """What stands beside the value while nothing is wrong."""
        return "" if self.value else self.spec.hint

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Say what is wrong, or with no problems that nothing is."""
        self.note = " ".join(_sentence(problem) for problem in problems)
        self.set_class(bool(self.note), "-wrong")
        self._arrange()

    def on_resize(self) -> None:
        self._arrange()

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def on_descendant_focus(self) -> None:
        self.refresh()

    def on_descendant_blur(self) -> None:
        self.refresh()

    def render(self) -> Content:
        marker = SIGNS.cursor if self.has_focus or self.editor.has_focus else " "
        label = self.get_visual_style("field--label")
        room = self._value_room()
        line = Content.assemble(
            f" {marker} ", (fit(self.spec.label, LEFT - 3), label), fit(self.shown(), room)
        )
        below = self._below()
        wrong = self.get_visual_style("field--problem")
        if below:
            indent = " " * LEFT
            return Content("\n").join(
                [line, *(Content.assemble(indent, (text, wrong)) for text in below)]
            )
        beside, style = self.note, wrong
        if not beside:
            beside, style = self.aside(), self.get_visual_style("field--hint")
        space = self.size.width - LEFT - room - 2
        return Content.assemble(line, " ", (fit(beside, max(space, 0)), style)) if beside else line

    def changed(self, value: Value) -> None:
        """Take over what someone has chosen or typed."""
        self._held = value
        if self.note:
            self.show_problems(())
        self.refresh()
        self.post_message(self.Changed(self))

    def _value_room(self) -> int:
        return max(min(self.size.width - LEFT - NOTE, VALUE_MAX), VALUE_MIN)

    def _below(self) -> list[str]:
        """The lines of a note that is too long for the field's own line."""
        room = self.size.width - LEFT - 1
        if width(self.note) <= room - self._value_room() - 1 or room < VALUE_MIN:
            return []
        lines = [line.plain.rstrip() for line in Content(self.note).wrap(room)]
        if len(lines) > NOTE_LINES:
            lines[NOTE_LINES - 1 :] = [fit(lines[NOTE_LINES - 1] + " " * room, room)]
        return lines

    def _arrange(self) -> None:
        self.styles.height = 1 + len(self._below())
        self.refresh(layout=True)


class TextField(Field):
    """A line that is typed."""

    longest = FIELD_MAX
    secret = False

    def compose(self) -> ComposeResult:
        yield Entry(str(self._held), longest=self.longest, secret=self.secret)

    @property
    def entry(self) -> Entry:
        return self.query_one(Entry)

    @property
    def editor(self) -> Widget:
        return self.entry if self.is_mounted else self

    @property
    def value(self) -> Value:
        return self.entry.value if self.is_mounted else self._held

    @value.setter
    def value(self, value: Value) -> None:
        self._held = value
        with self.prevent(Input.Changed):
            self.entry.value = str(value)
        self.entry.cursor_position = len(self.entry.value)
        self.refresh()

    def shown(self) -> str:
        return ""

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != self._held:
            self.changed(event.value)

    @on(Entry.TooLong)
    def _too_long(self) -> None:
        sentence = _("This is too long: at most {n} characters.")
        self.post_message(self.Told(f"{SIGNS.error} {sentence.format(n=self.longest)}"))


class SecretField(TextField):
    """A password: nobody sees it, nobody copies it out of the field."""

    longest = SECRET_MAX
    secret = True


class CheckField(Field, can_focus=True):
    """Yes or no."""

    BINDINGS = [Binding("space", "tick", show=False)]

    def shown(self) -> str:
        sign = SIGNS.ticked if self.value else SIGNS.unticked
        return f"{sign} {self.spec.hint}"

    def aside(self) -> str:
        return ""

    def action_tick(self) -> None:
        self.changed(not self.value)


class NamedField(Field):
    """A value that is held by code and shown by name."""

    def __init__(self, spec: FieldSpec, value: Value) -> None:
        super().__init__(spec, value)
        self.options = spec.options

    @property
    def codes(self) -> tuple[str, ...]:
        """What is chosen, as codes."""
        if isinstance(self.value, tuple):
            return self.value
        return (str(self.value),) if self.value else ()

    def shown(self) -> str:
        named = dict(self.options or ())
        return ", ".join(named.get(code, code) for code in self.codes) or (
            self.spec.nothing or SIGNS.nothing
        )

    def offer(self, options: Sequence[Option]) -> None:
        """What can be chosen has been read."""
        self.options = options
        self.refresh()


class ChoiceField(NamedField, can_focus=True):
    """One or several of what there is."""

    BINDINGS = [
        Binding("enter,space", "open", show=False),
        Binding("backspace,delete", "empty", show=False),
    ]

    def __init__(self, spec: FieldSpec, value: Value) -> None:
        super().__init__(spec, value)
        self._asked: str | None = None
        """What was typed before there was anything to choose from."""

    def shown(self) -> str:
        chosen, room = super().shown(), self._value_room() - 2
        return f"{chosen if width(chosen) <= room else fit(chosen, room)} {SIGNS.more}"

    def check_consume_key(self, key: str, character: str | None) -> bool:  # noqa: ARG002
        return character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        """Typing opens the dialog, with the letter typed."""
        if event.is_printable and event.character and not event.character.isspace():
            event.stop()
            event.prevent_default()
            self.action_open(event.character)

    def action_open(self, typed: str = "") -> None:
        if not self.screen.is_active:
            return
        if self.options is None:
            self._asked = (self._asked or "") + typed
            self.post_message(self.Told(_("Still reading what there is…")))
            return
        several = self.spec.kind is Kind.SEVERAL
        nothing: list[Option] = [] if several else [("", self.spec.nothing or _("nothing"))]
        dialog = Choose(
            self.spec.label,
            [*nothing, *self.options],
            chosen=self.codes,
            several=several,
            new_label=self.spec.new_label or None,
            typed=typed,
        )
        self.app.push_screen(dialog, self._picked)

    def offer(self, options: Sequence[Option]) -> None:
        super().offer(options)
        asked, self._asked = self._asked, None
        if asked is not None and self.has_focus:
            self.post_message(self.Told(""))
            self.action_open(asked)

    def action_empty(self) -> None:
        if self.codes:
            self.changed(() if self.spec.kind is Kind.SEVERAL else "")

    def _picked(self, picked: Picked | None) -> None:
        if picked is None:
            return
        value: Value = picked.keys if self.spec.kind is Kind.SEVERAL else picked.key
        if value != self.value:
            self.changed(value)
        if picked.new:
            self.post_message(self.Wanted(self, picked.new))


class FixedField(NamedField, can_focus=True):
    """What stands there and is not to be changed; who tries is told why."""

    def shown(self) -> str:
        if isinstance(self.value, bool):
            return f"{SIGNS.ticked if self.value else SIGNS.unticked} {self.spec.hint}"
        return super().shown()

    def aside(self) -> str:
        return f"{SIGNS.locked} {_('fixed')}"

    def on_key(self, event: events.Key) -> None:
        """Whoever tries to change it is told why not."""
        if event.is_printable or event.key in {"enter", "backspace", "delete"}:
            event.stop()
            event.prevent_default()
            self.post_message(self.Told(f"{SIGNS.locked} {self.spec.fixed}"))


_FIELDS: dict[Kind, type[Field]] = {
    Kind.TEXT: TextField,
    Kind.SECRET: SecretField,
    Kind.CHECK: CheckField,
    Kind.CHOICE: ChoiceField,
    Kind.SEVERAL: ChoiceField,
}


def field_of(spec: FieldSpec, value: Value) -> Field:
    """The widget of a field."""
    return FixedField(spec, value) if spec.fixed else _FIELDS[spec.kind](spec, value)


def _sentence(problem: Problem) -> str:
    """What is wrong, behind its sign; a conflict has the padlock and the word (S1)."""
    message = safe(problem.message)
    if problem.unique:
        return f"{SIGNS.locked} {_('taken')}: {message}"
    return f"{SIGNS.error} {message}"
