"""The styles of cells: what a sequence of colours and attributes says, and how to say it shortest.

A terminal has one pen, and `ESC [ … m` (SGR) changes it: `1` bold, `31` red, `7` reversed, nothing
at all to begin anew. Textual says the whole style before every piece of text and takes it back
behind it; from one known style to the next it is a few bytes.
"""

from functools import lru_cache
from typing import NamedTuple

from rich.color import Color, ColorSystem

from tui.colours import Depth

PLAIN = 0

_OFF = {
    "22": ("1", "2"), "23": ("3",), "24": ("4", "21"), "25": ("5", "6"), "27": ("7",),
    "28": ("8",), "29": ("9",), "55": ("53",),
}  # fmt: skip
_TURNS_OFF = {gone: off for off, all_gone in _OFF.items() for gone in all_gone}
_SHOWN_ON_BLANK = frozenset({"4", "7", "9", "21", "53"})
"""Attributes that one sees where there is no character: lines, and reversed."""


class Style(NamedTuple):
    """Attributes and colours, by the parameters that switch them on; "" is the terminal's own."""

    attributes: frozenset[str] = frozenset()
    foreground: str = ""
    background: str = ""

    @property
    def parameters(self) -> list[str]:
        return [*sorted(self.attributes), *filter(None, (self.foreground, self.background))]


class Styles:
    """The styles that were seen so far, each by its number; 0 is plain."""

    def __init__(self, depth: Depth = Depth.TRUE) -> None:
        self._depth = depth
        self._styles = [Style()]
        self._numbers = {Style(): PLAIN}
        # Every key and every frame asks the same few; a person's session has some dozens.
        self.after = lru_cache(1024)(self._after)
        self.on_blank = lru_cache(1024)(self._on_blank)
        self.transition = lru_cache(4096)(self._transition)
        self.erases = lru_cache(1024)(self._erases)

    def __getitem__(self, number: int) -> Style:
        return self._styles[number]

    def _number(self, style: Style) -> int:
        number = self._numbers.get(style)
        if number is None:
            number = self._numbers[style] = len(self._styles)
            self._styles.append(style)
        return number

    def _after(self, number: int, parameters: str) -> int:
        """The style that a pen of this style has after `ESC [ parameters m`."""
        attributes, foreground, background = self._styles[number]
        words = iter(parameters.split(";"))
        for word in words:
            if word in {"", "0"}:
                attributes, foreground, background = Style()
            elif word in {"38", "48"}:
                kind = next(words, "")
                count = {"2": 3, "5": 1}.get(kind, 0)
                colour = ";".join((word, kind, *(next(words, "0") for _each in range(count))))
                if word == "38":
                    foreground = self._reduced(colour)
                else:
                    background = self._reduced(colour)
            elif word == "39":
                foreground = ""
            elif word == "49":
                background = ""
            elif word in _OFF:
                attributes -= set(_OFF[word])
            elif len(word) > 1 and word[:-1] in {"3", "9"}:
                foreground = self._reduced(word)
            elif word[:-1] in {"4", "10"}:
                background = self._reduced(word)
            else:
                attributes |= {word}
        return self._number(Style(attributes, foreground, background))

    def _reduced(self, colour: str) -> str:
        """A colour as the terminal can show it."""
        if self._depth is Depth.NONE:
            return ""
        where, kind, *numbers = [*colour.split(";"), ""][:5] if ";" in colour else [colour, ""]
        values = [int(number) for number in numbers if number.isdigit()]
        if kind == "2" and self._depth is not Depth.TRUE:
            meant = Color.from_rgb(*values)
        elif kind == "5" and self._depth is Depth.SIXTEEN:
            meant = Color.from_ansi(*values)
        else:
            return colour
        sixteen = self._depth is Depth.SIXTEEN
        system = ColorSystem.STANDARD if sixteen else ColorSystem.EIGHT_BIT
        return ";".join(meant.downgrade(system).get_ansi_codes(foreground=where == "38"))

    def _on_blank(self, number: int) -> int:
        """The style that looks the same where there is no character, in its simplest form."""
        attributes, foreground, background = self._styles[number]
        seen = attributes & _SHOWN_ON_BLANK
        return self._number(Style(seen, foreground if seen else "", background))

    def _erases(self, number: int) -> bool:
        """Whether erasing with this pen leaves plain cells, on terminals of every kind."""
        style = self._styles[number]
        return not style.background and not style.attributes & _SHOWN_ON_BLANK

    def _transition(self, old: int, new: int) -> str:
        """The shortest sequence that takes a pen of one style to the other."""
        if old == new:
            return ""
        target = self._styles[new]
        if target == Style():
            return "\x1b[m"
        anew = "\x1b[;" + ";".join(target.parameters) + "m"
        changed = self._changes(self._styles[old], target)
        step = "\x1b[" + ";".join(changed) + "m"
        return min(step, anew, key=len)

    @staticmethod
    def _changes(old: Style, new: Style) -> list[str]:
        gone = old.attributes - new.attributes
        off = {_TURNS_OFF.get(attribute, "0") for attribute in gone}
        if "0" in off:
            return ["0", *new.parameters]
        changed = sorted(off)
        # What switches bold off switches dim off too.
        kept = {attribute for attribute in old.attributes if _TURNS_OFF.get(attribute) not in off}
        changed += sorted(new.attributes - kept)
        if old.foreground != new.foreground:
            changed.append(new.foreground or "39")
        if old.background != new.background:
            changed.append(new.background or "49")
        return changed
