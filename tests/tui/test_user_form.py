"""A new user, a change to one, who is in the way, and two changes at once."""

from collections.abc import Callable

import pytest

from store import signin, teams, users
from store.access import explaining, overrides, roles
from store.database import Store
from store.errors import NotFound
from store.session import Session
from store.users import acts
from store.values import Door, Origin, User
from tests.conftest import PASSWORD, session_of
from tests.store.access.test_overrides import admin
from tests.tui.driving import LARGE
from tests.tui.one_screen import NOTHING, Seat, sit, visit_of
from tui.screens.user_form import OpenHolder, UserForm

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
MakeUser = Callable[..., User]


async def to(seat: Seat, label: str) -> None:
    """Down to the field of this label."""
    for _field in range(30):
        if seat.here == label:
            return
        await seat.press("down")
    raise AssertionError(f"No field {label!r} in\n{seat.text}")


async def person(seat: Seat, email: str = "ivan@acme.com.ua") -> None:
    """All that a new user needs."""
    await seat.fill("Іван", "Франко", email)
    await work(seat)


async def work(seat: Seat) -> None:
    """Role and team."""
    await to(seat, "role")
    await seat.press("s", "u", "p", "enter", "tab", "n", "enter", "f2")


def test_creates_a_user_whose_login_is_proposed_from_the_email(
    owner: Session, make_user: MakeUser
) -> None:
    async def steps(seat: Seat) -> None:
        await person(seat)
        assert seat.field("login").split()[-1] == "ivan@acme.com.ua"
        await seat.press("f2")

    user = sit(UserForm(visit_of(owner)), steps)
    assert user == users.show(owner, "ivan@acme.com.ua")
    assert (user.full_name, user.role, user.teams) == ("Іван Франко", "Support", ("North",))
    assert (user.password, user.confirmed) == ("none", False)


