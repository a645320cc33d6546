"""What holds for every text that people type: no control characters, NFC, no blank ends."""

import re
from unicodedata import normalize

FIELD_MAX = 4096
"""Characters of any field at most (CHECKLIST K68)."""

EXCERPT_MAX = 60
"""How many characters of a typed value a sentence quotes."""

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Cc, the line and paragraph separators, lone surrogates. Bidi and zero-width marks are legal
in names: they are made visible where they are shown."""


class MalformedError(ValueError):
    """A text that is not what its field holds; `sentence` says what to do about it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def has_controls(text: str) -> bool:
    """Whether anything in it would steer a terminal or end a line."""
    return _CONTROLS.search(text) is not None


def control_in(text: str) -> str:
    """Return the first control character of a text that has one."""
    found = _CONTROLS.search(text)
    return found[0] if found else ""


def excerpt(text: str) -> str:
    """Return the beginning of a typed text as one line without control characters."""
    plain = without_controls(text[: EXCERPT_MAX + 1])
    return plain if len(plain) <= EXCERPT_MAX else f"{plain[:EXCERPT_MAX]}…"


def without_controls(text: str) -> str:
    """The text with a replacement character for each control, which any database can compare."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)


def tidy(text: str) -> str:
    """NFC without blank ends. What no composing could bring under the limit stays as it is."""
    return text if len(text) > 4 * FIELD_MAX else normalize("NFC", text).strip()
