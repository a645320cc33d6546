"""Tables, constraints and indexes; no behaviour. Every name begins with `usher_`, for the
platform's own tables may stand in the same database (DESIGN 3.8)."""

from peewee import (
    SQL,
    AutoField,
    BigIntegerField,
    BlobField,
    BooleanField,
    CharField,
    Check,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)

from store.bound import proxy
from store.fields import FoldedField, UtcField

STATUSES = "status IN ('pending', 'active', 'blocked', 'inactive', 'removed')"


class Table(Model):
    """The base of every table; the store binds `proxy` at opening."""

    class Meta:
        database = proxy
        legacy_table_names = False


class Account(Table):
    """The installation: exactly one row, which is also what ownership is locked by."""

    id = IntegerField(primary_key=True, constraints=[Check("id = 1")])
    name = TextField()
    created = UtcField()

    class Meta:
        table_name = "usher_account"


class SettingRow(Table):
    """A setting that was changed from its default."""

    key = CharField(primary_key=True)
    value = TextField()

    class Meta:
        table_name = "usher_setting"


class RoleRow(Table):
    """A named set of permissions for standard users."""

    id = AutoField()
    name = TextField()
    name_key = FoldedField(unique=True)
    built_in = BooleanField(default=False)

    class Meta:
        table_name = "usher_role"


class Module(Table):
    """A part of the platform with actions of its own; `admin_only` is closed to standard users.

    `place` is where it stands among the others."""

    name = CharField(primary_key=True)
    admin_only = BooleanField(default=False)
    built_in = BooleanField(default=False)
    place = IntegerField()

    class Meta:
        table_name = "usher_module"


class Permission(Table):
    """A module and an action, `clients.edit`; `place` is the order in which people meet them."""

    name = CharField(primary_key=True)
    module = ForeignKeyField(Module, on_delete="CASCADE")
    place = IntegerField()

    class Meta:
        table_name = "usher_permission"


class RolePermission(Table):
    """What a role permits, since when and by whom: a user, or the operator by name."""

    role = ForeignKeyField(RoleRow, on_delete="CASCADE")
    permission = ForeignKeyField(Permission, on_delete="CASCADE")
    at = UtcField()
    by_id = IntegerField(null=True)
    by_name = TextField(default="")

    class Meta:
        table_name = "usher_role_permission"
        primary_key = CompositeKey("role", "permission")


class TeamRow(Table):
    """Groups users; may show them the clients of their own teams alone (S1)."""

    id = AutoField()
    name = TextField()
    name_key = FoldedField(unique=True)
    own_clients_only = BooleanField(default=False)

    class Meta:
        table_name = "usher_team"


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


class Membership(Table):
    """Who is in which team."""

    user = ForeignKeyField(UserRow, on_delete="CASCADE")
    team = ForeignKeyField(TeamRow, on_delete="RESTRICT")

    class Meta:
        table_name = "usher_membership"
        primary_key = CompositeKey("user", "team")


class Override(Table):
    """An allow or a deny on one user, over the role (S0), since when and by whom."""

    user = ForeignKeyField(UserRow, on_delete="CASCADE")
    permission = ForeignKeyField(Permission, on_delete="CASCADE")
    allowed = BooleanField()
    at = UtcField()
    by_id = IntegerField(null=True)
    by_name = TextField(default="")

    class Meta:
        table_name = "usher_override"
        primary_key = CompositeKey("user", "permission")


class SubAccountRow(Table):
    """A part of the account to which access is granted user by user (S3)."""

    id = AutoField()
    name = TextField()
    name_key = FoldedField(unique=True)

    class Meta:
        table_name = "usher_sub_account"


class SubAccess(Table):
    """Who may enter which sub-account; whoever has all of them stands on the user."""

    user = ForeignKeyField(UserRow, on_delete="CASCADE")
    sub_account = ForeignKeyField(SubAccountRow, on_delete="CASCADE")

    class Meta:
        table_name = "usher_sub_access"
        primary_key = CompositeKey("user", "sub_account")


class EmployeeRow(Table):
    """The personnel card, linked to a user or waiting for one with its e-mail (S4)."""

    id = AutoField()
    user = ForeignKeyField(UserRow, null=True, unique=True, on_delete="SET NULL")
    email_key = FoldedField(default="")
    first_name = TextField(default="")
    last_name = TextField(default="")
    currency = TextField(default="")
    number = TextField(default="")
    address = TextField(default="")
    notes = TextField(default="")

    class Meta:
        table_name = "usher_employee"


# Only who waits is looked up by e-mail.
EmployeeRow.add_index(
    EmployeeRow.index(EmployeeRow.email_key, name="usher_employee_waiting").where(
        SQL("user_id IS NULL")
    )
)


class FormerPassword(Table):
    """A password that was, so that it is not chosen again."""

    id = AutoField()
    user = ForeignKeyField(UserRow, on_delete="CASCADE")
    password_hash = TextField()
    replaced = UtcField()

    class Meta:
        table_name = "usher_former_password"


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


class MailSettingsRow(Table):
    """What somebody's own mail bears (S4)."""

    user = ForeignKeyField(UserRow, primary_key=True, on_delete="CASCADE")
    sender_name = TextField(default="")
    reply_to = TextField(default="")
    signature = TextField(default="")

    class Meta:
        table_name = "usher_mail_settings"


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
        indexes = ((("target", "seq"), False),)


class AuditValues(Table):
    """Old and new values of one entry, salted; erasing a person deletes them."""

    seq = BigIntegerField(primary_key=True)
    salt = BlobField()
    changes = TextField()

    class Meta:
        table_name = "usher_audit_values"


class AuditHead(Table):
    """The newest entry; locked last, so that the chain never forks (DESIGN 3.13)."""

    id = IntegerField(primary_key=True, constraints=[Check("id = 1")])
    seq = BigIntegerField()
    mac = TextField()
    at = UtcField(null=True)

    class Meta:
        table_name = "usher_audit_head"


TABLES: tuple[type[Model], ...] = (
    Account,
    SettingRow,
    Module,
    Permission,
    RoleRow,
    RolePermission,
    TeamRow,
    SubAccountRow,
    UserRow,
    Identifier,
    Membership,
    Override,
    SubAccess,
    EmployeeRow,
    FormerPassword,
    CodeRow,
    ThrottleRow,
    LetterRow,
    InvitationRow,
    MailSettingsRow,
    SessionRow,
    KeyRow,
    AuditRow,
    AuditValues,
    AuditHead,
)
"""In the order in which foreign keys allow them to be made."""
