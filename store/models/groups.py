"""What people are put into: roles with their permissions, teams, sub-accounts."""

from peewee import (
    AutoField,
    BooleanField,
    CharField,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from store.fields import FoldedField, UtcField
from store.models.base import Table


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


class SubAccountRow(Table):
    """A part of the account to which access is granted user by user (S3)."""

    id = AutoField()
    name = TextField()
    name_key = FoldedField(unique=True)

    class Meta:
        table_name = "usher_sub_account"
