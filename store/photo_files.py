"""Pictures as files: judged before they are decoded, made small, and turned into pixels.

Whatever comes in is drawn anew, so nothing of the file is kept but what can be seen in it: no
place where it was taken, no second file behind the first. Pillow comes with `usher[photo]`.
"""

import io
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.errors import Refused
from store.exchange import files
from store.wording import _

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

FILE_MAX = 20 * 1024 * 1024
"""Bytes of a file that is looked at."""
PIXELS_MAX = 50_000_000
"""Pixels of a picture that is decoded: each takes up to four bytes of memory."""
PHOTO_MAX = 65_536
"""Bytes of a photo as it is stored: a slow line and a backup have to carry it (S1)."""
SIDE = 512
"""Pixels of the longer side as it is stored, at most."""
ENDINGS = (".png", ".jpg", ".jpeg", ".webp")
"""What a person who is signed in may read (as `files.ENDINGS`)."""

SHADES = 16
"""Colours of a drawing: neighbours that are alike cost nothing on the line."""

_QUALITIES = (85, 75, 60, 45)
_SHRINK = 0.75

Pixel = tuple[int, int, int]
"""Red, green and blue, each to 255."""


@dataclass(frozen=True, slots=True)
class Shrunk:
    """A picture as it is stored: a JPEG without any metadata, and its size in pixels."""

    picture: bytes
    width: int
    height: int


def read(path: Path, *, any_ending: bool) -> bytes:
    """What stands in the file of a picture; `any_ending` is for the operator.

    Raises:
        Refused: it is no regular file, out of reach, or too large.
    """
    other = _("{path} is a folder, a pipe or a device. Name an image file.")
    with files.regular(path, () if any_ending else ENDINGS, other) as stream:
        try:
            content = stream.read(FILE_MAX + 1)
        except OSError as error:
            raise files.unreadable(path, error) from error
    return content


def shrunk(content: bytes) -> Shrunk:
    """The first picture of a PNG, JPEG or WebP, upright and small.

    Raises:
        Refused: it is none of these, too large, or damaged; or Pillow is not installed.
    """
    _require_pillow()
    if len(content) > FILE_MAX:
        sentence = _(
            "The image file is too large. At most {n} MB are allowed. Make the image smaller."
        )
        raise Refused(sentence.format(n=FILE_MAX // 1024 // 1024), code="photo_too_large")
    try:
        with warnings.catch_warnings():
            # Pillow warns of oddities of a file that is judged here in any case.
            warnings.simplefilter("ignore")
            image = _plain(_opened(content))
    except Refused:
        raise
    except Exception as error:  # whatever a decoder makes of a file that is none
        raise Refused(
            _("The image is damaged. Save it again as JPEG or PNG."),
            code="photo_damaged",
        ) from error
    return _small(image)


def pixels(picture: bytes, columns: int, lines: int) -> list[list[Pixel]]:
    """A stored photo as rows of pixels, as large as fits into so many; nothing is cut off.

    Raises:
        Refused: Pillow is not installed.
    """
    pillow = _require_pillow()
    with pillow.open(io.BytesIO(picture), formats=["JPEG"]) as image:
        scale = min(columns / image.width, lines / image.height)
        size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
        small = image.convert("RGB").resize(size).quantize(SHADES).convert("RGB")
    flat: bytes = small.tobytes()
    wide = 3 * small.width
    return [
        [(flat[at], flat[at + 1], flat[at + 2]) for at in range(start, start + wide, 3)]
        for start in range(0, len(flat), wide)
    ]


def _require_pillow() -> Any:
    """Pillow's module of images.

    Raises:
        Refused: it is not installed.
    """
    try:
        from PIL import Image  # noqa: PLC0415  (an extra, and slow to import)
    except ImportError as error:
        sentence = _(
            "The package for photos is not installed. Install it: pip install 'usher[photo]'"
        )
        raise Refused(sentence, code="photo_extra_missing") from error
    return Image


def _opened(content: bytes) -> "ImageFile":
    """The picture, not yet decoded, by what the file begins with.

    Raises:
        Refused: it is none that is known, or has too many pixels.
    """
    from PIL import JpegImagePlugin, PngImagePlugin, WebPImagePlugin  # noqa: PLC0415

    stream = io.BytesIO(content)
    if content.startswith(b"\xff\xd8\xff"):
        image: ImageFile = JpegImagePlugin.JpegImageFile(stream)
    elif content.startswith(b"\x89PNG\r\n\x1a\n"):
        image = PngImagePlugin.PngImageFile(stream)
    elif content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        # Its decoder makes room for all of it as soon as it is opened.
        _check_size(*_canvas_of_webp(content))
        image = WebPImagePlugin.WebPImageFile(stream)
    else:
        sentence = _("The file is not a PNG, JPEG or WebP image. Save it in one of these formats.")
        raise Refused(sentence, code="photo_unknown")
    _check_size(*image.size)
    # A decoder of JPEG that is told what it is for makes an eighth of the pixels.
    image.draft("RGB", (2 * SIDE, 2 * SIDE))
    return image


def _check_size(width: int, height: int) -> None:
    if width * height > PIXELS_MAX:
        sentence = _(
            "The image is too large. At most {n} million pixels are allowed. Make it smaller."
        )
        raise Refused(sentence.format(n=PIXELS_MAX // 1_000_000), code="photo_too_large")


def _canvas_of_webp(content: bytes) -> tuple[int, int]:
    """The size of a WebP by its first chunk, of which there are three kinds (RFC 9649)."""
    kind, body = content[12:16], content[20:30]
    if kind == b"VP8X":
        return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return (
        int.from_bytes(body[6:8], "little") & 0x3FFF,
        int.from_bytes(body[8:10], "little") & 0x3FFF,
    )


def _plain(image: "ImageFile") -> "Image":
    """The picture upright, in colours without transparency, and without anything beside it."""
    from PIL import Image, ImageOps  # noqa: PLC0415

    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((SIDE, SIDE))
    drawn = upright.convert("RGBA")
    plain = Image.new("RGB", drawn.size, "white")
    plain.paste(drawn, mask=drawn.getchannel("A"))
    return plain


def _small(image: "Image") -> Shrunk:
    """As a JPEG that is small enough: coarser first, then with fewer pixels."""
    while True:
        for quality in _QUALITIES:
            stream = io.BytesIO()
            image.save(stream, "JPEG", quality=quality, optimize=True)
            if stream.tell() <= PHOTO_MAX:
                return Shrunk(stream.getvalue(), *image.size)
        size = max(1, int(image.width * _SHRINK)), max(1, int(image.height * _SHRINK))
        image = image.resize(size)
