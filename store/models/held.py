"""Who is in which team, and what is given to one person alone."""

from peewee import BooleanField, CompositeKey, ForeignKeyField, IntegerField, TextField

from store.fields import UtcField
from store.models.base import Table
from store.models.groups import Permission, SubAccountRow, TeamRow
from store.models.people import UserRow


class Membership(Table):
    """Who is in which team."""

    user = ForeignKeyField(UserRow, on_delete="CASCADE")
    team = ForeignKeyField(TeamRow, on_delete="RESTRICT")

    class Meta:
        table_name = "usher_membership"
        primary_key = CompositeKey("user", "team")


class Override(Table):
    """An allow or a deny on one user, over the role (S0), since when and by whom.

    `by_owner` marks a denial that only the owner or the operator can lift (DESIGN 3.6).
    """

    user = ForeignKeyField(UserRow, on_delete="CASCADE")
    permission = ForeignKeyField(Permission, on_delete="CASCADE")
    allowed = BooleanField()
    at = UtcField()
    by_id = IntegerField(null=True)
    by_name = TextField(default="")
    by_owner = BooleanField(default=False)

    class Meta:
        table_name = "usher_override"
        primary_key = CompositeKey("user", "permission")


class SubAccess(Table):
    """Who may enter which sub-account; whoever has all of them stands on the user."""

    user = ForeignKeyField(UserRow, on_delete="CASCADE")
    sub_account = ForeignKeyField(SubAccountRow, on_delete="CASCADE")

    class Meta:
        table_name = "usher_sub_access"
        primary_key = CompositeKey("user", "sub_account")
