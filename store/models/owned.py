"""What people own: records, a hand-over under way, the account itself; and their picture."""

from peewee import (
    AutoField,
    BlobField,
    CharField,
    Check,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from store.fields import FoldedField, UtcField
from store.models.base import Table
from store.models.coming_in import CodeRow
from store.models.groups import SubAccountRow
from store.models.people import UserRow


class RecordRow(Table):
    """Anything on the platform that has a user as its owner (DESIGN 3.8); kinds are open.

    What a list goes by is compared by code point, so that a page begins at the same place on both
    engines, and in the program.
    """

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


# Counts go by it, and so does the list of what somebody owns.
RecordRow.add_index(
    RecordRow.index(
        RecordRow.owner, RecordRow.kind, RecordRow.state, RecordRow.ref, name="usher_record_owned"
    )
)
# The list of what everybody owns.
RecordRow.add_index(
    RecordRow.index(RecordRow.kind, RecordRow.state, RecordRow.ref, name="usher_record_listed")
)


class HandOverRow(Table):
    """A hand-over that goes in batches, and has yet to end (DESIGN 3.8).

    `verb` is what is done with the last batch: `deactivate`, `remove`, or `transfer` where nobody
    leaves. `plan` says in JSON to whom each kind goes. `status` is where the person stood before.
    """

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
    """That an admin has declared the owner absent, which a code in a letter takes back (3.7)."""

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
    """The picture of a person, shrunk to what a slow line can bear (S1, S2)."""

    user = ForeignKeyField(UserRow, primary_key=True, on_delete="CASCADE")
    picture = BlobField()
    width = IntegerField()
    height = IntegerField()
    added = UtcField()

    class Meta:
        table_name = "usher_photo"
