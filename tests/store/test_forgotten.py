"""A forgotten password: one answer for all, and what a code opens (CHECKLIST C27, C28, D30-D38)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from store import audit, codes, signin, users
from store.codes import Purpose
from store.database import Store
from store.errors import CodeRefused, Invalid, SessionEnded, SignInRefused
from store.models import SessionRow, UserRow
from store.session import Session
from store.signin import forgotten
from store.values import Door, Origin, Status, User
from tests.conftest import PASSWORD, FakeClock
from tests.store.test_storing import code_of_letter, letters

MakeUser = Callable[..., User]

SOURCE = Origin("root", "203.0.113.9")
OWN = "a lantern over the harbour"
NEWER = "nine wet umbrellas"


@pytest.fixture
def ana(store: Store, owner: Session, make_user: MakeUser) -> User:
    """Ana, who is active by a password of her own."""
    user = make_user("handed over in person", first_name="Ana", login="ana", email="Ana@acme.ua")
    session = signin.sign_in(store, "ana", "handed over in person", Door.USHER, SOURCE).session
    signin.change_password(session, "handed over in person", OWN)
    return users.show(owner, user.id)


def asked(store: Store, address: str = "ana@ACME.ua") -> str:
    """The code of the letter that comes when one asks."""
    signin.forgot(store, address, SOURCE)
    return code_of_letter(store, "reset")


def refused(store: Store, code: str, password: str = NEWER, source: Origin = SOURCE) -> str:
    """The words with which a code is refused."""
    with pytest.raises(CodeRefused) as error:
        signin.reset(store, code, password, source)
    return str(error.value.as_json())


@contextmanager
def written(store: Store) -> Iterator[list[str]]:
    """The statements that write, by the table they write to."""
    found: list[str] = []
    execute, many = store.database.execute_sql, store.sql_many

    def note(statement: str) -> None:
        words = statement.replace('"', "").split()
        if words[0] in {"INSERT", "UPDATE", "DELETE"}:
            found.append(words[1] if words[0] == "UPDATE" else words[2])

    def executed(statement: str, *rest: object, **options: object) -> object:
        note(statement)
        return execute(statement, *rest, **options)  # type: ignore[no-untyped-call]

    def executed_many(statement: str, rows: object) -> None:
        note(statement)
        many(statement, rows)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store.database, "execute_sql", executed)
        patch.setattr(store, "sql_many", executed_many)
        yield found


def test_the_answer_and_the_number_of_writes_are_the_same_for_everybody(
    store: Store, owner: Session, ana: User, make_user: MakeUser
) -> None:
    """CHECKLIST C27: known, unknown, blocked, deactivated, without address, no address at all."""
    blocked, gone, silent = (make_user(login=login) for login in ("bob", "gil", "rui"))
    with store.write(owner):
        for user, change in (
            (blocked, {"status": Status.BLOCKED}),
            (gone, {"status": Status.INACTIVE}),
            (silent, {"email": ""}),
        ):
            UserRow.update(**change).where(UserRow.id == user.id).execute()
    # What asks first makes the source's row; from then on all are alike.
    signin.forgot(store, "first@acme.ua", SOURCE)
    numbers = {}
    for address in (
        "ana@acme.ua",
        "nobody@acme.ua",
        blocked.email,
        gone.email,
        "rui",
        "",
        "x" * 99,
    ):
        with written(store) as found:
            signin.forgot(store, address, SOURCE)
        numbers[address] = len(found)
    assert len(set(numbers.values())) == 1, numbers
    assert letters(store, "reset") == ["Ana@acme.ua"]


def test_asking_changes_nothing_about_the_person(store: Store, owner: Session, ana: User) -> None:
    """CHECKLIST C27: whoever else asks for it does not get them into trouble."""
    before = users.show(owner, ana.id)
    asked(store)
    assert users.show(owner, ana.id) == before
    assert signin.sign_in(store, "ana", OWN, Door.USHER, SOURCE)


def test_of_fifty_requests_five_letters_come(
    store: Store, clock: FakeClock, owner: Session, ana: User
) -> None:
    """CHECKLIST C28: five in 24 hours, from wherever they are asked for."""
    for number in range(50):
        signin.forgot(store, "ana@acme.ua", Origin("root", f"198.51.100.{number}"))
        clock.forward(minutes=1)
    assert len(letters(store, "reset")) == 5
    clock.forward(hours=24)
    asked(store)
    assert len(letters(store, "reset")) == 6


def test_a_source_is_heard_twenty_times_an_hour(
    store: Store, clock: FakeClock, owner: Session, ana: User
) -> None:
    """CHECKLIST C28: the rest is absorbed, and leaves nothing in the database."""
    for number in range(30):
        signin.forgot(store, f"nobody{number}@acme.ua", SOURCE)
    signin.forgot(store, "ana@acme.ua", SOURCE)
    assert letters(store, "reset") == []
    entries = [
        entry for entry in audit.history(owner, limit=100) if entry.verb == "forgot_password"
    ]
    assert len(entries) == forgotten.REQUESTS
    clock.forward(hours=1, seconds=1)
    signin.forgot(store, "ana@acme.ua", SOURCE)
    assert letters(store, "reset") == ["Ana@acme.ua"]


def test_the_history_tells_who_was_asked_for_and_from_where(
    store: Store, owner: Session, ana: User
) -> None:
    asked(store)
    (entry, *_older) = audit.history(owner, ana.id)
    assert (entry.verb, entry.actor, entry.origin) == ("forgot_password", "nobody", str(SOURCE))


def test_a_code_stores_a_password_of_their_own(store: Store, owner: Session, ana: User) -> None:
    """DESIGN 3.4."""
    signin.reset(store, asked(store), NEWER, SOURCE)
    entered = signin.sign_in(store, "ana", NEWER, Door.USHER, SOURCE)
    assert not entered.must_change_password
    assert letters(store, "password_changed") == ["Ana@acme.ua"] * 2, "her own change, and this"
    with pytest.raises(SignInRefused):
        signin.sign_in(store, "ana", OWN, Door.USHER, SOURCE)


def test_a_code_opens_no_session_and_ends_those_there_are(
    store: Store, owner: Session, ana: User
) -> None:
    """CHECKLIST D36."""
    code = asked(store)
    with store.read():
        before = SessionRow.select().count()
    session = signin.sign_in(store, "olga", PASSWORD, Door.USHER, SOURCE).session
    signin.reset(store, code, NEWER, SOURCE)
    with store.read():
        assert SessionRow.select().count() == before + 1
        theirs = SessionRow.select().where(SessionRow.user == ana.id, SessionRow.ended.is_null())
        assert theirs.count() == 0
    assert users.show(session, "olga").login == "olga"


def test_whoever_sits_there_by_the_former_password_is_out(
    store: Store, owner: Session, ana: User
) -> None:
    session = signin.sign_in(store, "ana", OWN, Door.USHER, SOURCE).session
    signin.reset(store, asked(store), NEWER, SOURCE)
    with pytest.raises(SessionEnded):
        users.show(session, ana.id)


def test_a_pending_user_becomes_active_and_confirmed(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    """S2, DESIGN 1: the code proves the mailbox, and the password is the first of their own."""
    user = make_user(email="rui@acme.ua")
    after = signin.reset(store, asked(store, "rui@acme.ua"), NEWER, SOURCE)
    assert (user.status, user.confirmed, user.email_confirmed) == (Status.PENDING, False, False)
    assert (after.status, after.confirmed, after.email_confirmed) == (Status.ACTIVE, True, True)
    assert after.password == "own"


def test_it_lifts_the_lock_for_wrong_passwords(store: Store, owner: Session, ana: User) -> None:
    """CHECKLIST B22."""
    for _number in range(6):
        with pytest.raises(SignInRefused):
            signin.sign_in(store, "ana", "wrong", Door.USHER, SOURCE)
    assert users.show(owner, ana.id).locks == ("passwords",)
    assert signin.reset(store, asked(store), NEWER, SOURCE).locks == ()


@pytest.mark.parametrize("pending", [True, False])
def test_it_does_not_lift_the_lock_for_being_away(
    store: Store, clock: FakeClock, owner: Session, ana: User, make_user: MakeUser, pending: bool
) -> None:
    """CHECKLIST B22, DESIGN 3.3; neither where it makes somebody active."""
    user = make_user(email="rui@acme.ua") if pending else ana
    clock.forward(days=91)
    after = signin.reset(store, asked(store, user.email), NEWER, SOURCE)
    assert after.status is Status.ACTIVE
    assert after.locks == ("idle",)


@pytest.mark.parametrize("status", [Status.BLOCKED, Status.INACTIVE])
def test_who_was_shut_out_meanwhile_stays_out(
    store: Store, owner: Session, ana: User, status: Status
) -> None:
    """CHECKLIST B22: never an admin's block."""
    code = asked(store)
    with store.write(owner):
        UserRow.update(status=status).where(UserRow.id == ana.id).execute()
    refused(store, code)
    assert users.show(owner, ana.id).status is status


