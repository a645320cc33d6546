"""Employees: waiting cards and users' cards, made, found, changed and linked (S4, DESIGN 3.5)."""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

import pytest

from store import audit, users
from store.database import Store
from store.employees import changing, reading
from store.errors import Invalid, NoSuch, NotAllowed, Refused, Stale
from store.models import EmployeeRow
from store.session import Session
from store.values import Employee, User
from tests.conftest import session_of
from tests.store.standing import activate

Make = Callable[..., User]
TARAS = {"first_name": "Тарас", "last_name": "Шевченко", "email": "Taras@acme.com.ua"}


def test_a_card_waits_until_somebody_comes_with_its_address(
    owner: Session, make_user: Make
) -> None:
    """S4: linked, called as the user is, and filled where it was empty."""
    card = changing.create(owner, {**TARAS, "currency": "uah", "number": "ТН-17"})
    assert card == Employee(card.id, None, "taras@acme.com.ua", "Тарас", "Шевченко", "UAH", "ТН-17")
    assert reading.listed(owner, unlinked=True).rows == (card,)
    user = make_user(
        first_name="Taras", last_name="S", email="taras@acme.com.ua", number="99", notes="new here"
    )
    linked = reading.show(owner, "taras@acme.com.ua")
    assert linked == replace(
        card, user=user.id, first_name="Taras", last_name="S", notes="new here"
    )
    assert reading.listed(owner, unlinked=True).rows == ()
    assert [one.id for one in reading.listed(owner, search="taras 17").rows] == [card.id]
    users.edit(owner, user.id, {"first_name": "Таня", "number": "18"})
    assert reading.listed(owner, search="тарас").rows == ()
    assert reading.listed(owner, search="таня тн-1 18").rows == ()
    assert reading.listed(owner, search="таня 18").total == 1


