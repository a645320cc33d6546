"""What decides who may come in: counted attempts, locks, the idle clock, former passwords, codes,
throttled sources, and why a session ended: a frozen copy of what the models were."""

from peewee import (
    SQL,
    AutoField,
    CharField,
    CompositeKey,
    Database,
    ForeignKeyField,
    IntegerField,
    Model,
    PostgresqlDatabase,
    TextField,
)

from store.fields import UtcField


class UserRow(Model):
    id = AutoField()

    class Meta:
        legacy_table_names = False
        table_name = "usher_user"


class FormerPassword(Model):
    id = AutoField()
    user = ForeignKeyField(UserRow, on_delete="CASCADE")
    password_hash = TextField()
    replaced = UtcField()

    class Meta:
        legacy_table_names = False
        table_name = "usher_former_password"


class CodeRow(Model):
    id = AutoField()
    user = ForeignKeyField(UserRow, on_delete="CASCADE")
    purpose = CharField()
    nonce = TextField()
    digest = CharField(unique=True)
    created = UtcField()
    expires = UtcField()
    ended = UtcField(null=True)
    how = CharField(default="")

    class Meta:
        legacy_table_names = False
        table_name = "usher_code"


CodeRow.add_index(
    CodeRow.index(CodeRow.purpose, CodeRow.expires, name="usher_code_open").where(
        SQL("ended IS NULL")
    )
)


class ThrottleRow(Model):
    kind = CharField()
    slot = IntegerField()
    count = IntegerField(default=0)
    since = UtcField()

    class Meta:
        legacy_table_names = False
        table_name = "usher_throttle"
        primary_key = CompositeKey("kind", "slot")


OF_USERS = (
    "attempts INTEGER NOT NULL DEFAULT 0",
    "attempted_at {utc}",
    "attempted_from TEXT NOT NULL DEFAULT ''",
    "locked_at {utc}",
    "lock_rounds INTEGER NOT NULL DEFAULT 0",
    "idle_from {utc}",
    "password_reminded INTEGER",
)
OF_SESSIONS = ("address TEXT NOT NULL DEFAULT ''", "why TEXT NOT NULL DEFAULT ''")

IDLE_SINCE_NOW_KNOWN = """
UPDATE usher_user SET idle_from = CASE
    WHEN coalesce(last_seen, created) > coalesce(activated_at, created)
    THEN coalesce(last_seen, created) ELSE coalesce(activated_at, created) END
"""

INDEXES = (
    "CREATE INDEX usher_user_locked ON usher_user (locked_at) WHERE locked_at IS NOT NULL",
    "CREATE INDEX usher_user_attempts ON usher_user (attempts)"
    " WHERE attempts > 0 AND locked_at IS NULL",
    "CREATE INDEX usher_user_idle ON usher_user (idle_from) WHERE status IN ('pending', 'active')",
    "CREATE INDEX usher_user_password_age ON usher_user (password_set_at)"
    " WHERE password_set_at IS NOT NULL AND status IN ('pending', 'active')",
    "CREATE INDEX usher_user_admins ON usher_user (status) WHERE admin",
    "CREATE INDEX usher_session_open ON usher_session (seen) WHERE ended IS NULL",
)


def up(migrator: object, db: Database) -> None:  # noqa: ARG001
    """Add the columns, begin everybody's idle clock where it stood, and make the tables."""
    utc = "TIMESTAMPTZ" if isinstance(db, PostgresqlDatabase) else "TEXT"
    for table, columns in (("usher_user", OF_USERS), ("usher_session", OF_SESSIONS)):
        for column in columns:
            db.execute_sql(f"ALTER TABLE {table} ADD COLUMN {column.format(utc=utc)}")
    db.execute_sql(IDLE_SINCE_NOW_KNOWN)
    tables = (FormerPassword, CodeRow, ThrottleRow)
    with db.bind_ctx((UserRow, *tables), bind_refs=False, bind_backrefs=False):
        db.create_tables(tables)
    db.execute_sql(
        "ALTER TABLE usher_letter ADD COLUMN code_id INTEGER"
        " REFERENCES usher_code (id) ON DELETE SET NULL"
    )
    for statement in INDEXES:
        db.execute_sql(statement)
