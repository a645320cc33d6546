"""The people themselves, what they are known by, and their cards."""

from peewee import (
    SQL,
    AutoField,
    BooleanField,
    CharField,
    Check,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from store.fields import FoldedField, UtcField
from store.models.base import Table
from store.models.groups import RoleRow

STATUSES = "status IN ('pending', 'active', 'blocked', 'inactive', 'removed')"


class UserRow(Table):
    """A person who may sign in. `bottom` sinks the blocked and inactive in the list of all.

    `attempts` are wrong passwords in a row, `locked_at` is the one too many, `lock_rounds` how
    often a timed lock has come since the last success; the idle limit counts from `idle_from`.
    `password_reminded` is for how many days ahead the last letter about the password's age was.
    """

    id = AutoField()
    login = TextField()
    email = TextField(default="")
    first_name = TextField()
    last_name = TextField()
    phone = TextField(default="")
    country = TextField(default="")
    language = TextField(default="")
    position = TextField(default="")
    role = ForeignKeyField(RoleRow, null=True, on_delete="RESTRICT")
    admin = BooleanField(default=False)
    owner = BooleanField(default=False)
    simulator_only = BooleanField(default=False)
    status = CharField(default="pending", constraints=[Check(STATUSES)])
    status_since = UtcField()
    confirmed_at = UtcField(null=True)
    email_confirmed_at = UtcField(null=True)
    password_hash = TextField(null=True)
    password_set_at = UtcField(null=True)
    password_temporary = BooleanField(default=False)
    activated_at = UtcField(null=True)
    last_seen = UtcField(null=True)
    created = UtcField()
    version = IntegerField(default=1)
    bottom = IntegerField(default=0)
    last_key = FoldedField()
    first_key = FoldedField()
    search_key = FoldedField()
    attempts = IntegerField(default=0)
    attempted_at = UtcField(null=True)
    attempted_from = TextField(default="")
    locked_at = UtcField(null=True)
    lock_rounds = IntegerField(default=0)
    idle_from = UtcField(null=True)
    password_reminded = IntegerField(null=True)
    all_sub_accounts = BooleanField(default=False)

    class Meta:
        table_name = "usher_user"
        constraints = [
            Check("NOT owner OR (admin AND status = 'active')"),
        ]


UserRow.add_index(
    UserRow.index(UserRow.owner, unique=True, name="usher_user_one_owner").where(SQL("owner"))
)


LIVING = SQL("status IN ('pending', 'active')")


UserRow.add_index(
    UserRow.index(UserRow.locked_at, name="usher_user_locked").where(SQL("locked_at IS NOT NULL"))
)


UserRow.add_index(
    UserRow.index(UserRow.attempts, name="usher_user_attempts").where(
        SQL("attempts > 0"), SQL("locked_at IS NULL")
    )
)


UserRow.add_index(UserRow.index(UserRow.status, name="usher_user_admins").where(SQL("admin")))


UserRow.add_index(UserRow.index(UserRow.idle_from, name="usher_user_idle").where(LIVING))


UserRow.add_index(
    UserRow.index(UserRow.password_set_at, name="usher_user_password_age").where(
        SQL("password_set_at IS NOT NULL"), LIVING
    )
)


UserRow.add_index(
    UserRow.index(
        UserRow.bottom, UserRow.last_key, UserRow.first_key, UserRow.id, name="usher_user_order"
    )
)


class Identifier(Table):
    """Every canonical login and e-mail, and whose it is: unique across both (S4)."""

    key = FoldedField(primary_key=True)
    user = ForeignKeyField(UserRow, on_delete="CASCADE")

    class Meta:
        table_name = "usher_identifier"


class ConfirmedAddress(Table):
    """An address that a user has confirmed, in canonical form, and when first.

    The row stays when the user gets another address, so that each address is confirmed once (S4).
    """

    user = ForeignKeyField(UserRow, index=False, on_delete="CASCADE")
    key = FoldedField()
    confirmed = UtcField()

    class Meta:
        table_name = "usher_confirmed_address"
        primary_key = CompositeKey("user", "key")


class FormerPassword(Table):
    """A password that was, so that it is not chosen again."""

    id = AutoField()
    user = ForeignKeyField(UserRow, on_delete="CASCADE")
    password_hash = TextField()
    replaced = UtcField()

    class Meta:
        table_name = "usher_former_password"


class KeyRow(Table):
    """A public key of one person, by which sshd lets them in."""

    id = AutoField()
    user = ForeignKeyField(UserRow, on_delete="CASCADE")
    kind = CharField()
    encoded = TextField()
    fingerprint = CharField(unique=True)
    comment = TextField(default="")
    added = UtcField()
    last_used = UtcField(null=True)

    class Meta:
        table_name = "usher_key"


class EmployeeRow(Table):
    """The personnel card, linked to a user or waiting for one with its e-mail (S4).

    The names and the e-mail of a linked one are its user's. `search_key` is the folded names,
    e-mail and number.
    """

    id = AutoField()
    user = ForeignKeyField(UserRow, null=True, unique=True, on_delete="SET NULL")
    email_key = FoldedField(default="")
    first_name = TextField(default="")
    last_name = TextField(default="")
    currency = TextField(default="")
    number = TextField(default="")
    address = TextField(default="")
    notes = TextField(default="")
    search_key = FoldedField(default="")

    class Meta:
        table_name = "usher_employee"


# Only who waits is looked up by e-mail.
EmployeeRow.add_index(
    EmployeeRow.index(EmployeeRow.email_key, name="usher_employee_waiting").where(
        SQL("user_id IS NULL")
    )
)
