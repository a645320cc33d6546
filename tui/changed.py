"""What the history holds of a field, in words."""

from store.wording import _
from tui.signs import SIGNS


def value_of(value: object) -> str:
    """A value as it was or as it became; several in a row."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple):
        return ", ".join(map(_one_of, value)) or SIGNS.nothing
    return SIGNS.nothing if value is None or value == "" else _one_of(value)


def _one_of(value: object) -> str:
    """One of several: a record is its kind and its ref, several fields are each said by name."""
    if isinstance(value, list | tuple):
        return " ".join(map(str, value))
    if isinstance(value, dict):
        return ", ".join(f"{name}: {value_of(one)}" for name, one in value.items())
    return str(value)
