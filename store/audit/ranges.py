"""Lists of entry numbers as text, such as `3 7-12 40`."""

import re
from collections.abc import Iterable

_PART = re.compile(r"([0-9]{1,18})(?:-([0-9]{1,18}))?")


def written(numbers: Iterable[int]) -> str:
    """Return the numbers as text in ascending order, with ranges for consecutive ones."""
    parts: list[list[int]] = []
    for number in sorted(set(numbers)):
        if parts and parts[-1][1] == number - 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return " ".join(f"{low}-{high}" if low != high else str(low) for low, high in parts)


def is_within(number: int, text: str) -> bool:
    """Return whether a number is among those written. What is no range contains none."""
    parts = filter(None, map(_PART.fullmatch, text.split()))
    return any(int(part[1]) <= number <= int(part[2] or part[1]) for part in parts)
