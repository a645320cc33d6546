"""What people may do: modules and permissions, what roles hold, overrides, sub-accounts: a frozen
copy of what the models were, with the modules and the ready-made roles of that day."""

from datetime import UTC, datetime

from peewee import (
    AutoField,
    BooleanField,
    CharField,
    CompositeKey,
    Database,
    ForeignKeyField,
    IntegerField,
    Model,
    PostgresqlDatabase,
    TextField,
)

from store.fields import FoldedField, UtcField


class Table(Model):
    class Meta:
        legacy_table_names = False


class UserRow(Table):
    id = AutoField()

    class Meta:
        table_name = "usher_user"


class RoleRow(Table):
    id = AutoField()
    name = TextField()
    built_in = BooleanField(default=False)

    class Meta:
        table_name = "usher_role"


class Module(Table):
    name = CharField(primary_key=True)
    admin_only = BooleanField(default=False)
    built_in = BooleanField(default=False)
    place = IntegerField()

    class Meta:
        table_name = "usher_module"


class Permission(Table):
    name = CharField(primary_key=True)
    module = ForeignKeyField(Module, on_delete="CASCADE")
    place = IntegerField()

    class Meta:
        table_name = "usher_permission"


class RolePermission(Table):
    role = ForeignKeyField(RoleRow, on_delete="CASCADE")
    permission = ForeignKeyField(Permission, on_delete="CASCADE")
    at = UtcField()
    by_id = IntegerField(null=True)
    by_name = TextField(default="")

    class Meta:
        table_name = "usher_role_permission"
        primary_key = CompositeKey("role", "permission")


class Override(Table):
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
    id = AutoField()
    name = TextField()
    name_key = FoldedField(unique=True)

    class Meta:
        table_name = "usher_sub_account"


class SubAccess(Table):
    user = ForeignKeyField(UserRow, on_delete="CASCADE")
    sub_account = ForeignKeyField(SubAccountRow, on_delete="CASCADE")

    class Meta:
        table_name = "usher_sub_access"
        primary_key = CompositeKey("user", "sub_account")


TABLES = (Module, Permission, RolePermission, Override, SubAccountRow, SubAccess)

VIEW, CHANGE = ("view",), ("view", "create", "edit")
USUAL = (*CHANGE, "delete")
MODULES = {
    "clients": USUAL, "opportunities": USUAL, "tasks": USUAL, "offers": USUAL, "chats": USUAL,
    "reports": USUAL, "simulator": ("use",), "pricing": USUAL, "payment": USUAL,
    "users": (
        "view", "create", "edit", "rights", "confirm", "block", "unblock", "unlock", "deactivate",
        "restore", "remove", "release", "rename", "password", "keys", "sessions", "export",
    ),
}  # fmt: skip
ADMIN_ONLY = {"pricing", "payment", "users"}
ROLES = {
    "Manager": {
        "clients": USUAL, "opportunities": USUAL, "tasks": USUAL, "offers": USUAL,
        "chats": USUAL, "reports": USUAL, "simulator": ("use",),
    },
    "Salesperson": {
        "clients": CHANGE, "opportunities": CHANGE, "tasks": USUAL, "offers": CHANGE,
        "chats": CHANGE, "reports": VIEW, "simulator": ("use",),
    },
    "Support": {
        "clients": CHANGE, "tasks": CHANGE, "chats": CHANGE, "opportunities": VIEW,
        "offers": VIEW,
    },
    "Simulator": {"offers": CHANGE, "simulator": ("use",)},
    "Read only": {
        "clients": VIEW, "opportunities": VIEW, "tasks": VIEW, "offers": VIEW, "chats": VIEW,
        "reports": VIEW,
    },
}  # fmt: skip


def up(migrator: object, db: Database) -> None:  # noqa: ARG001
    """Make the tables and the modules; the ready-made roles get what they permit."""
    no = "FALSE" if isinstance(db, PostgresqlDatabase) else "0"
    for table, column in (("usher_user", "all_sub_accounts"), ("usher_team", "own_clients_only")):
        db.execute_sql(f"ALTER TABLE {table} ADD COLUMN {column} BOOL NOT NULL DEFAULT {no}")
    with db.bind_ctx((UserRow, RoleRow, *TABLES), bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES)
        for number, (name, actions) in enumerate(MODULES.items()):
            Module.create(name=name, admin_only=name in ADMIN_ONLY, built_in=True, place=number)
            for place, action in enumerate(actions):
                Permission.create(name=f"{name}.{action}", module=name, place=place)
        now = datetime.now(UTC)
        for role in RoleRow.select().where(RoleRow.built_in):
            for module, actions in ROLES.get(role.name, {}).items():
                for action in actions:
                    RolePermission.create(
                        role=role, permission=f"{module}.{action}", at=now, by_name="usher migrate"
                    )
