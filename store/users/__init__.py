"""People: created, shown, edited."""

from store.users.create import create
from store.users.edit import edit, editable
from store.users.read import place_of, show
from store.users.rename import rename
from store.users.set_password import set_password
from store.users.unlock import unlock

__all__ = [
    "create",
    "edit",
    "editable",
    "place_of",
    "rename",
    "set_password",
    "show",
    "unlock",
]
