"""Cells that no spreadsheet takes for formulae, and that come back as they were."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.exchange.cells import protected, unprotected

DANGEROUS = re.compile(r'[\s"]*[=+\-@\t\r\n\0＝＋－＠]')
"""What a spreadsheet may begin to reckon with, said without a look at the code."""

E164 = re.compile(r"\+[1-9][0-9]{4,14}")
"""A stored phone number is a sign and digits, which a spreadsheet does not calculate."""

texts = (
    st.from_regex(E164, fullmatch=True)
    | st.text()
    | st.text(alphabet="'\"=+-@\t\r\n\0 ＝＋－＠\u200b\ufeffaЖ1", max_size=8)
)


@given(texts)
def test_what_is_written_is_harmless_and_read_as_it_was(text: str) -> None:
    """CHECKLIST K69: the round trip is the identity."""
    (cell,) = protected([text])
    assert E164.fullmatch(cell) or not DANGEROUS.match(cell)
    assert unprotected(cell) == text


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+380671234567", "+380671234567"),
        ("+1-2", "'+1-2"),
        ("+12345678901234567", "'+12345678901234567"),
        ("+0671234567", "'+0671234567"),
        ("+٣٨٠٦٧١٢٣", "'+٣٨٠٦٧١٢٣"),
        ("-Silva", "'-Silva"),
        ("@olga", "'@olga"),
        ("\tx", "'\tx"),
        ("＝cmd", "'＝cmd"),
        ("﹢1", "'﹢1"),
        ("  =x", "'  =x"),
        ('"=x"', '\'"=x"'),
        ("\u200b\u00a0=x", "'\u200b\u00a0=x"),
        ("'t Hooft", "''t Hooft"),
        ("''", "'''"),
        ("", ""),
        ("O'Neil", "O'Neil"),
        ("1-2", "1-2"),
        ("(+1)", "(+1)"),
    ],
)
def test_only_what_needs_it_is_changed(text: str, cell: str) -> None:
    """DESIGN 3.11: a leading sign gets a quote, a leading quote is doubled."""
    assert protected([text]) == [cell]
    assert unprotected(cell) == text


def test_a_phone_number_that_an_older_export_protected_comes_back() -> None:
    assert unprotected("'+380671234567") == "+380671234567"


def test_a_quote_that_protects_nothing_is_a_letter() -> None:
    """People write files themselves, too."""
    assert unprotected("'s-Gravenhage") == "'s-Gravenhage"
    assert unprotected("'") == "'"
