"""An answer of the terminal never reaches a field, and nothing that is typed is taken for one."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.driver.replies import REPLY, Replies

TYPED = [
    *"ab0n[ї中", "\x1b", "\x1b[A", "\x1bOP", "\x1b[1;2R", "\x1b[200~one\ntwo\x1b[201~", "\x1b[5~",
    "\r", "\t", "\x7f", "\x1b[0", "\x1b[",
]  # fmt: skip


def read(pieces: Iterable[str]) -> tuple[str, int]:
    """What comes out of all that comes in, with silence at the end."""
    replies = Replies()
    typed, answers = "", 0
    for piece in pieces:
        more, count = replies.feed(piece)
        typed, answers = typed + more, answers + count
    return typed + replies.release(), answers


def cut(text: str, places: Iterable[int]) -> list[str]:
    ends = sorted({place % (len(text) + 1) for place in places})
    return [text[a:b] for a, b in zip([0, *ends], [*ends, len(text)], strict=True)]


@given(
    st.lists(st.sampled_from([*TYPED, REPLY, REPLY]), max_size=12),
    st.lists(st.integers(0, 200), max_size=8),
)
def test_answers_cut_anywhere_amid_typing(parts: list[str], places: list[int]) -> None:
    text = "".join(parts)
    # Two keys that happen to spell an answer are one: no terminal can tell them apart.
    meant = text.replace(REPLY, "")
    assert read(cut(text, places)) == (meant, text.count(REPLY))


@given(st.text(alphabet="\x1b[0nab", max_size=30))
def test_letter_by_letter_it_is_the_same_as_at_once(text: str) -> None:
    assert read(text) == read([text])


@pytest.mark.parametrize("key", [part for part in TYPED if REPLY not in part])
def test_every_key_comes_through(key: str) -> None:
    assert read([key]) == (key, 0)


def test_the_escape_key_waits_until_nothing_follows() -> None:
    replies = Replies()
    assert replies.feed("\x1b") == ("", 0)
    assert replies.release() == "\x1b"
    assert replies.release() == ""


def test_letters_are_not_held_back() -> None:
    """Typing is echoed before anything else (LINE)."""
    assert Replies().feed("a[0n") == ("a[0n", 0)


def test_an_answer_that_typed_keys_cut_in_two_is_no_answer() -> None:
    """A terminal sends an answer in one piece; what looks otherwise was typed."""
    assert read(["\x1b[", "x", "0n"]) == ("\x1b[x0n", 0)
