"""Screens without colours; what Textual does for NO_COLOR makes greys of them, which are some."""

from collections.abc import Iterable

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter


class Plain(LineFilter):
    """Leaves bold, underline, reverse and dim, and no colour at all."""

    def apply(self, segments: Iterable[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        return [
            Segment(text, style.without_color if style else style, control)
            for text, style, control in segments
        ]
