"""Lists of entry numbers as text, such as `3 7-12 40`."""

from collections.abc import Iterable


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
    """Return whether a list written by `written` contains a number."""
    for part in text.split():
        low, _dash, high = part.partition("-")
        if int(low) <= number <= int(high or low):
            return True
    return False
