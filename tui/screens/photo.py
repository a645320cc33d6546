"""The photo of one person: what it is, and on terminals with colours what it looks like."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import NamedTuple

from textual import getters
from textual.widget import Widget

from store import photo_files, photos
from store.errors import Refused
from store.photo_files import Pixel
from store.values import Photo, User
from store.wording import _
from tui.commands import Situation
from tui.commands.photo import PHOTO
from tui.dialogs.confirm import Confirm
from tui.moments import grouped, when
from tui.plain import Plain
from tui.screens.photo_form import PhotoForm
from tui.screens.room import Room, bindings_of
from tui.signs import SIGNS, UNICODE
from tui.visit import Visit
from tui.widgets.picture import Picture
from tui.widgets.words import Words

COLUMNS, LINES = 24, 12
"""Cells of a drawing: what a face needs, for the bytes of one screen or two."""


class Seen(NamedTuple):
    """A photo, the pixels to be drawn, and why there are none."""

    photo: Photo | None
    rows: Sequence[Sequence[Pixel]] = ()
    why: str = ""


class PhotoRoom(Room[None]):
    """Drawn only here, where somebody has asked for it: it is dear on a slow line."""

    ROOM = PHOTO
    BINDINGS = bindings_of(PHOTO)

    words = getters.query_one(Words)
    picture = getters.query_one(Picture)

    def __init__(self, visit: Visit, user: User) -> None:
        super().__init__(f"{user.full_name} {SIGNS.dot} {_('Photo')}", visit.who)
        self.visit, self.user, self.session = visit, user, visit.session
        self.photo: Photo | None = None

    def body(self) -> Iterable[Widget]:
        yield Words("")
        yield Picture()

    def on_mount(self) -> None:
        self._read()

    def situation(self) -> Situation:
        return Situation(self.visit.actor, self.user)

    def command_lines(self) -> tuple[str, ...]:
        return (*super().command_lines(), _as_file(self.user))

    def do_set_photo(self) -> None:
        self.app.push_screen(PhotoForm(self.visit, self.user), self._set)

    def do_remove_photo(self) -> None:
        if self.photo is None:
            self.say(f"{SIGNS.error} {_('There is no photo to remove.')}")
            return
        question = Confirm(
            _("Remove the photo of {name}?").format(name=self.user.full_name),
            _("Nobody sees it any more, and Usher keeps no copy."),
            _("Remove it"),
        )
        self.app.push_screen(question, self._answered)

    @property
    def _draws(self) -> bool:
        """Whether the terminal has colours, and the sign of half a cell."""
        plain = any(isinstance(one, Plain) for one in self.app.get_line_filters())
        return SIGNS is UNICODE and not plain

    def _set(self, photo: Photo | None) -> None:
        if photo:
            self.say(f"{SIGNS.done} {_('Saved.')}")
            self._read()

    def _answered(self, yes: bool | None) -> None:
        if yes:
            self.write(partial(photos.remove, self.session, self.user.id), self._removed)

    def _removed(self, _gone: Photo | None) -> None:
        self.say(f"{SIGNS.done} {_('The photo is gone.')}")
        self._read()

    def _read(self) -> None:
        look = partial(_looked, self.visit, self.user, self._draws)
        self.ask(look, self._show, group="photo", busy=_("Looking…"))

    def _show(self, seen: Seen) -> None:
        photo = self.photo = seen.photo
        self.picture.show(seen.rows)
        if photo is None:
            sentence = _("There is no photo of {name}. e sets one: PNG, JPEG or WebP.")
            self.words.say(sentence.format(name=self.user.full_name))
            return
        told = _("{width}x{height} pixels, {bytes} bytes, since {day}.").format(
            width=photo.width,
            height=photo.height,
            bytes=grouped(len(photo.picture)),
            day=when(photo.added, self.visit.zone),
        )
        self.words.say(f"{told} {seen.why}".rstrip())


def _looked(visit: Visit, user: User, draws: bool) -> Seen:
    """In a thread: the photo, decoded where it is to be drawn."""
    photo = photos.show(visit.session, user.id)
    if photo is None:
        return Seen(None)
    if not draws:
        sentence = _("This terminal cannot draw it; as a file: {command}")
        return Seen(photo, why=sentence.format(command=_as_file(user)))
    try:
        return Seen(photo, photo_files.pixels(photo.picture, COLUMNS, 2 * LINES))
    except Refused as error:
        return Seen(photo, why=error.message)


def _as_file(user: User) -> str:
    return f"usher users photo {user.id} --save FILE{photos.ENDING}"
