"""Storing a password, in whichever of the four ways (DESIGN 3.4, CHECKLIST A9-A12, D34, D37)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from store import audit, codes, settings, signin, users
from store.codes import Purpose
from store.database import Store
from store.errors import CodeRefused, Conflict, Invalid, SessionEnded, SignInRefused
from store.models import FormerPassword, LetterRow, UserRow
from store.session import Session, operator_session
from store.signin import storing
from store.values import Door, Draft, Origin, Status, User, Why
from tests.conftest import PASSWORD, CheapHasher, FakeClock, session_of

MakeUser = Callable[..., User]

ORIGIN = Origin("root", "203.0.113.9")
TEMPORARY = "handed over in person"
OWN = (
    "a lantern over the harbour", "nine wet umbrellas", "the fifth accordion", "salt on the sill",
    "a kettle of starlings", "two left gloves", "the moth and the ladder",
)  # fmt: skip


def enter(store: Store, login: str, password: str) -> signin.SignedIn:
    return signin.sign_in(store, login, password, Door.USHER, ORIGIN)


def letters(store: Store, kind: str) -> list[str]:
    with store.read():
        return [row.address for row in LetterRow.select().where(LetterRow.kind == kind)]


def mint(session: Session, user: int, purpose: Purpose = Purpose.RESET) -> str:
    """A code as its letter has it."""
    with session.store.write(session) as unit:
        number = codes.mint(unit, user, purpose, timedelta(minutes=60))
    text = codes.text_of(session.store, number)
    assert text
    return text


def code_of_letter(store: Store, kind: str) -> str:
    """The code that the newest letter of this kind carries."""
    with store.read():
        row = LetterRow.select().where(LetterRow.kind == kind).order_by(LetterRow.id.desc()).get()
        assert row.code
        text = codes.text_of(store, row.code.id)
    assert text
    return text


def by_oneself(session: Session, user: User, old: str, new: str) -> None:
    signin.change_password(session_of(session.store, user), old, new)


def by_another(session: Session, user: User, _old: str, new: str) -> None:
    users.set_password(session, user.id, new)


def by_renaming(session: Session, user: User, _old: str, new: str) -> None:
    users.rename(session, user.id, f"{users.show(session, user.id).login}x", new)


def by_code(session: Session, user: User, _old: str, new: str) -> None:
    signin.reset(session.store, mint(session, user.id), new, ORIGIN)


Way = Callable[[Session, User, str, str], None]
WAYS = (by_oneself, by_another, by_renaming, by_code)
every_way = pytest.mark.parametrize("way", WAYS)


@pytest.fixture
def ana(make_user: MakeUser) -> User:
    return make_user(TEMPORARY, first_name="Ana", login="ana", email="ana@acme.com.ua")


@every_way
def test_the_one_that_is_there_is_refused(owner: Session, ana: User, way: Way) -> None:
    """CHECKLIST A11: new is not current."""
    with pytest.raises(Invalid) as refused:
        way(owner, ana, TEMPORARY, TEMPORARY)
    assert [problem.code for problem in refused.value.problems] == ["password_reused"]


@every_way
def test_the_last_five_do_not_come_again_and_the_one_before_them_may(
    owner: Session, ana: User, way: Way
) -> None:
    """CHECKLIST A11: `password.history`, five unless it is set."""
    old = TEMPORARY
    for new in OWN[:6]:
        by_oneself(owner, ana, old, new)
        old = new
    for former in OWN[:5]:
        with pytest.raises(Invalid) as refused:
            way(owner, ana, old, former)
        assert [problem.code for problem in refused.value.problems] == ["password_reused"]
    way(owner, ana, old, TEMPORARY)


@pytest.mark.parametrize("kept", [0, 2])
def test_as_many_former_ones_are_kept_as_are_looked_back_at(
    store: Store, owner: Session, ana: User, kept: int
) -> None:
    """`password.history`; with 0 only the one that is there is refused."""
    settings.change(owner, "password.history", str(kept))
    old = TEMPORARY
    for new in OWN[:4]:
        by_oneself(owner, ana, old, new)
        old = new
    with store.read():
        assert FormerPassword.select().count() == kept
    if kept:
        with pytest.raises(Invalid):
            by_oneself(owner, ana, old, OWN[2])
    else:
        with pytest.raises(Invalid):
            by_oneself(owner, ana, old, old)
        by_oneself(owner, ana, old, OWN[2])


@every_way
@pytest.mark.parametrize(
    ("weak", "code"),
    [
        ("short", "password_short"),
        ("a letter to Acme at noon", "password_names"),
        ("xx GUTIERREZ 2026", "password_names"),
        ("zerreitug at noon", "password_names"),
        ("password123456", "password_common"),
    ],
)
def test_a_weak_one_is_refused_in_every_way(
    owner: Session, ana: User, way: Way, weak: str, code: str
) -> None:
    """DESIGN 3.4, CHECKLIST A4, A7, A8: length, lists and names, whoever chooses it."""
    users.edit(owner, ana.id, {"last_name": "Gutiérrez"})
    with pytest.raises(Invalid) as refused:
        way(owner, ana, TEMPORARY, weak)
    assert [problem.code for problem in refused.value.problems] == [code]


def test_the_new_login_is_no_part_of_the_password_that_comes_with_it(
    owner: Session, ana: User
) -> None:
    """CHECKLIST A8; what is wrong with either is told at once."""
    with pytest.raises(Invalid) as refused:
        users.rename(owner, ana.id, "anastasia", "anastasia went home")
    assert [problem.field for problem in refused.value.problems] == ["password"]
    with pytest.raises(Invalid) as refused:
        users.rename(owner, ana.id, "olga", "short")
    assert [problem.code for problem in refused.value.problems] == ["login_taken", "password_short"]


@every_way
def test_codes_that_were_mailed_die_with_a_new_password(
    store: Store, owner: Session, ana: User, way: Way
) -> None:
    """CHECKLIST D34."""
    redeemed = (Purpose.INVITATION, Purpose.RESET, Purpose.CONFIRMATION)
    mailed = [mint(owner, ana.id, purpose) for purpose in redeemed]
    way(owner, ana, TEMPORARY, OWN[0])
    assert [codes.whose(store, *pair) for pair in zip(mailed, redeemed, strict=True)] == [None] * 3


@every_way
def test_sessions_end_and_are_told_why(store: Store, owner: Session, ana: User, way: Way) -> None:
    """CHECKLIST E40: whoever sits elsewhere by the former password is out."""
    elsewhere = enter(store, "ana", TEMPORARY).session
    way(owner, ana, TEMPORARY, OWN[0])
    with pytest.raises(SessionEnded) as ended:
        users.show(elsewhere, ana.id)
    own = way is by_oneself
    assert ended.value.data["why"] == (Why.OWN_PASSWORD if own else Why.PASSWORD)
    assert ("changed in another session" in ended.value.message) is own
    with pytest.raises(SignInRefused):
        enter(store, "ana", TEMPORARY)


def test_whoever_changes_their_own_goes_on_where_they_are(store: Store, ana: User) -> None:
    here, elsewhere = (enter(store, "ana", TEMPORARY).session for _place in range(2))
    signin.change_password(here, TEMPORARY, OWN[0])
    assert users.show(here, ana.id).status is Status.ACTIVE
    with pytest.raises(SessionEnded):
        users.show(elsewhere, ana.id)


def test_each_way_tells_the_person_by_one_letter_or_by_none(
    store: Store, owner: Session, ana: User
) -> None:
    """CHECKLIST A9, S2: one's own change and a reset by one letter; set by another, by none."""
    by_oneself(owner, ana, TEMPORARY, OWN[0])
    assert letters(store, "password_changed") == ["ana@acme.com.ua"]
    by_code(owner, ana, "", OWN[1])
    assert letters(store, "password_changed") == ["ana@acme.com.ua"] * 2
    by_another(owner, ana, "", OWN[2])
    assert letters(store, "password_changed") == ["ana@acme.com.ua"] * 2
    by_renaming(owner, ana, "", OWN[3])
    assert letters(store, "renamed") == ["ana@acme.com.ua"]
    assert letters(store, "password_changed") == ["ana@acme.com.ua"] * 2


