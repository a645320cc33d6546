"""The history: entries in a chain, their values beside them."""

from peewee import (
    AutoField,
    BigIntegerField,
    BlobField,
    CharField,
    Check,
    CompositeKey,
    IntegerField,
    TextField,
)

from store.fields import UtcField
from store.models.base import Table


class AuditRow(Table):
    """The chain: each entry's MAC covers the one before. Values stand beside it."""

    seq = BigIntegerField(primary_key=True)
    at = UtcField()
    actor = TextField()
    actor_id = IntegerField(null=True)
    origin = TextField()
    verb = CharField()
    target = IntegerField(null=True)
    reason = TextField(default="")
    command = TextField(default="")
    values_hash = TextField(null=True)
    mac = TextField()

    class Meta:
        table_name = "usher_audit"
        indexes = ((("target", "seq"), False), (("at",), False))


class AuditValues(Table):
    """Old and new values of one entry, salted; erasing a person deletes them."""

    seq = BigIntegerField(primary_key=True)
    salt = BlobField()
    changes = TextField()

    class Meta:
        table_name = "usher_audit_values"


class AuditHead(Table):
    """The newest entry, locked last so that the chain never forks (DESIGN 3.13).

    `account` is the id that the anchors of this account name, `key_check` the check value of the
    key that entries are written with, `broken` the number of the first entry that reports a break
    and is not accepted. `latest` is the latest time of any entry since the clock was last accepted.
    `seal` is a MAC over all of these and the rows of `usher_audit_anchor`.
    """

    id = IntegerField(primary_key=True, constraints=[Check("id = 1")])
    seq = BigIntegerField()
    mac = TextField()
    at = UtcField(null=True)
    account = TextField(default="")
    key_check = TextField(default="")
    broken = BigIntegerField(null=True)
    latest = UtcField(null=True)
    seal = TextField(default="")

    class Meta:
        table_name = "usher_audit_head"


class AnchorRow(Table):
    """An anchor that a host has written. For SQLite, `host` is empty."""

    host = TextField()
    name = TextField()

    class Meta:
        table_name = "usher_audit_anchor"
        primary_key = CompositeKey("host", "name")


class Erasing(Table):
    """A row allows values to be erased. Without one, a trigger prevents it."""

    id = AutoField()

    class Meta:
        table_name = "usher_audit_erasing"