def test_a_search_finds_names_number_and_address_page_by_page(owner: Session) -> None:
    cards = [
        changing.create(owner, {"last_name": f"Łódź {n}", "number": f"A-{n}"}) for n in range(5)
    ]
    first = reading.listed(owner, search="lodz", limit=2)
    assert (first.rows, first.total) == (tuple(cards[:2]), 5)
    assert first.after is not None
    rest = reading.listed(owner, search="lodz", after=first.after, limit=3)
    assert (rest.rows, rest.after) == (tuple(cards[2:]), None)
    assert reading.listed(owner, search="a-3").rows == (cards[3],)
    assert reading.listed(owner, search="%").rows == ()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "required"),
        ({"last_name": "A", "currency": "XYZ"}, "currency_unknown"),
        ({"email": "no address"}, "email_invalid"),
        ({"last_name": "A\x1b[2J"}, "control_characters"),
        ({"email": "OLGA@acme.com.ua"}, "email_taken"),
    ],
)
def test_what_a_card_cannot_hold_is_refused_by_its_field(
    owner: Session, fields: dict[str, str], code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        changing.create(owner, fields)
    assert [problem.code for problem in refused.value.problems] == [code]


def test_rights_do_not_go_by_way_of_a_card(owner: Session, make_user: Make) -> None:
    user = make_user()
    card = reading.show(owner, user.login)
    with pytest.raises(Refused, match="admin"):
        changing.edit(owner, card.id, {"admin": "True"})


def test_the_card_of_a_user_is_edited_as_the_user_and_its_names_are_theirs(
    owner: Session, make_user: Make
) -> None:
    user = make_user()
    card = reading.show(owner, user.login)
    changed = changing.edit(owner, card.id, {"number": "7", "first_name": user.first_name})
    assert changed == replace(card, number="7")
    entry = audit.history(owner, user.id)[0]
    assert (entry.verb, entry.command) == ("edit", f"usher users edit {user.id} --number 7")
    with pytest.raises(Refused) as refused:
        changing.edit(owner, card.id, {"last_name": "Other"})
    assert refused.value.name == "linked"


def test_an_edit_of_a_waiting_card_is_one_entry_with_its_id(owner: Session) -> None:
    card = changing.create(owner, TARAS)
    changed = changing.edit(owner, card.id, {"email": "t@acme.com.ua", "number": "4"})
    assert changed == replace(card, email="t@acme.com.ua", number="4")
    assert changing.edit(owner, card.id, {"number": "4"}) == changed
    entry, made, *_rest = audit.history(owner)
    assert (entry.verb, entry.target) == ("edit_employee", None)
    assert entry.changes == {
        "employee": (card.id, card.id),
        "email": ("taras@acme.com.ua", "t@acme.com.ua"),
        "number": ("", "4"),
    }
    assert entry.command == f"usher employees edit {card.id} --email t@acme.com.ua --number 4"
    assert made.verb == "create_employee"


def test_a_link_by_hand_takes_the_empty_card_away_and_never_a_filled_one(
    owner: Session, make_user: Make
) -> None:
    user = make_user()
    own = reading.show(owner, user.login)
    card = changing.create(owner, {**TARAS, "number": "17"})
    linked = changing.link(owner, card.id, user.login)
    assert (linked.id, linked.user, linked.number) == (card.id, user.id, "17")
    assert linked.first_name == user.first_name
    assert users.show(owner, user.id).employee.id == card.id
    with pytest.raises(NoSuch):
        reading.show(owner, own.id)
    with pytest.raises(Stale):
        users.edit(owner, user.id, {"notes": "from a form"}, version=user.version)
    entry = audit.history(owner, user.id)[0]
    assert entry.changes == {"employee": (own.id, card.id), "number": ("", "17")}
    assert changing.link(owner, card.id, user.id) == linked
    # A second card is not put over what stands on the first.
    other = changing.create(owner, {"last_name": "Other"})
    with pytest.raises(Refused) as refused:
        changing.link(owner, other.id, user.id)
    assert refused.value.name == "card_filled"
    with pytest.raises(Refused) as refused:
        changing.link(owner, card.id, make_user().id)
    assert refused.value.name == "linked"
    waits = changing.unlink(owner, card.id)
    assert (waits.user, waits.number) == (None, "17")
    assert users.show(owner, user.id).employee.number == ""
    assert changing.edit(owner, card.id, {"number": "18"}).email == user.email
    assert changing.link(owner, other.id, user.id).user == user.id


def test_a_waiting_card_can_be_removed_and_a_users_goes_with_the_user(
    store: Store, owner: Session, make_user: Make
) -> None:
    card = changing.create(owner, TARAS)
    assert changing.remove(owner, card.id) == card
    user = make_user()
    with pytest.raises(Refused):
        changing.remove(owner, reading.show(owner, user.login).id)
    users.remove(owner, user.id)
    with store.read():
        assert EmployeeRow.select().count() == 1


def test_the_card_of_an_admin_is_the_owners_to_change(owner: Session, make_user: Make) -> None:
    admin = activate(owner, make_user(admin=True, role="", teams=()))
    other = make_user(admin=True, role="", teams=())
    session = session_of(owner.store, admin)
    with pytest.raises(NotAllowed):
        changing.edit(session, reading.show(session, other.login).id, {"number": "1"})
    assert changing.edit(session, admin.login, {"number": "1"}).number == "1"


def test_a_person_without_any_name_is_called_by_the_address(owner: Session) -> None:
    assert changing.create(owner, {"email": "x@acme.com.ua"}).full_name == "x@acme.com.ua"


def test_the_cards_of_an_account_from_before_are_found_by_its_users_names(
    store: Store, owner: Session, make_user: Make
) -> None:
    """The migration that brought the search key: names were those of the day of the link."""
    user = make_user(first_name="Оксана", last_name="Шевченко", number="17")
    card = reading.show(owner, user.login)
    migration = import_module("store.migrations.0009_what_people_own")
    with store.write(owner):
        EmployeeRow.update(search_key="", first_name="", last_name="").execute()
        migration._make_found(store.database, "%s" if store.postgres else "?")
    assert reading.listed(owner, search="шевч 17").rows == (card,)
    with store.read():
        assert EmployeeRow.get_by_id(card.id).first_name == "Оксана"
