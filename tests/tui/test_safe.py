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


PERSIAN, HINDI, SINHALA = "علی\u200cرضا", "क्\u200dष", "ශ්\u200dරී"


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        (PERSIAN, 6),
        ("می\u200cخواهم", 7),
        ("ع\u0651\u200c\u064eل", 2),
        (HINDI, 2),
        (SINHALA, 2),
        ("नन्\u200cम", 3),
    ],
)
def test_a_joiner_stays_where_its_script_needs_it(text: str, cells: int) -> None:
    """RFC 5892, A.1 and A.2. A joiner takes no cell."""
    assert safe(text) == text
    assert width(text) == cells == wcswidth(text)
    assert fit(text, 10) == text + " " * (10 - cells)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u200cb", "a<U+200C>b"),
        ("olga\u200d", "olga<U+200D>"),
        ("\u200cعلی", "<U+200C>علی"),
        ("علی\u200c", "علی<U+200C>"),
        ("علی\u200c رضا", "علی<U+200C> رضا"),
        ("علی\u200c\u200cرضا", "علی<U+200C><U+200C>رضا"),
        ("علی\u200dرضا", "علی<U+200D>رضا"),
        ("ع\u200c\u200bل", "ع<U+200C><U+200B>ل"),
        ("ا\u200cل", "ا<U+200C>ل"),  # alef joins nothing that follows
        ("👩\u200d💻", "👩<U+200D>💻"),
        ("\u0378\u200cل", "<U+0378><U+200C>ل"),
        ("\x00\u200d", "<U+0000><U+200D>"),
    ],
)
def test_a_joiner_anywhere_else_is_visible(text: str, shown: str) -> None:
    """Two names could look alike and differ only by a joiner."""
    assert safe(text) == shown


@pytest.mark.parametrize("name", [PERSIAN, HINDI, SINHALA, "ع\u200c\u064eل" * 3])
def test_a_name_that_is_cut_keeps_no_joiner_without_its_letter(name: str) -> None:
    for cells in range(1, 12):
        shown = fit(name, cells)
        assert wcswidth(shown) == cells
        assert fit(shown, cells) == shown
        assert "<" not in shown


def test_a_letter_carries_at_most_four_marks() -> None:
    assert safe("Z" + "\u0301" * 10_000 + "o\u0308") == "Z" + "\u0301" * MARKS_MAX + "o\u0308"


@given(ANY_TEXT)
def test_nothing_raw_is_left(text: str) -> None:
    shown = safe(text)
    raw = [char for char in shown if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Cn"}]
    assert set(raw) <= {"\u200c", "\u200d"}
    shown.encode("utf-8")


@given(ANY_TEXT)
def test_once_safe_it_stays_as_it_is(text: str) -> None:
    assert safe(safe(text)) == safe(text)


def judged(text: str) -> bool:
    """Whether both judges know these characters: spacing marks of rare scripts divide them.

    So does what follows a joiner, which has a test of its own.
    """
    rare = any(unicodedata.category(char) == "Mc" or char == "\U0001171e" for char in text)
    return not rare and "\u200d" not in safe(text)


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
