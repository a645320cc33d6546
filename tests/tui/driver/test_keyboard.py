"""The same bytes are the same keys in one packet, in pieces and after a stall."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._time import get_time

from tui.commands.registry import REGISTRY
from tui.driver.keyboard import REPLY, Answer, Input, Keyboard

ESC = "\x1b"
SENT = {
    **{"f1": "\x1bOP", "f2": "\x1bOQ"},
    **{"up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D"},
    **{"ctrl+l": "\x0c", "ctrl+o": "\x0f", "ctrl+p": "\x10", "ctrl+r": "\x12"},
    **{"enter": "\r", "escape": ESC, "space": " ", "tab": "\t", "shift+tab": "\x1b[Z"},
    **{"asterisk": "*", "colon": ":", "comma": ",", "question_mark": "?", "slash": "/"},
}
"""What the terminal sends for the registry's named keys."""

KEYS = sorted({key for command in REGISTRY for key in command.keys})
PASTED = "\x1b[200~one\ntwo\x1bj\x1b[B\x1b[201~"
TYPED = [
    *"ab0n[Oї中\r\n\t\x7f", ESC, "\x1b[A", "\x1bOP", "\x1b[1;2R", "\x1b[5~", "\x1b[0", "\x1b[",
    "\x1bO", PASTED, "\x1b[27;5;106~", "\x1b[97;3u", "\x1b[[A", "\x1b[M !!", "\x1b[3$",
]  # fmt: skip


def word(found: Input) -> str:
    match found:
        case events.Key():
            return found.key
        case events.Paste():
            return f"paste {found.text!r}"
        case Answer():
            return "answer"


def words(*pieces: str, answer_due: bool = False) -> list[str]:
    """Return the input from these pieces, with silence at the end."""
    keyboard = Keyboard()
    found = [one for piece in pieces for one in keyboard.feed(piece)]
    return [*map(word, found), *map(word, keyboard.release(answer_due=answer_due))]


def cut(text: str, places: Iterable[int]) -> list[str]:
    ends = sorted({place % (len(text) + 1) for place in places})
    return [text[a:b] for a, b in zip([0, *ends], [*ends, len(text)], strict=True)]


@pytest.mark.parametrize("key", KEYS)
def test_escape_and_any_key_are_two_keys(key: str) -> None:
    """Issue 14: in one write, split at every byte, and in the middle of stalled input."""
    sent = SENT[key] if len(key) > 1 else key
    text, both = ESC + sent, ["escape", key]
    assert words(text) == both
    assert words(*text) == both
    for place in range(len(text) + 1):
        assert words(text[:place], text[place:]) == both
    assert words(f"\x1b[B{REPLY}{text}{REPLY}") == ["down", "answer", *both, "answer"]


def test_after_escape_each_further_key_is_one() -> None:
    assert words("b\x1bjy") == ["b", "escape", "j", "y"]
    assert words("\x1b\x1b") == ["escape", "escape"]
    assert words("\x1b\x1b[B") == ["escape", "down"]
    assert words("\x1b\r\x1b\t\x1b\x7fш") == [
        "escape", "enter", "escape", "tab", "escape", "backspace", "ш"
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["\x1bOj", "\x1bOM", "\x1bOy", "\x1bO\r"])
def test_escape_and_the_key_that_begins_a_sequence_are_two_keys(text: str) -> None:
    """`O` opens a screen. Usher switches off keypad sequences, so the next key is separate."""
    assert words(text)[:2] == ["escape", "O"]
    assert len(words(text)) == 3


@pytest.mark.parametrize("text", ["\n", "\r"])
def test_a_line_feed_is_enter(text: str) -> None:
    """A terminal sends it if Enter was typed before raw mode."""
    assert words(f"olga{text}b") == [*"olga", "enter", "b"]


def test_a_paste_is_text_whatever_stands_in_it() -> None:
    for text in (PASTED, f"\x1b[200~a\x1b[0nb{PASTED[6:]}"):
        for place in range(len(text) + 1):
            (*before, paste, after) = words(text[:place], text[place:] + "j")
            assert (after, before) == ("j", ["answer"] * (REPLY in text))
            assert paste.endswith(r"one\ntwo\x1bj\x1b[B'") or paste.startswith("paste 'ab")


