"""Letters, and what people sign their own mail with."""

from peewee import SQL, AutoField, CharField, ForeignKeyField, IntegerField, TextField

from store.fields import UtcField
from store.models.base import Table
from store.models.coming_in import CodeRow
from store.models.people import UserRow


class LetterRow(Table):
    """The outbox. The text is made while sending, so that no code ever stands here.

    `tries` have failed so far, the first when it `began`, and the next is `due`; whoever sends it
    has it until `lease` runs out. What somebody wrote themselves has its `sender`, `subject` and
    `body`.
    """

    id = AutoField()
    kind = CharField()
    user = ForeignKeyField(UserRow, null=True, on_delete="SET NULL")
    address = TextField()
    language = TextField(default="")
    state = CharField(default="queued", index=True)
    message_id = TextField(unique=True)
    created = UtcField()
    sent = UtcField(null=True)
    error = TextField(default="")
    code = ForeignKeyField(CodeRow, null=True, index=False, on_delete="SET NULL")
    tries = IntegerField(default=0)
    began = UtcField(null=True)
    due = UtcField(null=True)
    lease = UtcField(null=True)
    sender = ForeignKeyField(UserRow, null=True, index=False, backref="+", on_delete="SET NULL")
    subject = TextField(default="")
    body = TextField(default="")

    class Meta:
        table_name = "usher_letter"


LetterRow.add_index(
    LetterRow.index(LetterRow.code, name="usher_letter_code").where(SQL("code_id IS NOT NULL"))
)


LetterRow.add_index(
    LetterRow.index(LetterRow.due, name="usher_letter_due").where(
        SQL("state IN ('queued', 'sending')")
    )
)


class MailSettingsRow(Table):
    """What somebody's own mail bears (S4)."""

    user = ForeignKeyField(UserRow, primary_key=True, on_delete="CASCADE")
    sender_name = TextField(default="")
    reply_to = TextField(default="")
    signature = TextField(default="")

    class Meta:
        table_name = "usher_mail_settings"
