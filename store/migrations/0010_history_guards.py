"""Protect the history: an account id, a check value of the key, and triggers on the values.

The row of the chain's head gets what every writer reads while it holds that row: the id of the
account (which its anchors name), the check value of `server.key` (filled in by `usher migrate`,
for the key is outside the database), the number of an entry that reports a break, and a MAC over
the row.
"""

import hashlib

from peewee import AutoField, CompositeKey, Database, Model, PostgresqlDatabase, TextField


class Table(Model):
    class Meta:
        legacy_table_names = False


class AnchorRow(Table):
    host = TextField()
    name = TextField()

    class Meta:
        table_name = "usher_audit_anchor"
        primary_key = CompositeKey("host", "name")


class Erasing(Table):
    id = AutoField()

    class Meta:
        table_name = "usher_audit_erasing"


TABLES = (AnchorRow, Erasing)

OF_THE_HEAD = (
    "account TEXT NOT NULL DEFAULT ''",
    "key_check TEXT NOT NULL DEFAULT ''",
    "broken BIGINT",
    "seal TEXT NOT NULL DEFAULT ''",
)

GUARD_SQLITE = (
    """
CREATE TRIGGER usher_audit_values_no_update BEFORE UPDATE ON usher_audit_values
BEGIN SELECT RAISE(ABORT, 'the values of the audit trail are append-only'); END
""",
    """
CREATE TRIGGER usher_audit_values_no_delete BEFORE DELETE ON usher_audit_values
WHEN NOT EXISTS (SELECT 1 FROM usher_audit_erasing)
BEGIN SELECT RAISE(ABORT, 'values of the audit trail can only be deleted by an erasure'); END
""",
)
GUARD_POSTGRES = (
    """
CREATE FUNCTION usher_audit_values_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM usher_audit_erasing) THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'values of the audit trail can only be deleted by an erasure';
END $$
""",
    """
CREATE TRIGGER usher_audit_values_append_only BEFORE UPDATE OR DELETE ON usher_audit_values
FOR EACH ROW EXECUTE FUNCTION usher_audit_values_refuse()
""",
    # Row triggers do not fire on TRUNCATE.
    """
CREATE TRIGGER usher_audit_no_truncate BEFORE TRUNCATE ON usher_audit
EXECUTE FUNCTION usher_audit_refuse()
""",
    """
CREATE TRIGGER usher_audit_values_no_truncate BEFORE TRUNCATE ON usher_audit_values
EXECUTE FUNCTION usher_audit_refuse()
""",
)


def up(migrator: object, db: Database) -> None:  # noqa: ARG001
    """Add the columns, tables and triggers, and give an existing account its id."""
    for column in OF_THE_HEAD:
        db.execute_sql(f"ALTER TABLE usher_audit_head ADD COLUMN {column}")
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES)
    postgres = isinstance(db, PostgresqlDatabase)
    for statement in GUARD_POSTGRES if postgres else GUARD_SQLITE:
        db.execute_sql(statement)
    _name_account(db, "%s" if postgres else "?")


def _name_account(db: Database, mark: str) -> None:
    """Derive the id from the first entry, so that a backup gets the same id when migrated."""
    if not db.execute_sql("SELECT id FROM usher_account").fetchall():
        return
    first = db.execute_sql("SELECT mac FROM usher_audit ORDER BY seq LIMIT 1").fetchone()
    mac = first[0] if first else ""
    account = hashlib.sha256(f"account|{mac}".encode()).hexdigest()[:32]
    db.execute_sql(f"UPDATE usher_audit_head SET account = {mark}", (account,))