@every_way
def test_the_letters_about_its_age_begin_anew(
    store: Store, owner: Session, ana: User, way: Way
) -> None:
    """S0: each password is reminded of by itself."""
    with store.write(owner):
        UserRow.update(password_reminded=1).where(UserRow.id == ana.id).execute()
    way(owner, ana, TEMPORARY, OWN[0])
    with store.read():
        assert UserRow.get_by_id(ana.id).password_reminded is None


@pytest.mark.parametrize("way", [by_another, by_renaming])
@pytest.mark.parametrize(("seconds", "usable"), [(0, True), (1, False)])
def test_one_set_by_somebody_else_is_good_for_72_hours(
    store: Store,
    clock: FakeClock,
    owner: Session,
    ana: User,
    way: Way,
    seconds: int,
    usable: bool,
) -> None:
    """S0, CHECKLIST D37: exact, and nothing else can be done before it is changed."""
    way(owner, ana, TEMPORARY, OWN[0])
    clock.forward(hours=72, seconds=seconds)
    if usable:
        assert enter(store, "ana@acme.com.ua", OWN[0]).must_change_password
    else:
        with pytest.raises(SignInRefused):
            enter(store, "ana@acme.com.ua", OWN[0])


def test_whoever_is_slower_writes_nothing(store: Store, owner: Session, ana: User) -> None:
    """DESIGN 2: the transaction checks again what was looked at before it."""
    slow = storing.prepare(store, ana.id, OWN[0], Draft.of(ana))
    users.set_password(owner, ana.id, OWN[1])
    with pytest.raises(Conflict), store.write(owner) as unit:
        storing.put(unit, users.show(owner, ana.id), slow, temporary=True)
    assert enter(store, "ana", OWN[1])


