"""The identifiers that earlier rows of a file have taken or given up, however many they are."""

import sqlite3
from collections.abc import Iterable, Sequence
from hashlib import blake2b


class Reserved:
    """Identifiers as hashes, in a database without a name.

    SQLite keeps it on disk beyond 8 MB and deletes it with its connection: a million in memory
    would be 200 MB (CHECKLIST K68).
    """

    def __init__(self) -> None:
        self._database = sqlite3.connect("")
        self._database.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000;"
            " CREATE TABLE taken (key INTEGER PRIMARY KEY);"
            " CREATE TABLE released (key INTEGER PRIMARY KEY)"
        )

    def taken(self, keys: Sequence[str]) -> set[str]:
        """Those of the keys that earlier rows have taken."""
        return self._among("taken", keys)

    def released(self, keys: Sequence[str]) -> set[str]:
        """Those of the keys that earlier rows give up, for a plan, which writes nothing."""
        return self._among("released", keys)

    def take(self, keys: Iterable[str]) -> None:
        """Take these, once it is certain that their rows are good."""
        self._add("taken", keys)

    def release(self, keys: Iterable[str]) -> None:
        """Give these up."""
        self._add("released", keys)

    def close(self) -> None:
        self._database.close()

    def _among(self, table: str, keys: Sequence[str]) -> set[str]:
        numbers = {_number(key): key for key in keys}
        marks = ", ".join("?" * len(numbers))
        statement = f"SELECT key FROM {table} WHERE key IN ({marks})"
        return {numbers[row[0]] for row in self._database.execute(statement, list(numbers))}

    def _add(self, table: str, keys: Iterable[str]) -> None:
        # In their order, for then a page is met once.
        numbers = sorted((_number(key),) for key in keys)
        self._database.executemany(f"INSERT OR IGNORE INTO {table} VALUES (?)", numbers)


def _number(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), signed=True)
