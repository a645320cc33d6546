"""What becomes of each row of a file of records: the one planner, used by preview and act alike.

It reads and never writes. A row's first fault is its code, and a row that fails reserves nothing
(DESIGN 3.11).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from store import access, checks
from store.access import Actor
from store.checks.problems import required
from store.checks.text import excerpt
from store.errors import Problem
from store.exchange.cells import unprotected
from store.exchange.reading import Row
from store.exchange.reserved import Reserved
from store.listing.folding import fold
from store.named import ids_by_key
from store.records import recipients, tables
from store.users import read
from store.values import User
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store
    from store.session import Session

_LONGEST = {
    "kind": 40,
    "ref": 200,
    "title": 200,
    "state": checks.NAME_MAX,
    "owner": checks.EMAIL_MAX,
    "sub_account": checks.NAME_MAX,
}
"""The columns of a file, and their characters at most."""
COLUMNS = tuple(_LONGEST)
_REQUIRED = ("kind", "ref", "owner")
KEPT = ("title", "state", "owner_id", "sub_account_id")
"""What is stored of a record besides what it is known by, in the order of `Values`."""


class Values(NamedTuple):
    """What is stored of a record besides what it is known by."""

    title: str = ""
    state: str = ""
    owner: int = 0
    sub_account: int | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """A row taken apart: what it is known by, who is to own it, and what else it says."""

    kind: str
    ref: str
    owner: str
    said: dict[str, str]

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, self.ref


@dataclass(frozen=True, slots=True)
class Stored:
    """A record that is there."""

    id: int
    values: Values


@dataclass(frozen=True, slots=True)
class Writing:
    """A record to be written: as it will be, and as it is where it is there."""

    typed: Typed
    values: Values
    stored: Stored | None = None

    @property
    def old(self) -> Values:
        """What is stored of it now; of one that is not there, nothing."""
        return self.stored.values if self.stored else Values()


@dataclass(slots=True)
class Decision:
    """What becomes of some rows: each of them is in exactly one of the first four."""

    created: list[Writing] = field(default_factory=list)
    updated: list[Writing] = field(default_factory=list)
    unchanged: int = 0
    failed: list[tuple[Row, Problem]] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)


def decide(
    session: "Session",
    columns: Sequence[str],
    reserved: Reserved,
    rows: Sequence[Row],
    *,
    to_change: bool,
) -> Decision:
    """What becomes of rows of these columns; `to_change` holds off others who would write.

    Raises:
        NotAllowed: the actor may not hand over what people own.
        Invalid: a table of the platform is not as it was declared.
    """
    actor = access.require(session, "records.import")
    taken_apart = [(row, _taken_apart(row, columns)) for row in rows]
    typed = [one for _row, one in taken_apart if isinstance(one, Typed)]
    there = _There.around(session.store, typed, to_change=to_change)
    turn = _Turn(session, actor, there, reserved.taken([_reserved_as(one) for one in typed]))
    for row, one in taken_apart:
        problem = one if isinstance(one, Problem) else turn.problem_of(one)
        if problem:
            turn.decision.failed.append((row, problem))
    return turn.decision


def _taken_apart(row: Row, columns: Sequence[str]) -> Typed | Problem:
    """What a row says, or what is wrong with it whatever the account holds."""
    if row.fault:
        return row.fault
    given: dict[str, str] = {}
    problems: list[Problem] = []
    for column, cell in zip(columns, row.cells, strict=True):
        if column:
            text, problem = checks.tidied_text(column, unprotected(cell), _LONGEST[column])
            given[column] = text
            problems += [problem] if problem else []
    if problems:
        # A control character is the first fault of a row, wherever it stands (DESIGN 3.11).
        return min(problems, key=lambda problem: problem.code != checks.CONTROLLED)
    missing = next((column for column in _REQUIRED if not given.get(column)), "")
    if missing:
        return required(missing)
    kind, ref, owner = (given.pop(column) for column in _REQUIRED)
    if not tables.KIND.fullmatch(kind.lower()):
        sentence = _(
            "The kind “{kind}” is not valid. Use one word of plain letters, digits, _ "
            "and -, such as client."
        )
        return Problem("kind", "kind_invalid", sentence.format(kind=excerpt(kind)))
    return Typed(kind.lower(), ref, owner, given)


@dataclass(frozen=True, slots=True)
class _There:
    """What the account holds that the rows of a batch could meet: read once for all of them."""

    people: dict[int, User]
    named: dict[str, int]
    """The ids behind what the rows call their owners, of those who are there."""
    records: dict[tuple[str, str], Stored]
    sub_accounts: dict[str, int]
    declared: frozenset[str]
    """The kinds that stand in tables of the platform."""

    @classmethod
    def around(cls, store: "Store", typed: Sequence[Typed], *, to_change: bool) -> "_There":
        named = read.find_all(store, {one.owner for one in typed})
        keys = [one.key for one in typed]
        # Those who have them now are locked as well, and before the records: so does whoever
        # hands over what somebody owns, and the two do not entangle.
        owners = {one.values.owner for one in _stored(store, keys).values()}
        people = read.load(store, sorted(owners | set(named.values())), to_change=to_change)
        return cls(
            people={user.id: user for user in people},
            named=named,
            records=_stored(store, keys, to_change=to_change),
            sub_accounts=ids_by_key(store, "usher_sub_account"),
            declared=frozenset(table.kind for table in tables.load(store)),
        )


@dataclass(slots=True)
class _Turn:
    """Deciding one batch, row after row."""

    session: "Session"
    actor: Actor
    there: _There
    taken: set[str]
    decision: Decision = field(default_factory=Decision)

    def problem_of(self, one: Typed) -> Problem | None:
        """Put a row where it belongs in the decision, or say why it fails."""
        stored = self.there.records.get(one.key)
        owner = self.there.people.get(self.there.named.get(one.owner, 0))
        if one.kind in self.there.declared:
            sentence = _(
                "Records of the kind “{kind}” are in a table of the platform. Change them there."
            )
            return Problem("kind", "kind_declared", sentence.format(kind=excerpt(one.kind)))
        if owner is None:
            sentence = _("No user “{who}” for the owner. Enter an id, a login or an email address.")
            return Problem("owner", "owner_unknown", sentence.format(who=excerpt(one.owner)))
        moves = stored is None or stored.values.owner != owner.id
        if moves and not recipients.selectable(owner):
            return Problem("owner", "owner_not_active", recipients.why_not(owner))
        granted = one.said.get("sub_account", "")
        if granted and fold(granted) not in self.there.sub_accounts:
            sentence = _("No sub-account named “{name}”. Create it first, or correct the name.")
            return Problem(
                "sub_account", "sub_account_unknown", sentence.format(name=excerpt(granted))
            )
        if _reserved_as(one) in self.taken | self.decision.taken:
            sentence = _(
                "The record {kind} “{ref}” is in an earlier row. Remove one of the two rows."
            )
            told = sentence.format(kind=one.kind, ref=excerpt(one.ref))
            return Problem("ref", "duplicate_in_file", told)
        if stored and moves:
            giver = self.there.people.get(stored.values.owner)
            subject = read.subject_of(giver) if giver else None
            answer = access.may_now(self.session, self.actor, "users.transfer", subject)
            if not answer:
                return Problem("owner", "not_allowed", answer.reason)
        self._take(one, stored, owner.id)
        return None

    def _take(self, one: Typed, stored: Stored | None, owner: int) -> None:
        old = stored.values if stored else Values()
        unit = old.sub_account
        if "sub_account" in one.said:
            unit = self.there.sub_accounts.get(fold(one.said["sub_account"]))
        new = Values(
            one.said.get("title", old.title), one.said.get("state", old.state), owner, unit
        )
        if stored is None:
            self.decision.created.append(Writing(one, new))
        elif new != old:
            self.decision.updated.append(Writing(one, new, stored))
        else:
            self.decision.unchanged += 1
        self.decision.taken.add(_reserved_as(one))


def _reserved_as(one: Typed) -> str:
    return f"{one.kind} {one.ref}"


def _stored(
    store: "Store", keys: Sequence[tuple[str, str]], *, to_change: bool = False
) -> dict[tuple[str, str], Stored]:
    """The records of these kinds and refs; `to_change` in one order for all who would."""
    refs: dict[str, list[str]] = {}
    for kind, ref in sorted(set(keys)):
        refs.setdefault(kind, []).append(ref)
    locked = " FOR UPDATE" if to_change and store.postgres else ""
    found: dict[tuple[str, str], Stored] = {}
    for kind, some in refs.items():
        marks = ", ".join("?" * len(some))
        for ref, number, *values in store.sql(
            f"SELECT ref, id, {', '.join(KEPT)} FROM usher_record"
            f" WHERE kind = ? AND ref IN ({marks}) ORDER BY ref{locked}",
            kind,
            *some,
        ):
            found[kind, ref] = Stored(number, Values(*values))
    return found
