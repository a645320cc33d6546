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

    A long sentence takes a second line over the last line of the body, because the end of a refusal
    says what to do. A dialog has no rule, which would be a fifth of its bytes on a slow line.
    """

    def __init__(self, *, ruled: bool = True) -> None:
        super().__init__()
        self.ruled = ruled
        self.sentence = ""
        self._covered: str | None = None

    def say(self, sentence: str) -> None:
        """Show a sentence, cut where its second line ends."""
        self.sentence, self._covered = sentence, None
        self._show()

    def cover(self, sentence: str) -> None:
        """Show a sentence until `uncover`; what stood here comes back then."""
        covered = self.sentence if self._covered is None else self._covered
        self.say(sentence)
        self._covered = covered

    def uncover(self) -> None:
        """Show again what was covered, unless something else has been said since."""
        if self._covered is not None:
            self.say(self._covered)

    def clear(self) -> None:
        """Back to the rule; costs nothing where there was no sentence."""
        if self.sentence:
            self.say("")

    def text(self, width: int) -> Content:
        if not self.sentence:
            return Content(SIGNS.rule * width if self.ruled else "")
        return Content("\n".join(fit(f" {line}", width) for line in self._lines(width)))

    def _lines(self, width: int) -> list[str]:
        """Return the sentence in at most two lines. The second has all the rest, to be cut off."""
        first, *others = (
            line.plain.rstrip() for line in Content(safe(self.sentence)).wrap(width - 1)
        )
        return [first, " ".join(others)] if others else [first]

    def on_resize(self) -> None:
        self._measure()

    def _show(self) -> None:
        self.set_class(bool(self.sentence), "-saying")
        self._measure()
        self.refresh()

    def _measure(self) -> None:
        # Before the first frame there is no width to measure against.
        width = self.size.width
        self.set_class(bool(width) and len(self._lines(width)) > 1, "-long")


class KeyLine(Line):
    """The keys of the screen; the last ones give way where the line is short."""

    def __init__(self, keys: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self.keys = keys
        self.sentence = ""

    def say(self, sentence: str) -> None:
        """Show a sentence instead of the keys, or the keys if it is empty."""
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
