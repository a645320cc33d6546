"""Folding: one form for all spellings, and the way back to the original for the screen."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.listing import fold, spans
from store.listing.folding import words

TEXTS = st.text(max_size=30)
NAMES = st.text(
    st.sampled_from("aAbßéİıłŁœÆЇйШевΆςﬁ김일が다आकि'’-– \u0301\u200d\u00a0\ud800\0\ue000"),
    max_size=20,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("José", "jose"),
        ("Jose\u0301", "jose"),
        ("MARIA", "maria"),
        ("Шевченко", "шевченко"),
        ("Їжак Йосип Ёлкин", "іжак иосип елкин"),
        ("Łukasz", "lukasz"),
        ("Søren Đorđe Æsir Œuvre", "soren dorde aesir oeuvre"),
        ("Straße WEIẞ", "strasse weiss"),
        ("İstanbul ısı", "istanbul isi"),
        ("Þór Guðrún", "thor gudrun"),
        ("Σίσυφος", "σισυφοσ"),
        ("ａｂｃ ﬁ Ⅷ", "abc fi viii"),
        ("Дем’янчук Дем'янчук Демʼянчук", "дем'янчук дем'янчук дем'янчук"),
        ("Anne\u2010Marie", "anne-marie"),
        ("  two \t words\u00a0\u2003here\n", "two words here"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("", ""),
    ],
)
def test_all_spellings_of_a_name_fold_alike(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_the_vowels_of_an_indic_script_stay() -> None:
    assert fold("कि") != fold("क")


def test_what_no_database_holds_becomes_one_harmless_character() -> None:
    assert fold("a\0b\ud800c\ue021d\x1be") == "a�b�c�d�e"


@pytest.mark.parametrize("plane", range(17))
def test_folding_what_is_folded_changes_nothing(plane: int) -> None:
    for code in range(plane << 16, min((plane + 1) << 16, sys.maxunicode + 1)):
        once = fold(f"a{chr(code)}b")
        assert fold(once) == once, hex(code)


@given(TEXTS)
def test_folded_text_holds_no_marks_capitals_or_odd_spaces(text: str) -> None:
    folded = fold(text)
    assert folded == fold(text.upper().lower()) or folded.casefold() == folded
    assert folded.split() == [word for word in folded.split(" ") if word]


@given(NAMES, NAMES)
def test_folding_a_whole_is_folding_its_parts(one: str, other: str) -> None:
    assert fold(f"{one} {other}").split() == fold(one).split() + fold(other).split()


@pytest.mark.parametrize(
    ("text", "search", "marked"),
    [
        ("Шевченко, Оксана", "шевч", ["Шевч"]),
        ("José Silva", "jose si", ["José", "Si"]),
        ("Jose\u0301 X", "jose", ["Jose\u0301"]),
        ("Straße", "ss", ["ß"]),
        ("Straße", "ras", ["raß"]),
        ("Straße", "e", ["e"]),
        ("ﬁnd", "i", ["ﬁ"]),
        ("banana", "ana", ["anana"]),
        ("+380671234567", "(067) 12-34", ["0671234"]),
        ("Maria", "", []),
        ("Maria", "zz", []),
    ],
)
def test_the_screen_marks_what_the_search_matched(
    text: str, search: str, marked: list[str]
) -> None:
    assert [text[start:end] for start, end in spans(text, search)] == marked


@given(NAMES, NAMES)
def test_spans_are_sorted_apart_and_hold_a_word_of_the_search(text: str, search: str) -> None:
    found = spans(text, search)
    forms = [form for alternatives in words(search) for form in alternatives]
    edges = [edge for span in found for edge in span]
    assert edges == sorted(set(edges))
    assert all(0 <= start < end <= len(text) for start, end in found)
    for start, end in found:
        assert any(form in fold(text[start:end]) for form in forms)


@given(NAMES)
def test_a_word_of_the_text_itself_is_marked(text: str) -> None:
    for word in fold(text).split():
        assert spans(text, word)
