"""People: created, shown, edited."""

from store.users.create import create
from store.users.edit import edit, editable
from store.users.read import show

__all__ = ["create", "edit", "editable", "show"]
