"""What stands for the letters that a terminal cannot show: as wide, and never a crash."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from wcwidth import wcswidth

from tests.tui.test_safe import ANY_TEXT, judged
from tui.letters import ERRORS, encoding_of, instead
from tui.safe import safe
from tui.signs import ASCII, UNICODE, signs_of


@pytest.mark.parametrize(
    ("said", "utf8_mode", "encoding"),
    [
        ({"LANG": "C.UTF-8"}, False, "utf-8"),
        ({"LANG": "uk_UA.utf8"}, False, "utf-8"),
        ({"LANG": "uk_UA.UTF-8", "LC_ALL": "C"}, True, "ascii"),
        ({"LANG": "C"}, True, "ascii"),
        ({"LANG": "POSIX"}, True, "ascii"),
        # Python has put LC_CTYPE there itself.
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, True, "ascii"),
        # A person has put LC_CTYPE there.
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, False, "utf-8"),
        ({"LANG": "uk_UA.KOI8-U"}, False, "koi8-u"),
        ({"LANG": "pt_BR.ISO-8859-1"}, True, "iso8859-1"),
        ({"LANG": "ca_ES.ISO-8859-15@euro"}, False, "iso8859-15"),
        ({"LANG": "xx_XX.never-heard-of"}, True, "utf-8"),
    ],
)
def test_the_variables_tell_the_encoding(
    said: dict[str, str], utf8_mode: bool, encoding: str
) -> None:
    assert encoding_of(said, utf8_mode=utf8_mode) == encoding


def test_where_nothing_is_said_python_guesses() -> None:
    assert encoding_of({}, utf8_mode=False) == "utf-8"


@pytest.mark.parametrize(
    ("encoding", "term", "signs"),
    [
        ("utf-8", "xterm", UNICODE),
        ("utf-8", "putty", UNICODE),
        ("utf-8", "linux", ASCII),
        ("utf-8", "linux-16color", ASCII),
        ("ascii", "xterm", ASCII),
        ("koi8-u", "xterm", ASCII),
    ],
)
def test_signs_are_those_that_the_terminal_has(encoding: str, term: str, signs: object) -> None:
    """The Linux console speaks UTF-8, but its font has none of them."""
    assert signs_of(encoding, term) is signs


@example("𝌀")
@given(ANY_TEXT.filter(judged))
def test_in_ascii_everything_is_as_wide_as_it_was(text: str) -> None:
    shown = safe(text)
    plain = shown.encode("ascii", ERRORS).decode("ascii")
    assert len(plain) == wcswidth(shown)
    assert plain.isprintable()


@given(st.text())
def test_a_surrogate_is_no_crash(text: str) -> None:
    (text + "\ud800").encode("utf-8", ERRORS)


@pytest.mark.parametrize(
    ("text", "encoding", "shown"),
    [
        ("José Шевченко", "ascii", b"Jos? ????????"),
        ("José Шевченко", "latin-1", b"Jos\xe9 ????????"),
        ("張三", "ascii", b"????"),
        ("“Ana” — 60×16…", "ascii", b'"Ana" - 60x16.'),
        ("┌──┐", "ascii", b"+--+"),
    ],
)
def test_is_shown_as(text: str, encoding: str, shown: bytes) -> None:
    assert text.encode(encoding, ERRORS) == shown


def test_every_sign_has_a_look_alike() -> None:
    for name in UNICODE.__slots__:
        for char in getattr(UNICODE, name):
            assert char.isascii() or instead(char) != "?", name
