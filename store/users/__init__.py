"""People: created, shown, edited, moved from one status to another."""

from store.users.assigned import assigned
from store.users.block import block, unblock
from store.users.confirm import confirm
from store.users.create import create
from store.users.deactivate import deactivate, restore
from store.users.edit import edit, editable
from store.users.read import place_of, show
from store.users.release import release
from store.users.remove import remove
from store.users.rename import rename
from store.users.set_password import set_password
from store.users.unlock import unlock

__all__ = [
    "assigned",
    "block",
    "confirm",
    "create",
    "deactivate",
    "edit",
    "editable",
    "place_of",
    "release",
    "remove",
    "rename",
    "restore",
    "set_password",
    "show",
    "unblock",
    "unlock",
]
