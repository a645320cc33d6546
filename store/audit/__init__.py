"""The history: who did what to whom, when, from where and why, as a chain of entries.

`chain` writes entries, `head_row` holds the newest one under a seal, `reading` lists entries,
`erasing` deletes their values, `anchor` keeps the newest one in the data folder, `key` knows the
secret they are written with, `guard` refuses a database that is not the one known here. `walking`
and `verifying` check all of it, `sealing` goes on after a damage or the loss of the key.
"""

from typing import TYPE_CHECKING

from store.audit.chain import append, changes_between
from store.audit.erasing import NAMED as ERASED
from store.audit.erasing import VERBS as ERASING
from store.audit.erasing import erase
from store.audit.head_row import forget_latest, head, newest, times
from store.audit.key import begin, server_key
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
from store.later import later as _later

if TYPE_CHECKING:
    from store.audit.verifying import Verdict, examine, noticed, verify
    from store.audit.walking import Damage

__all__ = [
    "ERASED",
    "ERASING",
    "UNDOES",
    "Damage",
    "Verdict",
    "append",
    "at_moments",
    "begin",
    "called",
    "changes_between",
    "count",
    "erase",
    "examine",
    "forget_latest",
    "head",
    "history",
    "later",
    "newest",
    "newest_change",
    "newest_of",
    "noticed",
    "number_since",
    "own_since",
    "removed_name",
    "server_key",
    "since",
    "times",
    "verify",
]

_CHECKING = "store.audit.verifying"
if not TYPE_CHECKING:  # with it, a type checker would accept any name
    __getattr__ = _later(
        __name__,
        {
            **dict.fromkeys(("Verdict", "examine", "noticed", "verify"), _CHECKING),
            "Damage": "store.audit.walking",
        },
    )
