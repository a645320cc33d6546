"""Two changes to one person: which value stands, field by field."""

from dataclasses import replace

import pytest

from store.values import Draft
from tui.screens.merge import Side, differences
from tui.screens.user_fields import DRAFT, LABELS, said

BASE = Draft(first_name="Ana", position="Clerk", teams=("North",))


@pytest.mark.parametrize(
    ("mine", "theirs", "stands", "conflict"),
    [
        ("Head", "Clerk", Side.MINE, False),
        ("Clerk", "Chief", Side.THEIRS, False),
        ("Head", "Head", Side.BOTH, False),
        ("Head", "Chief", Side.THEIRS, True),
    ],
)
def test_what_stands(mine: str, theirs: str, stands: Side, conflict: bool) -> None:
    (found,) = differences(BASE, replace(BASE, position=mine), replace(BASE, position=theirs))
    assert (found.field, found.stands, found.conflict) == ("position", stands, conflict)


def test_what_nobody_changed_is_not_asked_about() -> None:
    assert differences(BASE, BASE, BASE) == []


def test_every_field_of_a_user_has_a_label_and_reads_as_words() -> None:
    assert set(DRAFT) <= set(LABELS)
    read = [said(name, getattr(BASE, name)) for name in ("first_name", "teams", "admin", "notes")]
    assert read == ["Ana", "North", "no", "–"]
    assert said("country", "UA") == "Ukraine"
    assert said("country", "??") == "??"
