"""`usher doctor tables`: what belongs to users and nobody declared is named."""

from store import settings
from store.database import Store
from store.session import Session
from tests.store.records.platform import built, calls
from tests.tui.cli.conftest import Usher


def test_what_nobody_declared_and_what_hangs_loose_are_named(
    usher: Usher, store: Store, owner: Session
) -> None:
    built(store, owner)
    answer = usher("doctor", "tables")
    assert (answer.code, answer.out) == (
        0, "All that belongs to users is declared, and belongs to somebody.\n",
    )  # fmt: skip
    with store.write(owner):
        calls(store, 4711, *"abcdef")
    answer = usher("doctor", "tables")
    assert answer.code == 3
    assert "6 rows of “Calls” belong to nobody who is known: call a, b, c, d, e, …" in answer.out
    settings.change(owner, "records.tables", "")
    answer = usher("doctor", "tables", "--json")
    assert (answer.code, answer.json) == (
        3, {"ok": False, "undeclared": [{"table": "deals", "column": "owner_id"}], "loose": []},
    )  # fmt: skip
    assert "deals  owner_id" in usher("doctor", "tables").out
