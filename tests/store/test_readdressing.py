"""A new address reports what it ends, and the invitation is sent to it (DESIGN 3.5)."""

from pathlib import Path

import pytest

from store import audit, settings, signin, users
from store.database import Store
from store.errors import CodeRefused, Invalid
from store.exchange.importing import Options, import_people, plan
from store.invitations import pending
from store.mail import delivery
from store.models import LetterRow
from store.session import Session
from store.undo import acting
from store.users import acts
from store.users.acts import Done
from store.users.consequences import consequences
from store.values import Door, Origin, Status, User
from tests.conftest import PASSWORD, FakeClock, session_of
from tests.store.standing import MakeUser, activate
from tests.store.test_confirming import sent
from tests.store.test_storing import code_of_letter

SOURCE = Origin("root", "203.0.113.9")
WRONG, RIGHT = "max.nahs@acme.ua", "max.nash@acme.ua"
AN_ADMIN = {"admin": True, "role": "", "teams": ()}


@pytest.fixture
def max_(make_user: MakeUser) -> User:
    """Max, invited at a mistyped address, which is also his login."""
    return make_user(first_name="Max", last_name="Nash", email=WRONG, login="")


def letters(store: Store) -> list[tuple[str, str]]:
    with store.read():
        return [(row.kind, row.address) for row in LetterRow.select().order_by(LetterRow.id)]


def said(done: Done) -> list[tuple[str, str]]:
    return [(one.sentence, one.next) for one in consequences(done)]


def test_the_invitation_of_a_pending_user_goes_to_the_corrected_address(
    store: Store, owner: Session, max_: User
) -> None:
    """The wrong address gets nothing: not the queued invitation, and no notice."""
    old = code_of_letter(store, "invitation")
    done = acts.edit(owner, max_.id, {"email": RIGHT})
    assert letters(store) == [("invitation", RIGHT)]
    assert (done.user.login, done.user.email) == (RIGHT, RIGHT)
    assert said(done) == [
        (f"The login is now {RIGHT}.", ""),
        (f"The invitation to {WRONG} no longer works. A new one is queued to {RIGHT}.", ""),
    ]
    with pytest.raises(CodeRefused):
        signin.accept(store, old, PASSWORD, source=SOURCE)
    user = signin.accept(store, code_of_letter(store, "invitation"), PASSWORD, source=SOURCE)
    assert (user.id, user.status, user.email_confirmed) == (max_.id, Status.ACTIVE, True)
    entry = audit.history(owner, max_.id)[1]
    assert entry.changes == {
        "login": (WRONG, RIGHT), "email": (WRONG, RIGHT), "sent_count": (1, 2),
    }  # fmt: skip
    assert entry.command == f"usher users edit {max_.id} --email {RIGHT}"


def test_the_wrong_address_and_login_are_free_at_once(
    owner: Session, max_: User, make_user: MakeUser
) -> None:
    acts.edit(owner, max_.id, {"email": RIGHT})
    assert make_user(email=WRONG, login="").login == WRONG


def test_a_preview_says_the_same_and_sends_nothing(
    store: Store, owner: Session, max_: User
) -> None:
    with store.rehearse(owner):
        foreseen = acts.edit(owner, max_.id, {"email": RIGHT})
    assert letters(store) == [("invitation", WRONG)]
    assert said(foreseen) == said(acts.edit(owner, max_.id, {"email": RIGHT}))


def test_a_login_of_its_own_stays(owner: Session, make_user: MakeUser) -> None:
    user = make_user(email=WRONG, login="max")
    assert acts.edit(owner, user.id, {"email": RIGHT}).user.login == "max"
    active = activate(owner, make_user(email="ana@acme.ua", login=""))
    assert acts.edit(owner, active.id, {"email": "anna@acme.ua"}).user.login == "ana@acme.ua"


def test_a_login_that_cannot_follow_is_refused(owner: Session, max_: User) -> None:
    with pytest.raises(Invalid) as error:
        acts.edit(owner, max_.id, {"email": "-max@acme.ua"})
    assert [(one.field, one.code) for one in error.value.problems] == [("login", "login_invalid")]


def test_without_the_right_to_invite_it_ends_and_resend_is_offered(
    store: Store, owner: Session, max_: User, make_user: MakeUser
) -> None:
    from store.access import overrides

    rui = activate(owner, make_user(PASSWORD, login="rui", **AN_ADMIN))
    overrides.put(owner, rui.id, {"users.invite": False})
    done = acts.edit(session_of(store, rui), max_.id, {"email": RIGHT})
    assert said(done)[1] == (f"The invitation to {WRONG} no longer works.", "resend")
    found = pending.find(owner, max_.id)
    assert found is not None
    assert found.state == "ended"
    assert done.letters == ()
    assert RIGHT not in [address for _kind, address in letters(store)]


