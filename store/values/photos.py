"""What people look like."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store.values.words import rfc3339


@dataclass(frozen=True, slots=True)
class Photo:
    """The picture of a user: a JPEG of 64 KB at most, its size in pixels, and since when."""

    user: int
    picture: bytes
    width: int
    height: int
    added: datetime

    def as_json(self) -> dict[str, Any]:
        """All but the picture itself, which `--save` writes to a file."""
        return {
            "user": self.user,
            "bytes": len(self.picture),
            "width": self.width,
            "height": self.height,
            "added": rfc3339(self.added),
        }
