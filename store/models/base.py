"""What every table has in common."""

from peewee import Model

from store.bound import proxy


class Table(Model):
    """The base of every table; the store binds `proxy` at opening."""

    class Meta:
        database = proxy
        legacy_table_names = False
