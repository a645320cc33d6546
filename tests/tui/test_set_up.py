"""The first run: an account and its owner, or what is wrong at its field."""

from pathlib import Path

from store import settings
from store.database import Store
from store.presence import has_account
from store.signin import SignedIn
from tests.conftest import PASSWORD, without_account
from tests.tui.one_screen import NOTHING, Seat, sit
from tui.screens.set_up import SetUp


def test_sets_up_and_signs_the_owner_in(store: Store) -> None:
    async def steps(seat: Seat) -> None:
        await seat.fill("Acme", "Olga", "Bakum", "olga@acme.com.ua", "", PASSWORD)
        assert seat.field("login") == "olga@acme.com.ua"
        await seat.type(PASSWORD)
        await seat.press("enter")

    result = sit(SetUp(store), steps)
    assert isinstance(result, SignedIn)
    assert (result.user.full_name, result.user.owner) == ("Olga Bakum", True)
    assert not result.must_change_password
    assert settings.account_name(store) == "Acme"


def test_the_first_run_creates_nothing_until_it_is_saved(data_folder: Path) -> None:
    """DESIGN 2: the first-run screen creates a database. A refusal creates nothing."""
    store = without_account(f"sqlite:///{data_folder / 'usher.db'}")

    async def steps(seat: Seat) -> None:
        await seat.fill("Acme", "Olga", "Bakum", "olga@acme.com.ua", "", "short", "short")
        await seat.press("f2")
        assert "At least 12 are required" in seat.text
        assert not data_folder.exists()
        await seat.press("ctrl+u")
        await seat.type(PASSWORD)
        await seat.press("tab", "ctrl+u")
        await seat.type(PASSWORD)
        await seat.press("f2")

    assert isinstance(sit(SetUp(store), steps), SignedIn)
    assert has_account(store)
    store.close()


def test_a_login_of_ones_own_is_not_overwritten(store: Store) -> None:
    async def steps(seat: Seat) -> None:
        await seat.fill("Acme", "Olga", "Bakum", "o@x.ua")
        await seat.press("ctrl+u")
        await seat.type("olga")
        await seat.press("shift+tab")
        await seat.type("a")
        assert seat.field("e-mail").split()[-1] == "o@x.uaa"
        assert seat.field("login").split()[-1] == "olga"

    sit(SetUp(store), steps)


def test_each_field_says_what_is_wrong_with_it(store: Store) -> None:
    async def steps(seat: Seat) -> None:
        await seat.fill("", "Olga", "", "two@@x.ua", "", "short", "short")
        await seat.press("f2")
        assert seat.app.result is NOTHING
        assert seat.here == "account name"
        assert "▲ The account name is missing." in seat.text
        for sentence in (
            "The last name is missing.",
            "is not valid. Use",
            "At least 12 are",
        ):
            assert seat.line(sentence).strip().startswith("▲")

    sit(SetUp(store), steps)


def test_the_password_is_typed_twice(store: Store) -> None:
    async def steps(seat: Seat) -> None:
        await seat.fill("Acme", "Olga", "Bakum", "o@x.ua", "", PASSWORD)
        await seat.type("something else")
        await seat.press("enter")
        assert seat.here == "password again"
        assert "▲ The two are not the same." in seat.text
        assert settings.account_name(store) is None

    sit(SetUp(store), steps)


def test_a_second_account_is_refused_in_words(store: Store, owner: object) -> None:
    async def steps(seat: Seat) -> None:
        await seat.fill("Other", "Ann", "Lee", "ann@x.ua", "", PASSWORD, PASSWORD)
        await seat.press("f2")
        assert "▲ This database already has an account." in seat.text
        await seat.press("escape", "y")

    assert sit(SetUp(store), steps) is None


def test_a_login_that_is_typed_stands_instead_of_the_proposed_one(store: Store) -> None:
    """The e-mail is proposed for it, and nobody who tabs there wants to add to that."""

    async def steps(seat: Seat) -> None:
        await seat.fill("Acme", "Olga", "Bakum", "olga@acme.com.ua")
        assert seat.field("login").startswith("olga@acme.com.ua")
        await seat.type("olga.b")
        assert seat.field("login").split()[0] == "olga.b"

    sit(SetUp(store), steps)
