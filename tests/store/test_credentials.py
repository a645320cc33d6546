"""What letters bring at creation and renaming, and what sends none (S0, S2, DESIGN 3.4, 3.10)."""

from collections.abc import Callable
from math import log2

import pytest

from store import codes, generated, settings, signin, users
from store.codes import Purpose
from store.database import Store
from store.errors import Invalid, SignInRefused
from store.models import CodeRow, LetterRow, UserRow
from store.policy import passwords
from store.session import Session
from store.values import Door, Draft, Origin, Status, User
from tests.conftest import FakeClock, session_of
from tests.store.test_storing import code_of_letter, letters, mint

MakeUser = Callable[..., User]

SOURCE = Origin("root", "203.0.113.9")
TEMPORARY = "handed over in person"
OWN = "a lantern over the harbour"


@pytest.fixture
def mailing(owner: Session) -> Session:
    """The owner of an account that mails passwords, as the seeds have it."""
    settings.change(owner, "mail.credentials", "temporary_password")
    return owner


def kinds(store: Store) -> list[str]:
    """The letters there are, the oldest first."""
    with store.read():
        return [row.kind for row in LetterRow.select().order_by(LetterRow.id)]


def enter(store: Store, login: str, password: str) -> signin.SignedIn:
    return signin.sign_in(store, login, password, Door.USHER, SOURCE)


