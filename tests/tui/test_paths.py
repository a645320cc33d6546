"""Completing a path: as far as there is one way on."""

from pathlib import Path

import pytest

from store.session import Guest, came_by_ssh
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


def test_over_ssh_only_the_names_of_the_one_folder_are_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has no shell must not get to look about the server."""
    (tmp_path / "people.csv").touch()
    monkeypatch.chdir(tmp_path)
    came_by_ssh(Guest("203.0.113.9"))
    assert paths.candidates("peo") == ("people.csv",)
    for typed in ("/", "/etc/", "~/", "~", "../", f"{tmp_path}/"):
        assert paths.candidates(typed) == ()
