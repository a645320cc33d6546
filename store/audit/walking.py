"""Walk the whole chain from the first entry to the newest.

The walk checks the number, the MAC and the values of every entry. `rekey` and `accept_history`
entries hold a digest of all earlier entries. Accepted damage, and entries written with a lost key,
are compared with that digest.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from store.audit import anchor, erasing, ranges
from store.audit.chain import BREAK
from store.audit.head_row import Head
from store.audit.key import check_value
from store.audit.signing import GENESIS, fields_json, hash_of_values, is_mac, rows_after

if TYPE_CHECKING:
    from store.database import Store

PAGE = 5_000
"""Entries that are read at a time."""
BEFORE_ALL = -(2**62)
REKEY, KEY = "rekey", "server_key"
THROUGH, DIGEST, VALUES = "through", "digest", "values_not_checked"
"""Keys under which an entry stores the last entry it seals, the digest, and the entries whose
values are not checked."""

MISSING, CHANGED, VALUES_CHANGED, VALUES_MISSING, SEALED_CHANGED, UNPROVEN = (
    "missing", "changed", "values changed", "values missing", "changed before", "not proven"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Damage:
    """The first damaged entry, and how it is damaged."""

    seq: int
    what: str


@dataclass(frozen=True, slots=True)
class _Seal:
    """What an entry records about all entries up to `through`."""

    through: int
    digest: str
    values: str


@dataclass
class Walk:
    """What a walk has found so far.

    `keys` has the keys that are here by their check values, `periods` the check value of the key
    with which entries are written from a number on. What the entries say of keys is not believed:
    an entry is proven by its MAC under a key that is here, or by a proven entry that seals it.
    """

    keys: Mapping[str, bytes]
    periods: Mapping[int, str]
    present: bytes | None
    """The key of the account, with which the newest entries are written."""
    seals: Mapping[int, _Seal]
    expected: int = 1
    mac: str = GENESIS
    damage: Damage | None = None
    broken: Damage | None = None
    """The break that was reported and is not accepted."""
    accepted: list[int] = field(default_factory=list)
    rekeyed: list[int] = field(default_factory=list)
    unproven: int = 0
    """The newest entry that was written with a key which is not here."""
    loose: int = 0
    """The first entry of those that no proven entry seals (0 is none)."""
    erased: int = 0
    """How many entries have no values because another entry erased them."""
    changed_values: set[int] = field(default_factory=set)
    missing_values: dict[int | None, set[int]] = field(default_factory=dict)
    head_mac: str = ""
    _digest: Any = field(default_factory=hashlib.sha256)
    _digests: dict[int, str] = field(default_factory=lambda: {0: hashlib.sha256().hexdigest()})
    _key: bytes | None = None
    _sealed: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._key = self.keys.get(self.periods[BEFORE_ALL])
        self._sealed = {seal.through for seal in self.seals.values()}

    @property
    def digest(self) -> str:
        """The digest of all entries so far."""
        return str(self._digest.hexdigest())

    @property
    def doubtful(self) -> str:
        """The entries whose values were changed, or are missing for no recorded reason."""
        return ranges.written({*self.changed_values, *self._without_values})

    @property
    def first(self) -> Damage | None:
        """The first damage that is not accepted."""
        found = [one for one in (self.damage, self.broken) if one]
        if self.loose:
            found.append(Damage(self.loose, UNPROVEN))
        if self.changed_values:
            found.append(Damage(min(self.changed_values), VALUES_CHANGED))
        if self._without_values:
            found.append(Damage(min(self._without_values), VALUES_MISSING))
        return min(found, key=lambda one: one.seq, default=None)

    @property
    def _without_values(self) -> set[int]:
        return set().union(*self.missing_values.values())

    def step(self, row: tuple[Any, ...]) -> None:
        """Check the next entry."""
        seq, fields, mac, salt, text = row[0], row[:10], row[10], row[11], row[12]
        if seq in self.periods:
            self._key = self.keys.get(self.periods[seq])
            self.rekeyed.append(seq)
        if seq != self.expected:
            self._note(self.expected, MISSING)
        holds = self._holds(fields, mac)
        if not holds and self._key is None:
            self.unproven, self.loose = seq, self.loose or seq
        elif not holds:
            self._note(seq, CHANGED)
        self._check_values(seq, row[6], row[9], salt, text)
        if holds and seq not in self.changed_values:
            self._read(seq, row[5], row[6], text)
        self.mac, self.expected = mac, seq + 1
        self._digest.update(fields_json([*fields, mac]).encode())
        if seq in self._sealed:
            self._digests[seq] = self.digest

    def _holds(self, fields: tuple[Any, ...], mac: str) -> bool:
        """Return whether an entry is written with the key of its time, or with that of now."""
        if self._key is not None and is_mac(self._key, self.mac, fields, mac):
            return True
        if self.present is None or self.present == self._key:
            return False
        if not is_mac(self.present, self.mac, fields, mac):
            return False
        self._key = self.present
        return True

    def _check_values(
        self, seq: int, target: int | None, expected: str | None, salt: bytes, text: str | None
    ) -> None:
        if text is not None:
            if not isinstance(salt, bytes) or hash_of_values(salt, str(text)) != expected:
                self.changed_values.add(seq)
        elif expected is not None:
            self.missing_values.setdefault(target, set()).add(seq)

    def _read(self, seq: int, verb: str, target: int | None, text: str | None) -> None:
        """Apply what an entry records about earlier entries."""
        if verb in erasing.VERBS:
            gone = self.missing_values.pop(target, set())
            # Its own values are not among those that it erases.
            self.missing_values[target] = gone & {seq}
            self.erased += len(gone - {seq})
        if seq in self.seals:
            self._unseal(seq, verb, self.seals[seq])
        changes = _changes(text) if verb in _SPEAKING else {}
        if verb == BREAK:
            self.broken = self.broken or reported(text)
        for name in (erasing.NAMED, erasing.MISSING):
            if name in changes:
                self.erased += self._excuse(str(changes[name][1]))

    def _unseal(self, seq: int, verb: str, seal: _Seal) -> None:
        """Compare all entries that were sealed with what they are now."""
        if self.loose:
            self.loose = 0 if self.unproven <= seal.through else max(self.loose, seal.through + 1)
        if self._digests.get(seal.through) != seal.digest:
            self._note(seq, SEALED_CHANGED)
        elif verb == anchor.ACCEPT:
            self.accepted.append(seq)
            if self.damage and self.damage.seq <= seal.through:
                self.damage = None
            self.broken = None
            self._excuse(seal.values)
            self.changed_values = {
                one for one in self.changed_values if not ranges.is_within(one, seal.values)
            }

    def _excuse(self, text: str) -> int:
        """Accept that the values of these entries are missing, and return how many they are."""
        number = 0
        for seqs in self.missing_values.values():
            excused = {one for one in seqs if ranges.is_within(one, text)}
            seqs.difference_update(excused)
            number += len(excused)
        return number

    def _note(self, seq: int, what: str) -> None:
        self.damage = self.damage or Damage(seq, what)


_SPEAKING = frozenset({BREAK, erasing.ADOPT, *erasing.VERBS})
"""The verbs of entries whose values describe other entries."""


def walk(store: "Store", head: Head) -> Walk:
    """Walk from the first entry to the newest one.

    Read `head` before the walk. Entries written during the walk are checked too.
    """
    periods, seals = _periods_and_seals(store, head)
    found = Walk(_keys(store), periods, store.folder.server_key(), seals)
    before = BEFORE_ALL
    while rows := rows_after(store, before, PAGE):
        for row in rows:
            found.step(row)
            if row[0] == head.seq:
                found.head_mac = row[10]
        before = rows[-1][0]
    return found


def reported(text: str | None) -> Damage | None:
    """Return the damage that an entry reports, from its values."""
    changes = _changes(text)
    entry = _number(changes, "entry")
    if entry is None or "break" not in changes:
        return None
    return Damage(entry, str(changes["break"][1]))


def _keys(store: "Store") -> dict[str, bytes]:
    present = store.folder.server_key()
    keys = [*store.folder.former_keys(), *([present] if present else [])]
    return {check_value(key): key for key in keys}


def _periods_and_seals(store: "Store", head: Head) -> tuple[dict[int, str], dict[int, _Seal]]:
    """Return the first entry of each key, and the entries that seal earlier ones.

    These values are not trusted yet. The walk checks the MAC of each entry when it reaches it.
    """
    rows = store.sql(
        "SELECT a.seq, a.verb, v.changes FROM usher_audit a JOIN usher_audit_values v"
        " ON v.seq = a.seq WHERE a.verb IN (?, ?) ORDER BY a.seq",
        REKEY,
        anchor.ACCEPT,
    )
    said = [(seq, verb, _changes(text)) for seq, verb, text in rows]
    periods = {BEFORE_ALL: head.key_check}
    seals = {}
    for seq, verb, changes in said:
        through = _number(changes, THROUGH)
        if through is not None and DIGEST in changes:
            values = str(changes.get(VALUES, ("", ""))[1])
            seals[seq] = _Seal(through, str(changes[DIGEST][1]), values)
        if verb == REKEY and KEY in changes:
            if len(periods) == 1:
                periods[BEFORE_ALL] = str(changes[KEY][0])
            periods[seq] = str(changes[KEY][1])
    return periods, seals


def _number(changes: Mapping[str, Any], name: str) -> int | None:
    """Return a number stored in an entry, or None if it is unreadable."""
    number = changes.get(name, (None, None))[1]
    return number if isinstance(number, int) else None


def _changes(text: str | None) -> dict[str, Any]:
    """Return the values of an entry, or nothing if they are not readable."""
    try:
        said = json.loads(text) if text else {}
    except ValueError:
        return {}
    changes = said[0] if isinstance(said, list) and said else said
    return {
        name: pair
        for name, pair in (changes.items() if isinstance(changes, dict) else ())
        if isinstance(pair, list) and len(pair) == 2
    }
