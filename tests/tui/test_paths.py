"""Completing a path: as far as there is one way on."""

import pytest

from tui import paths


@pytest.mark.parametrize(
    ("typed", "names", "path"),
    [
        ("", ("a.csv", "b.csv"), ""),
        ("x/pe", ("people.csv", "persons.csv"), "x/pe"),
        ("x/p", ("people.csv", "people.txt"), "x/people."),
        ("p", ("pa", "pa.csv"), "pa"),
        ("~", ("people/",), "~/people/"),
        ("q", (), "q"),
    ],
)
def test_completed(typed: str, names: tuple[str, ...], path: str) -> None:
    assert paths.completed(typed, names) == path


def test_what_cannot_be_listed_offers_nothing() -> None:
    for typed in ("nowhere/", "a\0b/", "~nobody-of-that-name/", "/dev/null/"):
        assert paths.candidates(typed) == ()
