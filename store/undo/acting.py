"""Undo as a verb: ordinary verbs the other way round, whose entries say what they undo."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from store import access, audit
from store.errors import Conflict
from store.models import LetterRow
from store.undo import finding, people, refusing
from store.undo.finding import Change
from store.users import read
from store.users.acts import Done
from store.users.consequences import Consequence, consequences
from store.users.readdressing import EFFECTS
from store.values import AuditEntry, Letter, rfc3339
from store.wording import _, ngettext

if TYPE_CHECKING:
    from store.database import Unit
    from store.session import Session

NOTICE = "email_changed"

_SAID = EFFECTS - {"email_confirmed"}
"""What the entry of an edit says besides fields that a user changed; the consequences say it."""


@dataclass(frozen=True, slots=True)
class Undone:
    """A change that was put back, or would be: when it was made, which verb, and about what.

    `fields` have what stood there a moment ago and what stands there again; `stays` is what does
    not come back, in words. `consequences` are those of an edit: what ends, and which emails are
    queued. `several` is true where the same was done to others at once.
    """

    seq: int
    at: datetime
    verb: str
    target: int | None
    name: str
    fields: dict[str, tuple[Any, Any]]
    stays: tuple[str, ...] = ()
    several: bool = False
    consequences: tuple[Consequence, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "undoes": self.seq,
            "at": rfc3339(self.at),
            "verb": self.verb,
            "target": self.target,
            "name": self.name,
            "changes": {name: list(pair) for name, pair in self.fields.items()},
            "stays": list(self.stays),
            "consequences": [one.sentence for one in self.consequences],
        }


def undo(session: "Session", seq: int | None = None) -> Undone:
    """Put one's own last change back, by the verbs that lead there and with all their checks.

    The entry of what is done names what it undoes, so that nothing is put back twice; the next
    undo takes the change before. `seq` is the number of the change that one was shown.

    Raises:
        Refused: there is nothing to undo, the change is none that is put back, or the world has
            moved since; the sentence says how.
        Conflict: somebody has changed the same since, or another change has become the last one.
        NotAllowed, NotFound, NoSuch, Invalid, PasswordNeeded: as the verb that puts it back.
    """
    with session.store.write(session, members=True) as unit:
        access.actor_of(session)
        access.require_own_password(session)
        change = finding.last(session)
        if seq is not None and seq != change.newest.seq:
            raise Conflict(
                _(
                    "You have made another change since, which is now the last one. Review it "
                    "before you undo it."
                ),
                code="another_since",
            )
        name = refusing.about(session, change)
        refusing.refuse(session, change, name)
        begun, letters = len(unit.entries), len(unit.letters)
        with unit.undoing(change.seqs):
            _put_back(unit, change)
        queued = tuple(unit.letters[letters:])
        return _undone(session, change, name, unit.entries[begun:], queued)


def foresee(session: "Session") -> Undone:
    """What would be put back, found out by rehearsing it; raises as `undo` does."""
    with session.store.rehearse(session):
        return undo(session)


def _put_back(unit: "Unit", change: Change) -> None:
    session, letters = unit.session, len(unit.letters)
    entries = change.entries
    made = [entry for entry in entries if entry.verb in people.MAKING]
    # With whoever was made goes all that came with them.
    for entry in made or entries:
        refusing.KINDS[entry.verb].back(session, entry)
        if "email" in entry.changes and not made:
            _withdraw(unit, entry, letters)


def _withdraw(unit: "Unit", entry: AuditEntry, since: int) -> None:
    """Tell nobody of an address that was changed and changed back, before any letter was out."""
    LetterRow.delete().where(
        LetterRow.user == entry.target, LetterRow.kind == NOTICE, LetterRow.created >= entry.at
    ).execute()
    unit.letters[since:] = [one for one in unit.letters[since:] if one.kind != NOTICE]


def _undone(
    session: "Session",
    change: Change,
    name: str,
    done: Sequence[AuditEntry],
    queued: tuple[Letter, ...],
) -> Undone:
    fields: dict[str, tuple[Any, Any]] = {}
    found: list[Consequence] = []
    for entry in done:
        if entry.verb == "edit" and entry.target is not None:
            (user,) = read.load(session.store, [entry.target])
            found += consequences(Done(user, entry.verb, entry.changes, queued))
        beside = _SAID if entry.verb == "edit" else frozenset()
        for field, (old, new) in entry.changes.items():
            if field != audit.UNDOES and field not in beside and old != new:
                fields[field] = (fields.get(field, (old, new))[0], new)
    oldest = change.entries[-1]
    return Undone(
        change.newest.seq, change.at, oldest.verb, oldest.target, name, fields,
        tuple(_stays(change)), change.several, tuple(found),
    )  # fmt: skip


def _stays(change: Change) -> Iterator[str]:
    """What does not come back with it, in words."""
    ended: Counter[str] = Counter()
    for entry in change.entries:
        for what in ("sessions", "codes"):
            before, after = entry.changes.get(what, (0, 0))
            ended[what] += before - after
    if ended["sessions"]:
        words = ngettext("{n} session stays ended", "{n} sessions stay ended", ended["sessions"])
        yield words.format(n=ended["sessions"])
    if ended["codes"]:
        words = ngettext("{n} code stays dead", "{n} codes stay dead", ended["codes"])
        yield words.format(n=ended["codes"])
