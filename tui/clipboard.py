"""Copying into the clipboard of the terminal: one write by OSC 52 that nobody acknowledges.

Over SSH it is the terminal alone that knows the right clipboard. tmux and GNU screen stand in
between: what they are to hand on is wrapped as each of them wants it.
"""

from base64 import b64encode
from collections.abc import Mapping

SCREEN_CHUNK = 240
"""Characters of one string that every GNU screen hands on; old ones cut what is longer."""


def osc52(text: str) -> str:
    """What puts the text into the clipboard (xterm's control sequences, OSC 52)."""
    return f"\x1b]52;c;{b64encode(text.encode()).decode()}\a"


def passed_on(text: str, environment: Mapping[str, str]) -> str:
    """The same for the terminal around tmux or GNU screen; nothing where there is neither.

    tmux takes the plain sequence itself if its `set-clipboard` is `on`, and hands on the wrapped
    one if its `allow-passthrough` is; what it is not to take it drops, and so does screen. Behind
    SSH only TERM tells of them, and both may call themselves `screen`: then the form of screen is
    sent, for the one of tmux would stand as text in it.
    """
    term = environment.get("TERM", "")
    sequence = osc52(text)
    if environment.get("TMUX") or term.startswith("tmux"):
        doubled = sequence.replace("\x1b", "\x1b\x1b")
        return f"\x1bPtmux;{doubled}\x1b\\"
    if environment.get("STY") or term.startswith("screen"):
        pieces = (sequence[at : at + SCREEN_CHUNK] for at in range(0, len(sequence), SCREEN_CHUNK))
        return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
    return ""
