"""Spelling variants of an address or a login are the same one everywhere.

DESIGN 3.5 and 3.9: one function decides each (`checks.same_email`, `checks.same_login`).
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from store import checks, signin, users
from store.database import Store
from store.errors import Invalid, Refused
from store.exchange.importing import ImportSummary, Options, import_people
from store.invitations import pending
from store.invitations.addresses import addresses
from store.invitations.checking import Outcome
from store.invitations.sending import send
from store.models import ConfirmedAddress, Identifier, LetterRow, UserRow
from store.session import Session
from store.undo import acting
from store.users import acts, read
from store.values import Door, Draft, Origin, User
from tests.conftest import PASSWORD, session_of
from tests.store.standing import MakeUser, activate
from tests.store.test_storing import code_of_letter

SOURCE = Origin("root", "203.0.113.9")
ADDRESS = "gil.ilhan@münchen.de"
SPELLINGS = {
    "capitals": "GIL.ILHAN@MÜNCHEN.DE",
    "blanks around": "  gil.ilhan@münchen.de ",
    "decomposed": normalize("NFD", ADDRESS),
    "punycode": "gil.ilhan@xn--mnchen-3ya.de",
    "punycode in capitals": "Gil.Ilhan@XN--MNCHEN-3YA.DE",
    "Turkish capitals": "GİL.İLHAN@münchen.de",
}
OTHERS = {
    "tag": "gil.ilhan+sales@münchen.de",
    "dots": "gililhan@münchen.de",
    "another domain": "gil.ilhan@munchen.de",
    "dotless i": "gıl.ilhan@münchen.de",
}
every_spelling = pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
every_other = pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)


@pytest.fixture
def gil(make_user: MakeUser) -> User:
    """Gil, who is invited and whose login equals the address."""
    return make_user(first_name="Gil", last_name="Ilhan", email=ADDRESS, login="")


def standing(session: Session, user_id: int) -> tuple[Any, ...]:
    """Return everything that a new address would end or send."""
    with session.store.read():
        letters = [(row.kind, row.address) for row in LetterRow.select()]
        confirmed = UserRow.get_by_id(user_id).email_confirmed_at
        open_codes = session.store.sql(
            "SELECT id, purpose FROM usher_code WHERE user_id = ? AND ended IS NULL", user_id
        )
    invitation = pending.find(session, user_id)
    state = invitation.state if invitation else None
    login = users.show(session, user_id).login
    return letters, confirmed, open_codes, state, checks.login_key(login)


def brought(session: Session, folder: Path, rows: str, *, update: bool) -> ImportSummary:
    path = folder / "people.csv"
    path.write_text(f"first_name,last_name,email,role,team\n{rows}\n", encoding="utf-8")
    return import_people(session, path, Options(update=update))


@every_spelling
def test_they_have_one_key(spelling: str) -> None:
    assert checks.same_email(spelling, ADDRESS)
    assert checks.same_login(spelling, ADDRESS)


@every_other
def test_another_address_is_another_one(other: str) -> None:
    """`+tag` and dots can mean another mailbox. ı is another letter, and so is ü in a domain."""
    assert not checks.same_email(other, ADDRESS)


@every_spelling
@pytest.mark.parametrize("update", [False, True], ids=["import", "import --update"])
def test_an_import_leaves_it_unchanged(
    owner: Session, gil: User, tmp_path: Path, spelling: str, update: bool
) -> None:
    before = standing(owner, gil.id)
    row = f"Gil,Ilhan,{spelling},Salesperson,North"
    found = brought(owner, tmp_path, row, update=update)
    assert (found.created, found.updated, found.unchanged) == (0, 0, 1), found.failed
    assert standing(owner, gil.id) == before
    assert users.show(owner, gil.id) == users.show(owner, ADDRESS) == gil


def test_a_file_of_the_invited_in_capitals_ends_no_invitation(
    store: Store, owner: Session, make_user: MakeUser, tmp_path: Path
) -> None:
    """Twenty users are imported with `--invite`, then again from a file in capitals."""
    file = tmp_path / "twenty.csv"
    rows = [f"Ana,Bell {n},ana{n}@acme-sales.com,Salesperson,North\n" for n in range(20)]
    file.write_text("first_name,last_name,email,role,team\n" + "".join(rows), encoding="utf-8")
    assert import_people(owner, file, Options(invite=True)).created == 20
    shouted = [row.replace("ana", "ANA").replace("acme-sales", "ACME-SALES") for row in rows]
    file.write_text("first_name,last_name,email,role,team\n" + "".join(shouted), encoding="utf-8")
    for options in (Options(update=True), Options(update=True, invite=True), Options()):
        found = import_people(owner, file, options)
        assert (found.unchanged, found.updated, found.created) == (20, 0, 0)
    assert [one.state for one in pending.listed(owner).rows] == ["open"] * 20
    with store.read():
        kinds = [row.kind for row in LetterRow.select()]
    assert kinds == ["invitation"] * 20


@every_spelling
def test_an_edit_stores_the_spelling_and_ends_nothing(
    store: Store, owner: Session, gil: User, spelling: str
) -> None:
    """This applies to the form and the command line."""
    code = code_of_letter(store, "invitation")
    before = standing(owner, gil.id)
    done = acts.edit(owner, gil.id, {"email": spelling})
    assert standing(owner, gil.id) == before
    assert set(done.changes) <= {"email", "login"}
    assert done.letters == ()
    accepted = signin.accept(store, code, "quiet orange lantern 77", source=SOURCE)
    assert accepted.email_confirmed
    acts.edit(owner, gil.id, {"email": ADDRESS})
    assert users.show(owner, gil.id).email_confirmed


@every_spelling
def test_nobody_else_gets_it(owner: Session, gil: User, make_user: MakeUser, spelling: str) -> None:
    other = make_user("handed over in person")
    for refuse in (
        partial(make_user, email=spelling, login="other"),
        partial(make_user, login=spelling.strip()),
        partial(users.edit, owner, other.id, {"email": spelling}),
        partial(users.rename, owner, other.id, spelling, PASSWORD),
    ):
        with pytest.raises(Invalid) as error:
            refuse()
        assert [one.holder.id for one in error.value.problems if one.holder] == [gil.id]
    (line,) = send(owner, addresses(spelling)).lines
    assert (line.outcome, line.holder and line.holder.id) == (Outcome.ALREADY_INVITED, gil.id)


@every_spelling
def test_the_user_is_found_and_let_in_by_it(
    store: Store, owner: Session, make_user: MakeUser, spelling: str
) -> None:
    """Covers WHO on the command line, sign-in, forgot and send-confirmation."""
    gil = make_user(PASSWORD, email=ADDRESS, login="gil")
    assert users.show(owner, spelling).id == gil.id
    with store.read():
        assert list(read.find_all(store, [spelling]).values()) == [gil.id]
    signed_in = signin.sign_in(store, spelling, PASSWORD, Door.PLATFORM, SOURCE)
    assert signed_in.user.id == gil.id
    with store.write(owner):
        LetterRow.delete().execute()
    signin.forgot(store, spelling, SOURCE)
    signin.send_confirmation(owner, spelling)
    with store.read():
        sent = [(row.kind, row.address) for row in LetterRow.select().order_by(LetterRow.id)]
    assert sent == [("reset", ADDRESS), ("confirmation", ADDRESS)]


@every_spelling
def test_another_spelling_of_the_login_is_no_renaming(
    owner: Session, gil: User, spelling: str
) -> None:
    assert acts.edit(owner, gil.id, {"login": spelling}).changes == {}
    with pytest.raises(Invalid) as error:
        users.rename(owner, gil.id, spelling, PASSWORD)
    assert [one.code for one in error.value.problems] == ["login_same"]
    assert users.show(owner, gil.id).login == ADDRESS


@pytest.mark.parametrize("login", ["İlkay", "ılkay", "ILKAY", "İLKAY", "i̇lkay", "ｉｌｋａｙ"])
def test_one_login_in_turkish_letters_is_one_user(
    store: Store, owner: Session, make_user: MakeUser, login: str
) -> None:
    ilkay = make_user(PASSWORD, login="ilkay")
    with pytest.raises(Invalid) as error:
        make_user(login=login)
    assert [(one.code, one.holder and one.holder.id) for one in error.value.problems] == [
        ("login_taken", ilkay.id)
    ]
    assert signin.sign_in(store, login, PASSWORD, Door.PLATFORM, SOURCE).user.id == ilkay.id


# ------------------------------------------------------------ an address confirmed once stays so
def confirm(session: Session, user_id: int) -> None:
    signin.send_confirmation(session, user_id)
    signin.confirm_email(session.store, code_of_letter(session.store, "confirmation"), SOURCE)


def test_an_address_that_comes_back_is_confirmed_still(owner: Session, make_user: MakeUser) -> None:
    """DESIGN 3.9: address A, then B, then A again, also in another spelling."""
    gil = activate(owner, make_user(email=ADDRESS, login="gil"))
    confirm(owner, gil.id)
    for email, confirmed in (
        ("b@acme.ua", False), (SPELLINGS["capitals"], True), ("b@acme.ua", False),
        (OTHERS["tag"], False), (OTHERS["dotless i"], False), (ADDRESS, True), ("", False),
        (SPELLINGS["punycode"], True),
    ):  # fmt: skip
        assert users.edit(owner, gil.id, {"email": email}).email_confirmed is confirmed, email
    with pytest.raises(Refused, match="confirmed already"):
        signin.send_confirmation(owner, gil.id)


def test_an_undone_change_of_address_leaves_it_confirmed(
    owner: Session, make_user: MakeUser
) -> None:
    gil = activate(owner, make_user(email=ADDRESS, login="gil"))
    confirm(owner, gil.id)
    users.edit(owner, gil.id, {"email": "b@acme.ua"})
    assert acting.undo(owner).stays == ()
    assert users.show(owner, gil.id).email_confirmed


def test_who_takes_over_a_freed_address_inherits_nothing(
    owner: Session, make_user: MakeUser
) -> None:
    first = activate(owner, make_user(email=ADDRESS, login="gil"))
    confirm(owner, first.id)
    users.edit(owner, first.id, {"email": "b@acme.ua"})
    second = make_user(email=ADDRESS, login="bo")
    assert not users.show(owner, second.id).email_confirmed
    users.edit(owner, second.id, {"email": "c@acme.ua"})
    assert not users.edit(owner, second.id, {"email": ADDRESS}).email_confirmed


def test_what_was_confirmed_is_erased_with_the_user(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    """DESIGN 3.1: a former address is personal data too."""
    gil = activate(owner, make_user(email=ADDRESS, login="gil"))
    confirm(owner, gil.id)
    users.edit(owner, gil.id, {"email": "b@acme.ua"})
    with store.read():
        assert ConfirmedAddress.select().count() == 1
    users.remove(owner, gil.id)
    with store.read():
        assert ConfirmedAddress.select().count() == 0


# --------------------------------------------------------------------- what the migration does
def test_of_two_users_from_before_with_one_login_both_still_come_in(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    """Migration 0012 keeps the old key of the later user. Renaming either does not change it."""
    ilkay = make_user(PASSWORD, login="ilkay", email="")
    later = make_user(PASSWORD, login="later", email="")
    with store.write(owner):
        UserRow.update(login="ılkay").where(UserRow.id == later.id).execute()
        Identifier.update(key="ılkay").where(Identifier.user == later.id).execute()

    def comes(login: str) -> int:
        return signin.sign_in(store, login, PASSWORD, Door.PLATFORM, SOURCE).user.id

    assert (comes("ilkay"), comes("ılkay")) == (ilkay.id, later.id)
    users.edit(owner, later.id, {"email": "later@acme.ua"})
    assert (comes("ilkay"), comes("ılkay")) == (ilkay.id, later.id)
    users.rename(owner, later.id, "bo", "another password 41")
    assert comes("ilkay") == ilkay.id
    with store.read():
        keys = {row.key for row in Identifier.select().where(Identifier.user == later.id)}
    assert keys == {"bo", "later@acme.ua"}


def test_the_migration_knows_what_is_confirmed_and_which_logins_are_the_same(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    from importlib import import_module

    up: Callable[..., None] = import_module("store.migrations.0012_same_address").up
    gil = make_user(email=ADDRESS, login="gil")
    ilkay, second, alone = (make_user(login=login) for login in ("ilkay", "two", "three"))
    with store.write(owner):
        UserRow.update(email_confirmed_at=store.now()).where(UserRow.id == gil.id).execute()
        Identifier.update(key="ılkay").where(Identifier.key == "two").execute()
        Identifier.update(key="ıi̇").where(Identifier.key == "three").execute()
        store.sql("DROP TABLE usher_confirmed_address")
        up(None, store.database)
    with store.read():
        kept = store.sql("SELECT user_id, key FROM usher_confirmed_address")
        keys = dict(store.sql("SELECT key, user_id FROM usher_identifier"))
    assert kept == [(gil.id, ADDRESS)]
    assert (keys["ilkay"], keys["ılkay"], keys["ii"]) == (ilkay.id, second.id, alone.id)
    assert "ıi̇" not in keys


def test_a_new_user_may_be_called_by_what_no_other_user_is(
    owner: Session, make_user: MakeUser, store: Store
) -> None:
    """These logins and addresses belong to different users."""
    made = [make_user(email=one, login="") for one in (*OTHERS.values(), ADDRESS) if "ı" not in one]
    assert len({user.id for user in made}) == len(made) == 4
    assert session_of(store, made[0]).name == OTHERS["tag"]
    with pytest.raises(Invalid):
        users.create(owner, Draft(first_name="A", last_name="B", email=OTHERS["dotless i"]))
