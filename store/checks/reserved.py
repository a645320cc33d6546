"""Logins that nobody can have, because the history or the command line would misread them.

The history names the operator `host:NAME` and a visitor `nobody`, shows keys as `SHA256:…`, and
has `#ID` left of a removed user. The command line takes `-` for stdin and a leading `-` for an
option.
"""

import re

from store.listing.folding import fold

_RESERVED = re.compile(r"operator|nobody|[.'`]|host:.*|sha256:.*|-.*|#[0-9]+", re.DOTALL)

_LOOKALIKES = str.maketrans(
    {
        "0": "o",
        **dict.fromkeys("\u02d0\u02d1\ua789\uff1a\ufe55\u2236\u0589\u05c3", ":"),
        **dict.fromkeys("\u30fc\u0640\u02d7\uff0d\u2043", "-"),
        # Cyrillic and Greek letters that look like a Latin one, small or as capitals.
        **dict(zip("нһоѕтареԁьвуүгпηοτασρεβυνκ", "hhostapedbbyyrnhotaspebynk", strict=True)),
    }
)
"""Characters that a reader takes for another one, as far as the words above have them."""


def is_reserved(login: str) -> bool:
    """Return whether a login reads like the operator, a visitor, a key, an option or a tombstone.

    It does in every spelling: case, width, accents, and letters that look alike.
    """
    shape = login.strip().lower() if login.isascii() else fold(login)
    return _RESERVED.fullmatch(shape.translate(_LOOKALIKES)) is not None
