"""Confirming an address: once, by a code from that very mailbox (S4, DESIGN 3.9)."""

from collections.abc import Callable

import pytest

from store import audit, signin, users
from store.codes import Purpose
from store.database import Store
from store.errors import CodeRefused, NotAllowed, NotFound, Refused
from store.models import CodeRow, LetterRow, SessionRow
from store.policy.transitions import Impossible
from store.session import Session
from store.signin import by_code
from store.users import many
from store.values import Door, Origin, User, status_word
from tests.conftest import PASSWORD, FakeClock, session_of
from tests.store.standing import activate, made
from tests.store.test_storing import code_of_letter, letters, mint

MakeUser = Callable[..., User]

SOURCE = Origin("root", "203.0.113.9")


@pytest.fixture
def ana(owner: Session, make_user: MakeUser) -> User:
    """Ana, who is active, and whose address nobody has confirmed."""
    return activate(owner, make_user(login="ana", email="ana@acme.ua", first_name="Ana"))


def sent(session: Session, who: int | str) -> str:
    """The code of the letter that comes when it is asked for."""
    signin.send_confirmation(session, who)
    return code_of_letter(session.store, "confirmation")


def refused(store: Store, code: str, source: Origin = SOURCE) -> bool:
    try:
        signin.confirm_email(store, code, source)
    except CodeRefused:
        return True
    return False


def test_the_code_confirms_the_address_and_nothing_else(
    store: Store, owner: Session, ana: User
) -> None:
    """DESIGN 3.9: it opens no session (D36), and lifts nothing."""
    assert not ana.email_confirmed
    code = sent(owner, ana.id)
    assert letters(store, "confirmation") == ["ana@acme.ua"]
    confirmed = signin.confirm_email(store, code, SOURCE)
    assert confirmed.email_confirmed
    assert (confirmed.status, confirmed.confirmed) == (ana.status, ana.confirmed)
    with store.read():
        assert SessionRow.select().count() == 0
    newest, asked = audit.history(owner, ana.id)[:2]
    assert (newest.verb, newest.actor, newest.origin) == ("confirm_email", "ana", str(SOURCE))
    assert newest.changes == {"email_confirmed": (False, True)}
    assert (asked.verb, asked.command) == (
        "send_confirmation",
        f"usher users send-confirmation {ana.id}",
    )
    assert code not in str(audit.history(owner, ana.id))


def test_an_address_is_confirmed_once_and_a_new_one_again(
    store: Store, owner: Session, ana: User
) -> None:
    """S4: one that was confirmed before needs nothing; a new one does."""
    signin.confirm_email(store, sent(owner, ana.id), SOURCE)
    with pytest.raises(Impossible, match="confirmed already") as error:
        signin.send_confirmation(owner, ana.id)
    assert error.value.name == "already_confirmed"
    users.edit(owner, ana.id, {"email": "ana@new.ua"})
    assert not users.show(owner, ana.id).email_confirmed
    signin.confirm_email(store, sent(owner, ana.id), SOURCE)
    assert letters(store, "confirmation") == ["ana@acme.ua", "ana@new.ua"]


def test_a_code_confirms_the_very_address_that_it_was_sent_to(
    store: Store, owner: Session, ana: User
) -> None:
    """CHECKLIST D34: with the address its codes go."""
    code = sent(owner, ana.id)
    users.edit(owner, ana.id, {"email": "ana@new.ua"})
    assert refused(store, code)
    assert not users.show(owner, ana.id).email_confirmed


def test_it_holds_for_seven_days_to_the_second(
    store: Store, clock: FakeClock, owner: Session, ana: User
) -> None:
    """DESIGN 3.9, CHECKLIST D33."""
    code = sent(owner, ana.id)
    clock.forward(days=7, seconds=1)
    assert refused(store, code)
    clock.forward(seconds=-1)
    assert not refused(store, code)