def test_a_megabyte_is_pasted_at_once() -> None:
    keyboard = Keyboard()
    text = "\x1b[200~" + "line\n" * 200_000 + "\x1b[201~"
    pieces = [text[at : at + 4096] for at in range(0, len(text), 4096)]
    (paste,) = [one for piece in pieces for one in keyboard.feed(piece)]
    assert isinstance(paste, events.Paste)
    assert paste.text == "line\n" * 200_000


@given(
    st.lists(st.sampled_from([*TYPED, REPLY, REPLY]), max_size=12),
    st.lists(st.integers(0, 200), max_size=8),
)
def test_where_the_packets_are_cut_makes_no_difference(parts: list[str], places: list[int]) -> None:
    text = "".join(parts)
    assert words(*cut(text, places)) == words(text)


@given(st.text(alphabet="\x1b[]0123;:?$~unMOABPR \r\nabї\x80\u2028\ufffd", max_size=60))
def test_whatever_comes_is_keys_or_nothing(text: str) -> None:
    """Any input causes no error, and no part of a sequence becomes text."""
    assert words(*text) == words(text)


@pytest.mark.parametrize("place", range(1, 4))
def test_an_answer_in_two_pieces_is_an_answer_however_late(place: int) -> None:
    """Issue 14: the end of the response must not reach a field."""
    keyboard = Keyboard()
    found = [*keyboard.feed(f"a{REPLY[:place]}")]
    for _tick in range(100):
        found += keyboard.release(answer_due=True)
    found += keyboard.feed(f"{REPLY[place:]}b")
    assert [one for one in map(word, found) if one != "escape"] == ["a", "answer", "b"]


def test_an_answer_that_comes_byte_by_byte_is_an_answer() -> None:
    keyboard = Keyboard()
    found: list[Input] = []
    for byte in REPLY:
        found += keyboard.feed(byte)
        found += keyboard.release(answer_due=True)
        found += keyboard.release(answer_due=True)
    assert [*map(word, found)] == ["escape", "answer"]


def test_where_no_answer_is_due_a_bracket_after_escape_is_typed() -> None:
    keyboard = Keyboard()
    assert [*keyboard.feed(ESC)] == []
    assert [*map(word, keyboard.release(answer_due=False))] == ["escape"]
    assert [*map(word, keyboard.feed("[a"))] == ["left_square_bracket", "a"]
    assert [*keyboard.feed(ESC)] == []
    keyboard.release(answer_due=True)
    # The response does not arrive, so the escape is a key.
    assert keyboard.release(answer_due=False) == []
    assert [*map(word, keyboard.feed("[a"))] == ["left_square_bracket", "a"]


def test_a_key_after_an_escape_that_counted_already_is_that_key_alone() -> None:
    keyboard = Keyboard()
    assert [*keyboard.feed(ESC)] == []
    assert [*map(word, keyboard.release(answer_due=True))] == ["escape"]
    assert [*map(word, keyboard.feed("j"))] == ["j"]
    assert [*keyboard.feed(ESC)] == []
    keyboard.release(answer_due=True)
    assert [*map(word, keyboard.feed("\x1bj"))] == ["escape", "j"]


def test_a_key_is_made_after_the_answers_before_it() -> None:
    """So the time of a key shows whether a frame had been seen before it."""
    found = Keyboard().feed(f"a{REPLY}y")
    before, _answer, seen, after = next(found), next(found), get_time(), next(found)
    assert isinstance(before, events.Key)
    assert isinstance(after, events.Key)
    assert before.time <= seen <= after.time


def test_the_escape_key_waits_until_nothing_follows() -> None:
    keyboard = Keyboard()
    assert [*keyboard.feed(ESC)] == []
    assert keyboard.holding
    assert [*map(word, keyboard.release(answer_due=False))] == ["escape"]
    assert not keyboard.holding
    assert keyboard.release(answer_due=False) == []


def test_letters_are_not_held_back() -> None:
    """Typing is echoed before anything else (LINE)."""
    assert [*map(word, Keyboard().feed("a[0n"))] == [*"a", "left_square_bracket", *"0n"]


