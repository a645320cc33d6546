"""What an attacker with access to the database or the data folder can do to the history."""

from collections.abc import Callable
from typing import Any

from store.audit import anchor
from store.audit.signing import hash_of_values
from store.database import Store
from store.models import AuditHead, AuditRow, AuditValues


def forge(store: Store, statement: str, *params: object) -> None:
    """Run SQL without the triggers."""
    with store.database.connection_context():
        triggers_off(store)
        store.sql(statement, *params)


def triggers_off(store: Store) -> None:
    if store.postgres:
        store.sql("ALTER TABLE usher_audit DISABLE TRIGGER ALL")
        store.sql("ALTER TABLE usher_audit_values DISABLE TRIGGER ALL")
        return
    for name in ("no_UPDATE", "no_DELETE", "values_no_update", "values_no_delete"):
        store.sql(f"DROP TRIGGER IF EXISTS usher_audit_{name}")


def edit_entry(store: Store) -> None:
    forge(store, "UPDATE usher_audit SET actor = 'x' WHERE seq = 5")


def move_in_time(store: Store) -> None:
    forge(store, "UPDATE usher_audit SET at = '2020-01-01T00:00:00.000000Z' WHERE seq = 5")


def change_target(store: Store) -> None:
    forge(store, "UPDATE usher_audit SET target = 1 WHERE seq = 5")


def add_reason(store: Store) -> None:
    forge(store, "UPDATE usher_audit SET reason = 'the owner asked for it' WHERE seq = 5")


def delete_entry(store: Store) -> None:
    forge(store, "DELETE FROM usher_audit WHERE seq = 5")
    forge(store, "DELETE FROM usher_audit_values WHERE seq = 5")


def delete_first_entry(store: Store) -> None:
    forge(store, "DELETE FROM usher_audit WHERE seq = 1")


def renumber(store: Store) -> None:
    """Close the gap that a deleted entry leaves."""
    delete_entry(store)
    forge(store, "UPDATE usher_audit SET seq = -seq WHERE seq > 5")
    forge(store, "UPDATE usher_audit SET seq = -seq - 1 WHERE seq < 0")


def reorder(store: Store) -> None:
    for old, new in ((5, -1), (6, 5), (-1, 6)):
        forge(store, "UPDATE usher_audit SET seq = ? WHERE seq = ?", new, old)


def insert_entry(store: Store) -> None:
    """Add a forged entry after the newest one."""
    forge(
        store,
        "INSERT INTO usher_audit SELECT (SELECT max(seq) + 1 FROM usher_audit), at, actor,"
        " actor_id, origin, 'block', target, reason, command, NULL, mac FROM usher_audit"
        " WHERE seq = 5",
    )
    forge(
        store,
        "UPDATE usher_audit_head SET seq = seq + 1,"
        " mac = (SELECT mac FROM usher_audit ORDER BY seq DESC LIMIT 1)",
    )


def edit_values(store: Store) -> None:
    forge(store, "UPDATE usher_audit_values SET changes = '{}' WHERE seq = 5")


def delete_values(store: Store) -> None:
    forge(store, "DELETE FROM usher_audit_values WHERE seq = 5")


def delete_all_values(store: Store) -> None:
    forge(store, "DELETE FROM usher_audit_values")


def cut_tail(store: Store, number: int = 3) -> None:
    """Delete the newest entries, and reset the head."""
    with store.database.connection_context():
        last = AuditRow.select(AuditRow.seq).order_by(AuditRow.seq.desc()).limit(1).scalar()
        mac = AuditRow.get_by_id(last - number).mac
    forge(store, "DELETE FROM usher_audit WHERE seq > ?", last - number)
    forge(store, "DELETE FROM usher_audit_values WHERE seq > ?", last - number)
    forge(store, "UPDATE usher_audit_head SET seq = ?, mac = ?", last - number, mac)


def cut_tail_leaving_values(store: Store) -> None:
    """Delete the newest entries but keep their values, whose numbers are reused later."""
    kept = values(store)
    cut_tail(store)
    with store.database.connection_context(), store.database.atomic():
        store.sql("DELETE FROM usher_audit_values")
        store.insert_rows("usher_audit_values", ("seq", "salt", "changes"), kept)


def cut_tail_without_head(store: Store) -> None:
    forge(store, "DELETE FROM usher_audit WHERE seq = (SELECT max(seq) FROM usher_audit)")


def change_head(store: Store) -> None:
    forge(store, "UPDATE usher_audit_head SET mac = ?", "f" * 64)


def delete_anchor(store: Store) -> None:
    anchor.path_of(store).unlink()


