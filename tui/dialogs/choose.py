"""Choosing from a list by its names, narrowed as one types: roles, teams, countries, filters."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from textual import events, getters, on
from textual.binding import Binding
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from store.listing.folding import fold
from store.wording import _
from tui.dialogs.confirm import Confirm
from tui.dialogs.dialog import Dialog
from tui.signs import SIGNS
from tui.widgets.entry import Entry
from tui.widgets.lines import MessageLine
from tui.widgets.option_lines import OptionLines

Option = tuple[str, str]
"""A key, which is held, and a label, which is shown."""

TYPED_MAX = 100


@dataclass(frozen=True, slots=True)
class Picked:
    """What was chosen. `new` is the name of one that does not exist yet and is to be made."""

    keys: tuple[str, ...] = ()
    new: str = ""

    @property
    def key(self) -> str:
        """The one that was chosen, or nothing."""
        return self.keys[0] if self.keys and self.keys[0] else ""


class Needle(Entry):
    """What the list is narrowed by. A space before anything else marks, as it does in lists."""

    class Marked(Message):
        """The entry under the cursor is meant."""

    def on_key(self, event: events.Key) -> None:
        if event.key == "space" and not self.value:
            event.stop()
            event.prevent_default()
            self.post_message(self.Marked())


class Choose(Dialog["Picked | None"]):
    """A list that one narrows by typing; None where one went back.

    One of them: enter takes it. `several`: enter marks, F2 takes what is marked, in the order of
    the list. With `new_label` the last entry makes a new one, named by what was typed.
    """

    BINDINGS = [
        Binding("enter", "pick", show=False),
        Binding("f2", "done", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]

    entry = getters.query_one(Needle)
    lines = getters.query_one(OptionLines)
    message_line = getters.query_one(MessageLine)

    def __init__(
        self,
        title: str,
        options: Sequence[Option],
        *,
        chosen: Collection[str] = (),
        several: bool = False,
        new_label: str | None = None,
        typed: str = "",
    ) -> None:
        super().__init__(title)
        self.options, self.several, self.new_label = options, several, new_label
        self._chosen, self.marked = set(chosen), set(chosen)
        self._typed = typed
        self._folded = [(fold(key), fold(label)) for key, label in options]
        self._found: list[Option] = []
        self._needle: str | None = None

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="narrow"):
            yield Static("/ ", id="slash", markup=False)
            yield Needle(self._typed, longest=TYPED_MAX)
        yield OptionLines()
        yield MessageLine(ruled=False)

    def keys(self) -> tuple[tuple[str, str], ...]:
        if self.several:
            return (("enter", _("mark")), ("F2", _("take the marked")), ("esc", _("back")))
        return (("enter", _("take")), ("esc", _("back")))

    def on_mount(self) -> None:
        # Before the first painting, which would be followed by a second one of another height.
        self._make_room(self.app.size.height)
        self.entry.focus()
        self._narrow()
        if not self._typed and not self.several and self.marked:
            keys = [key for key, _label in self._found]
            chosen = next(iter(self.marked))
            if chosen in keys:
                self.lines.go(keys.index(chosen))

    def on_resize(self, event: events.Resize) -> None:
        self._make_room(event.size.height)

    def check_consume_key(self, key: str, character: str | None) -> bool:  # noqa: ARG002
        return character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        """What was typed before the field had the focus is not lost."""
        if event.is_printable and event.character:
            event.stop()
            self.entry.insert_text_at_cursor(event.character)

    @on(Needle.Marked)
    def _marked_by_space(self) -> None:
        self.action_pick()

    @on(Input.Changed)
    def _typed_on(self, event: Input.Changed) -> None:
        event.stop()
        self.message_line.clear()
        self._narrow()

    def action_move(self, step: int) -> None:
        self.lines.go(self.lines.cursor + step)

    def action_page(self, step: int) -> None:
        self.lines.go(self.lines.cursor + step * self.lines.room)

    def action_pick(self) -> None:
        """Take or mark the entry under the cursor."""
        self._narrow()
        if self.lines.cursor >= len(self._found):
            self._make()
            return
        key, _label = self._found[self.lines.cursor]
        if not self.several:
            self.dismiss(Picked((key,)))
            return
        self.marked ^= {key}
        if self.entry.value:
            self.entry.value = ""
        else:
            self._show()

    def action_back(self) -> None:
        """Back, asking first if other entries are marked than before."""
        if self.several and self.marked != self._chosen:
            sentence = _("What was chosen before stays chosen.")
            question = Confirm(_("Drop what was marked?"), sentence, _("Drop it"))
            self.app.push_screen(question, self._dropped)
        else:
            super().action_back()

    def action_done(self) -> None:
        if self.several:
            self.dismiss(Picked(self._marked()))
        else:
            self.action_pick()

    def _dropped(self, drop: bool | None) -> None:
        if drop:
            self.dismiss(None)

    def _make_room(self, height: int) -> None:
        """As many lines as there are names, at most half the screen; narrowing changes nothing."""
        most = len(self.options) + bool(self.new_label)
        self.lines.styles.height = max(min(most, height // 2), 1)

    def _make(self) -> None:
        name = " ".join(self.entry.value.split())
        if not self.new_label:
            self.message_line.say(_("Nothing is called that. Type less of it."))
        elif not name:
            self.message_line.say(_("Type its name first."))
        else:
            self.dismiss(Picked(self._marked() if self.several else (), new=name))

    def _marked(self) -> tuple[str, ...]:
        return tuple(key for key, _label in self.options if key in self.marked)

    def _narrow(self) -> None:
        """Show what holds the typed letters; what begins with them comes first."""
        needle = fold(self.entry.value)
        if needle == self._needle:
            return
        self._needle = needle
        ranked = [
            (rank, number)
            for number, names in enumerate(self._folded)
            if (rank := _rank(needle, *names)) is not None
        ]
        self._found = [self.options[number] for _rank_of, number in sorted(ranked)]
        self._show(0)

    def _show(self, cursor: int | None = None) -> None:
        labels = [self._line(key, label) for key, label in self._found]
        if self.new_label:
            name = " ".join(self.entry.value.split())
            labels.append(f"{self.new_label} “{name}”" if name else f"{self.new_label} …")
        elif not labels:
            labels.append(_("nothing of that name"))
        self.lines.show(labels, self.lines.cursor if cursor is None else cursor)

    def _line(self, key: str, label: str) -> str:
        if not self.several:
            return label
        return f"{SIGNS.ticked if key in self.marked else SIGNS.unticked} {label}"


def _rank(needle: str, key: str, label: str) -> int | None:
    """How well it is named by the letters: 0 best, None not at all."""
    if not needle:
        return 0
    if key == needle:
        return 0
    if not key and not label.startswith(needle):
        return None
    if label.startswith(needle):
        return 1
    if f" {needle}" in label:
        return 2
    return 3 if needle in label else None
