"""The pictures of people: put in, shown, and taken out again (S1, S2).

Who may change somebody's photo is told by the field `photo` (DESIGN 3.6): a standard user the own
one, as long as the setting `profile.self_edit` has it. The history keeps its size, and no picture.
"""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from store import access, photo_files, settings
from store.errors import Refused
from store.exchange import target
from store.models import PhotoRow
from store.users import read
from store.users.edit import check_fields
from store.values import Photo, User
from store.wording import _

if TYPE_CHECKING:
    from store.session import Session

ENDING = ".jpg"
"""What the name of a file ends in to which a photo is written."""


def show(session: "Session", who: int | str) -> Photo | None:
    """The photo of somebody; None where there is none.

    Raises:
        NotFound: nobody, or nobody whom the actor may see.
    """
    with session.store.read():
        return _of(read.show(session, who))


def save(session: "Session", who: int | str, path: Path, *, replace: bool = False) -> Photo:
    """Write the photo of somebody to a JPEG file, for its owner alone.

    Raises:
        NotFound: nobody, or nobody whom the actor may see.
        Refused: there is no photo, or the file may not be made or replaced.
        Unavailable: the disk does not take it.
    """
    photo = show(session, who)
    if photo is None:
        sentence = _("User {who} has no photo. Add one: usher users photo {who} --file FILE")
        raise Refused(sentence.format(who=who), code="no_photo")
    any_ending = session.operator
    with target.opened(path, replace=replace, any_ending=any_ending, ending=ENDING) as file:
        try:
            file.stream.buffer.write(photo.picture)
            file.complete()
        except OSError as error:
            raise file.unwritable(error) from error
        file.publish()
    return photo


def put(session: "Session", who: int | str, source: Path | bytes) -> Photo:
    """Give somebody a photo, from a file or from what stood in one, in place of what there was.

    PNG, JPEG and WebP are taken; of the file nothing is kept but what can be seen, upright and
    shrunk to 64 KB.

    Raises:
        NotAllowed: the actor may not change this person's photo.
        NotFound: nobody, or nobody whom the actor may see.
        Refused: the file cannot be read, is no picture, or is too large; or the extra
            `usher[photo]` is not installed.
    """
    store = session.store
    with store.read():
        # A picture takes a while to decode: before that one may, and nobody waits for it.
        _require(session, read.show(session, who))
    if isinstance(source, Path):
        content = photo_files.read(source, any_ending=session.operator)
    else:
        content = source
    small = photo_files.shrunk(content)
    with store.write(session) as unit:
        user = read.show(session, who, to_change=True)
        _require(session, user)
        before = _of(user)
        photo = Photo(user.id, small.picture, small.width, small.height, unit.now)
        PhotoRow.delete().where(PhotoRow.user == user.id).execute()
        PhotoRow.create(
            user=user.id,
            picture=photo.picture,
            width=photo.width,
            height=photo.height,
            added=photo.added,
        )
        name = str(source) if isinstance(source, Path) else "FILE"
        unit.record(
            "set_photo",
            user.id,
            {"photo": (_told(before), _told(photo))},
            shlex.join(["usher", "users", "photo", str(user.id), "--file", name]),
        )
        return photo


def remove(session: "Session", who: int | str) -> Photo | None:
    """Take somebody's photo out; what was there, None where there was none.

    Raises:
        NotAllowed: the actor may not change this person's photo.
        NotFound: nobody, or nobody whom the actor may see.
    """
    with session.store.write(session) as unit:
        user = read.show(session, who, to_change=True)
        _require(session, user)
        photo = _of(user)
        if photo:
            PhotoRow.delete().where(PhotoRow.user == user.id).execute()
            words = f"usher users photo {user.id} --remove"
            unit.record("remove_photo", user.id, {"photo": (_told(photo), None)}, words)
        return photo


def _require(session: "Session", user: User) -> None:
    actor = access.require(session, "users.edit", read.subject_of(user))
    check_fields(session, actor, user, ["photo"], settings.load(session.store))


def _of(user: User) -> Photo | None:
    row = PhotoRow.get_or_none(PhotoRow.user == user.id)
    if row is None:
        return None
    return Photo(user.id, bytes(row.picture), row.width, row.height, row.added)


def _told(photo: Photo | None) -> str | None:
    """What the history knows of a photo."""
    return f"{len(photo.picture)} bytes, {photo.width}x{photo.height}" if photo else None
