"""Teams and sub-accounts on screen: what members see is said in words before it is changed."""

from store import audit, sub_accounts, teams, users
from store.session import Session
from store.values import Filters
from tests.conftest import PASSWORD, FakeClock
from tests.store.leaving.owning import records, sub_accounts_of_records
from tests.store.standing import MakeUser
from tests.tui.one_screen import Seat, sit, visit_of
from tests.tui.test_user_form import to
from tui.screens.groups import Groups
from tui.screens.user_form import UserForm
from tui.screens.users import Users


def said(seat: Seat) -> str:
    """What a dialog says, or the screen, without its frame and its breaks."""
    return " ".join(seat.text.replace("│", " ").split())


def test_a_team_is_made_limited_renamed_and_deleted(owner: Session, make_user: MakeUser) -> None:
    maria = make_user()

    async def steps(seat: Seat) -> None:
        await seat.press("T")
        assert "‹teams: 1›  sub-accounts" in seat.text
        assert "1 person   all clients" in seat.line("▸ North")
        await seat.press("n", *"South", "f2")
        assert "✓ Saved: South" in seat.text
        assert "0 people" in seat.line("▸ South")
        await seat.press("up", "space")
        assert "Change what the team North sees?" in said(seat)
        assert "1 person will see the clients of their own teams alone" in said(seat)
        await seat.press("y")
        assert "clients of their own teams" in seat.line("▸ North")
        await seat.press("L", "ctrl+u", *"Far", "f2")
        assert "▸ Far" in seat.text
        await seat.press("x")
        assert "Which team do the people of Far come into?" in said(seat)
        await seat.press("enter")
        assert "1 person comes into South at once." in said(seat)
        await seat.press("y")
        assert "✓ Deleted: Far" in seat.text
        await seat.press("enter")
        assert "Silva 1" in seat.text
        assert "1 of 2" in seat.text

    sit(Users(visit_of(owner)), steps)
    assert users.show(owner, maria.id).teams == ("South",)
    commands = [entry.command for entry in audit.history(owner, None, 5)]
    assert "usher teams edit North --own-clients-only" in commands


def test_sub_accounts_are_the_other_part(owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        assert "There is no team yet. n makes one" in said(seat)
        await seat.press("tab")
        assert "teams  ‹sub-accounts: 0›" in seat.text
        assert "There is no sub-account yet." in said(seat)
        await seat.press("n", *"all", "f2")
        assert "The name “all” means every sub-account" in said(seat)
        await seat.press("ctrl+u", *"Lisbon", "f2")
        assert "by every admin" in said(seat)
        await seat.press("space")
        assert "▲ Only a team limits" in seat.text
        await seat.press("enter")
        assert "▲ The list shows no sub-account" in seat.text
        await seat.press("ctrl+o")
        assert "usher sub-accounts delete Lisbon" in seat.text
        await seat.press("escape", "x", "y")
        assert "✓ Deleted: Lisbon" in seat.text

    sit(Groups(visit_of(owner)), steps)
    assert sub_accounts.listed(owner) == ()


def test_a_sub_account_with_records_in_it_is_deleted_with_a_successor(owner: Session) -> None:
    lisbon, porto = (sub_accounts.create(owner, name) for name in ("Lisbon", "Porto"))
    records(owner.store, 1, 1, sub_account=lisbon.id)

    async def steps(seat: Seat) -> None:
        await seat.press("tab", "x")
        assert "Which one instead of Lisbon?" in seat.text
        await seat.press("enter")
        assert "What records are in it come along." in said(seat)
        await seat.press("y")
        assert "✓ Deleted: Lisbon" in seat.text

    sit(Groups(visit_of(owner)), steps)
    assert sub_accounts_of_records(owner.store) == {porto.id}


def test_what_members_see_asks_for_the_password_once_more(owner: Session, clock: FakeClock) -> None:
    teams.create(owner, "North")
    clock.forward(minutes=6)

    async def steps(seat: Seat) -> None:
        await seat.press("space", "y")
        assert "once more" in seat.text
        await seat.press(*PASSWORD, "enter")
        assert "clients of their own teams" in seat.line("▸ North")

    sit(Groups(visit_of(owner)), steps)


def test_who_is_in_a_team_is_given_back_as_what_narrows_the_list(owner: Session) -> None:
    teams.create(owner, "North")

    async def steps(seat: Seat) -> None:
        await seat.press("enter")

    assert sit(Groups(visit_of(owner)), steps) == Filters(team="North")


def test_the_sub_accounts_of_somebody_are_chosen_in_the_form(
    owner: Session, make_user: MakeUser
) -> None:
    sub_accounts.create(owner, "Lisbon")
    maria = make_user()

    async def steps(seat: Seat) -> None:
        await to(seat, "sub-accounts")
        await seat.press("L", "i", "s", "enter", "f2")
        assert seat.field("sub-accounts").startswith("Lisbon ›")
        await seat.press("f2")

    saved = sit(UserForm(visit_of(owner), maria), steps)
    assert saved.sub_accounts == ("Lisbon",)

    async def every(seat: Seat) -> None:
        await to(seat, "sub-accounts")
        await seat.press("enter", "home", "space", "f2", "f2")

    saved = sit(UserForm(visit_of(owner), saved), every)
    assert saved.sub_accounts == ("all",)
