"""Photos: whatever file comes in, a small JPEG with nothing else in it is kept (S1, S2)."""

import io
import os
import struct
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from store import audit, photo_files, photos, settings, users
from store.errors import NotAllowed, Refused
from store.models import PhotoRow
from store.session import Session
from store.values import User
from tests.conftest import session_of
from tests.pictures import picture
from tests.store.standing import activate

Make = Callable[..., User]
SECRET = b"Sumska 1, Kharkiv"


def _decoded(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    assert image.format == "JPEG"
    return image


def _noise(side: int) -> bytes:
    stream = io.BytesIO()
    Image.frombytes("RGB", (side, side), os.urandom(side * side * 3)).save(stream, "PNG")
    return stream.getvalue()


def _with_metadata() -> bytes:
    """A JPEG that lies on its side, says where it was taken, and has a second file behind it."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, SECRET.decode()
    stream = io.BytesIO()
    with Image.open(io.BytesIO(picture())) as image:
        image.save(stream, "JPEG", exif=exif, comment=SECRET, icc_profile=SECRET, dpi=(1, 1))
    return stream.getvalue() + b"<script>" + SECRET


def _animated() -> bytes:
    stream = io.BytesIO()
    first, second = Image.new("RGB", (8, 8), "red"), Image.new("RGB", (8, 8), "blue")
    first.save(stream, "WEBP", save_all=True, append_images=[second])
    return stream.getvalue()


def _png_that_claims(width: int, height: int) -> bytes:
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = b"IDAT" + zlib.compress(b"\0" * 1000)
    chunks = (
        struct.pack(">I", len(one) - 4) + one + struct.pack(">I", zlib.crc32(one))
        for one in (header, data, b"IEND")
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


WEBP_BOMB = b"RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + b"\xfe\x3f\0" * 2 + b"\0" * 8
HOSTILE = {
    "no picture": (b"#!/bin/sh\nreboot\n", "photo_unknown"),
    "empty": (b"", "photo_unknown"),
    "gif": (b"GIF89a" + bytes(100), "photo_unknown"),
    "truncated jpeg": (picture("JPEG", 400, 400)[:-900], "photo_damaged"),
    "truncated png": (_noise(64)[:-900], "photo_damaged"),
    "png bomb": (_png_that_claims(60_000, 60_000), "photo_too_large"),
    "png that promises too much": (_png_that_claims(5_000, 5_000), "photo_damaged"),
    "webp bomb": (WEBP_BOMB, "photo_too_large"),
    "a webp of nothing": (b"RIFF\x04\0\0\0WEBP", "photo_damaged"),
    "too many bytes": (picture() + bytes(photo_files.FILE_MAX), "photo_too_large"),
}


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_photo_is_kept_as_a_small_jpeg_in_place_of_the_one_before(
    owner: Session, make_user: Make, kind: str
) -> None:
    user = make_user()
    assert photos.show(owner, user.id) is None
    photos.put(owner, user.id, picture("PNG", 3, 3))
    photo = photos.put(owner, user.id, picture(kind, 2000, 1000))
    assert photos.show(owner, user.id) == photo
    assert (photo.width, photo.height) == (512, 256)
    assert _decoded(photo.picture).size == (512, 256)
    entry = audit.history(owner, user.id)[0]
    assert (entry.verb, entry.command) == ("set_photo", f"usher users photo {user.id} --file FILE")
    assert entry.changes["photo"][1] == f"{len(photo.picture)} bytes, 512x256"
    assert photos.remove(owner, user.id) == photo
    assert photos.remove(owner, user.id) is None
    assert photos.show(owner, user.id) is None


def test_nothing_is_kept_but_what_can_be_seen_upright() -> None:
    small = photo_files.shrunk(_with_metadata())
    assert SECRET not in small.picture
    assert (small.width, small.height) == (20, 40)
    image = _decoded(small.picture)
    assert not image.getexif()
    assert "comment" not in image.info
    red, _green, blue = image.getpixel((10, 2))  # type: ignore[misc]
    assert red > blue  # turned clockwise, what was on the left is above


def test_what_is_hard_to_shrink_fits_all_the_same() -> None:
    small = photo_files.shrunk(_noise(600))
    assert len(small.picture) <= photo_files.PHOTO_MAX


def test_of_an_animation_the_first_picture_counts_and_transparent_is_white() -> None:
    assert photo_files.pixels(photo_files.shrunk(_animated()).picture, 1, 1)[0][0][0] > 200
    stream = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(stream, "PNG")
    clear = photo_files.shrunk(stream.getvalue())
    assert photo_files.pixels(clear.picture, 1, 1) == [[(255, 255, 255)]]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_a_sentence(name: str) -> None:
    content, code = HOSTILE[name]
    with pytest.raises(Refused) as refused:
        photo_files.shrunk(content)
    assert refused.value.name == code


def test_only_a_regular_file_of_a_picture_is_read(
    owner: Session, make_user: Make, tmp_path: Path
) -> None:
    user = make_user()
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "folder.png").mkdir()
    (tmp_path / "link.png").symlink_to("/etc/passwd")
    for path in (
        Path("/dev/zero"), Path("/etc/passwd"), tmp_path / "none.png", tmp_path / "pipe.png",
        tmp_path / "folder.png", tmp_path / "link.png",
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            photos.put(owner, user.id, path)
        assert "root:" not in refused.value.message
    path = tmp_path / "face.png"
    path.write_bytes(picture())
    assert photos.put(owner, user.id, path).width == 40


def test_a_standard_user_changes_the_own_photo_as_long_as_the_setting_has_it(
    owner: Session, make_user: Make
) -> None:
    user = activate(owner, make_user())
    session = session_of(owner.store, user)
    assert photos.put(session, user.id, picture()).user == user.id
    settings.change(owner, "profile.self_edit", "phone")
    with pytest.raises(NotAllowed):
        photos.remove(session, user.id)


def test_a_photo_goes_with_the_person(owner: Session, make_user: Make) -> None:
    user = make_user()
    photos.put(owner, user.id, picture())
    users.remove(owner, user.id)
    with owner.store.read():
        assert not PhotoRow.select().exists()


def test_without_pillow_the_extra_is_named(
    owner: Session, make_user: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = make_user()
    photos.put(owner, user.id, picture())
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(Refused, match=r"usher\[photo\]"):
        photos.put(owner, user.id, picture())
    assert photos.show(owner, user.id) is not None


def test_a_picture_is_drawn_as_large_as_fits_and_keeps_its_shape() -> None:
    small = photo_files.shrunk(picture("PNG", 100, 200)).picture
    rows = photo_files.pixels(small, 20, 20)
    assert (len(rows), len(rows[0])) == (20, 10)