def values(store: Store) -> list[Any]:
    with store.database.connection_context():
        return list(AuditValues.select().tuples())


Image = dict[type[AuditRow] | type[AuditHead] | type[AuditValues], list[Any]]


def image(store: Store) -> Image:
    """Return a copy of the tables of the history, as in a backup."""
    with store.database.connection_context():
        return {
            table: list(table.select().tuples()) for table in (AuditRow, AuditHead, AuditValues)
        }


def roll_back(store: Store, to: Image) -> None:
    """Restore the copied tables of the history."""
    with store.database.connection_context(), store.database.atomic():
        triggers_off(store)
        for table, rows in to.items():
            name, columns = table._meta.table_name, table._meta.sorted_field_names
            store.sql(f"DELETE FROM {name}")
            from_model = [table._meta.fields[column] for column in columns]
            store.insert_rows(
                name,
                [field.column_name for field in from_model],
                [
                    tuple(
                        field.db_value(value) for field, value in zip(from_model, row, strict=True)
                    )
                    for row in rows
                ],
            )


def set_back(store: Store, account: str | None = None) -> None:
    """Cut the history after entry 5, head and all; `account` is the id that the head then has."""
    forge(store, "DELETE FROM usher_audit WHERE seq > 5")
    forge(store, "DELETE FROM usher_audit_values WHERE seq > 5")
    forge(
        store,
        "UPDATE usher_audit_head SET seq = 5,"
        " mac = (SELECT mac FROM usher_audit WHERE usher_audit.seq = 5)",
    )
    if account is not None:
        forge(store, "UPDATE usher_audit_head SET account = ?", account)


def cut_without_account(store: Store) -> None:
    set_back(store, "")


def delete_head(store: Store) -> None:
    forge(store, "DELETE FROM usher_audit_head")


def wipe(store: Store) -> None:
    for table in ("usher_audit", "usher_audit_values"):
        forge(store, f"DELETE FROM {table}")
    forge(store, "UPDATE usher_audit_head SET seq = 0, mac = ?", "0" * 64)


def forge_rekey(store: Store) -> None:
    """Make an entry say that another key begins, and then rewrite others."""
    salt, text = b"0" * 16, '[{"server_key": ["bogus", "bogus2"]}, ""]'
    forge(store, "DELETE FROM usher_audit_values WHERE seq = 5")
    with store.database.connection_context():
        store.insert_rows("usher_audit_values", ("seq", "salt", "changes"), [(5, salt, text)])
    forge(
        store,
        "UPDATE usher_audit SET verb = 'rekey', values_hash = ? WHERE seq = 5",
        hash_of_values(salt, text),
    )
    forge(store, "UPDATE usher_audit SET reason = 'forged' WHERE seq = 7")


def delete_values_and_check_value(store: Store) -> None:
    """As if the history had still to be taken over by a migration, which excuses what is gone."""
    forge(store, "DELETE FROM usher_audit_values WHERE seq BETWEEN 3 AND 5")
    forge(store, "UPDATE usher_audit_head SET key_check = '', seal = ''")


def plant_values(store: Store) -> None:
    with store.database.connection_context():
        ((seq,),) = store.sql("SELECT max(seq) + 1 FROM usher_audit")
        store.insert_rows("usher_audit_values", ("seq", "salt", "changes"), [(seq, b"0", "[]")])


def forge_break(store: Store) -> None:
    forge(store, "UPDATE usher_audit_head SET broken = 99")


BY_ANCHOR: dict[str, Callable[[Store], None]] = {
    "tail cut": cut_tail,
    "tail cut, values left": cut_tail_leaving_values,
    "anchor deleted": delete_anchor,
    "everything wiped": wipe,
}
"""Damage that the anchor alone reveals."""

BY_CHAIN: dict[str, Callable[[Store], None]] = {
    "entry edited": edit_entry,
    "entry moved in time": move_in_time,
    "target changed": change_target,
    "reason added": add_reason,
    "entry deleted": delete_entry,
    "first entry deleted": delete_first_entry,
    "renumbered": renumber,
    "reordered": reorder,
    "entry inserted": insert_entry,
    "values edited": edit_values,
    "values deleted": delete_values,
    "all values deleted": delete_all_values,
    "last entry deleted": cut_tail_without_head,
    "head changed": change_head,
    "cut, account emptied": cut_without_account,
    "head deleted": delete_head,
    "key change forged": forge_rekey,
    "values deleted, key check emptied": delete_values_and_check_value,
    "values planted": plant_values,
    "break forged": forge_break,
}
"""Damage that only walking the chain reveals."""

TAMPERINGS = {**BY_ANCHOR, **BY_CHAIN}