@pytest.mark.parametrize(("seconds", "good"), [(0, True), (1, False)])
def test_a_code_is_good_for_sixty_minutes(
    store: Store, clock: FakeClock, owner: Session, ana: User, seconds: int, good: bool
) -> None:
    """CHECKLIST D33: inclusive, and refused a second later."""
    code = asked(store)
    clock.forward(minutes=60, seconds=seconds)
    if good:
        assert signin.reset(store, code, NEWER, SOURCE).id == ana.id
    else:
        refused(store, code)


def test_every_code_that_opens_nothing_is_refused_in_the_same_words(
    store: Store, clock: FakeClock, owner: Session, ana: User, make_user: MakeUser
) -> None:
    """CHECKLIST D32-D35: used, renewed, revoked, expired, of another purpose, unknown, nothing."""
    used = asked(store)
    signin.reset(store, used, NEWER, SOURCE)
    renewed = asked(store)
    revoked = asked(store)
    users.set_password(owner, ana.id, "handed over again")
    make_user(email="rui@acme.ua")
    invitation = code_of_letter(store, "invitation")
    expired = asked(store)
    clock.forward(minutes=61)
    tried = (used, renewed, revoked, expired, invitation, "a" * 26, "", "x" * 10_000)
    words = {refused(store, code, "salt on the sill") for code in tried}
    assert len(words) == 1
    assert "usher forgot ADDRESS" in words.pop()


