"""What a kind of change is: how it is read whether it still stands, and how it is put back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store import audit
from store.values import AuditEntry

if TYPE_CHECKING:
    from store.session import Session

Values = Mapping[str, Any]

IDS = ("id", "employee")
"""Where an entry about a thing has its number."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of change, which is put back by an ordinary verb with all its checks.

    `about` is what the person or the thing is called, `stands` what stands now in the fields that
    were changed, `back` puts the old values back. `beside` is what the entry tells besides its
    fields. Of what was `made` nothing at all may have been changed since; where it `shuts_out`,
    the person may not have signed in since. Where it is `one_of_many`, entries of the same kind are
    about something else, and what stands now says it all.
    """

    about: Callable[["Session", AuditEntry], str]
    stands: Callable[["Session", AuditEntry], Values]
    back: Callable[["Session", AuditEntry], object]
    beside: frozenset[str] = frozenset()
    made: bool = False
    shuts_out: bool = False
    one_of_many: bool = False

    def changed(self, entry: AuditEntry) -> dict[str, tuple[Any, Any]]:
        """The fields that the change was about, each with its old and its new value."""
        return {
            name: pair
            for name, pair in entry.changes.items()
            if name not in self.beside and pair[0] != pair[1]
        }


def olds(entry: AuditEntry) -> dict[str, Any]:
    """What stood in the fields that were changed."""
    return {name: old for name, (old, new) in entry.changes.items() if old != new}


def as_made(_session: "Session", entry: AuditEntry) -> Values:
    """What was made stands as it was made: whoever has changed any of it has left an entry."""
    return {name: new for name, (_old, new) in entry.changes.items()}


def subject_of(entry: AuditEntry) -> object:
    """What an entry is about: a person by their id, a thing by its noun and what identifies it."""
    if entry.target is not None:
        return entry.target
    noun = entry.verb.partition("_")[2]
    for key in IDS:
        if key in entry.changes:
            return noun, next(filter(None, entry.changes[key]))
    return noun, frozenset(entry.changes) - {audit.UNDOES}
