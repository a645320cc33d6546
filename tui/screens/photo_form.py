"""A photo for one person: which file on the server it is."""

import shlex
from collections.abc import Iterable
from functools import partial

from textual.widget import Widget

from store import photos
from store.errors import Problem, Refused, UsherError
from store.session import guest_of_process
from store.values import Photo, User
from store.wording import _
from tui import paths
from tui.commands.forms import PHOTO_FORM
from tui.screens.form_room import FormRoom
from tui.screens.room import bindings_of
from tui.signs import SIGNS
from tui.visit import Visit
from tui.widgets.fields import FieldSpec
from tui.widgets.form import Form
from tui.widgets.words import Words


class PhotoForm(FormRoom[Photo]):
    """Gives back the photo that was set; None when one went back."""

    ROOM = PHOTO_FORM
    BINDINGS = bindings_of(PHOTO_FORM)
    KEPT = _("The photo stays as it is.")

    def __init__(self, visit: Visit, user: User) -> None:
        super().__init__(f"{user.full_name} {SIGNS.dot} {_('Photo from a file')}", visit.who)
        self.visit, self.user = visit, user

    def body(self) -> Iterable[Widget]:
        yield Words(f"{_where()} {_('What else stands in the file is not kept.')}")
        yield Form((FieldSpec("path", _("file")),), {}, ("save", _("Set it")))

    def command_lines(self) -> tuple[str, ...]:
        words = ["usher", "users", "photo", str(self.user.id), "--file", self._typed or "PICTURE"]
        return (shlex.join(words),)

    def save(self) -> None:
        if not self._typed:
            self.show_problems((Problem("path", "required", _("Name the file of a picture.")),))
            return
        put = partial(photos.put, self.visit.session, self.user.id, paths.expanded(self._typed))
        self.write(put, self.finish, busy=_("Making it small…"))

    def refuse(self, error: UsherError) -> None:
        """What a file is refused for is mended by naming another one."""
        if isinstance(error, Refused):
            self.show_problems((Problem("path", error.name, error.message),))
        else:
            super().refuse(error)

    def do_form_as_command(self) -> None:
        self.do_as_command()

    @property
    def _typed(self) -> str:
        return str(self.form.values["path"])


def _where() -> str:
    """Which files can be named, and where they are."""
    if guest_of_process() is not None:
        return _("Which PNG, JPEG or WebP of Usher's folder for files? Type its name.")
    return _("Which PNG, JPEG or WebP? Type its path on the server, where Usher runs.")
