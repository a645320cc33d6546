"""Where in the list a person stands, as one number that sorts as the list does.

The search index numbers people by it, so that it yields them nearly in the order of the list
(STORE.md, "rowid = place in the list"), and it is computed, so that nothing has to be kept in
order. It holds the bottom flag, the first characters of the folded last name, and the id: people
whose names begin alike share a *group*, within which the reader sorts.
"""

from bisect import bisect_right
from itertools import pairwise

from store.values import Status

SUNK = frozenset({Status.BLOCKED, Status.INACTIVE})
"""Who stands at the bottom of the list of all (S2)."""

ID_BITS = 31
DEPTH = 4
"""How many characters of the last name a place knows."""

_SINGLE = (
    " '-.abcdefghijklmnopqrstuvwxyzαβγδεζηθικλμνξοπρςστυφχψωабвгдежзийклмнопрстуфхцчшщъыьэюяєіґ"
)
_STEPS = (
    *range(ord("0"), ord("9") + 1, 5),
    *range(0x05D0, 0x05EB, 2),  # Hebrew
    *range(0x0621, 0x064B, 2),  # Arabic
    *range(0x0900, 0x0A00, 32),  # Devanagari, Bengali
    *range(0x10D0, 0x1100, 8),  # Georgian
    *range(0x1100, 0x1113, 2),  # Hangul, taken apart by folding
    *range(0x3041, 0x3100, 16),  # kana
    *range(0x4E00, 0xA000, 0x800),  # Han
    0xA000,
)
_FLOORS = sorted({"\x01", *_SINGLE, *(chr(ord(char) + 1) for char in _SINGLE), *map(chr, _STEPS)})
"""The first character of each rank. A rank is one letter of the common alphabets, or a stretch."""
_TOP = "\U0010ffff"
_ALONE = frozenset(
    rank
    for rank, (low, high) in enumerate(pairwise([*_FLOORS, _TOP]), 1)
    if ord(high) - ord(low) == 1
)
RANKS = len(_FLOORS) + 1
"""Ranks of a character; 0 is the end of the name."""

_known: dict[str, int] = {}


def sunk(status: Status | str) -> int:
    """The bottom flag of a status."""
    return int(status in SUNK)


def place(bottom: int, last_key: str, number: int) -> int:
    """The place of a person: 63 bits, unique, never larger for a smaller (bottom, last_key)."""
    return group(bottom, last_key) << ID_BITS | number


def group(bottom: int, last_key: str) -> int:
    """The group of a person, in which all stand whose last names begin alike."""
    code = bottom
    for rank in ranks(last_key):
        code = code * RANKS + rank
    return code


def ranks(last_key: str) -> list[int]:
    """The ranks of the first characters; after a stretch of letters nothing more is known."""
    found = [0] * DEPTH
    for position, char in enumerate(last_key[:DEPTH]):
        rank = _known.get(char)
        if rank is None:
            rank = _known[char] = max(bisect_right(_FLOORS, char), 1)
        found[position] = rank
        if rank not in _ALONE:
            break
    return found


def bounds(code: int) -> tuple[tuple[int, str], tuple[int, str]]:
    """The (bottom, last_key) from which a group begins, and from which it is over."""
    digits: list[int] = []
    for _position in range(DEPTH):
        code, rank = divmod(code, RANKS)
        digits.insert(0, rank)
    known = [rank for rank in digits if rank]
    if known and (len(known) == DEPTH or known[-1] not in _ALONE):
        beyond = [*known[:-1], known[-1] + 1]
    else:
        beyond = [*known, 1]
    return (code, _text(known)), (code, _text(beyond))


def _text(digits: list[int]) -> str:
    return "".join(_FLOORS[rank - 1] if rank <= len(_FLOORS) else _TOP for rank in digits)