def test_a_code_is_of_one_purpose(store: Store, owner: Session, ana: User) -> None:
    """CHECKLIST D35."""
    code = asked(store)
    assert codes.whose(store, code, Purpose.INVITATION) is None
    with store.write(owner) as unit:
        assert codes.redeem(unit, code, Purpose.CONFIRMATION) is None
    assert signin.reset(store, code, NEWER, SOURCE)


def test_the_code_is_read_with_or_without_dashes_in_any_case(
    store: Store, owner: Session, ana: User
) -> None:
    code = asked(store)
    assert signin.reset(store, f" {code.replace('-', ' ').upper()} ", NEWER, SOURCE)


@pytest.mark.parametrize(
    ("password", "code"), [("short", "password_short"), (OWN, "password_reused")]
)
def test_a_password_that_cannot_be_taken_leaves_the_code_good(
    store: Store, owner: Session, ana: User, password: str, code: str
) -> None:
    mailed = asked(store)
    with pytest.raises(Invalid) as error:
        signin.reset(store, mailed, password, SOURCE)
    assert [problem.code for problem in error.value.problems] == [code]
    assert signin.reset(store, mailed, NEWER, SOURCE)


def test_after_ten_wrong_codes_a_source_is_refused_for_five_minutes(
    store: Store, clock: FakeClock, owner: Session, ana: User
) -> None:
    """CHECKLIST D38: in the same words, the right one too; other sources are not concerned."""
    code = asked(store)
    words = {refused(store, f"guess {number}") for number in range(10)}
    words.add(refused(store, code))
    assert len(words) == 1
    elsewhere = Origin("root", "198.51.100.7")
    with pytest.raises(Invalid):
        signin.reset(store, code, "short", elsewhere)
    clock.forward(minutes=5, seconds=1)
    assert signin.reset(store, code, NEWER, SOURCE)


def test_neither_password_nor_code_stands_anywhere(store: Store, owner: Session, ana: User) -> None:
    """CHECKLIST A12, D30, D31: not in the database, the outbox, the history, the log."""
    canary, code = "S3cretPW99-5f0c11aa", asked(store)
    signin.reset(store, code, canary, SOURCE)
    handed = "S3cretPW99-handed-over"
    users.set_password(owner, ana.id, handed)
    users.rename(owner, ana.id, "anna", "S3cretPW99-renamed")
    mailed = asked(store)
    secrets = [canary, handed, "S3cretPW99", code, mailed]
    secrets += [secret.replace("-", "") for secret in (code, mailed)]
    found = b"".join(path.read_bytes() for path in store.folder.path.rglob("*") if path.is_file())
    with store.read():
        tables = [
            repr(store.sql(f"SELECT * FROM usher_{name}"))
            for name in ("user", "letter", "code", "former_password", "audit", "audit_values")
        ]
    for secret in secrets:
        assert secret.encode() not in found
        assert secret not in "".join(tables)