def test_a_rehearsal_hashes_nothing_and_writes_nothing(
    store: Store, hasher: CheapHasher, owner: Session, ana: User
) -> None:
    """DESIGN 2."""
    before = hasher.verifications
    with store.rehearse(owner) as preview:
        users.rename(owner, ana.id, "anna", OWN[0])
    assert hasher.verifications == before
    assert [entry.verb for entry in preview.result.entries] == ["rename"]
    assert [letter.kind for letter in preview.result.letters] == ["renamed"]
    assert enter(store, "ana", TEMPORARY)


def test_looking_back_costs_one_verification_each(
    store: Store, hasher: CheapHasher, owner: Session, ana: User
) -> None:
    by_oneself(owner, ana, TEMPORARY, OWN[0])
    before = hasher.verifications
    users.set_password(owner, ana.id, OWN[1])
    assert hasher.verifications - before == 2


def test_one_in_nfd_is_the_former_one_in_nfc(owner: Session, ana: User) -> None:
    """CHECKLIST A6."""
    by_oneself(owner, ana, TEMPORARY, "caf\u00e9 au bord de la mer")
    with pytest.raises(Invalid):
        users.set_password(owner, ana.id, "cafe\u0301 au bord de la mer")


def test_one_who_had_none_has_no_former_one(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    """An invited person is given one instead of the letter."""
    invited = make_user()
    assert invited.password == "none"
    users.set_password(owner, invited.id, OWN[0])
    with store.read():
        assert FormerPassword.select().count() == 0


def test_a_new_address_ends_what_was_mailed_to_the_old_one(
    store: Store, owner: Session, ana: User
) -> None:
    """CHECKLIST D34, Django's test of a token with another e-mail."""
    mailed = mint(owner, ana.id)
    users.edit(owner, ana.id, {"phone": "+380671234567"})
    assert codes.whose(store, mailed, Purpose.RESET) == ana.id
    users.edit(owner, ana.id, {"email": "anna@acme.com.ua"})
    assert codes.whose(store, mailed, Purpose.RESET) is None


def test_a_sign_in_ends_the_letters_by_which_one_comes_in(
    store: Store, owner: Session, ana: User
) -> None:
    """CHECKLIST D34, DESIGN 3.4: what is used first ends the other."""
    invitation = code_of_letter(store, "invitation")
    reset, confirmation = mint(owner, ana.id), mint(owner, ana.id, Purpose.CONFIRMATION)
    assert codes.whose(store, invitation, Purpose.INVITATION) == ana.id
    enter(store, "ana", TEMPORARY)
    assert codes.whose(store, invitation, Purpose.INVITATION) is None
    assert codes.whose(store, reset, Purpose.RESET) is None
    # It proves an address, and opens nothing.
    assert codes.whose(store, confirmation, Purpose.CONFIRMATION) == ana.id


EVENTS: dict[str, Callable[[Session, User], object]] = {
    "a new password": lambda owner, user: users.set_password(owner, user.id, OWN[0]),
    "another address": lambda owner, user: users.edit(owner, user.id, {"email": "b@acme.ua"}),
    "another login": lambda owner, user: users.rename(owner, user.id, "anna", OWN[0]),
    "a sign-in": lambda owner, user: enter(owner.store, user.login, TEMPORARY),
    "blocked": lambda owner, user: users.block(owner, user.id),
    "deactivated": lambda owner, user: users.deactivate(owner, user.id),
    "removed": lambda owner, user: users.remove(owner, user.id),
    "a newer code": lambda owner, user: mint(owner, user.id),
}


@pytest.mark.parametrize("event", EVENTS)
def test_whatever_happens_to_a_person_ends_the_code_for_a_new_password(
    store: Store, owner: Session, ana: User, event: str
) -> None:
    """CHECKLIST D34: none of the old codes works."""
    code = mint(owner, ana.id)
    EVENTS[event](owner, ana)
    with pytest.raises(CodeRefused):
        signin.reset(store, code, OWN[1], ORIGIN)


def test_the_history_says_what_ended_with_a_password(
    store: Store, owner: Session, ana: User
) -> None:
    enter(store, "ana", TEMPORARY)
    mint(owner, ana.id)
    users.set_password(owner, ana.id, OWN[0])
    (entry, *_older) = audit.history(owner, ana.id)
    assert dict(entry.changes) == {"sessions": (1, 0), "codes": (1, 0)}


def test_the_history_says_that_the_first_own_password_made_somebody_active(
    owner: Session, ana: User
) -> None:
    """DESIGN 3.1, 3.13: what changed and why, in one entry."""
    by_oneself(owner, ana, TEMPORARY, OWN[0])
    (entry, *_older) = audit.history(owner, ana.id)
    assert entry.changes["status"] == (Status.PENDING, Status.ACTIVE)
    by_oneself(owner, ana, OWN[0], OWN[1])
    assert "status" not in audit.history(owner, ana.id)[0].changes


@pytest.mark.parametrize(("seconds", "good"), [(0, True), (1, False)])
def test_an_invitation_is_good_for_seven_days(
    store: Store, clock: FakeClock, owner: Session, make_user: MakeUser, seconds: int, good: bool
) -> None:
    """S3, CHECKLIST D33: to the second, by the letter that creation queues."""
    user = make_user()
    code = code_of_letter(store, "invitation")
    clock.forward(days=7, seconds=seconds)
    assert (codes.whose(store, code, Purpose.INVITATION) == user.id) is good


def test_the_operator_gives_an_owner_who_is_locked_out_the_way_back(
    store: Store, owner: Session
) -> None:
    """CHECKLIST B23: one command, with a reason, and it is in the history."""
    operator = operator_session(store).because("forgot it, phoned")
    users.set_password(operator, "olga", OWN[0])
    assert enter(store, "olga", OWN[0]).must_change_password
    with pytest.raises(SignInRefused):
        enter(store, "olga", PASSWORD)
