"""Coming in: codes, invitations, sessions, and how much came from where."""

from peewee import SQL, AutoField, CharField, CompositeKey, ForeignKeyField, IntegerField, TextField

from store.fields import UtcField
from store.models.base import Table
from store.models.people import UserRow


class CodeRow(Table):
    """The secret of a letter, which stands nowhere: `digest` is its hash, and with `nonce` and
    `server.key` it is made anew while sending. `how` it ended: used, renewed, revoked."""

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
        table_name = "usher_code"


CodeRow.add_index(
    CodeRow.index(CodeRow.purpose, CodeRow.expires, name="usher_code_open").where(
        SQL("ended IS NULL")
    )
)


class ThrottleRow(Table):
    """How much of a kind came from the sources that share a slot, since when. It never grows."""

    kind = CharField()
    slot = IntegerField()
    count = IntegerField(default=0)
    since = UtcField()

    class Meta:
        table_name = "usher_throttle"
        primary_key = CompositeKey("kind", "slot")


class InvitationRow(Table):
    """That a pending person was invited, by which code now, how often and when last."""

    id = AutoField()
    user = ForeignKeyField(UserRow, unique=True, on_delete="CASCADE")
    code = ForeignKeyField(CodeRow, null=True, on_delete="SET NULL")
    sent_count = IntegerField(default=0)
    created = UtcField()
    sent = UtcField(index=True)

    class Meta:
        table_name = "usher_invitation"


class SessionRow(Table):
    """Who is signed in, from where, through which door; `why` it ended, where somebody ended it."""

    id = AutoField()
    user = ForeignKeyField(UserRow, on_delete="CASCADE")
    door = CharField()
    origin = TextField()
    started = UtcField()
    seen = UtcField()
    ended = UtcField(null=True)
    address = TextField(default="")
    why = TextField(default="")

    class Meta:
        table_name = "usher_session"


SessionRow.add_index(
    SessionRow.index(SessionRow.seen, name="usher_session_open").where(SQL("ended IS NULL"))
)
