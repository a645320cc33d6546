"""Records, hand-overs under way, an owner declared absent, pictures: a frozen copy of what the
models were. Employees' cards are found by what they hold."""

from peewee import (
    AutoField,
    BlobField,
    CharField,
    Check,
    Database,
    ForeignKeyField,
    IntegerField,
    Model,
    PostgresqlDatabase,
    TextField,
)

from store.fields import FIELD_TYPES, FoldedField, UtcField
from store.listing.folding import fold


class Table(Model):
    class Meta:
        legacy_table_names = False


class UserRow(Table):
    id = AutoField()

    class Meta:
        table_name = "usher_user"


class SubAccountRow(Table):
    id = AutoField()

    class Meta:
        table_name = "usher_sub_account"


class CodeRow(Table):
    id = AutoField()

    class Meta:
        table_name = "usher_code"


class RecordRow(Table):
    id = AutoField()
    kind = FoldedField()
    ref = FoldedField()
    title = TextField(default="")
    state = FoldedField(default="")
    owner = ForeignKeyField(UserRow, index=False, on_delete="RESTRICT")
    sub_account = ForeignKeyField(SubAccountRow, null=True, on_delete="SET NULL")

    class Meta:
        table_name = "usher_record"
        indexes = ((("kind", "ref"), True),)


RecordRow.add_index(
    RecordRow.index(
        RecordRow.owner, RecordRow.kind, RecordRow.state, RecordRow.ref, name="usher_record_owned"
    )
)
RecordRow.add_index(
    RecordRow.index(RecordRow.kind, RecordRow.state, RecordRow.ref, name="usher_record_listed")
)


class HandOverRow(Table):
    user = ForeignKeyField(UserRow, primary_key=True, on_delete="CASCADE")
    verb = CharField()
    plan = TextField()
    reason = TextField(default="")
    status = CharField()
    by_id = IntegerField(null=True)
    by_name = TextField(default="")
    began = UtcField()
    total = IntegerField()
    moved = IntegerField(default=0)
    stopped = TextField(default="")

    class Meta:
        table_name = "usher_hand_over"


class AbsenceRow(Table):
    id = IntegerField(primary_key=True, constraints=[Check("id = 1")])
    owner = ForeignKeyField(UserRow, on_delete="CASCADE")
    code = ForeignKeyField(CodeRow, null=True, on_delete="SET NULL")
    declared = UtcField()
    reason = TextField()
    by_id = IntegerField(null=True)
    by_name = TextField(default="")

    class Meta:
        table_name = "usher_absence"


class PhotoRow(Table):
    user = ForeignKeyField(UserRow, primary_key=True, on_delete="CASCADE")
    picture = BlobField()
    width = IntegerField()
    height = IntegerField()
    added = UtcField()

    class Meta:
        table_name = "usher_photo"


TABLES = (RecordRow, HandOverRow, AbsenceRow, PhotoRow)
TRANSFER = ("users.transfer", "users", 19)
"""What the module `users` has from now on: handing over what people own."""
BATCH = 1000
"""Cards that are read at a time."""


def up(migrator: object, db: Database) -> None:  # noqa: ARG001
    """Make the tables, name the permission, and make the cards found."""
    with db.bind_ctx((UserRow, SubAccountRow, CodeRow, *TABLES), bind_refs=False,
                     bind_backrefs=False):  # fmt: skip
        db.create_tables(TABLES)
    mark = "%s" if isinstance(db, PostgresqlDatabase) else "?"
    db.execute_sql(
        f"INSERT INTO usher_permission (name, module_id, place) VALUES ({mark}, {mark}, {mark})",
        TRANSFER,
    )
    kind = FIELD_TYPES["postgresql" if isinstance(db, PostgresqlDatabase) else "sqlite"]["FOLDED"]
    db.execute_sql(f"ALTER TABLE usher_employee ADD COLUMN search_key {kind} NOT NULL DEFAULT ''")
    _make_found(db, mark)


def _make_found(db: Database, mark: str) -> None:
    """Bring the names of the linked cards to those of their users, and fill the search key."""
    statement = (
        "SELECT e.id, coalesce(u.first_name, e.first_name), coalesce(u.last_name, e.last_name),"
        " e.email_key, e.number FROM usher_employee e LEFT JOIN usher_user u ON u.id = e.user_id"
        f" WHERE e.id > {mark} ORDER BY e.id LIMIT {BATCH}"
    )
    last = 0
    while cards := db.execute_sql(statement, (last,)).fetchall():
        for number, first, last_name, *rest in cards:
            key = fold(" ".join((first, last_name, *rest)))
            db.execute_sql(
                f"UPDATE usher_employee SET first_name = {mark}, last_name = {mark},"
                f" search_key = {mark} WHERE id = {mark}",
                (first, last_name, key, number),
            )
        last = cards[-1][0]
