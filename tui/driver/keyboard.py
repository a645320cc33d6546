"""What comes from the terminal, divided into keys, pastes and answers.

A line that stalls delivers everything in one packet, and cuts packets where it likes. So what a
key is depends on the bytes alone: the same bytes are the same keys in one read, cut at any place,
and after a stall. Only where a sequence has begun and nothing follows does time decide
(`release`), and how much of it is the pace's to say.
"""

import re
from enum import Enum
from typing import Final

from textual import events

from tui.driver.sequences import keys_of_sequence, keys_of_text

REPLY = "\x1b[0n"
PASTE, PASTE_END = "\x1b[200~", "\x1b[201~"
ESCAPE = "\x1b"

_WHOLE = re.compile(
    r"\x1b(?:"
    r"\[\[[A-E]"  # F1 to F5 of the Linux console
    r"|\[M[\s\S]{3}"  # a mouse that another program has left on
    r"|\[\d+\$"  # rxvt, with shift
    r"|\[(?![\[M])[0-?]*[ -/]*[@-~]"
    r"|O[A-DFHP-Sa-d]"
    r")"
)
"""A sequence from its escape to its end. Escape and any other character are two keys."""

_BEGUN = re.compile(r"\x1b(?:\[(?:\[|M[\s\S]{0,2}|(?![\[M])[0-?]*[ -/]*)?|O)?")
"""What may become one."""

_BROKEN = re.compile(r"\x1b\[[0-?]+[ -/]*")
"""One that was cut off by something that cannot stand in it."""

_TYPED = re.compile(r"[^\x1b]+")

_TAIL_OF_PASTE = re.compile(r"\x1b(?:\[\d{0,3})?\Z")
"""What may become the end of a paste, or an answer in the midst of it."""


class Answer(Enum):
    """The terminal has got as far as it was asked about."""

    READY = REPLY


Input = events.Key | events.Paste | Answer

_ESCAPE_KEYS: Final = (ESCAPE, ESCAPE + "[", ESCAPE + "[[", ESCAPE + "O")
"""Beginnings of sequences that are as well the escape key and keys after it."""


class Keyboard:
    """Divides the input, of which it holds back what may be the beginning of a sequence."""

    def __init__(self) -> None:
        self._held = ""
        self._escaped = False
        """Whether the escape that is held back was released as the escape key already."""
        self._pasted: list[str] | None = None

    @property
    def holding(self) -> bool:
        """Whether something is held back that time may decide about."""
        return bool(self._held) and self._pasted is None

    def feed(self, text: str) -> list[Input]:
        """Return what has come whole with this text, in its order."""
        text, self._held = self._held + text, ""
        escaped, self._escaped = self._escaped, False
        found: list[Input] = []
        at = 0
        while at < len(text):
            if self._pasted is not None:
                at = self._paste(text, at, found)
            elif match := _TYPED.match(text, at) or _WHOLE.match(text, at):
                found += self._meaning(match[0])
                at = match.end()
            elif _BEGUN.fullmatch(text, at):
                self._held, self._escaped = text[at:], escaped and at == 0
                break
            elif match := _BROKEN.match(text, at):
                at = match.end()
            else:
                found += () if escaped and at == 0 else keys_of_text(ESCAPE)
                at += 1
        return found

    def release(self, *, answer_due: bool) -> list[Input]:
        """Return the keys that were held back, as nothing has followed them for long enough.

        Where an answer is due, an escape may still be its beginning: it counts as the key, but
        what follows it counts as the rest of a sequence.
        """
        if not self.holding or self._held not in _ESCAPE_KEYS:
            return []
        if answer_due and REPLY.startswith(self._held):
            if self._escaped or self._held != ESCAPE:
                return []
            self._escaped = True
            return [*keys_of_text(ESCAPE)]
        keys = self._held[self._escaped :]
        self._held, self._escaped = "", False
        return [*keys_of_text(keys)]

    def _meaning(self, whole: str) -> list[Input]:
        if whole == REPLY:
            return [Answer.READY]
        if whole == PASTE:
            self._pasted = []
            return []
        return [*(keys_of_sequence(whole) if whole[0] == ESCAPE else keys_of_text(whole))]

    def _paste(self, text: str, at: int, found: list[Input]) -> int:
        """Take in what is pasted, from here on; returns where that ends."""
        assert self._pasted is not None  # noqa: S101  (who calls this has looked)
        end = text.find(PASTE_END, at)
        ended = end >= 0
        if not ended:
            tail = _TAIL_OF_PASTE.search(text, at)
            end = tail.start() if tail else len(text)
            self._held = text[end:]
        part = text[at:end]
        found += [Answer.READY] * part.count(REPLY)
        self._pasted.append(part.replace(REPLY, ""))
        if not ended:
            return len(text)
        found.append(events.Paste("".join(self._pasted).replace("\0", "")))
        self._pasted = None
        return end + len(PASTE_END)
