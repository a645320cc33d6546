"""Pictures as files, made for a test."""

import io
from functools import cache

from PIL import Image


@cache
def picture(kind: str = "PNG", width: int = 40, height: int = 20) -> bytes:
    """A picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", (width, height), "blue")
    image.paste("red", (0, 0, width // 2, height))
    stream = io.BytesIO()
    image.save(stream, kind)
    return stream.getvalue()


@cache
def face() -> bytes:
    """Something as uneven as the photo of a person: shaded all over, with edges and a ground."""
    image = Image.new("RGB", (200, 200))
    for y in range(200):
        for x in range(200):
            inside = (x - 100) ** 2 / 60**2 + (y - 95) ** 2 / 80**2 < 1
            shade = (x + 2 * y) // 6 + (x * y) % 7
            skin = (225 - shade, 175 - shade, 145 - shade)
            ground = (60 + shade, 90 + shade, 110 + x // 4)
            image.putpixel((x, y), skin if inside else ground)
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()
