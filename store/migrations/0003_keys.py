"""The public keys by which people come in over SSH: a frozen copy of what the model was."""

from peewee import AutoField, CharField, Database, ForeignKeyField, Model, TextField

from store.fields import UtcField


class UserRow(Model):
    id = AutoField()

    class Meta:
        legacy_table_names = False
        table_name = "usher_user"


class KeyRow(Model):
    id = AutoField()
    user = ForeignKeyField(UserRow, on_delete="CASCADE")
    kind = CharField()
    encoded = TextField()
    fingerprint = CharField(unique=True)
    comment = TextField(default="")
    added = UtcField()
    last_used = UtcField(null=True)

    class Meta:
        legacy_table_names = False
        table_name = "usher_key"


def up(migrator: object, db: Database) -> None:  # noqa: ARG001
    """Make the table."""
    with db.bind_ctx((UserRow, KeyRow), bind_refs=False, bind_backrefs=False):
        db.create_tables((KeyRow,))
