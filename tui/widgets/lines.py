"""The lines that frame every screen, each one row of text, redrawn only when it changes."""

from textual.content import Content
from textual.widget import Widget

from tui.safe import fit, safe
from tui.signs import SIGNS


class Line(Widget):
    """A row of text over the whole width; people's text is made safe on the way in.

    It is made while the screen is painted, when the width is known: painting twice costs twice.
    """

    def render(self) -> Content:
        return self.text(self.size.width)

    def text(self, width: int) -> Content:
        """What stands in so many cells."""
        raise NotImplementedError


class Heading(Line):
    """What this is on the left, a figure in the middle, who is signed in on the right."""

    def __init__(self, title: str, who: str = "") -> None:
        super().__init__()
        self.title, self.who, self.figure = title, who, ""

    def show(self, *, figure: str | None = None, title: str | None = None) -> None:
        """Change what stands there."""
        self.figure = self.figure if figure is None else figure
        self.title = self.title if title is None else title
        self.refresh()

    def text(self, width: int) -> Content:
        who = safe(self.who)
        left = fit(self.title, max(width - len(who) - len(self.figure) - 4, 0))
        return Content(fit(f"{left}  {self.figure}  {who}", width, right=True))


class MessageLine(Line):
    """A rule, or a sentence for as long as it matters.

    A dialog does without the rule, which is a fifth of what it costs on a slow line.
    """

    def __init__(self, *, ruled: bool = True) -> None:
        super().__init__()
        self.ruled = ruled
        self.sentence = ""

    def say(self, sentence: str) -> None:
        """Show a sentence, cut where the line ends."""
        self.sentence = sentence
        self._show()

    def clear(self) -> None:
        """Back to the rule; costs nothing where there was no sentence."""
        if self.sentence:
            self.sentence = ""
            self._show()

    def text(self, width: int) -> Content:
        if self.sentence:
            return Content(fit(f" {self.sentence}", width))
        return Content(SIGNS.rule * width if self.ruled else "")

    def _show(self) -> None:
        self.set_class(bool(self.sentence), "-saying")
        self.refresh()


class KeyLine(Line):
    """The keys of the screen; the last ones give way where the line is short."""

    def __init__(self, keys: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self.keys = keys
        self.sentence = ""

    def say(self, sentence: str) -> None:
        """Show a sentence instead of the keys; the keys again where it is empty."""
        if sentence != self.sentence:
            self.sentence = sentence
            self.refresh()

    def text(self, width: int) -> Content:
        if self.sentence:
            return Content(fit(self.sentence, width))
        keys = list(self.keys)
        # Help and back stand last and matter most, so what gives way stands before them.
        while len(keys) > 2 and sum(len(k) + len(label) + 3 for k, label in keys) - 2 > width:
            del keys[-3]
        parts = [Content.assemble((key, "bold"), f" {label}") for key, label in keys]
        return Content("  ").join(parts)
