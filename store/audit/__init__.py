"""The history: who did what to whom, when, from where and why, in one chain.

`chain` writes entries, `reading` lists them, `erasing` lets go of their values, `anchor` keeps the
newest one in the data folder, `verifying` checks all of it.
"""

from store.audit.chain import append, changes_between, head, newest
from store.audit.erasing import erase
from store.audit.reading import (
    UNDOES,
    at_moments,
    called,
    count,
    history,
    later,
    newest_change,
    newest_of,
    number_since,
    own_since,
    removed_name,
    since,
)
from store.audit.verifying import Damage, verify

__all__ = [
    "UNDOES",
    "Damage",
    "append",
    "at_moments",
    "called",
    "changes_between",
    "count",
    "erase",
    "head",
    "history",
    "later",
    "newest",
    "newest_change",
    "newest_of",
    "number_since",
    "own_since",
    "removed_name",
    "since",
    "verify",
]
