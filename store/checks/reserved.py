"""Logins that nobody can have, because the history or the command line would misread them.

The history names the operator `host:NAME`, the program itself `usher` and a visitor `nobody`,
shows keys as `SHA256:…`, and has `#ID` left of a removed user. The command line takes `-` for
stdin and a leading `-` for an option.
"""

import re

from store.listing.folding import fold

_RESERVED = re.compile(r"operator|nobod[yu]|usher|[.'`]|host:.*|sha256:.*|-.*|#[0-9o]+", re.DOTALL)

_LOOKALIKES = str.maketrans(
    {
        "0": "o",
        **dict.fromkeys("\u02d0\u02d1\ua789\uff1a\ufe55\u2236\u0589\u05c3", ":"),
        **dict.fromkeys("\u30fc\u0640\u02d7\uff0d\u2043", "-"),
        # Cyrillic and Greek letters that look like a Latin one, small or as capitals.
        **dict(zip("нһоѕтареԁьвуүгпηοτασρεβυνκ", "hhostapedbbyyrnhotaspebunk", strict=True)),
    }
)
"""Characters that a reader takes for another one, as far as the words above have them.

Greek upsilon reads as "u" when small and as "Y" as a capital, hence `nobod[yu]`.
"""


def is_reserved(login: str) -> bool:
    """Return whether a login reads like something else than a user.

    That is the operator, Usher, a visitor, a key, an option or a tombstone, in every spelling:
    case, width, accents, and letters that look alike.
    """
    if login.isascii():
        # An import asks for each row, and translating takes ten times as long.
        shape = login.strip().lower().replace("0", "o")
    else:
        shape = fold(login).translate(_LOOKALIKES)
    return _RESERVED.fullmatch(shape) is not None
