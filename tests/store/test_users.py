"""Creating and editing people (DESIGN 3.5, 3.6)."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from store import access, audit, listing, users
from store.database import Store
from store.errors import Invalid, NotAllowed, NotFound, Refused, Stale
from store.models import EmployeeRow, Identifier, LetterRow, UserRow
from store.session import Session, operator_session
from store.values import Draft, Filters, Status, User
from tests.conftest import session_of
from tests.store.standing import activate

MARIA = Draft(
    first_name="Maria",
    last_name="Silva",
    email="maria@acme.com.ua",
    role="Salesperson",
    teams=("North",),
)
Make = Callable[..., User]


def codes(refused: pytest.ExceptionInfo[Invalid]) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in refused.value.problems]


def found(session: Session, search: str) -> list[int]:
    return [row.id for row in listing.page(session, Filters(search=search)).rows]


@pytest.fixture(autouse=True)
def team(make_user: Make) -> None:
    """`make_user` makes the team North."""


def test_a_new_user_is_pending_and_the_login_is_the_email(owner: Session) -> None:
    """S0, S2."""
    user = users.create(owner, MARIA)
    assert (user.status, user.login, user.confirmed) == (
        Status.PENDING,
        "maria@acme.com.ua",
        False,
    )
    assert users.show(owner, "MARIA@acme.com.ua") == user


def test_a_new_user_with_an_email_is_invited_by_one_letter(store: Store, owner: Session) -> None:
    """S0: an e-mail brings the letter, none brings none."""
    users.create(owner, MARIA)
    users.create(owner, replace(MARIA, email="", login="ana"), password="handed over in person")
    with store.read():
        letters = [(row.kind, row.address) for row in LetterRow.select()]
    assert letters == [("invitation", "maria@acme.com.ua")]


def test_a_password_given_by_an_admin_is_temporary_and_confirms(owner: Session) -> None:
    """S0, S2, DESIGN 3.4."""
    user = users.create(owner, MARIA, password="handed over in person")
    assert (user.password, user.confirmed, user.status) == ("temporary", True, Status.PENDING)


def test_all_that_is_missing_is_told_at_once(owner: Session) -> None:
    """S1: first name, last name, e-mail or password, role, team."""
    with pytest.raises(Invalid) as refused:
        users.create(owner, Draft(phone="call me"))
    assert {field for field, _code in codes(refused)} >= {
        "first_name",
        "last_name",
        "email",
        "role",
        "teams",
        "phone",
    }


def test_admins_need_no_role_and_no_team(owner: Session) -> None:
    assert users.create(owner, replace(MARIA, admin=True, role="", teams=())).admin


def test_an_unknown_role_or_team_is_named(owner: Session) -> None:
    with pytest.raises(Invalid) as refused:
        users.create(owner, replace(MARIA, role="Wizard", teams=("North", "Nowhere")))
    assert codes(refused) == [("role", "role_unknown"), ("teams", "team_unknown")]
    assert "Wizard" in str(refused.value)


def test_roles_and_teams_are_found_in_any_spelling(owner: Session) -> None:
    user = users.create(owner, replace(MARIA, role="salesPERSON", teams=("north",)))
    assert (user.role, user.teams) == ("Salesperson", ("North",))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"login": "rui"}, [("email", "email_taken")]),
        ({"email": "rui@acme.com.ua"}, [("login", "login_taken")]),
        ({"email": "", "login": "Maria@Acme.com.UA"}, [("login", "login_taken")]),
        ({"email": "", "login": "ＭＡＲＩＡ.S"}, [("login", "login_taken")]),
    ],
)
def test_login_and_email_are_unique_across_both_in_every_spelling(
    owner: Session, fields: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    """S1, S4, CHECKLIST H55."""
    users.create(owner, replace(MARIA, login="maria.s"))
    draft = replace(
        MARIA, login=fields.get("login", "maria.s"), email=fields.get("email", MARIA.email)
    )
    with pytest.raises(Invalid) as refused:
        users.create(owner, draft, password="handed over in person")
    assert codes(refused) == expected
    assert refused.value.name == "conflict"


def test_a_conflict_names_the_holder_and_their_status(owner: Session) -> None:
    """S1: whose it is decides what can be done."""
    holder = users.create(owner, MARIA)
    with pytest.raises(Invalid) as refused:
        users.create(owner, replace(MARIA, first_name="Other"))
    (problem,) = refused.value.problems
    assert problem.holder is not None
    assert (problem.holder.id, problem.holder.status) == (holder.id, Status.PENDING)


def test_an_employee_who_waits_for_the_email_is_linked_the_first_by_id(
    store: Store, owner: Session
) -> None:
    """S4."""
    with store.write(owner):
        for notes in ("first", "second"):
            EmployeeRow.create(email_key="maria@acme.com.ua", notes=notes)
    user = users.create(owner, replace(MARIA, email="Maria@acme.com.ua"))
    assert user.employee.notes == "first"


def test_a_user_without_a_waiting_employee_gets_a_new_card(owner: Session) -> None:
    """S4."""
    user = users.create(owner, replace(MARIA, currency="EUR", number="17"))
    assert (user.employee.currency, user.employee.number) == ("EUR", "17")


def test_an_edit_changes_what_was_named_and_nothing_else(owner: Session, make_user: Make) -> None:
    before = make_user(position="Team lead", phone="+48601402770")
    after = users.edit(owner, before.id, {"first_name": "Mariia"})
    assert after == replace(before, first_name="Mariia", version=before.version + 1)


def test_an_edit_of_nothing_writes_nothing(owner: Session, make_user: Make) -> None:
    user = make_user()
    entries = len(audit.history(owner, user.id))
    assert users.edit(owner, user.id, {"first_name": user.first_name}) == user
    assert len(audit.history(owner, user.id)) == entries


def test_who_was_renamed_is_found_by_the_new_name_and_not_by_the_old(
    owner: Session, make_user: Make
) -> None:
    user = make_user(last_name="Шевченко")
    users.edit(owner, user.id, {"last_name": "Łukaszewicz"})
    assert found(owner, "lukasz") == [user.id]
    assert found(owner, "шевч") == []


def test_a_changed_email_holds_at_once_unconfirmed_and_the_old_one_is_told(
    store: Store, owner: Session, make_user: Make
) -> None:
    """DESIGN 3.5. For invitations, see test_readdressing."""
    user = activate(owner, make_user(email="old@acme.com.ua", login="ana"))
    with store.write(owner):
        LetterRow.delete().execute()
        UserRow.update(email_confirmed_at=user.created).where(UserRow.id == user.id).execute()
    after = users.edit(owner, user.id, {"email": "new@acme.com.ua"})
    assert (after.email, after.email_confirmed, after.login) == ("new@acme.com.ua", False, "ana")
    with store.read():
        assert [(row.kind, row.address) for row in LetterRow.select()] == [
            ("email_changed", "old@acme.com.ua")
        ]
        assert not Identifier.select().where(Identifier.key == "old@acme.com.ua").exists()


def test_an_email_added_later_sends_nothing_by_itself(
    store: Store, owner: Session, make_user: Make
) -> None:
    """S2."""
    user = make_user("handed over in person", email="", login="ana")
    users.edit(owner, user.id, {"email": "ana@acme.com.ua"})
    with store.read():
        assert LetterRow.select().count() == 0


def test_a_stale_save_overwrites_nothing_and_shows_what_is_there(
    owner: Session, make_user: Make
) -> None:
    """CHECKLIST H58."""
    opened = make_user()
    theirs = users.edit(owner, opened.id, {"position": "Team lead"}, version=opened.version)
    with pytest.raises(Stale) as refused:
        users.edit(owner, opened.id, {"phone": "+48601402770"}, version=opened.version)
    assert refused.value.theirs == theirs
    assert users.show(owner, opened.id) == theirs


def test_a_login_is_not_edited(owner: Session, make_user: Make) -> None:
    """DESIGN 3.10: it is renamed, with a new password."""
    with pytest.raises(Refused, match="users rename") as refused:
        users.edit(owner, make_user().id, {"login": "other"})
    assert refused.value.name == "another_command"
    assert "denied" not in {entry.verb for entry in audit.history(owner)}


@pytest.mark.parametrize("who", ["17000", "nobody", "", "9" * 40, "\x00", "a@b"])
def test_who_is_not_there_is_not_found(owner: Session, who: str) -> None:
    with pytest.raises(NotFound):
        users.show(owner, who)


def test_the_id_of_somebody_who_went_is_never_given_again(
    store: Store, owner: Session, make_user: Make
) -> None:
    """S2: an id never changes, and history names it."""
    gone = make_user()
    with store.write(owner):
        UserRow.delete().where(UserRow.id == gone.id).execute()
    assert make_user().id > gone.id


# Who may what (DESIGN 3.6)


@pytest.fixture
def admin(store: Store, make_user: Make) -> Session:
    return session_of(store, make_user("handed over in person", login="ada", admin=True))


def test_standard_users_see_and_edit_only_themselves(store: Store, make_user: Make) -> None:
    """S1, S4, CHECKLIST F46, F49."""
    maria, other = make_user("handed over in person"), make_user()
    session = session_of(store, maria)
    with pytest.raises(NotFound) as hidden:
        users.show(session, other.id)
    with pytest.raises(NotFound) as absent:
        users.show(session, 999_999)
    assert hidden.value.message.replace(str(other.id), "") == absent.value.message.replace(
        "999999", ""
    )
    assert users.edit(session, maria.id, {"phone": "+48601402770"}).phone == "+48601402770"
    for field, value in (("role", "Manager"), ("admin", True), ("last_name", "X"), ("email", "")):
        with pytest.raises(NotAllowed):
            users.edit(session, maria.id, {field: value})
    with pytest.raises(NotAllowed):
        users.create(session, replace(MARIA, email="x@acme.com.ua"))
    with pytest.raises(NotAllowed):
        listing.page(session)


def test_admins_create_admins_but_change_only_their_plain_fields(
    owner: Session, admin: Session, make_user: Make
) -> None:
    """S1."""
    other = users.create(admin, replace(MARIA, email="b@acme.com.ua", admin=True))
    assert users.edit(admin, other.id, {"first_name": "Beth"}).first_name == "Beth"
    for field, value in (("admin", False), ("email", "c@acme.com.ua"), ("role", "Support")):
        with pytest.raises(NotAllowed):
            users.edit(admin, other.id, {field: value})
    assert not users.edit(owner, other.id, {"admin": False, "role": "Support"}).admin


def test_nobody_acts_on_the_owner_but_the_owner(owner: Session, admin: Session) -> None:
    """S1, CHECKLIST F48."""
    assert users.show(admin, "olga").owner
    with pytest.raises(NotAllowed):
        users.edit(admin, "olga", {"first_name": "X"})
    assert users.edit(owner, "olga", {"first_name": "Ольга"}).first_name == "Ольга"
    with pytest.raises(Refused, match="owner transfer"):
        users.edit(owner, "olga", {"admin": False})


def test_an_admin_may_step_down_but_not_change_their_own_rights(admin: Session) -> None:
    """DESIGN 3.6."""
    with pytest.raises(NotAllowed):
        users.edit(admin, "ada", {"role": "Manager"})
    assert not users.edit(admin, "ada", {"admin": False}).admin
    with pytest.raises(NotAllowed):
        listing.page(admin)


def test_the_operator_may_do_all_that_an_actor_may_on_admins_only_with_a_reason(
    store: Store, owner: Session, admin: Session
) -> None:
    operator = operator_session(store)
    assert users.create(operator, MARIA).status is Status.PENDING
    for who in ("olga", "ada"):
        with pytest.raises(NotAllowed):
            users.edit(operator, who, {"first_name": "X"})
        reasoned = operator.because("the owner asked for it by telephone")
        assert users.edit(reasoned, who, {"first_name": "X"}).first_name == "X"
    (entry, *_rest) = audit.history(operator, owner.user)
    assert entry.actor.startswith("host:")
    assert entry.reason == "the owner asked for it by telephone"


def test_every_refusal_has_a_reason_in_words() -> None:
    subject = access.Subject(7, admin=True, owner=True)
    nobody = access.Actor(3, "maria")
    assert access.may(nobody, "users.create").reason
    assert access.may(access.Actor(4, "ada", admin=True), "users.edit", subject).reason
    assert not access.may(access.Actor(None, "host:root"), "users.edit", subject).reason
