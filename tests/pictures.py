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
