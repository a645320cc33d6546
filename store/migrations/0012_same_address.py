"""Add confirmed addresses in canonical form, and treat ı and İ as i in logins.

The models here are a frozen copy.
"""

from collections.abc import Callable, Iterable

from peewee import AutoField, CompositeKey, Database, ForeignKeyField, Model, PostgresqlDatabase

from store.checks.keys import email_key, login_key
from store.fields import FoldedField, UtcField

TURKISH = ("ı", "i\u0307")
"""The letters in old keys that now count as i."""


class UserRow(Model):
    id = AutoField()

    class Meta:
        legacy_table_names = False
        table_name = "usher_user"


class ConfirmedAddress(Model):
    user = ForeignKeyField(UserRow, index=False, on_delete="CASCADE")
    key = FoldedField()
    confirmed = UtcField()

    class Meta:
        legacy_table_names = False
        table_name = "usher_confirmed_address"
        primary_key = CompositeKey("user", "key")


def up(migrator: object, db: Database) -> None:  # noqa: ARG001
    """Create the table, fill it with the confirmed addresses, and update the keys."""
    with db.bind_ctx((UserRow, ConfirmedAddress), bind_refs=False, bind_backrefs=False):
        db.create_tables((ConfirmedAddress,))
    _fill(db)
    _rewrite_identifiers(db)
    _rewrite(db, "usher_employee", "email_key", email_key)


def _fill(db: Database) -> None:
    rows = _sql(
        db,
        "SELECT id, email, email_confirmed_at FROM usher_user"
        " WHERE email_confirmed_at IS NOT NULL AND email <> ''",
    )
    _many(
        db,
        "INSERT INTO usher_confirmed_address (user_id, key, confirmed) VALUES (?, ?, ?)",
        ((user, email_key(email), confirmed) for user, email, confirmed in rows),
    )


def _rewrite_identifiers(db: Database) -> None:
    """Update the keys of logins. If two users would share a key, the lower id gets it.

    The other user keeps the old key and can still sign in. `usher doctor logins` lists both.
    """
    for letter in TURKISH:
        for key, user in _sql(
            db,
            "SELECT key, user_id FROM usher_identifier WHERE key LIKE ? ORDER BY user_id, key",
            f"%{letter}%",
        ):
            holder = _sql(db, "SELECT user_id FROM usher_identifier WHERE key = ?", login_key(key))
            if not holder:
                _sql(db, "UPDATE usher_identifier SET key = ? WHERE key = ?", login_key(key), key)
            elif key != login_key(key) and holder[0][0] == user:
                _sql(db, "DELETE FROM usher_identifier WHERE key = ?", key)


def _rewrite(db: Database, table: str, column: str, key_of: Callable[[str], str]) -> None:
    rows = _sql(db, f"SELECT id, {column} FROM {table} WHERE {column} LIKE ?", f"%{TURKISH[1]}%")
    _many(
        db,
        f"UPDATE {table} SET {column} = ? WHERE id = ?",
        ((key_of(key), number) for number, key in rows),
    )


def _sql(db: Database, statement: str, *params: object) -> list[tuple]:  # type: ignore[type-arg]
    cursor = db.execute_sql(_marked(db, statement), params)  # type: ignore[no-untyped-call]
    return list(cursor.fetchall()) if cursor.description else []


def _many(db: Database, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
    found = list(rows)
    if found:
        db.cursor().executemany(_marked(db, statement), found)  # type: ignore[no-untyped-call]


def _marked(db: Database, statement: str) -> str:
    return statement.replace("?", "%s") if isinstance(db, PostgresqlDatabase) else statement
