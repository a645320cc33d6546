"""Parse whole numbers that users type, such as ids and settings, within their bounds."""

ID_MAX = 2**31 - 1
"""The largest id that both database engines can store."""
SEQ_MAX = 2**63 - 1
"""The largest number of an audit entry."""


def whole_number(text: str, least: int, most: int) -> int | None:
    """Return `text` as a number, or None if it is not a number from `least` to `most`.

    Only ASCII digits count. Leading zeros are ignored: `007` is 7.
    """
    if not (text.isascii() and text.isdigit()):
        return None
    digits = text.lstrip("0")
    if len(digits) > len(str(most)):
        # Python refuses to convert more than 4300 digits.
        return None
    value = int(digits or "0")
    return value if least <= value <= most else None


def id_number(text: str) -> int | None:
    """Return `text` as an id, or None if no row can have it."""
    return whole_number(text, 1, ID_MAX)
