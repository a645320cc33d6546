"""Whole numbers that a person types: parsed once, and bounded by their value.

Whatever takes a number as text, from an id to a setting, reads it here.
"""

ID_MAX = 2**31 - 1
"""The largest id that both engines store."""
SEQ_MAX = 2**63 - 1
"""The largest number of an audit entry."""


def whole_number(text: str, least: int, most: int) -> int | None:
    """Return the number that `text` stands for; None if it is none, or not from least to most.

    ASCII digits alone count. Leading zeros change nothing: `007` is 7.
    """
    if not (text.isascii() and text.isdigit()):
        return None
    digits = text.lstrip("0")
    if len(digits) > len(str(most)):
        # Python refuses to convert some thousands of digits.
        return None
    value = int(digits or "0")
    return value if least <= value <= most else None


def id_number(text: str) -> int | None:
    """Return the id that `text` stands for; None if no row can have it."""
    return whole_number(text, 1, ID_MAX)
