"""Who may set whose password and rename whom; what it does and leaves (DESIGN 3.4, 3.10)."""

from collections.abc import Callable

import pytest

from store import audit, listing, signin, users
from store.database import Store
from store.errors import Invalid, NotAllowed, NotFound, PasswordNeeded, SignInRefused
from store.models import LetterRow, UserRow
from store.session import Session, operator_session
from store.values import Door, Filters, Origin, Status, User
from tests.conftest import FakeClock, session_of

MakeUser = Callable[..., User]
Verb = Callable[[Session, int | str], User]

NEW = "a lantern over the harbour"
ORIGIN = Origin("root", "203.0.113.9")


def set_it(session: Session, who: int | str) -> User:
    return users.set_password(session, who, NEW)


def rename(session: Session, who: int | str) -> User:
    return users.rename(session, who, "somebody.else", NEW)


either = pytest.mark.parametrize("verb", [set_it, rename])


@pytest.fixture
def ana(make_user: MakeUser) -> User:
    return make_user("handed over in person", first_name="Ana", login="ana", email="ana@acme.ua")


@pytest.fixture
def admin(store: Store, make_user: MakeUser) -> Session:
    return session_of(store, make_user("handed over in person", login="ada", admin=True))


@either
def test_an_admin_may_of_standard_users_alone(
    owner: Session, admin: Session, ana: User, make_user: MakeUser, verb: Verb
) -> None:
    """S1, DESIGN 3.6: login and password of an admin are the owner's, the owner's nobody's."""
    other = make_user(login="bob", admin=True)
    for who in (other.id, "olga"):
        with pytest.raises(NotAllowed):
            verb(admin, who)
    assert verb(admin, ana.id).password == "temporary"


@either
def test_the_owner_may_of_admins_too(owner: Session, admin: Session, verb: Verb) -> None:
    """S1, DESIGN 3.6."""
    assert verb(owner, admin.user or "").password == "temporary"


@either
def test_standard_users_may_of_nobody(
    store: Store, ana: User, make_user: MakeUser, verb: Verb
) -> None:
    session = session_of(store, ana)
    with pytest.raises(NotFound):
        verb(session, make_user().id)
    with pytest.raises(NotAllowed):
        verb(session, ana.id)


@either
def test_on_an_admin_the_operator_needs_a_reason(
    store: Store, admin: Session, ana: User, verb: Verb
) -> None:
    """DESIGN 3.6."""
    operator = operator_session(store)
    verb(operator, ana.id)
    with pytest.raises(NotAllowed, match="reason"):
        verb(operator, admin.user or "")


@either
def test_it_is_dangerous(clock: FakeClock, owner: Session, ana: User, verb: Verb) -> None:
    """CHECKLIST E41: the actor's password again after five minutes, before anything is hashed."""
    clock.forward(minutes=5, seconds=1)
    with pytest.raises(PasswordNeeded):
        verb(owner, ana.id)


def test_ones_own_is_changed_and_not_set(owner: Session) -> None:
    with pytest.raises(NotAllowed, match="cannot set a temporary password for yourself"):
        set_it(owner, "olga")


def test_it_confirms_and_leaves_pending(owner: Session, make_user: MakeUser) -> None:
    """DESIGN 3.4, S2: set by somebody else it is temporary, and no letter is sent."""
    invited = make_user()
    assert not invited.confirmed
    after = set_it(owner, invited.id)
    assert (after.status, after.password, after.confirmed) == (Status.PENDING, "temporary", True)


def test_no_letter_is_sent(store: Store, owner: Session, ana: User) -> None:
    """S2."""
    with store.read():
        before = LetterRow.select().count()
    set_it(owner, ana.id)
    with store.read():
        assert LetterRow.select().count() == before


@pytest.mark.parametrize("status", [Status.BLOCKED, Status.INACTIVE])
def test_it_lifts_neither_block_nor_lock(
    store: Store, clock: FakeClock, owner: Session, ana: User, status: Status
) -> None:
    """They have verbs of their own."""
    for _number in range(6):
        with pytest.raises(SignInRefused):
            signin.sign_in(store, "ana", "wrong", Door.USHER, ORIGIN)
    with store.write(owner):
        UserRow.update(status=status).where(UserRow.id == ana.id).execute()
    after = set_it(owner, ana.id)
    assert (after.status, after.locks) == (status, ("passwords",))


def test_the_history_has_the_verb_and_the_command_and_no_password(
    owner: Session, ana: User
) -> None:
    set_it(owner.because("phoned"), ana.id)
    users.rename(owner, ana.id, "anna", NEW + " again")
    renamed, was_set, *_older = audit.history(owner, ana.id)
    assert (was_set.verb, was_set.reason) == ("set_password", "phoned")
    assert was_set.command == f"usher users set-password {ana.id} --generate"
    assert (renamed.verb, dict(renamed.changes)) == ("rename", {"login": ("ana", "anna")})
    assert renamed.command == f"usher users rename {ana.id} --login anna --generate"


def test_who_is_renamed_is_found_and_comes_in_by_the_new_login_alone(
    store: Store, owner: Session, ana: User
) -> None:
    """DESIGN 3.10: identifiers and the search go with it."""
    after = users.rename(owner, "ana", "ANNA.K", NEW)
    assert after.login == "ANNA.K"
    assert signin.sign_in(store, "anna.k", NEW, Door.USHER, ORIGIN).must_change_password
    with pytest.raises(SignInRefused):
        signin.sign_in(store, "ana", NEW, Door.USHER, ORIGIN)
    assert [row.id for row in listing.page(owner, Filters(search="anna.k")).rows] == [ana.id]
    assert users.show(owner, "ana@acme.ua").id == ana.id


def test_the_letter_goes_to_whoever_has_an_address(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    """DESIGN 3.10."""
    silent = make_user("handed over in person", login="rui", email="")
    users.rename(owner, silent.id, "rui.simoes", NEW)
    with store.read():
        assert LetterRow.select().where(LetterRow.kind == "renamed").count() == 0


@pytest.mark.parametrize(
    ("login", "code"),
    [
        ("", "required"),
        ("ana", "login_same"),
        ("olga", "login_taken"),
        ("OLGA@acme.com.ua", "login_taken"),
        ("123", "login_invalid"),
        ("adаm", "login_invalid"),
    ],
)
def test_a_login_that_cannot_be_is_refused(
    owner: Session, ana: User, login: str, code: str
) -> None:
    """S1, S4, CHECKLIST H55, H56: unique across logins and addresses."""
    with pytest.raises(Invalid) as refused:
        users.rename(owner, ana.id, login, NEW)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert users.show(owner, ana.id).login == "ana"


def test_ones_own_address_may_be_the_login(owner: Session, ana: User) -> None:
    """S4."""
    assert users.rename(owner, ana.id, "ana@acme.ua", NEW).login == "ana@acme.ua"


def test_the_owner_who_renames_themselves_chooses_a_password_of_their_own(
    store: Store, owner: Session
) -> None:
    """Temporary is what somebody else has set (S0)."""
    after = users.rename(owner, "olga", "olga.bakum", NEW)
    assert (after.password, after.status) == ("own", Status.ACTIVE)
    assert not signin.sign_in(store, "olga.bakum", NEW, Door.USHER, ORIGIN).must_change_password


def test_an_admin_does_not_rename_themselves(admin: Session) -> None:
    """DESIGN 3.6: admins cannot change their own permissions, status or login."""
    with pytest.raises(NotAllowed):
        rename(admin, admin.user or "")