def test_a_user_without_an_address_gets_no_letter(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    """S2: a temporary password, to be handed over, and nothing else."""
    user = make_user(TEMPORARY, login="rui", email="")
    users.rename(owner, user.id, "rui.s", OWN)
    users.set_password(owner, user.id, "nine wet umbrellas")
    assert kinds(store) == []


def test_a_password_that_an_admin_sets_is_told_by_no_letter(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    """S2: nor does an address that is added later send anything by itself."""
    user = make_user(TEMPORARY, login="rui", email="")
    users.edit(owner, user.id, {"email": "rui@acme.ua"})
    users.set_password(owner, user.id, OWN)
    assert kinds(store) == []


@pytest.mark.parametrize("first", ["password", "invitation"])
def test_of_password_and_invitation_the_first_that_is_used_ends_the_other(
    store: Store, owner: Session, make_user: MakeUser, first: str
) -> None:
    """DESIGN 3.4: created with both, the letter goes out without the password."""
    user = make_user(TEMPORARY, login="ana", email="ana@acme.ua")
    assert kinds(store) == ["invitation"]
    code = code_of_letter(store, "invitation")
    if first == "password":
        session = enter(store, "ana", TEMPORARY).session
        signin.change_password(session, TEMPORARY, OWN)
        assert codes.whose(store, code, Purpose.INVITATION) is None
    else:
        signin.reset(store, mint(owner, user.id), OWN, SOURCE)
        with pytest.raises(SignInRefused):
            enter(store, "ana", TEMPORARY)


def test_the_letter_of_a_new_login_brings_a_code_and_never_a_typed_password(
    store: Store, clock: FakeClock, owner: Session, make_user: MakeUser
) -> None:
    """DESIGN 3.4, 3.10: login and a link; the code is good for a day (CHECKLIST D33)."""
    user = make_user(TEMPORARY, login="ana", email="ana@acme.ua")
    users.rename(owner, user.id, "ana.b", OWN)
    code = code_of_letter(store, "renamed")
    assert codes.whose(store, code, Purpose.RESET) == user.id
    clock.forward(hours=24, seconds=1)
    assert codes.whose(store, code, Purpose.RESET) is None
    users.deactivate(owner, user.id)
    owner = session_of(store, users.show(owner, "olga"))
    users.rename(owner, user.id, "ana.c", "nine wet umbrellas")
    with store.read():
        newest = LetterRow.select().order_by(LetterRow.id.desc()).get()
    assert (newest.kind, newest.code) == ("renamed", None), "who may not come in gets no way in"


def test_a_mailed_password_lets_in_and_must_be_changed(
    store: Store, mailing: Session, make_user: MakeUser
) -> None:
    """S0: `mail.credentials = temporary_password`; it confirms the user as any temporary one."""
    user = make_user(login="ana", email="ana@acme.ua")
    assert kinds(store) == ["created"]
    assert (user.status, user.confirmed, user.password) == (Status.PENDING, True, "temporary")
    password = code_of_letter(store, "created")
    entered = enter(store, "ana", password)
    assert entered.must_change_password
    signin.change_password(entered.session, password, OWN)
    with store.read():
        carried = CodeRow.get(CodeRow.purpose == Purpose.PASSWORD)
    assert codes.text_of(store, carried.id) is None, "what is over is not sent"


def test_a_mailed_password_at_renaming(store: Store, mailing: Session, make_user: MakeUser) -> None:
    """S4: the new credentials; where the admin typed one it is handed over, and not mailed."""
    user = make_user(TEMPORARY, login="ana", email="ana@acme.ua")
    assert kinds(store) == ["invitation"], "the typed one is not mailed at creation"
    users.rename(mailing, user.id, "ana.b")
    first = code_of_letter(store, "renamed")
    assert enter(store, "ana.b", first).must_change_password
    users.rename(mailing, user.id, "ana.c", OWN)
    code = code_of_letter(store, "renamed")
    assert codes.whose(store, code, Purpose.RESET) == user.id
    assert enter(store, "ana.c", OWN)


def test_a_password_is_asked_for_where_no_letter_brings_one(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    user = make_user(TEMPORARY, login="rui", email="")
    for credentials in ("link", "temporary_password"):
        settings.change(owner, "mail.credentials", credentials)
        with pytest.raises(Invalid) as refused:
            users.rename(owner, user.id, "rui.s")
        assert [problem.code for problem in refused.value.problems] == ["required"]
    with pytest.raises(Invalid):
        users.rename(session_of(store, users.show(owner, "olga")), "olga", "olga.b")


def test_a_mailed_password_stands_nowhere_and_dies_after_its_hours(
    store: Store, clock: FakeClock, mailing: Session, make_user: MakeUser
) -> None:
    """CHECKLIST D31: it is derived from `server.key` while sending; 72 hours (S0)."""
    make_user(login="ana", email="ana@acme.ua")
    password = code_of_letter(store, "created")
    with store.read():
        rows = [list(LetterRow.select().dicts()), list(CodeRow.select().dicts())]
        assert password not in str([*rows, list(UserRow.select().dicts())])
        number = CodeRow.get(CodeRow.purpose == Purpose.PASSWORD).id
    assert codes.whose(store, password, Purpose.PASSWORD) is None, "nobody redeems it"
    clock.forward(hours=72, seconds=1)
    assert codes.text_of(store, number) is None
    with pytest.raises(SignInRefused):
        enter(store, "ana", password)


def test_a_longer_minimum_does_not_change_a_password_on_its_way(
    store: Store, mailing: Session, make_user: MakeUser
) -> None:
    make_user(login="ana", email="ana@acme.ua")
    settings.change(mailing, "password.min_length", "60")
    assert enter(store, "ana", code_of_letter(store, "created"))


def test_a_generated_password_has_eighty_bits_and_passes_the_policy(
    store: Store, owner: Session
) -> None:
    """The brief of DESIGN 3.4: easy to type, and never refused whoever gets it."""
    current = settings.load(store)
    drawn = {generated.draw(store).text for _time in range(200)}
    assert len(drawn) == 200
    for text in drawn:
        assert not passwords.problems(text, person=Draft(), account="Acme", settings=current)
        assert text.count("-") + 1 == generated.SYLLABLES
    assert generated.SYLLABLES * log2(15 * 5 * 15) > 80


def test_a_rehearsal_of_either_draws_nothing_for_good(
    store: Store, mailing: Session, make_user: MakeUser
) -> None:
    """DESIGN 2: it mints no code and stores no password."""
    user = make_user(TEMPORARY, login="ana", email="ana@acme.ua")
    with store.rehearse(mailing) as rehearsal:
        users.rename(mailing, user.id, "ana.b")
        with store.read():
            assert CodeRow.select().where(CodeRow.purpose == Purpose.PASSWORD).count() == 0
    assert [letter.kind for letter in rehearsal.result.letters] == ["renamed"]
    assert letters(store, "renamed") == []
    assert enter(store, "ana", TEMPORARY)
