"""The first tables: a frozen copy of what the models were, and what peewee cannot declare."""

from peewee import (
    SQL,
    AutoField,
    BigIntegerField,
    BlobField,
    BooleanField,
    CharField,
    Check,
    CompositeKey,
    Database,
    ForeignKeyField,
    IntegerField,
    Model,
    PostgresqlDatabase,
    TextField,
)

from store.fields import FoldedField, UtcField

STATUSES = "status IN ('pending', 'active', 'blocked', 'inactive', 'removed')"


class Account(Model):
    id = IntegerField(primary_key=True, constraints=[Check("id = 1")])
    name = TextField()
    created = UtcField()

    class Meta:
        legacy_table_names = False
        table_name = "usher_account"


class SettingRow(Model):
    key = CharField(primary_key=True)
    value = TextField()

    class Meta:
        legacy_table_names = False
        table_name = "usher_setting"


class RoleRow(Model):
    id = AutoField()
    name = TextField()
    name_key = FoldedField(unique=True)
    built_in = BooleanField(default=False)

    class Meta:
        legacy_table_names = False
        table_name = "usher_role"


class TeamRow(Model):
    id = AutoField()
    name = TextField()
    name_key = FoldedField(unique=True)

    class Meta:
        legacy_table_names = False
        table_name = "usher_team"


class UserRow(Model):
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

    class Meta:
        legacy_table_names = False
        table_name = "usher_user"
        constraints = [
            Check("NOT owner OR (admin AND status = 'active')"),
        ]


UserRow.add_index(
    UserRow.index(UserRow.owner, unique=True, name="usher_user_one_owner").where(SQL("owner"))
)
UserRow.add_index(
    UserRow.index(
        UserRow.bottom, UserRow.last_key, UserRow.first_key, UserRow.id, name="usher_user_order"
    )
)


class Identifier(Model):
    key = FoldedField(primary_key=True)
    user = ForeignKeyField(UserRow, on_delete="CASCADE")

    class Meta:
        legacy_table_names = False
        table_name = "usher_identifier"


class Membership(Model):
    user = ForeignKeyField(UserRow, on_delete="CASCADE")
    team = ForeignKeyField(TeamRow, on_delete="RESTRICT")

    class Meta:
        legacy_table_names = False
        table_name = "usher_membership"
        primary_key = CompositeKey("user", "team")


class EmployeeRow(Model):
    id = AutoField()
    user = ForeignKeyField(UserRow, null=True, unique=True, on_delete="SET NULL")
    email_key = FoldedField(default="", index=True)
    first_name = TextField(default="")
    last_name = TextField(default="")
    currency = TextField(default="")
    number = TextField(default="")
    address = TextField(default="")
    notes = TextField(default="")

    class Meta:
        legacy_table_names = False
        table_name = "usher_employee"


class LetterRow(Model):
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

    class Meta:
        legacy_table_names = False
        table_name = "usher_letter"


class SessionRow(Model):
    id = AutoField()
    user = ForeignKeyField(UserRow, on_delete="CASCADE")
    door = CharField()
    origin = TextField()
    started = UtcField()
    seen = UtcField()
    ended = UtcField(null=True)

    class Meta:
        legacy_table_names = False
        table_name = "usher_session"


class AuditRow(Model):
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
        legacy_table_names = False
        table_name = "usher_audit"
        indexes = ((("target", "seq"), False),)


class AuditValues(Model):
    seq = BigIntegerField(primary_key=True)
    salt = BlobField()
    changes = TextField()

    class Meta:
        legacy_table_names = False
        table_name = "usher_audit_values"


class AuditHead(Model):
    id = IntegerField(primary_key=True, constraints=[Check("id = 1")])
    seq = BigIntegerField()
    mac = TextField()
    at = UtcField(null=True)

    class Meta:
        legacy_table_names = False
        table_name = "usher_audit_head"


TABLES: tuple[type[Model], ...] = (
    Account,
    SettingRow,
    RoleRow,
    TeamRow,
    UserRow,
    Identifier,
    Membership,
    EmployeeRow,
    LetterRow,
    SessionRow,
    AuditRow,
    AuditValues,
    AuditHead,
)

SEARCH_SQLITE = """
CREATE VIRTUAL TABLE usher_grams USING fts5(
    g, content='', detail=none, columnsize=0, tokenize='ascii'
)
"""

SEARCH_POSTGRES = """
CREATE TABLE usher_grams (
    user_id INTEGER PRIMARY KEY REFERENCES usher_user (id) ON DELETE CASCADE,
    grams TEXT[] COLLATE "C" NOT NULL
);
CREATE INDEX usher_grams_grams ON usher_grams USING gin (grams)
"""

APPEND_ONLY_SQLITE = """
CREATE TRIGGER usher_audit_no_{verb} BEFORE {verb} ON usher_audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
"""

APPEND_ONLY_POSTGRES = """
CREATE FUNCTION usher_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$;
CREATE TRIGGER usher_audit_append_only BEFORE UPDATE OR DELETE ON usher_audit
FOR EACH ROW EXECUTE FUNCTION usher_audit_refuse()
"""


def up(migrator: object, db: Database) -> None:  # noqa: ARG001
    """Make every table, the search index of the engine, and the append-only rule."""
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES)
    if isinstance(db, PostgresqlDatabase):
        db.execute_sql(SEARCH_POSTGRES)
        db.execute_sql(APPEND_ONLY_POSTGRES)
    else:
        db.execute_sql(SEARCH_SQLITE)
        for verb in ("UPDATE", "DELETE"):
            db.execute_sql(APPEND_ONLY_SQLITE.format(verb=verb))
    db.execute_sql(f"INSERT INTO usher_audit_head (id, seq, mac) VALUES (1, 0, '{'0' * 64}')")
