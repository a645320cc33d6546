"""Invitations, what delivery knows of a letter, and what people sign their mail with: a frozen copy
of what the models were. Whoever has an invitation open now has one of these."""

from peewee import (
    AutoField,
    Database,
    ForeignKeyField,
    IntegerField,
    Model,
    PostgresqlDatabase,
    TextField,
)

from store.fields import UtcField


class Table(Model):
    class Meta:
        legacy_table_names = False


class UserRow(Table):
    id = AutoField()

    class Meta:
        table_name = "usher_user"


class CodeRow(Table):
    id = AutoField()

    class Meta:
        table_name = "usher_code"


class InvitationRow(Table):
    id = AutoField()
    user = ForeignKeyField(UserRow, unique=True, on_delete="CASCADE")
    code = ForeignKeyField(CodeRow, null=True, on_delete="SET NULL")
    sent_count = IntegerField(default=0)
    created = UtcField()
    sent = UtcField(index=True)

    class Meta:
        table_name = "usher_invitation"


class MailSettingsRow(Table):
    user = ForeignKeyField(UserRow, primary_key=True, on_delete="CASCADE")
    sender_name = TextField(default="")
    reply_to = TextField(default="")
    signature = TextField(default="")

    class Meta:
        table_name = "usher_mail_settings"


TABLES = (InvitationRow, MailSettingsRow)

OF_LETTERS = (
    "tries INTEGER NOT NULL DEFAULT 0",
    "began {utc}",
    "due {utc}",
    "lease {utc}",
    "sender_id INTEGER REFERENCES usher_user (id) ON DELETE SET NULL",
    "subject TEXT NOT NULL DEFAULT ''",
    "body TEXT NOT NULL DEFAULT ''",
)
WAITING = "CREATE INDEX usher_letter_due ON usher_letter (due) WHERE state IN ('queued', 'sending')"

INVITED = """
INSERT INTO usher_invitation (user_id, code_id, sent_count, created, sent)
SELECT c.user_id, max(c.id), count(*), min(c.created), max(c.created) FROM usher_code c
JOIN usher_user u ON u.id = c.user_id
WHERE c.purpose = 'invitation' AND u.status IN ('pending', 'blocked') GROUP BY c.user_id
"""

NEW_ACTIONS = ("invite", "mail")
"""What the module `users` has from now on: inviting people, and writing to them."""


def up(migrator: object, db: Database) -> None:  # noqa: ARG001
    """Add the columns, make the tables, and take down who is invited."""
    utc = "TIMESTAMPTZ" if isinstance(db, PostgresqlDatabase) else "TEXT"
    for column in OF_LETTERS:
        db.execute_sql(f"ALTER TABLE usher_letter ADD COLUMN {column.format(utc=utc)}")
    db.execute_sql("UPDATE usher_letter SET due = created")
    db.execute_sql(WAITING)
    with db.bind_ctx((UserRow, CodeRow, *TABLES), bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES)
    db.execute_sql(INVITED)
    mark = "%s" if isinstance(db, PostgresqlDatabase) else "?"
    for place, action in enumerate(NEW_ACTIONS, 17):
        db.execute_sql(
            "INSERT INTO usher_permission (name, module_id, place)"
            f" VALUES ({mark}, 'users', {mark})",
            (f"users.{action}", place),
        )
