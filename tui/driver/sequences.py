"""Map escape sequences to keys.

Open this if a key does the wrong thing in some terminal. An unknown sequence is no key, and never
text.
"""

import re

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._keyboard_protocol import FUNCTIONAL_KEYS
from textual._xterm_parser import XTermParser

SHIFT, ALT, CTRL, SUPER, HYPER, META = (1 << bit for bit in range(6))
NAMES = {ALT: "alt", CTRL: "ctrl", HYPER: "hyper", META: "meta", SHIFT: "shift", SUPER: "super"}
"""Modifiers in Textual's order. The higher bits, caps lock and num lock, do not change a key."""

_WITH_MODIFIERS = re.compile(
    r"\x1b\[(?P<code>\d{0,7})(?::(?P<shifted>\d{0,7}))?(?::(?P<base>\d{0,7}))?"
    r"(?:;(?P<modifiers>\d{0,7})(?::(?P<event>\d{0,7}))?)?"
    r"(?:;(?P<third>[\d:]{0,70}))?(?P<final>[u~A-Z])"
)
"""`ESC [ 1 ; modifiers A`, `ESC [ code ; modifiers u`, `ESC [ 27 ; modifiers ; code ~`.

The kitty protocol and modifyOtherKeys send the last two. Usher does not enable them, but tmux may
be configured to send them, or a crashed program may have left the terminal in that mode.
"""

_RELEASE = "3"
"""The event type of a released key."""

_PLAIN = {"enter": "\r", "escape": "\x1b", "backspace": "\x7f", "tab": "\t"}
"""What a plain terminal sends for these keys, with or without shift, except shift+tab."""

_keys_of_character = XTermParser()._sequence_to_key_events


def keys_of_text(text: str) -> list[events.Key]:
    """Return one key for each of these characters.

    A line feed is Enter, pressed before the terminal was in raw mode.
    """
    return [key for character in text.replace("\n", "\r") for key in _keys_of_character(character)]


def keys_of_sequence(sequence: str) -> list[events.Key]:
    """Return the keys of a complete sequence, or none if it is unknown."""
    if match := _WITH_MODIFIERS.fullmatch(sequence):
        if match["event"] == _RELEASE:
            return []
        code, third, final = match["code"] or "1", match["third"] or "", match["final"]
        held = (int(match["modifiers"] or 1) - 1) & sum(NAMES)
        if (code, final) == ("27", "~") and third:
            return _keys_of_code(third, held)
        if final == "u":
            if text := "".join(map(_character, third.split(":"))):
                return keys_of_text(text)
            if held == SHIFT and match["shifted"]:
                return _keys_of_code(match["shifted"], 0)
            # A shortcut uses the key position, whatever script the keyboard layout types.
            return _keys_of_code((held & ~SHIFT and match["base"]) or code, held)
        if name := FUNCTIONAL_KEYS.get(code + final):
            return [_with_modifiers(name, held)]
    known = ANSI_SEQUENCES_KEYS.get(sequence)
    return [events.Key(key.value, None) for key in known] if isinstance(known, tuple) else []


def _keys_of_code(code: str, held: int) -> list[events.Key]:
    """Return the key of a character code, pressed together with these modifiers."""
    name = FUNCTIONAL_KEYS.get(f"{code}u", "")
    if len(name) > 1:
        if name in _PLAIN and (not held or (held == SHIFT and name != "tab")):
            return keys_of_text(_PLAIN[name])
        return [_with_modifiers(name, held)]
    character = name or _character(code)
    if not held & ~SHIFT:
        return keys_of_text(_shifted(character) if held else character)
    if held == CTRL and "@" <= _shifted(character) <= "_":
        # `keys_of_text` would turn ctrl+j into Enter.
        return list(_keys_of_character(chr(ord(_shifted(character)) & 0x1F)))
    return [_with_modifiers(key.key, held) for key in keys_of_text(character.lower())]


def _with_modifiers(name: str, held: int) -> events.Key:
    return events.Key("+".join([*(word for bit, word in NAMES.items() if held & bit), name]), None)


def _shifted(character: str) -> str:
    upper = character.upper()
    return upper if len(upper) == 1 else character


def _character(code: str) -> str:
    """Return the character with this code, or an empty text if it cannot be typed."""
    try:
        character = chr(int(code))
    except ValueError:
        return ""
    return character if character.isprintable() or character in "\b\t\r\n\x1b\x7f" else ""
