"""What one's own mail bears, and writing to people with it (S4, DESIGN 3.9)."""

from collections.abc import Callable

import pytest

from store import audit, signin, users
from store.access import overrides
from store.database import Store
from store.errors import Invalid, NotAllowed, Refused
from store.mail import own_settings, writing
from store.models import LetterRow, MailSettingsRow
from store.session import Session, operator_session
from store.values import Origin, OwnMail, User
from tests.conftest import session_of
from tests.store.standing import activate, made
from tests.store.test_storing import code_of_letter

MakeUser = Callable[..., User]

OWN = OwnMail("Olga of Acme", "sales@acme.com.ua", "Olga Bakum\nAcme, Kyiv")


def confirm(session: Session) -> Session:
    """Whoever acts has confirmed their address."""
    signin.send_confirmation(session, session.user or 0)
    signin.confirm_email(session.store, code_of_letter(session.store, "confirmation"), Origin())
    return session


@pytest.fixture
def olga(owner: Session) -> Session:
    return confirm(owner)


def written(store: Store) -> list[LetterRow]:
    with store.read():
        return list(LetterRow.select().where(LetterRow.kind == "message").order_by(LetterRow.id))


def problems_of(call: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        call()
    return [(problem.field, problem.code) for problem in refused.value.problems]


def test_both_are_closed_until_ones_address_is_confirmed_with_the_reason_and_the_way(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    """S4: settings cannot be saved and mail cannot be sent; looking is free."""
    someone = make_user()
    assert own_settings.show(owner) == OwnMail()
    for call in (
        lambda: own_settings.change(owner, OWN),
        lambda: writing.write(owner, [someone.id], "Hello", "How are you?"),
    ):
        with pytest.raises(Refused, match="usher users send-confirmation 1") as refused:
            call()
        assert refused.value.name == "address_unconfirmed"
    confirm(owner)
    own_settings.change(owner, OWN)
    assert own_settings.show(owner) == OWN
    assert writing.write(owner, [someone.id], "Hello", "How are you?").done == 1
    users.edit(owner, "olga", {"email": "olga@new.ua"})
    with pytest.raises(Refused):
        own_settings.change(owner, OwnMail())
    users.edit(owner, "olga", {"email": ""})
    with pytest.raises(Refused, match="no email address"):
        own_settings.change(owner, OwnMail())


def test_a_standard_user_has_mail_settings_too_and_the_host_has_none(
    store: Store, olga: Session, make_user: MakeUser
) -> None:
    user = activate(olga, make_user(login="ana"))
    ana = confirm(session_of(store, user))
    own_settings.change(ana, OwnMail("Ana"))
    assert (own_settings.show(ana), own_settings.show(olga)) == (OwnMail("Ana"), OwnMail())
    with pytest.raises(NotAllowed, match="Only an admin"):
        writing.write(ana, [user.id], "Hello", "How are you?")
    with pytest.raises(NotAllowed, match="--as LOGIN"):
        own_settings.show(operator_session(store))


def test_what_is_saved_stands_in_the_history_and_can_be_typed(store: Store, olga: Session) -> None:
    own_settings.change(olga, OWN)
    entry = audit.history(olga, olga.user)[0]
    assert (entry.verb, entry.changes["reply_to"]) == (
        "change_mail_settings",
        ("", "sales@acme.com.ua"),
    )
    assert entry.command == (
        "usher mail settings --sender-name 'Olga of Acme' --reply-to sales@acme.com.ua"
        " --signature 'Olga Bakum\nAcme, Kyiv'"
    )
    own_settings.change(olga, OWN)
    assert audit.history(olga, olga.user)[0].seq == entry.seq, "what stays is no change"
    with store.read():
        assert MailSettingsRow.select().count() == 1


@pytest.mark.parametrize(
    ("own", "problem"),
    [
        (OwnMail("Olga\r\nBcc: x@y.ua"), ("sender_name", "control_characters")),
        (OwnMail("O" * 101), ("sender_name", "too_long")),
        (OwnMail(reply_to="olga@@acme"), ("reply_to", "email_invalid")),
        (OwnMail(reply_to="a@b.ua\nBcc: x@y.ua"), ("reply_to", "control_characters")),
        (OwnMail(signature="\x1b[2J"), ("signature", "control_characters")),
        (OwnMail(signature="S" * 1001), ("signature", "too_long")),
        (OwnMail(signature="S\n" * 12 + "S"), ("signature", "too_long")),
    ],
)
def test_what_could_steer_a_header_or_a_terminal_is_refused(
    olga: Session, own: OwnMail, problem: tuple[str, str]
) -> None:
    """CHECKLIST J67: one line for names, a real address, a signature of a few lines."""
    assert problems_of(lambda: own_settings.change(olga, own)) == [problem]


def test_only_people_with_an_address_who_may_come_in_are_written_to(
    store: Store, olga: Session, make_user: MakeUser
) -> None:
    """S4: one or the marked; the ledger tells of the others."""
    here, never = activate(olga, make_user()), make_user()
    gone, out = made(olga, make_user, "inactive"), made(olga, make_user, "blocked")
    silent = make_user("handed over in person", email="", login="rui")
    whom: list[int | str] = [here.id, never.id, gone.id, out.id, silent.id, 4711, "olga"]
    rehearsed = writing.write(olga, whom, "Hello", "How are you?", rehearsal=True)
    assert written(store) == []
    outcomes = writing.write(olga, whom, "Hello", "How are you?")
    assert [one.outcome for one in outcomes] == [one.outcome for one in rehearsed]
    assert [one.outcome for one in outcomes] == [
        "queued", "queued", "wrong_status", "wrong_status", "no_email", "not_found", "queued",
    ]  # fmt: skip
    assert [letter.address for letter in written(store)] == [
        here.email, never.email, "olga@acme.com.ua",
    ]  # fmt: skip
    letter = written(store)[0]
    assert (letter.subject, letter.body) == ("Hello", "How are you?")
    with store.read():
        assert letter.sender and letter.sender.id == olga.user
    entry = audit.history(olga, here.id)[0]
    assert (entry.verb, entry.changes) == ("write", {"subject": (None, "Hello")})
    assert entry.command == f"usher mail send {here.id} --subject Hello"


def test_an_admin_who_was_denied_it_writes_to_nobody_and_one_who_was_not_to_the_owner(
    store: Store, olga: Session, make_user: MakeUser
) -> None:
    admin = confirm(session_of(store, activate(olga, make_user(admin=True, role="", teams=()))))
    assert writing.write(admin, ["olga"], "Hello", "How are you?").done == 1

    overrides.deny(olga, admin.user or 0, ["users.mail"])
    with pytest.raises(NotAllowed, match=r"users\.mail"):
        writing.write(admin, ["olga"], "Hello", "How are you?")


def test_a_message_has_a_subject_a_text_and_limits(olga: Session) -> None:
    """200 and 20 000 characters, 2 000 people."""
    many = writing.RECIPIENTS_MAX + 1
    assert problems_of(lambda: writing.write(olga, ["olga"], " ", " \n ")) == [
        ("subject", "required"), ("body", "required"),
    ]  # fmt: skip
    assert problems_of(lambda: writing.write(olga, ["olga"], "S" * 201, "b" * 20_001)) == [
        ("subject", "too_long"), ("body", "too_long"),
    ]  # fmt: skip
    assert problems_of(lambda: writing.write(olga, ["olga"], "a\nBcc: x@y.ua", "\x1b[2J")) == [
        ("subject", "control_characters"), ("body", "control_characters"),
    ]  # fmt: skip
    with pytest.raises(Refused) as refused:
        writing.write(olga, range(1, many + 1), "Hello", "How are you?")
    assert refused.value.name == "too_many_people"
    assert writing.write(olga, ["olga"], "Grüße", "Line one\r\n\tline two  \r\n").done == 1
    (letter,) = written(olga.store)
    assert letter.body == "Line one\n\tline two"