def test_without_an_address_it_ends_and_a_password_is_offered(owner: Session, max_: User) -> None:
    done = acts.edit(owner, max_.id, {"email": ""})
    assert said(done) == [(f"The invitation to {WRONG} no longer works.", "set_password")]
    assert done.user.login == WRONG


def test_who_was_never_invited_is_not_invited_by_an_edit(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    """S2: an address added later sends no invitation. The output suggests to resend."""
    user = make_user(PASSWORD, email="", login="max")
    done = acts.edit(owner, user.id, {"email": RIGHT})
    assert said(done) == [("No invitation has been sent to this address.", "resend")]
    assert letters(store) == []


@pytest.mark.parametrize("how", ["confirmed", "signed in", "active", "never"])
def test_only_an_address_that_was_theirs_is_told_that_it_was_changed(
    store: Store, owner: Session, make_user: MakeUser, how: str
) -> None:
    user = make_user(PASSWORD, email=WRONG, login="max")
    if how == "active":
        activate(owner, user)
    if how == "signed in":
        signin.sign_in(store, "max", PASSWORD, Door.PLATFORM, SOURCE)
    if how == "confirmed":
        signin.confirm_email(store, sent(owner, user.id), SOURCE)
    done = acts.edit(owner, user.id, {"email": RIGHT})
    notice = f"A notice is queued to {WRONG}."
    assert (("email_changed", WRONG) in letters(store)) is (how != "never")
    assert (notice in [sentence for sentence, _next in said(done)]) is (how != "never")


def test_of_an_active_user_it_names_the_codes_and_the_confirmation(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    ana = activate(owner, make_user(email="ana@acme.ua", login="ana"))
    signin.confirm_email(store, sent(owner, ana.id), SOURCE)
    signin.forgot(store, "ana@acme.ua", SOURCE)
    done = acts.edit(owner, ana.id, {"email": "anna@acme.ua"})
    assert said(done) == [
        ("Codes that were emailed to ana@acme.ua no longer work.", ""),
        ("A notice is queued to ana@acme.ua.", ""),
        ("anna@acme.ua is not confirmed.", "send_confirmation"),
    ]
    assert said(acts.edit(owner, ana.id, {"email": "Ana@acme.ua"}))[-1] == (
        "The user confirmed Ana@acme.ua earlier, so it is still confirmed.", "",
    )  # fmt: skip


def test_a_temporary_password_that_was_emailed_to_the_wrong_address_opens_nothing(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    """CHECKLIST D34: a password sent to a stranger no longer works."""
    settings.change(owner, "mail.credentials", "temporary_password")
    user = make_user(email=WRONG, login="max")
    assert user.password == "temporary"
    done = acts.edit(owner, user.id, {"email": RIGHT})
    assert done.user.password == "none"
    assert said(done) == [
        (f"The invitation to {WRONG} no longer works. A new one is queued to {RIGHT}.", ""),
        (f"The temporary password emailed to {WRONG} no longer works.", ""),
    ]
    assert letters(store) == [("invitation", RIGHT)]


def test_one_that_was_handed_over_in_person_stays(owner: Session, make_user: MakeUser) -> None:
    user = make_user(PASSWORD, email=WRONG, login="max")
    assert acts.edit(owner, user.id, {"email": RIGHT}).user.password == "temporary"


def test_an_undone_correction_sends_the_invitation_back(
    store: Store, owner: Session, max_: User, clock: FakeClock
) -> None:
    delivery.deliver(store)
    clock.forward(minutes=1)
    users.edit(owner, max_.id, {"email": RIGHT})
    foreseen = acting.foresee(owner)
    undone = acting.undo(owner)
    assert undone == foreseen
    assert undone.fields == {"email": (RIGHT, WRONG), "login": (RIGHT, WRONG)}
    assert undone.stays == ()
    assert [(one.sentence, one.next) for one in undone.consequences] == [
        (f"The login is now {WRONG}.", ""),
        (f"The invitation to {RIGHT} no longer works. A new one is queued to {WRONG}.", ""),
    ]
    user = users.show(owner, max_.id)
    assert (user.email, user.login) == (WRONG, WRONG)
    assert letters(store) == [("invitation", WRONG)] * 2
    signin.accept(store, code_of_letter(store, "invitation"), PASSWORD, source=SOURCE)


@pytest.mark.parametrize("verb", ["set_password", "rename", "block", "deactivate"])
def test_an_invitation_that_an_action_ended_is_not_revived_by_an_edit(
    store: Store, owner: Session, make_user: MakeUser, clock: FakeClock, verb: str
) -> None:
    """It ended before, so the edit does not say that it ends; resend is offered instead."""
    user = make_user(email=WRONG, login="max")
    if verb == "set_password":
        users.set_password(owner, user.id, PASSWORD)
    elif verb == "rename":
        users.rename(owner, user.id, "nash", PASSWORD)
    else:
        acts.do(owner, verb, user.id)
        acts.do(owner, "unblock" if verb == "block" else "restore", user.id)
    clock.forward(minutes=1)
    done = acts.edit(owner, user.id, {"email": RIGHT})
    said_of_invitation = [one for one in said(done) if "invitation" in one[0]]
    assert said_of_invitation == [("No invitation has been sent to this address.", "resend")]
    assert {"invitation", "sent_count"}.isdisjoint(done.changes)
    assert ("invitation", RIGHT) not in letters(store)
    undone = acting.undo(owner)
    assert ("No invitation has been sent to this address.", "resend") in [
        (one.sentence, one.next) for one in undone.consequences
    ]
    acts.edit(owner, user.id, {"email": RIGHT})
    acts.do(owner, "resend", user.id)
    assert letters(store)[-1] == ("invitation", RIGHT)


def test_an_expired_invitation_is_sent_to_the_corrected_address(
    store: Store, owner: Session, max_: User, clock: FakeClock
) -> None:
    clock.forward(days=60)
    owner.proof.at = store.now()
    done = acts.edit(session_of(store, users.read.load(store, [owner.user or 0])[0]), max_.id,
                     {"email": RIGHT})  # fmt: skip
    assert done.changes["sent_count"] == (1, 2)
    assert letters(store)[-1] == ("invitation", RIGHT)


def test_the_invitation_is_named_by_the_address_it_was_sent_to(
    store: Store, owner: Session, max_: User
) -> None:
    delivery.deliver(store)
    acts.edit(owner, max_.id, {"email": WRONG.upper()})
    done = acts.edit(owner, max_.id, {"email": RIGHT})
    assert said(done)[-1] == (
        f"The invitation to {WRONG} no longer works. A new one is queued to {RIGHT}.", "",
    )  # fmt: skip


def test_an_import_that_corrects_addresses_takes_the_invitations_along(
    store: Store, owner: Session, make_user: MakeUser, tmp_path: Path
) -> None:
    make_user(first_name="Max", last_name="Nash", email=WRONG, login="max")
    file = tmp_path / "people.csv"
    file.write_text(f"login,email\nmax,{RIGHT}\n", encoding="utf-8")
    assert import_people(owner, file, Options(update=True)).updated == 1
    assert letters(store) == [("invitation", RIGHT)]
    assert import_people(owner, file, Options(update=True)).unchanged == 1


def test_an_import_without_logins_takes_the_login_along(
    owner: Session, max_: User, tmp_path: Path
) -> None:
    """A login in the row is used. Without one, the login follows the address."""
    file = tmp_path / "people.csv"
    file.write_text(f"login,email\n{WRONG},{RIGHT}\n", encoding="utf-8")
    assert import_people(owner, file, Options(update=True)).updated == 1
    assert users.show(owner, max_.id).login == WRONG


@pytest.mark.parametrize("verb", ["set_password", "rename", "block", "deactivate"])
def test_what_else_ends_an_invitation_says_so(
    store: Store, owner: Session, max_: User, verb: str
) -> None:
    if verb == "set_password":
        users.set_password(owner, max_.id, PASSWORD)
    elif verb == "rename":
        users.rename(owner, max_.id, "max", PASSWORD)
    else:
        acts.do(owner, verb, max_.id)
    entry = audit.history(owner, max_.id)[0]
    assert (entry.verb, entry.changes["invitation"]) == (verb, ("open", "ended"))


def test_who_is_unblocked_is_offered_a_new_invitation(owner: Session, max_: User) -> None:
    acts.do(owner, "block", max_.id)
    assert said(acts.do(owner, "unblock", max_.id)) == [("The invitation has ended.", "resend")]


def test_an_edit_of_anything_else_ends_nothing(store: Store, owner: Session, max_: User) -> None:
    before = letters(store)
    done = acts.edit(owner, max_.id, {"position": "Chief", "phone": "+380671234567"})
    assert (said(done), letters(store)) == ([], before)
    assert done.changes.keys() == {"position", "phone"}


def test_an_import_counts_new_addresses_before_and_after(
    owner: Session, make_user: MakeUser, tmp_path: Path
) -> None:
    """DESIGN 3.5: the preview says what an import ends, and another spelling ends nothing."""
    make_user(login="maria", email="maria@acme.com.ua")
    make_user(login="rui", email="rui@acme.com.ua")
    file = tmp_path / "people.csv"
    file.write_text("login,email\nmaria,maria.silva@acme.com.ua\nrui,Rui@Acme.com.ua\n", "utf-8")
    update = Options(update=True)
    assert plan(owner, file, update).readdressed == 1
    assert import_people(owner, file, update).readdressed == 1
    assert import_people(owner, file, update).readdressed == 0
