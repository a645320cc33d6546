"""What the history holds of a field, in words."""

from collections.abc import Mapping
from typing import Any

from store.wording import _
from tui.signs import SIGNS

Changes = Mapping[str, tuple[Any, Any]]


def subject_of(changes: Changes) -> str:
    """Return the subject of an entry without a user: its unchanged name and id.

    For example `Support (3)` for a role whose permissions were edited, or `3` for a renamed role.
    """
    same = [value_of(new) for old, new in changes.values() if old == new]
    *others, last = sorted(same, key=str.isdigit) if same else [""]
    return f"{' '.join(others)} ({last})" if others else last


NOT_SHOWN = frozenset({"sent_count"})
"""Facts that an entry keeps, but no field that a user changed."""


def changed_in(changes: Changes) -> Changes:
    """Return the changes that people read: no value that stayed the same, no bookkeeping."""
    return {
        name: (old, new)
        for name, (old, new) in changes.items()
        if old != new and name not in NOT_SHOWN
    }


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
