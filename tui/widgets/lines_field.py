"""A field of several lines: its label beside the first of them, what is wrong below the last."""

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import TextArea

from store.wording import _
from tui.moments import grouped
from tui.safe import fit
from tui.signs import SIGNS
from tui.widgets.fields import LEFT, Field, FieldSpec, Value
from tui.widgets.many_lines import ManyLines, shown

LINES = 6
"""How many are seen at once."""


class LinesField(Field):
    """Lines that are typed or pasted."""

    def __init__(self, spec: FieldSpec, value: str = "", *, longest: int) -> None:
        super().__init__(spec, value)
        self.longest = longest

    def compose(self) -> ComposeResult:
        yield ManyLines(str(self._held), longest=self.longest)

    @property
    def editor(self) -> Widget:
        return self.query_one(ManyLines) if self.is_mounted else self

    @property
    def value(self) -> Value:
        return self.query_one(ManyLines).text if self.is_mounted else self._held

    @value.setter
    def value(self, value: Value) -> None:
        self._held = shown(str(value))
        area = self.query_one(ManyLines)
        with area.prevent(TextArea.Changed):
            area.text = self._held
        self.refresh()

    def render(self) -> Content:
        marker = SIGNS.cursor if self.editor.has_focus else " "
        label = self.get_visual_style("field--label")
        wrong = self.get_visual_style("field--problem")
        line = Content.assemble(f" {marker} ", (fit(self.spec.label, LEFT - 3), label))
        below = [Content.assemble(" " * LEFT, (text, wrong)) for text in self._below()]
        return Content("\n").join([line, *[Content("")] * (LINES - 1), *below])

    def _below(self) -> list[str]:
        room = self.size.width - LEFT - 1
        if not self.note or room < 1:
            return []
        return [fit(self.note, room).rstrip()]

    def _arrange(self) -> None:
        self.styles.height = LINES + len(self._below())
        self.refresh(layout=True)

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        event.stop()
        text = event.text_area.text
        if text != self._held:
            self.changed(text)

    @on(ManyLines.TooLong)
    def _too_long(self) -> None:
        sentence = _("This is too much at once: at most {n} characters. A file may hold more.")
        told = sentence.format(n=grouped(self.longest))
        self.post_message(self.Told(f"{SIGNS.error} {told}"))
