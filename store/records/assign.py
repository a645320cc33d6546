"""Giving chosen records to somebody, whoever has them now (DESIGN 3.8)."""

import shlex
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from store import access
from store.errors import Conflict, Refused
from store.records import holdings, recipients
from store.users import read
from store.values import Assignment
from store.wording import _

if TYPE_CHECKING:
    from store.database import Unit
    from store.session import Session

MOST = 10_000
"""Records that are given in one transaction (DESIGN 3.8)."""
NAMED = 1000
"""So many are named in an entry of the history, by which they can be given back."""

Refs = Mapping[str, Sequence[str]]
"""Records, by their kind and ref."""


def assign(session: "Session", refs: Refs, to: int | str) -> Assignment:
    """Give these records to one active user; what is theirs already stays with them.

    Everybody who had any of them gets an entry of the history, which names what went.

    Raises:
        NotAllowed: the actor may not take something from one of those who have it.
        NotFound: nobody by that name, or nobody whom the actor may see.
        NoSuch: one of the records is not there.
        Refused: they are too many, or whoever is to get them is not active or has them all.
        Conflict: somebody else gave one of them away at this moment.
        Invalid: a table of the platform is not as it was declared.
    """
    store = session.store
    wanted = {kind: tuple(dict.fromkeys(some)) for kind, some in refs.items() if some}
    with store.write(session) as unit:
        access.require(session, "users.transfer")
        if _number(wanted) > MOST:
            sentence = _(
                "{count} records are too many at once. At most {n} can be assigned. "
                "Transfer a whole kind instead: usher records transfer --from WHO --kind "
                "KIND=WHO"
            )
            raise Refused(sentence.format(count=_number(wanted), n=MOST), code="records_too_many")
        heir = recipients.heir(session, to)
        owned = holdings.owners(store, wanted)
        theirs = owned.pop(heir.id, None)
        if theirs and not owned:
            raise recipients.same_person(heir)
        subjects = {user.id: read.subject_of(user) for user in read.load(store, list(owned))}
        for owner, some in owned.items():
            # What names nobody, or somebody removed, is anybody's to put right.
            access.require(session, "users.transfer", subjects.get(owner))
            if holdings.move_these(unit, owner, heir.id, some) != _number(some):
                sentence = _(
                    "Some of these records are being transferred by another session. Nothing "
                    "was changed. Refresh and try again."
                )
                raise Conflict(sentence, code="records_moved")
            record(unit, owner, heir.id, some)
        return Assignment(heir, _number(wanted) - _number(theirs or {}), tuple(owned))


def record(unit: "Unit", owner: int, heir: int, refs: Refs) -> None:
    """Write into the history that somebody's records went to somebody else."""
    changes: dict[str, tuple[Any, Any]] = {"owned_by": (owner, heir)}
    if _number(refs) > NAMED:
        unit.record("assign", owner, changes | {"number": (None, _number(refs))})
        return
    named = [[kind, ref] for kind, some in refs.items() for ref in some]
    lines = [
        shlex.join(["usher", "records", "assign", kind, *some, "--to", str(heir)])
        for kind, some in refs.items()
    ]
    unit.record("assign", owner, changes | {"records": (None, named)}, " && ".join(lines))


def _number(refs: Refs) -> int:
    return sum(map(len, refs.values()))