@pytest.mark.parametrize("how", ["used", "renewed", "revoked", "another purpose", "none"])
def test_what_is_no_good_gets_one_answer(store: Store, owner: Session, ana: User, how: str) -> None:
    """CHECKLIST D32-D35."""
    code = sent(owner, ana.id)
    if how == "used":
        signin.confirm_email(store, code, SOURCE)
    elif how == "renewed":
        sent(owner, ana.id)
    elif how == "revoked":
        users.block(owner, ana.id)
    elif how == "another purpose":
        code = mint(owner, ana.id, Purpose.RESET)
    else:
        code = "abcde-fghij-klmno-pqrst-uvwxyz"
    assert refused(store, code)


def test_a_source_guesses_ten_times_over_all_kinds_of_codes(
    store: Store, clock: FakeClock, owner: Session, ana: User
) -> None:
    """CHECKLIST D38: the limit is one, whatever the code is meant for."""
    code = sent(owner, ana.id)
    for number in range(by_code.GUESSES):
        if number % 2:
            assert refused(store, "wrong")
        else:
            with pytest.raises(CodeRefused):
                signin.reset(store, "wrong", "nine wet umbrellas", SOURCE)
    assert refused(store, code)
    assert not refused(store, code, Origin("root", "198.51.100.4"))


def test_users_send_it_to_themselves_and_admins_to_others(
    store: Store, owner: Session, ana: User, make_user: MakeUser
) -> None:
    """DESIGN 3.9; a standard user learns of nobody else."""
    own = session_of(store, ana)
    signin.confirm_email(store, sent(own, ana.id), SOURCE)
    other = make_user()
    with pytest.raises(NotFound):
        signin.send_confirmation(own, other.id)
    # The owner's own address as well, though nobody moves the owner.
    sent(owner, "olga")
    admin = activate(owner, make_user(admin=True, role="", teams=()))
    with pytest.raises(NotAllowed):
        signin.send_confirmation(session_of(store, admin), "olga")


@pytest.mark.parametrize("standing", ["blocked", "inactive"])
def test_who_may_not_come_in_gets_no_letter(
    store: Store, owner: Session, make_user: MakeUser, standing: str
) -> None:
    user = made(owner, make_user, standing)
    with pytest.raises(Impossible, match=status_word(standing)):
        signin.send_confirmation(owner, user.id)
    assert letters(store, "confirmation") == []


def test_of_many_each_is_told_what_became_of_them(
    store: Store, owner: Session, ana: User, make_user: MakeUser
) -> None:
    """S4: to one, to the marked, to all; the ledger says who needs nothing."""
    done = make_user()
    signin.confirm_email(store, sent(owner, done.id), SOURCE)
    silent = make_user("handed over in person", email="", login="rui")
    whom = [ana.id, done.id, silent.id]
    foreseen = many.foresee(owner, "send_confirmation", whom)
    assert (foreseen.done, foreseen.refused.total()) == (1, 2)
    assert many._plan(owner, "send_confirmation", whom).refused == foreseen.refused
    outcomes = many.act(owner, "send_confirmation", whom)
    assert [one.outcome for one in outcomes] == ["queued", "already_confirmed", "no_email"]


def test_five_letters_a_day_are_enough_for_anybody(
    store: Store, clock: FakeClock, owner: Session, ana: User
) -> None:
    """CHECKLIST C28, as for forgotten passwords: a mailbox is not to be filled."""
    for _time in range(5):
        signin.send_confirmation(owner, ana.id)
    with pytest.raises(Refused, match="tomorrow"):
        signin.send_confirmation(session_of(store, ana), ana.id)
    clock.forward(hours=24, seconds=1)
    signin.send_confirmation(owner, ana.id)


def test_a_rehearsal_mints_no_code_and_queues_no_letter(
    store: Store, owner: Session, ana: User
) -> None:
    """DESIGN 2."""
    with store.rehearse(owner) as rehearsal:
        signin.send_confirmation(owner, ana.id)
        with store.read():
            assert CodeRow.select().where(CodeRow.purpose == "confirmation").count() == 0
    assert [letter.kind for letter in rehearsal.result.letters] == ["confirmation"]
    with store.read():
        assert LetterRow.select().where(LetterRow.kind == "confirmation").count() == 0


def test_an_unconfirmed_address_never_stops_signing_in(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    """DESIGN 3.9."""
    make_user(PASSWORD, login="ana", email="ana@acme.ua")
    assert signin.sign_in(store, "ana", PASSWORD, Door.USHER, SOURCE)
