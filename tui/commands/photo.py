"""The commands that concern the photos of people."""

from store.wording import _
from tui.commands import Command
from tui.commands.people import PERSON, PROFILE, needs_person
from tui.commands.rights import on_them

PHOTO = "photo"


COMMANDS = (
    Command(
        "photo",
        ("v",),
        _("photo"),
        _("The photo of this person, drawn for 2 to 4 KB of the line"),
        frozenset({PERSON, PROFILE}),
        "usher users photo {who}",
        needs_person,
        shown=False,
    ),
    Command(
        "set_photo",
        ("e", "f2"),
        _("set"),
        _("Set a photo from a file on the server"),
        frozenset({PHOTO}),
        "usher users photo {who} --file PICTURE",
        on_them("users.edit"),
    ),
    Command(
        "remove_photo",
        ("x",),
        _("remove"),
        _("Take the photo out"),
        frozenset({PHOTO}),
        "usher users photo {who} --remove",
        on_them("users.edit"),
    ),
)
