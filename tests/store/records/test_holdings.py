"""What people own is counted and moved by the same words, wherever it stands (DESIGN 3.8)."""

import pytest

from store import settings
from store.database import Store
from store.errors import Invalid
from store.models import RecordRow
from store.records import holdings
from store.session import Session
from store.values import Heirs
from tests.store.records.platform import DECLARED, built, calls, deals
from tests.store.standing import MakeUser, activate


def test_records_and_the_platforms_rows_are_counted_and_moved_in_one_transaction(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    built(store, owner)
    ana, rui, eva = (activate(owner, make_user()).id for _ in range(3))
    with store.write(owner) as unit:
        for number in range(7):
            state = "won" if number < 3 else "open"
            RecordRow.create(kind="client", ref=str(number), state=state, owner=ana)
        deals(store, ana, 1, 2, 3)
        calls(store, ana, "a", "b")
        deals(store, rui, 4)
        assert holdings.counted(store, [ana]) == {
            "client": {"open": 4, "won": 3}, "deal": {"": 3}, "call": {"": 2},
        }  # fmt: skip
        heirs = Heirs(rui, {"deal": eva})
        assert holdings.move(unit, ana, heirs, most=5) == {"call": 2, "client": 3}
        assert holdings.move(unit, ana, heirs) == {"client": 4, "deal": 3}
        assert holdings.number_of(store, ana) == {}
        assert holdings.number_of(store, rui) == {"client": 7, "call": 2, "deal": 1}
        assert holdings.number_of(store, eva, ["deal", "client"]) == {"deal": 3}
        assert holdings.move_these(unit, rui, eva, {"client": ["1", "2"], "deal": ["4", "9"]}) == 3


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"deals"', '"deals; DROP TABLE usher_user"'),
        ('"deals"', '"usher_user"'),
        ('"deals"', '"nothing"'),
        ('"owner_id"', '"nobody"'),
        ('"owner_id"', '"name"'),
        ('"call"', '"deal"'),
        ('"title": "name", ', ""),
        ("[", "{"),
        ('"deal"', '"Deal of the day"'),
        ("]", "," + '{"kind": "x"},' * 800 + "]"),
    ],
)
def test_a_table_is_declared_by_plain_names_that_the_database_knows(
    store: Store, owner: Session, old: str, new: str
) -> None:
    built(store, owner)
    with pytest.raises(Invalid):
        settings.change(owner, "records.tables", DECLARED.replace(old, new, 1))
    assert settings.load(store).records_tables == DECLARED


def test_nothing_moves_beside_a_table_that_is_not_as_it_was_declared(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    built(store, owner)
    ana = activate(owner, make_user()).id
    with store.write(owner) as unit:
        store.sql("DROP TABLE deals")
        with pytest.raises(Invalid, match="deals"):
            holdings.move(unit, ana, Heirs(owner.user))
