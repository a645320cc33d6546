"""Text of people on its way to the terminal: nothing raw, nothing hidden, widths exact."""

import subprocess
import sys
import unicodedata

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from tui.safe import MARKS_MAX, fit, safe, width

# Lone surrogates among them: argv and file names bring them.
ANY_TEXT = st.text(
    st.one_of(
        st.characters(categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Mn", "Me"]),
        st.characters(),
        st.sampled_from("aя漢한שع\u0301\u202e\x1b\x9b[m\u200d\ufe0f\U000e0041\u1160\u3164"),
    )
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Оксана Шевченко", "Оксана Шевченко"),
        ("José Łukasz Ґалаґан", "José Łukasz Ґалаґан"),
        ("陳小明 אברהם أحمد Γιώργος", "陳小明 אברהם أحمد Γιώργος"),
        ("\x1b[31mred", "<U+001B>[31mred"),
        ("a\x00b\x7fc\x9bd", "a<U+0000>b<U+007F>c<U+009B>d"),
        ("one\ntwo\r\tthree", "one<U+000A>two<U+000D><U+0009>three"),
        ("lone \ud800 half", "lone <U+D800> half"),
        ("line\u2028para\u2029", "line<U+2028>para<U+2029>"),
        ("evil\u202egnp.exe\u2066", "evil<U+202E>gnp.exe<U+2066>"),
        ("zero\u200bwidth\ufeff\u00ad", "zero<U+200B>width<U+FEFF><U+00AD>"),
        ("tag\U000e0041", "tag<U+E0041>"),
        ("filler\u3164\ufe0f", "filler<U+3164><U+FE0F>"),
        ("[/x] [@click=app.quit]", "[/x] [@click=app.quit]"),
        ("\u0301start", "◌\u0301start"),
    ],
)
def test_is_shown_as(text: str, shown: str) -> None:
    assert safe(text) == shown


def test_a_letter_carries_at_most_four_marks() -> None:
    assert safe("Z" + "\u0301" * 10_000 + "o\u0308") == "Z" + "\u0301" * MARKS_MAX + "o\u0308"


@given(ANY_TEXT)
def test_nothing_raw_is_left(text: str) -> None:
    shown = safe(text)
    assert not [char for char in shown if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Cn"}]
    shown.encode("utf-8")


@given(ANY_TEXT)
def test_once_safe_it_stays_as_it_is(text: str) -> None:
    assert safe(safe(text)) == safe(text)


def judged(text: str) -> bool:
    """Whether both judges know these characters: spacing marks of rare scripts divide them."""
    return not any(unicodedata.category(char) == "Mc" or char == "\U0001171e" for char in text)


@given(ANY_TEXT.filter(judged))
def test_widths_are_those_of_another_judge(text: str) -> None:
    assert width(text) == wcswidth(safe(text))


@given(ANY_TEXT.filter(judged), st.integers(0, 40), st.booleans())
def test_fit_is_exact(text: str, cells: int, right: bool) -> None:
    assert wcswidth(fit(text, cells, right=right)) == cells


@given(st.text(st.sampled_from("aé漢字한 \x1b\u202e\u0301"), max_size=30), st.integers(1, 30))
def test_a_terminal_puts_the_next_column_where_it_belongs(text: str, cells: int) -> None:
    screen = pyte.Screen(80, 2)
    stream = pyte.Stream(screen)
    stream.feed(fit(text, cells) + "|")
    assert screen.cursor.x == cells + 1
    assert screen.buffer[0][cells].data == "|"


@pytest.mark.parametrize(
    ("text", "cells", "shown"),
    [
        ("Anna", 6, "Anna  "),
        ("Anna", 4, "Anna"),
        ("Annabella", 5, "Anna…"),
        ("漢字漢字", 5, "漢字…"),
        ("漢字漢字", 4, "漢… "),
        ("漢", 1, "…"),
        ("Anna", 0, ""),
    ],
)
def test_fits_as(text: str, cells: int, shown: str) -> None:
    assert fit(text, cells) == shown


def test_numbers_stand_to_the_right() -> None:
    assert fit("42", 5, right=True) == "   42"


@pytest.mark.parametrize("letter", ["a", "ш", "漢", "\x1b", "\u202e"])
def test_ten_thousand_letters(letter: str) -> None:
    assert wcswidth(fit(letter * 10_000, 20)) == 20


def test_is_free_of_textual() -> None:
    check = "import tui.safe, sys; sys.exit('textual' in sys.modules)"
    subprocess.run([sys.executable, "-c", check], check=True)
