"""Reserved logins, which the history or the command line would misread.

The history shows the operator as `host:NAME`, the program as `usher`, a visitor as `nobody`, keys
as `SHA256:…` and a removed user as `#ID`. The command line reads `-` as stdin and a leading `-` as
an option.
"""

import re

from store.listing.folding import fold

_RESERVED = re.compile(r"operator|nobod[yu]|usher|[.'`]|host:.*|sha256:.*|-.*|#[0-9o]+", re.DOTALL)

_LOOKALIKES = str.maketrans(
    {
        "0": "o",
        **dict.fromkeys("\u02d0\u02d1\ua789\uff1a\ufe55\u2236\u0589\u05c3", ":"),
        **dict.fromkeys("\u30fc\u0640\u02d7\uff0d\u2043", "-"),
        # Cyrillic and Greek letters that look like a Latin one, in lower or upper case.
        **dict(zip("нһоѕтареԁьвуүгпηοτασρεβυνκ", "hhostapedbbyyrnhotaspebunk", strict=True)),
    }
)
"""Characters that look like one of those in the reserved words.

Greek upsilon looks like a lowercase "u" and like an uppercase "Y", hence `nobod[yu]`.
"""


def is_reserved(login: str) -> bool:
    """Return whether a login reads as anything but a user.

    That is the operator, Usher, a visitor, a key, an option or a removed user. Case, width, accents
    and look-alike letters make no difference.
    """
    if login.isascii():
        # Translating takes ten times as long, and an import checks every row.
        shape = login.strip().lower().replace("0", "o")
    else:
        shape = fold(login).translate(_LOOKALIKES)
    return _RESERVED.fullmatch(shape) is not None
