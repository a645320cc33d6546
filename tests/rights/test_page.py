"""The page of rights: of this very table, and nothing left out of it."""

from pathlib import Path

from tests.rights.grids import ACTORS, GRIDS
from tests.rights.page import HIDDEN, NAMED, page
from tests.rights.table import VERBS

PAGE = Path(__file__).parents[2] / "docs" / "rights.md"


def test_the_page_that_is_handed_out_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: make rights"


def test_it_names_every_verb_once() -> None:
    for verb in VERBS:
        assert page().count(f"- {verb.does}") + page().count(f"| {verb.does}") >= 1, verb.path


def test_actors_who_share_a_line_are_answered_alike() -> None:
    assert set(NAMED) | HIDDEN == set(ACTORS)
    for _heading, grid in GRIDS.values():
        for gone in ("nobody", "blocked", "removed"):
            assert set(grid[gone].values()) == {"over"}
        assert grid["pending"] == grid["simulator only"] == grid["standard"]
