"""`usher owner`: whose the account is, given away, declared absent, kept, claimed."""

import pytest

from store import audit
from store.database import Store
from store.session import Session
from store.values import User
from tests.conftest import PASSWORD, FakeClock
from tests.store.ownership.conftest import GIVEN, admin_named
from tests.store.standing import MakeUser
from tests.store.test_storing import code_of_letter
from tests.tui.cli.conftest import Usher

AS_ANNA = ("--as", "anna", "--password-stdin")


@pytest.fixture
def anna(owner: Session, make_user: MakeUser) -> User:
    return admin_named(owner, make_user, "anna")


def test_who_owns_the_account_is_shown_and_printed(
    usher: Usher, owner: Session, anna: User
) -> None:
    said = usher("owner", "show").out
    assert "Olga Bakum (1), olga" in said and "Olga Bakum is not absent." in said
    found = usher("owner", "show", "--json").json
    assert found["owner"] == {"id": 1, "login": "olga", "name": "Olga Bakum"}
    assert (found["claimable"], found["declared_absent"]) == (False, None)
    assert found["claimable_from"] == "2026-05-31T12:00:00Z"


def test_it_is_given_away_with_the_name_of_the_account(
    usher: Usher, owner: Session, anna: User
) -> None:
    words = ("owner", "transfer", "anna", "--account", "Acme")
    as_olga = ("--as", "olga", "--password-stdin")
    wrong = usher(*words[:-1], "acme", *as_olga, "--json", stdin=PASSWORD)
    assert (wrong.code, wrong.json["error"]["code"]) == (3, "account_name_wrong")
    assert usher(*words).code == 4  # the host says why
    rehearsed = usher(*words, *as_olga, "--dry-run", "--json", stdin=PASSWORD).json
    assert [entry["verb"] for entry in rehearsed["entries"]] == ["transfer_ownership"] * 2
    assert [letter["kind"] for letter in rehearsed["letters"]] == ["owner_changed"] * 2
    said = usher(*words, *as_olga, stdin=PASSWORD)
    assert said.out.startswith(f"Anna Silva 1 (user {anna.id}) owns Acme now.\n"), said


def test_an_owner_is_declared_absent_and_keeps_the_account_by_the_code(
    usher: Usher, store: Store, owner: Session, anna: User
) -> None:
    assert usher("owner", "declare-absent", *AS_ANNA, stdin=GIVEN).code == 3
    declare = ("owner", "declare-absent", "--reason", "moved away", *AS_ANNA)
    said = usher(*declare, stdin=GIVEN).out
    assert "is declared absent" in said and "from 2026-03-05 12:00 (UTC) on" in said
    assert "anna" in usher("owner", "show").out
    code = code_of_letter(store, "absence")
    assert usher("owner", "keep", code, *AS_ANNA, stdin=GIVEN).code == 2
    assert usher("owner", "keep", "-", stdin="abcde").code == 4
    assert usher("owner", "keep", "-", stdin=code).out == (
        "You are not absent any more. Sign in as olga.\n"
    )
    usher(*declare, stdin=GIVEN)
    kept = usher("owner", "keep", "--json", *AS_ANNA, stdin=GIVEN).json
    assert kept["declared_absent"] is None
    assert audit.history(owner, 1, 1)[0].verb == "cancel_absence"


def test_it_is_claimed_and_the_old_owner_deactivated(
    usher: Usher, owner: Session, anna: User, clock: FakeClock
) -> None:
    usher("owner", "declare-absent", "--reason", "moved away", *AS_ANNA, stdin=GIVEN)
    claim = ("owner", "claim", "--account", "Acme", "--deactivate-old", *AS_ANNA)
    refused = usher(*claim, "--json", stdin=GIVEN)
    assert refused.json["error"]["claimable_from"] == "2026-03-05T12:00:00Z"
    clock.forward(hours=72)
    assert usher("owner", "show", "--json").json["claimable"]
    assert usher(*claim, "--json", stdin=GIVEN).json["owner"]["login"] == "anna"
    assert usher("users", "show", "olga", "--json").json["status"] == "inactive"
