"""The keys that Usher uses, as terminals of many names send them, by the machine's own terminfo."""

import json
import subprocess
import sys

import pytest
from textual import events
from textual._xterm_parser import XTermParser

KEYS = {
    "kf1": "f1",
    "kf2": "f2",
    "kcuu1": "up",
    "kcud1": "down",
    "kcub1": "left",
    "kcuf1": "right",
    "khome": "home",
    "kend": "end",
    "kpp": "pageup",
    "knp": "pagedown",
    "kcbt": "shift+tab",
    "kbs": "backspace",
    "kdch1": "delete",
}
"""Terminfo's names of keys, and ours."""

TERMINALS = (
    *("xterm", "xterm-256color", "tmux", "tmux-256color", "screen", "screen-256color"),
    *("linux", "putty", "putty-256color", "vt100", "vt220", "rxvt-unicode-256color"),
)

ASK = """
import curses, json, sys
curses.setupterm(sys.argv[1])
print(json.dumps([(curses.tigetstr(name) or b"").decode() for name in sys.argv[2:]]))
"""


@pytest.mark.parametrize("term", TERMINALS)
def test_a_terminal_has_the_keys_that_are_used(term: str) -> None:
    """In the mode in which a terminal begins, and in the one for applications."""
    words = [sys.executable, "-c", ASK, term, *KEYS]
    known = subprocess.run(words, check=False, capture_output=True, text=True)
    if known.returncode:
        pytest.skip(f"terminfo does not know {term}")
    for key, sent in zip(KEYS.values(), json.loads(known.stdout), strict=True):
        plain = sent.replace("\x1bO", "\x1b[") if key in {"up", "down", "left", "right"} else sent
        for sequence in {sent, plain} - {""}:
            found = [event.key for event in XTermParser().feed(sequence)
                     if isinstance(event, events.Key)]  # fmt: skip
            assert found == [key], (key, sequence)
