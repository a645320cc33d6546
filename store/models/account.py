"""The installation and its settings."""

from peewee import CharField, Check, IntegerField, TextField

from store.fields import UtcField
from store.models.base import Table


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
