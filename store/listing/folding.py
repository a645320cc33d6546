"""Folding: one form for all spellings of a text, so that `jose` finds José in any script.

The rule is STORE.md's: casefold, NFKD without combining marks, and a small map of the letters
that Unicode does not take apart. Folding works character by character, so ranges of a folded
text can be led back to the original, which is what the screen marks.
"""

import re
from unicodedata import category, combining, normalize

_LETTERS = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t", "ƶ": "z",
    "æ": "ae", "œ": "oe", "þ": "th", "ĸ": "k", "ŋ": "n", "ɓ": "b", "ɗ": "d", "ƙ": "k",
    "‘": "'", "’": "'", "ʼ": "'", "ʻ": "'", "ʹ": "'", "′": "'", "´": "'",
    "‐": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
}  # fmt: skip
"""What NFKD leaves alone though people type it otherwise: letters, apostrophes, hyphens."""

_UNKNOWN = "\N{REPLACEMENT CHARACTER}"

_PHONE = re.compile(r"[+(]*[0-9][-0-9().+/]*")
"""A word that may be part of a telephone number, with the punctuation people put into it."""


class _Table(dict[int, str]):
    """The folded form of each character, made when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _folded(chr(code))
        return folded


def _folded(char: str) -> str:
    if char.isspace():
        return " "
    # No database holds lone surrogates and not every one NUL; private characters are the
    # index's own alphabet. All of them become one character that nobody has in a name.
    if category(char) in {"Cc", "Cs", "Co"}:
        return _UNKNOWN
    if category(char) == "Cf":
        return ""
    if char in _LETTERS:
        return _LETTERS[char]
    # Class 0 stays: in Indic scripts those marks are the vowels.
    plain = "".join(part for part in normalize("NFKD", char) if not combining(part))
    if plain.isspace():
        return char
    return "".join(_LETTERS.get(part, part) for part in plain.casefold())


_TABLE = _Table()


def fold(text: str) -> str:
    """The folded form of a text: runs of whitespace are one space, none stands at the ends."""
    plain = text.lower() if text.isascii() and text.isprintable() else text.translate(_TABLE)
    return " ".join(plain.split())


def words(search: str) -> list[tuple[str, ...]]:
    """The folded words of a search, each with the forms of which one must be found.

    Blanks and commas separate them, so that `Silva, Maria`, as a list shows it, finds Maria Silva.

    A word that looks like part of a telephone number may also stand without its punctuation,
    for numbers are stored in E.164: `(067)` finds +380671234567.
    """
    found = dict.fromkeys(fold(search).replace(",", " ").split())
    return [_forms(word) for word in found]


def _forms(word: str) -> tuple[str, ...]:
    if word.isdigit() or not _PHONE.fullmatch(word):
        return (word,)
    digits = re.sub(r"\D", "", word)
    bare = f"+{digits}" if word.startswith("+") else digits
    return (word,) if bare == word else (word, bare)


def spans(text: str, search: str) -> list[tuple[int, int]]:
    """The ranges of the original text that the words of the search matched: sorted, apart."""
    folded: list[str] = []
    origins: list[int] = []
    for position, char in enumerate(text):
        for part in _TABLE[ord(char)]:
            folded.append(part)
            origins.append(position)
    plain = "".join(folded)
    # A character that folds to nothing, as a mark does, belongs to the one before it.
    ends = [*origins[1:], len(text)]
    ranges = []
    for form in {form for forms in words(search) for form in forms}:
        for start in _places(plain, form):
            last = start + len(form) - 1
            # Half of an expanded letter, as of ß, marks the whole of it.
            ranges.append((origins[start], max(ends[last], origins[last] + 1)))
    return _merged(ranges)


def _places(text: str, part: str) -> list[int]:
    places = []
    start = text.find(part)
    while start >= 0:
        places.append(start)
        start = text.find(part, start + 1)
    return places


def _merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
