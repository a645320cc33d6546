"""Split the input from the terminal into keys, pastes and responses.

A line that stalls delivers everything in one packet, and packets can split anywhere. So keys depend
only on the bytes: the same bytes are the same keys in one read, split at any place, or after a
stall. Time decides only if a sequence has begun and nothing follows (`release`). The pace says how
long to wait.
"""

import re
from collections.abc import Generator, Iterator, Sequence
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
    r"|\[M[\s\S]{3}"  # a mouse report, if another program left the mouse on
    r"|\[\d+\$"  # rxvt, with shift
    r"|\[(?![\[M])[0-?]*[ -/]*[@-~]"
    r"|O[A-DFHP-Sa-d]"
    r")"
)
"""A complete escape sequence. Escape and any other character are two keys."""

_BEGUN = re.compile(r"\x1b(?:\[(?:\[|M[\s\S]{0,2}|(?![\[M])[0-?]*[ -/]*)?|O)?")
"""The beginning of an escape sequence."""

_BROKEN = re.compile(r"\x1b\[[0-?]+[ -/]*")
"""An escape sequence that an invalid character cuts off."""

_TYPED = re.compile(r"[^\x1b]+")

_TAIL_OF_PASTE = re.compile(r"\x1b(?:\[\d{0,3})?\Z")
"""The possible beginning of the end of a paste, or of a response in the middle of it."""


class Answer(Enum):
    """A response: the terminal has processed everything up to the question."""

    READY = REPLY


Input = events.Key | events.Paste | Answer

_ESCAPE_KEYS: Final = (ESCAPE, ESCAPE + "[", ESCAPE + "[[", ESCAPE + "O")
"""Beginnings of sequences that can also be the escape key and keys after it."""


class Keyboard:
    """Splits the input, and holds back the possible beginning of a sequence."""

    def __init__(self) -> None:
        self._held = ""
        self._escaped = False
        """Whether the held escape has already been released as the escape key."""
        self._pasted: list[str] | None = None

    @property
    def holding(self) -> bool:
        """Whether a possible beginning of a sequence waits for `release`."""
        return bool(self._held) and self._pasted is None

    def feed(self, text: str) -> Iterator[Input]:
        """Yield the complete input up to the end of this text, in order. Consume all of it.

        Each key is created when it is consumed, after earlier responses were handled.
        """
        text, self._held = self._held + text, ""
        escaped, self._escaped = self._escaped, False
        at = 0
        while at < len(text):
            if self._pasted is not None:
                at = yield from self._paste(text, at)
            elif match := _TYPED.match(text, at) or _WHOLE.match(text, at):
                yield from self._meaning(match[0])
                at = match.end()
            elif _BEGUN.fullmatch(text, at):
                self._held, self._escaped = text[at:], escaped and at == 0
                break
            elif match := _BROKEN.match(text, at):
                at = match.end()
            else:
                if not (escaped and at == 0):
                    yield from keys_of_text(ESCAPE)
                at += 1

    def release(self, *, answer_due: bool) -> Sequence[Input]:
        """Return the held keys once nothing has followed them for long enough.

        If a response is due, an escape may still be its beginning. The escape then counts as the
        key, and the bytes after it still count as the rest of a sequence.
        """
        if not self.holding or self._held not in _ESCAPE_KEYS:
            return []
        if answer_due and REPLY.startswith(self._held):
            if self._escaped or self._held != ESCAPE:
                return []
            self._escaped = True
            return keys_of_text(ESCAPE)
        keys = self._held[self._escaped :]
        self._held, self._escaped = "", False
        return keys_of_text(keys)

    def _meaning(self, whole: str) -> Sequence[Input]:
        if whole == REPLY:
            return [Answer.READY]
        if whole == PASTE:
            self._pasted = []
            return []
        return keys_of_sequence(whole) if whole[0] == ESCAPE else keys_of_text(whole)

    def _paste(self, text: str, at: int) -> Generator[Input, None, int]:
        """Collect pasted text from `at` on, and return where it ends."""
        assert self._pasted is not None  # noqa: S101  (who calls this has looked)
        end = text.find(PASTE_END, at)
        ended = end >= 0
        if not ended:
            tail = _TAIL_OF_PASTE.search(text, at)
            end = tail.start() if tail else len(text)
            self._held = text[end:]
        part = text[at:end]
        self._pasted.append(part.replace(REPLY, ""))
        yield from [Answer.READY] * part.count(REPLY)
        if not ended:
            return len(text)
        pasted, self._pasted = "".join(self._pasted), None
        yield events.Paste(pasted.replace("\0", ""))
        return end + len(PASTE_END)