def test_a_sequence_that_was_cut_off_is_no_text() -> None:
    assert words("\x1b[27;5", "\rj") == ["enter", "j"]
    assert words("\x1b[27;5", "ш") == ["ш"]
    assert words("\x1b[1;", "\x1b[B") == ["down"]


@pytest.mark.parametrize(
    ("code", "modifiers", "key", "character"),
    [
        # ctrl, which a plain terminal sends as a control character.
        (ord("j"), 5, "ctrl+j", "\n"),
        (ord("J"), 5, "ctrl+j", "\n"),
        (ord("r"), 5, "ctrl+r", "\x12"),
        (ord("["), 5, "escape", ESC),
        (ord("m"), 5, "enter", "\r"),
        (ord("i"), 5, "tab", "\t"),
        # shift, which types a character.
        (ord("A"), 2, "A", "A"),
        (ord("a"), 2, "A", "A"),
        (ord("!"), 2, "exclamation_mark", "!"),
        (ord(" "), 2, "space", " "),
        (ord("ш"), 2, "Ш", "Ш"),
        (ord("ß"), 2, "ß", "ß"),
        # With caps lock or num lock on, it is still the same key.
        (ord("j"), 1 + 64 + 128, "j", "j"),
        (ord("j"), 5 + 128, "ctrl+j", "\n"),
        # Keys that a plain terminal sends the same with and without shift.
        (13, 2, "enter", "\r"),
        (27, 2, "escape", ESC),
        (127, 2, "backspace", "\x7f"),
        (9, 2, "shift+tab", None),
        (13, 1, "enter", "\r"),
        # Keys without a meaning here have a name and type nothing.
        (ord("j"), 3, "alt+j", None),
        (ord("j"), 7, "alt+ctrl+j", None),
        (ord("j"), 6, "ctrl+shift+j", None),
        (ord("j"), 9, "super+j", None),
        (13, 5, "ctrl+enter", None),
        (ord("к"), 5, "ctrl+к", None),
    ],
)
@pytest.mark.parametrize("form", ["\x1b[27;{modifiers};{code}~", "\x1b[{code};{modifiers}u"])
def test_a_key_with_its_modifiers_spelled_out(
    form: str, code: int, modifiers: int, key: str, character: str | None
) -> None:
    """modifyOtherKeys and CSI u give the right key, never a letter of the sequence (issue 14)."""
    (found,) = Keyboard().feed(form.format(code=code, modifiers=modifiers))
    assert isinstance(found, events.Key)
    assert (found.key, found.character) == (key, character)


@pytest.mark.parametrize(
    ("sequence", "keys"),
    [
        ("\x1b[97u", ["a"]),
        ("\x1b[97:65;2u", ["A"]),
        ("\x1b[1082::114;5u", ["ctrl+r"]),
        ("\x1b[97;;228u", ["ä"]),
        ("\x1b[97;1:1u", ["a"]),
        ("\x1b[97;1:3u", []),
        ("\x1b[1;1:3B", []),
        ("\x1b[1;5B", ["ctrl+down"]),
        ("\x1b[57399u", ["0"]),
        # Not a key.
        ("\x1b[24;80R", []),
        ("\x1b[?1;2c", []),
        ("\x1b[>1;10;0c", []),
        ("\x1b[?2026;1$y", []),
        ("\x1b[8;24;80t", []),
        ("\x1b[I", []),
        ("\x1b[O", []),
        ("\x1b[201~", []),
        ("\x1b[<0;12;5M", []),
        ("\x1b[M !!", []),
        ("\x1b[3n", []),
        # Not a character.
        ("\x1b[99999999u", []),
        ("\x1b[1114112u", []),
        ("\x1b[55296u", []),
        ("\x1b[27;5;~", []),
        ("\x1b[27;1;155~", []),
        (f"\x1b[{'9' * 5000};5u", []),
        (f"\x1b[1;{'9' * 5000}A", []),
    ],
)
def test_a_sequence_is_the_right_key_or_nothing(sequence: str, keys: list[str]) -> None:
    """A crashed program may have left the terminal in this mode."""
    assert words(f"{sequence}x") == [*keys, "x"]
