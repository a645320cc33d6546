"""The search index: which grams a person has, and putting them in.

A gram is one, two or three characters that stand together in one word of the folded key. With
them stand tokens for status, role and team, so that a filter is one more gram. FTS5's `ascii`
tokenizer ends a token at ASCII punctuation, so that is written with private-use characters,
which folded text never holds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import add
from typing import TYPE_CHECKING

from store.listing.folding import fold
from store.listing.places import ID_BITS, place, ranks, sunk
from store.values import Status

if TYPE_CHECKING:
    from store.database import Store

SEPARATOR = "\n"
"""Between the fields of a key; folding leaves no such character in a field."""

SAMPLE = 64
"""PostgreSQL: one person in so many carries the token by which the frequent is told apart."""

_PLAIN = {code: chr(0xE000 + code) for code in range(0x21, 0x7F) if not chr(code).isalnum()}
_STATUS, _ROLE, _TEAM, _BUCKET, _SAMPLED = "\ue100", "\ue101", "\ue102", "\ue103", "\ue104"
_RANK = 0xE200


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index holds of one person: the place's bottom and last name, and the tokens."""

    bottom: int
    last_key: str
    tokens: frozenset[str]


Change = tuple[int, Entry | None, Entry | None]
"""A user's id, what the index holds of them, and what it shall hold; None for nothing."""


def search_key(first: str, last: str, login: str, email: str, phone: str, number: int) -> str:
    """What search looks into: the folded fields, the telephone number in E.164, the id."""
    fields = (fold(first), fold(last), fold(login), fold(email), fold(phone), str(number))
    return SEPARATOR.join(fields)


def grams(
    key: str, status: Status | str, role_id: int | None, team_ids: Iterable[int]
) -> Entry | None:
    """The entry of a person with this search key; None for the removed, whom nobody finds."""
    if status == Status.REMOVED:
        return None
    tokens = {status_token(status)}
    done = ""
    for word in sorted(key.translate(_PLAIN).split(), key=len, reverse=True):
        # A login mostly begins the e-mail address, which then has all its grams.
        if word in done:
            continue
        done += f" {word}"
        pairs = list(map(add, word, word[1:]))
        tokens.update(word, pairs, map(add, pairs, word[2:]))
    if role_id is not None:
        tokens.add(role_token(role_id))
    tokens.update(map(team_token, team_ids))
    return Entry(sunk(status), key.split(SEPARATOR, 2)[1], frozenset(tokens))


def grams_of_form(form: str) -> list[str]:
    """Tokens that everyone has whose key holds this part of a word.

    Side by side and not overlapping: each more costs time with what is frequent, and the row
    itself is tested in any case.
    """
    plain = form.translate(_PLAIN)
    if len(plain) <= 3:
        return [plain]
    starts = [*range(0, len(plain) - 3, 3), len(plain) - 3]
    return list(dict.fromkeys(plain[start : start + 3] for start in starts))


def with_other_role(entry: Entry | None, old: int, new: int) -> Entry | None:
    """The entry of a person who has another role now, which costs a fraction of making it."""
    if entry is None:
        return None
    return replace(entry, tokens=entry.tokens - {role_token(old)} | {role_token(new)})


def status_token(status: Status | str) -> str:
    return f"{_STATUS}{status}"


def role_token(role_id: int) -> str:
    return f"{_ROLE}{role_id}"


def team_token(team_id: int) -> str:
    return f"{_TEAM}{team_id}"


def bucket_token(bottom: int, *prefix: int) -> str:
    """The token of all whose last names begin with characters of these ranks."""
    return _BUCKET + str(bottom) + "".join(chr(_RANK + rank) for rank in prefix)


def sample_token() -> str:
    return _SAMPLED


def put(store: "Store", changes: Sequence[Change]) -> None:
    """Bring the index up to date, for one person or for many, inside the transaction of an act."""
    changes = [change for change in changes if change[1] != change[2]]
    if store.postgres:
        _put_postgres(store, changes)
    else:
        _put_sqlite(store, changes)


def _put_sqlite(store: "Store", changes: Sequence[Change]) -> None:
    gone = [_fts(number, old) for number, old, _new in changes if old]
    come = [_fts(number, new) for number, _old, new in changes if new]
    if gone:
        # A contentless table does not know what it holds: the old grams take themselves out.
        # FTS5 gathers rising rows in memory; at one that falls it writes out what it has.
        store.sql_many(
            "INSERT INTO usher_grams (usher_grams, rowid, g) VALUES ('delete', ?, ?)", sorted(gone)
        )
    if come:
        store.sql_many("INSERT INTO usher_grams (rowid, g) VALUES (?, ?)", sorted(come))


def _fts(number: int, entry: Entry) -> tuple[int, str]:
    return place(entry.bottom, entry.last_key, number), " ".join(entry.tokens)


def _put_postgres(store: "Store", changes: Sequence[Change]) -> None:
    gone = [(number,) for number, _old, new in changes if not new]
    come = [(number, _array(number, new)) for number, _old, new in changes if new]
    if gone:
        store.sql_many("DELETE FROM usher_grams WHERE user_id = ?", gone)
    if come:
        store.sql_many(
            "INSERT INTO usher_grams (user_id, grams) VALUES (?, ?)"
            " ON CONFLICT (user_id) DO UPDATE SET grams = excluded.grams",
            come,
        )
        # What waits in GIN's list is read by each search anew. Merged a batch at a time it costs
        # a third of what `fastupdate = off` does.
        store.sql("SELECT gin_clean_pending_list('usher_grams_grams')")


def _array(number: int, entry: Entry) -> list[str]:
    first, second, *_rest = ranks(entry.last_key)
    sampled = [_SAMPLED] if number % SAMPLE == 0 else []
    return [
        *entry.tokens,
        bucket_token(entry.bottom, first),
        bucket_token(entry.bottom, first, second),
        *sampled,
    ]


def number_of(rowid: int) -> int:
    """The user's id in a place."""
    return rowid & (1 << ID_BITS) - 1