def test_what_is_needed_is_said_before_and_after(owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        assert seat.field("first name").endswith("needed")
        assert seat.field("e-mail").endswith("needed or password")
        await seat.press("f2")
        assert seat.field("role").endswith("▲ The role is missing.")
        assert seat.line("The first name is missing").strip().startswith("▲")
        assert seat.here == "first name"

    sit(UserForm(visit_of(owner)), steps)


def test_a_country_is_chosen_by_name_and_a_phone_understood_by_it(
    owner: Session, make_user: MakeUser
) -> None:
    async def steps(seat: Seat) -> None:
        await person(seat)
        await to(seat, "phone")
        await seat.type("067 123 45 67")
        await seat.press("tab", "u", "k", "r", "enter")
        assert seat.field("country").split()[0] == "Ukraine"
        await seat.press("f2")

    user = sit(UserForm(visit_of(owner)), steps)
    assert (user.country, user.phone) == ("UA", "+380671234567")


def test_a_team_and_a_role_are_made_from_within(owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        await to(seat, "role")
        await seat.press(*"Auditor", "enter", "escape")
        assert seat.field("role").split()[0] == "Auditor"
        await to(seat, "teams")
        await seat.press(*"West", "enter")
        assert seat.field("teams").split()[0] == "West"
        await seat.press(*"x|", "enter")
        assert "▲ The name “x|”" in seat.text

    sit(UserForm(visit_of(owner)), steps)
    assert [team.name for team in teams.listed(owner)] == ["West"]
    assert "Auditor" in [role.name for role in roles.listed(owner)]


def test_a_conflict_names_the_holder_and_leads_there(owner: Session, make_user: MakeUser) -> None:
    ana = make_user(first_name="Ana", last_name="Silva", email="ana@acme.com.ua")

    async def steps(seat: Seat) -> None:
        await person(seat, "ANA@acme.com.ua")
        await seat.press("f2")
        taken = seat.line("⚿ taken:").strip()
        assert taken == "⚿ taken: The email address “ANA@acme.com.ua” is used by Ana"
        assert f"belongs to Ana Silva, user {ana.id}, pending" in " ".join(
            seat.text.replace("│", " ").split()
        )
        await seat.press("escape")
        assert seat.here == "e-mail"
        assert seat.app.result is NOTHING
        await seat.press("f2", "right", "enter")

    assert sit(UserForm(visit_of(owner)), steps) == OpenHolder(ana.id)


@pytest.mark.parametrize(("key", "status"), [("r", "pending"), ("l", "inactive")])
def test_an_inactive_holder_is_restored_or_gives_the_address_away(
    owner: Session, make_user: MakeUser, key: str, status: str
) -> None:
    """S1: look among the inactive for who has the address; one key each (DESIGN 3.5)."""
    ana = make_user(first_name="Ana", last_name="Silva", email="ana@acme.com.ua")
    users.deactivate(owner, ana.id)

    async def steps(seat: Seat) -> None:
        await person(seat, "ana@acme.com.ua")
        await seat.press("f2")
        assert "o open  r restore  l release" in seat.text
        await seat.press(key)
        if key == "l":
            assert "✓ Released. Ana Silva has no email address now. Press F2 to save." in seat.text
            assert "⚿ taken" not in seat.text
            await seat.press("f2")

    came_of_it = sit(UserForm(visit_of(owner)), steps)
    assert users.show(owner, ana.id).status == status
    if key == "r":
        assert came_of_it == OpenHolder(ana.id)
    else:
        assert came_of_it.email == "ana@acme.com.ua"


def test_a_release_says_before_and_after_that_it_renames_the_login(
    owner: Session, make_user: MakeUser
) -> None:
    """A login equal to the address changes, and the dialog shows the old and the new one."""
    ana = make_user(first_name="Ana", last_name="Silva", email="ana@acme.com.ua", login="")
    users.deactivate(owner, ana.id)

    async def steps(seat: Seat) -> None:
        await person(seat, "ana@acme.com.ua")
        await seat.press("f2")
        assert "Releasing it also changes that user" in seat.text
        assert f"ana@acme.com.ua to user-{ana.id}." in seat.text
        await seat.press("l")
        assert f"The login of Ana Silva is now user-{ana.id}. Press F2 to save." in seat.text
        await seat.press("f2")

    sit(UserForm(visit_of(owner)), steps)
    assert users.show(owner, ana.id).login == f"user-{ana.id}"


def test_a_release_is_offered_only_where_it_frees_the_value(
    owner: Session, make_user: MakeUser
) -> None:
    """A user whose login differs from the address keeps it when the address is released."""
    ana = make_user(email="other@acme.com.ua", login="ana@acme.com.ua")
    users.deactivate(owner, ana.id)

    async def steps(seat: Seat) -> None:
        await person(seat, "ana@acme.com.ua")
        await seat.press("f2")
        assert "o open  r restore" in seat.text
        assert "l release" not in seat.text

    sit(UserForm(visit_of(owner)), steps)


def test_whoever_may_not_is_offered_neither(
    owner: Session, store: Store, make_user: MakeUser
) -> None:
    """An admin's status and address are the owner's to change (S1)."""
    eva = make_user(email="eva@acme.com.ua", admin=True, role="", teams=())
    users.deactivate(owner, eva.id)
    ada = make_user(admin=True, role="", teams=())

    async def steps(seat: Seat) -> None:
        await person(seat, "eva@acme.com.ua")
        await seat.press("f2")
        assert "o open  enter choose" in seat.text

    sit(UserForm(visit_of(session_of(store, ada))), steps)


def test_a_generated_password_is_shown_once_and_works(
    owner: Session, store: Store, make_user: MakeUser
) -> None:
    async def steps(seat: Seat) -> None:
        await person(seat)
        await to(seat, "password")
        await seat.press("g", "enter", "f2")
        assert "within 72 hours" in " ".join(seat.text.replace("│", " ").split())
        await seat.press("enter", "y", "escape")
        copied.extend(seat.app.copied)

    copied: list[str] = []
    user = sit(UserForm(visit_of(owner)), steps)
    assert (user.password, user.confirmed) == ("temporary", True)
    (password,) = copied
    came = signin.sign_in(store, user.login, password, Door.USHER, Origin())
    assert came.must_change_password


def test_a_typed_password_is_typed_twice(owner: Session, make_user: MakeUser) -> None:
    async def steps(seat: Seat) -> None:
        assert "its text" not in seat.text
        await seat.fill("Іван", "Франко", "", "ivan")
        await work(seat)
        await to(seat, "password")
        await seat.press("t", "enter", "tab")
        await seat.fill(PASSWORD, "another one here")
        await seat.press("f2")
        assert "The two are not the same." in seat.text
        await seat.press("ctrl+u")
        await seat.type(PASSWORD)
        await seat.press("f2")

    user = sit(UserForm(visit_of(owner)), steps)
    assert (user.login, user.email, user.password) == ("ivan", "", "temporary")


def test_edit_sends_only_what_changed(owner: Session, make_user: MakeUser) -> None:
    ana = make_user(first_name="Ana")

    async def steps(seat: Seat) -> None:
        await seat.press("f2")
        assert "Nothing has been changed." in seat.text
        await to(seat, "position")
        await seat.type("Head")
        users.edit(owner, ana.id, {}, version=ana.version)
        await seat.press("f2")

    user = sit(UserForm(visit_of(owner), ana), steps)
    assert (user.position, user.version) == ("Head", ana.version + 1)


def test_a_login_is_fixed_and_says_why(owner: Session, make_user: MakeUser) -> None:
    ana = make_user(first_name="Ana")

    async def steps(seat: Seat) -> None:
        await to(seat, "login")
        await seat.type("x")
        assert "⚿ The login is changed together" in seat.text

    sit(UserForm(visit_of(owner), ana), steps)


def test_a_standard_user_changes_a_few_own_fields(owner: Session, make_user: MakeUser) -> None:
    ana = make_user(password=PASSWORD, first_name="Ana")
    own = session_of(owner.store, ana)

    async def steps(seat: Seat) -> None:
        assert "fixed" not in seat.field(seat.here)
        await to(seat, "first name")
        await seat.press("x")
        assert "⚿ Only an admin can change" in seat.text
        await to(seat, "phone")
        await seat.type("+44 20 7946 0123")
        await seat.press("f2")

    assert sit(UserForm(visit_of(own), ana), steps).phone == "+442079460123"


def test_two_admins_at_once_nothing_is_overwritten_unseen(
    owner: Session, make_user: MakeUser
) -> None:
    boss = session_of(owner.store, make_user(first_name="Boss", admin=True, role="", teams=()))
    ana = make_user(first_name="Ana", position="Clerk")

    async def steps(seat: Seat) -> None:
        await to(seat, "phone")
        await seat.type("+442079460123")
        await to(seat, "position")
        await seat.press("ctrl+u")
        await seat.type("Head")
        users.edit(boss, ana.id, {"position": "Chief", "notes": "moved"})
        await seat.press("f2")
        assert "Nothing was overwritten." in seat.text
        assert seat.field("phone").split()[-1] == "mine"
        assert seat.field("position").split()[-5:] == ["Clerk", "Head", "Chief", "▲", "theirs"]
        assert seat.field("notes").split()[-1] == "theirs"
        assert "e-mail" not in seat.text
        await seat.press("left")
        assert "nothing to choose" in seat.text
        await seat.press("down", "left")
        assert seat.field("position").split()[-1] == "mine"
        await seat.press("right", "space")
        assert seat.field("position").split()[-1] == "mine"
        # A third change, while the second was being looked at: once more, from there.
        users.edit(boss, ana.id, {"address": "Kyiv"})
        await seat.press("f2")
        assert seat.field("address").split()[-1] == "theirs"
        assert seat.field("position").split()[-1] == "mine"
        await seat.press("f2")

    user = sit(UserForm(visit_of(owner), ana), steps)
    assert (user.phone, user.position) == ("+442079460123", "Head")
    assert (user.employee.notes, user.employee.address) == ("moved", "Kyiv")


def test_back_from_the_comparison_all_is_as_it_was_typed(
    owner: Session, make_user: MakeUser
) -> None:
    ana = make_user(first_name="Ana")

    async def steps(seat: Seat) -> None:
        await seat.type("stasia")
        users.edit(owner, ana.id, {"first_name": "Anna"})
        await seat.press("f2", "escape")
        assert seat.field("first name").split()[-1] == "Anastasia"
        await seat.press("f2", "f2")

    assert sit(UserForm(visit_of(owner), ana), steps).first_name == "Anna"


def test_what_goes_wrong_elsewhere_is_said_in_words(owner: Session, make_user: MakeUser) -> None:
    ana = make_user(first_name="Ana")

    async def steps(seat: Seat) -> None:
        def gone(*_args: object, **_kwargs: object) -> User:
            raise NotFound(ana.id)

        await seat.type("b")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(acts, "edit", gone)
            await seat.press("f2")
        assert f"▲ No user “{ana.id}”." in seat.text
        assert seat.field("first name").split()[-1] == "Anab"

    sit(UserForm(visit_of(owner), ana), steps)


def test_the_form_as_a_command_holds_no_password(owner: Session, make_user: MakeUser) -> None:
    form = UserForm(visit_of(owner))

    async def steps(seat: Seat) -> None:
        await seat.fill("Іван", "Франко", "ivan@acme.com.ua")
        (command,) = form.command_lines()
        assert command == (
            "usher users create --first 'Іван' --last 'Франко'"
            " --login ivan@acme.com.ua --email ivan@acme.com.ua"
        )

    sit(form, steps)


def test_a_new_user_gets_the_access_of_a_colleague_and_one_is_told_what_is_left_out(
    owner: Session, make_user: MakeUser
) -> None:
    """S0, DESIGN 3.5."""
    rui = make_user(login="rui", role="Simulator")
    overrides.allow(owner, rui.id, ["pricing.view", "clients.view"])
    ada = admin(owner, make_user, "pricing.view")

    async def steps(seat: Seat) -> None:
        await seat.fill("Lena", "Silva", "lena@acme.com.ua")
        await to(seat, "access of")
        assert "copied where left empty" in seat.field("access of")
        await seat.type("nobody")
        await seat.press("f2")
        assert "No user “nobody”." in seat.text
        await seat.press(*["backspace"] * 6)
        await seat.type("rui")
        await seat.press("ctrl+o")
        assert "--copy-access-from rui" in seat.text
        await seat.press("escape", "f2")
        assert "Lena Silva is created, without all of the access" in seat.text
        assert "Left out: pricing.view, which you lack." in seat.text
        await seat.press("enter")

    lena = sit(UserForm(visit_of(ada)), steps, LARGE)
    assert (lena.role, lena.teams) == ("Simulator", ("North",))
    assert explaining.grounds(owner, lena.id).facts.overrides == {"clients.view": True}
