"""Check that the history is intact: the chain, the values, the end, and earlier reports."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.audit import anchor, erasing
from store.audit.chain import HEAD_CHANGED
from store.audit.head_row import head as head_of
from store.audit.head_row import is_sealed
from store.audit.walking import CHANGED, MISSING, Damage, Walk, reported, walk

if TYPE_CHECKING:
    from store.database import Store


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of a check of the history.

    `damage` is the first damage that is not accepted. `erased` counts entries whose values are
    missing because another entry erased them. `key_changes` are the first entries written with
    another key, and `unproven` is the newest entry whose key is not here (0 for none). `accepted`
    are the entries that accepted damage. `anchor` is how the end compares with the data folder:
    `agrees`, `none` (no anchor yet), `missing` or `differs`.
    """

    entries: int
    erased: int
    damage: Damage | None
    key_changes: tuple[int, ...]
    unproven: int
    accepted: tuple[int, ...]
    anchor: str

    def as_json(self) -> dict[str, Any]:
        """Return the shape of `usher audit verify --json`."""
        found = self.damage
        return {
            "intact": found is None,
            "damage": None if found is None else {"seq": found.seq, "what": found.what},
            "entries": self.entries,
            "values_erased": self.erased,
            "end": self.anchor,
            "keys": 1 + len(self.key_changes),
            "key_changed_at": list(self.key_changes),
            "unproven_through": self.unproven or None,
            "accepted_at": list(self.accepted),
        }


def verify(store: "Store") -> Damage | None:
    """Check the whole history, and return the first damage or None."""
    return examine(store).damage


def examine(store: "Store") -> Verdict:
    """Check the whole history, and return the result.

    Raises:
        Unavailable: The database or a file of the data folder cannot be read.
    """
    return judge(store)[0]


def judge(store: "Store") -> tuple[Verdict, Walk]:
    """Check the whole history, and return the walk too, for `accept` and `rekey` to seal."""
    with store.read():
        at_end, broken = _compare(store)
        head = head_of(store)
        stray = erasing.first_without_entry(store)
        is_open = erasing.is_left_open(store)
        found = walk(store, head)
    damages = [one for one in (found.first, broken) if one]
    if stray is not None:
        damages.append(Damage(stray, erasing.WITHOUT_ENTRY))
    if is_open:
        damages.append(Damage(found.expected, erasing.OPEN))
    if head.seq >= found.expected or head.mac != (found.head_mac or head.mac):
        damages.append(Damage(found.expected, MISSING))
    verdict = Verdict(
        entries=found.expected - 1,
        erased=found.erased,
        damage=min(damages, key=lambda one: one.seq, default=None),
        key_changes=tuple(found.rekeyed),
        unproven=found.unproven,
        accepted=tuple(found.accepted),
        anchor=at_end,
    )
    return verdict, found


def noticed(store: "Store") -> Damage | None:
    """Return a break that is reported and not accepted, or one at the end of the history.

    This is fast: it compares only the end, and reads earlier reports.
    """
    with store.read():
        _at_end, found = _compare(store)
        head = head_of(store)
        if head.broken is None:
            return found
        rows = store.sql("SELECT changes FROM usher_audit_values WHERE seq = ?", head.broken)
        return reported(rows[0][0] if rows else None) or Damage(head.broken, CHANGED)


def _compare(store: "Store") -> tuple[str, Damage | None]:
    """Compare the end with the anchor. Read the anchor first, because it is never newer."""
    account = head_of(store).account
    known = anchor.find(store, account) if account else None
    head = head_of(store)
    found = anchor.compare(store, head, known)
    if found is None:
        secret = store.folder.server_key()
        # Without its key it is the entries that cannot be proven.
        changed = secret is not None and not is_sealed(store, head, secret)
        changes = Damage(head.seq + 1, HEAD_CHANGED) if changed else None
        return ("agrees" if known else "none"), changes
    what = "missing" if found.what == anchor.MISSING else "differs"
    return what, Damage(found.seq, found.what)
