"""An owner is declared absent, and takes it back by coming, by the letter or by a verb (3.7)."""

import pytest

from store import audit, codes, keys, settings, signin, users
from store.codes import Purpose
from store.database import Store
from store.errors import CodeRefused, NotAllowed, Refused, SignInRefused
from store.mail import letters as outbox
from store.mail.composing import House, compose
from store.models import CodeRow, LetterRow, UserRow
from store.ownership import owner as ownership
from store.ownership.absence import cancel, cancel_absence, declare_absent
from store.ownership.claiming import claim
from store.session import Session, operator_session
from store.values import Door, Origin, User
from tests.conftest import NOON, PASSWORD, FakeClock, session_of
from tests.public_keys import ED25519
from tests.store.ownership.conftest import GIVEN
from tests.store.test_storing import ORIGIN, code_of_letter, letters


def test_the_owner_reads_who_declared_it_why_until_when_and_how_to_take_it_back(
    store: Store, owner: Session, anna: Session
) -> None:
    settings.change(owner, "links.template", "https://crm.example/{purpose}?code={code}")
    found = declare_absent(anna.because("moved and changes his unit"))
    assert found.absence is not None
    assert (found.absence.by, found.absence.reason) == ("anna", "moved and changes his unit")
    assert found.claimable_from == found.absence.claimable and not found.claimable
    assert (found.absence.claimable - NOON).total_seconds() == 72 * 3600
    code = code_of_letter(store, "absence")
    with store.read():
        row = LetterRow.get(LetterRow.kind == "absence")
    text = compose(store, row, House.of(store)).message.get_content()
    for part in (
        "anna has declared that you", "moved and changes his unit", "2026-03-05 12:00 (UTC)",
        f"usher owner keep {code}", f"https://crm.example/absence?code={code}",
    ):  # fmt: skip
        assert part in text
    assert code not in str(outbox.show(anna, row.id))
    (entry,) = audit.history(owner, owner.user, 1)
    assert (entry.verb, entry.actor, entry.reason) == (
        "declare_absent", "anna", "moved and changes his unit",
    )  # fmt: skip


def test_it_needs_a_reason_and_is_said_once_of_somebody_else(
    store: Store, owner: Session, anna: Session, boris: User
) -> None:
    with pytest.raises(Refused, match="The reason is missing"):
        declare_absent(anna.because("  "))
    with pytest.raises(Refused, match="You are the owner"):
        declare_absent(owner.because("me"))
    declare_absent(anna.because("moved away"))
    with pytest.raises(
        Refused, match="anna already declared the owner absent on 2026-03-02"
    ) as refused:
        declare_absent(session_of(store, boris).because("again"))
    assert refused.value.name == "declared_already"
    assert letters(store, "absence") == ["olga@acme.com.ua"]


def test_of_an_owner_without_an_address_it_is_declared_all_the_same_and_said_so(
    store: Store, owner: Session, anna: Session
) -> None:
    with store.write(owner):
        UserRow.update(email="").where(UserRow.id == owner.user).execute()
    found = declare_absent(anna.because("moved away"))
    assert found.absence is not None and not found.absence.mailed
    assert letters(store, "absence") == []
    assert ownership.show(anna).absence == found.absence


@pytest.mark.parametrize("door", Door)
def test_a_sign_in_at_any_door_takes_it_back(
    store: Store, owner: Session, anna: Session, door: Door
) -> None:
    declare_absent(anna.because("moved away"))
    came_in = signin.sign_in(store, "olga", PASSWORD, door, ORIGIN)
    assert came_in.absence is not None and came_in.absence.by == "anna"
    assert ownership.show(anna).absence is None
    verbs = [entry.verb for entry in audit.history(owner, owner.user, 3)]
    assert verbs == ["cancel_absence", "sign_in", "declare_absent"]
    with store.read():
        assert CodeRow.get(CodeRow.purpose == Purpose.ABSENCE).how == "revoked"
    assert signin.sign_in(store, "olga", PASSWORD, door, ORIGIN).absence is None


def test_so_does_a_sign_in_by_key(store: Store, owner: Session, anna: Session) -> None:
    settings.change(owner, "ssh.key_is_enough", "yes")
    key = keys.add(owner, owner.user or 0, ED25519.line)
    declare_absent(anna.because("moved away"))
    signin.sign_in_by_key(store, Door.USHER, Origin("root", key=key.fingerprint))
    assert ownership.show(anna).absence is None


def test_a_wrong_password_or_somebody_elses_sign_in_takes_nothing_back(
    store: Store, owner: Session, anna: Session
) -> None:
    declare_absent(anna.because("moved away"))
    with pytest.raises(SignInRefused):
        signin.sign_in(store, "olga", "not the password", Door.USHER, ORIGIN)
    signin.sign_in(store, "anna", GIVEN, Door.USHER, ORIGIN)
    assert ownership.show(anna).absence is not None


def test_so_does_the_code_of_the_letter_once_and_opens_no_session(
    store: Store, owner: Session, anna: Session
) -> None:
    declare_absent(anna.because("moved away"))
    code = code_of_letter(store, "absence")
    assert signin.purpose_of(store, code, ORIGIN) is Purpose.ABSENCE
    for other in (signin.confirm_email, lambda s, c, o: signin.reset(s, c, "a b c d e f g", o)):
        with pytest.raises(CodeRefused):
            other(store, code, ORIGIN)
    assert cancel_absence(store, code.upper(), ORIGIN).login == "olga"
    assert ownership.show(anna).absence is None
    assert audit.history(owner, owner.user, 1)[0].verb == "cancel_absence"
    with store.read():
        assert store.sql("SELECT count(*) FROM usher_session") == [(0,)]
    with pytest.raises(CodeRefused, match="may be canceled already"):
        cancel_absence(store, code, ORIGIN)


def test_the_code_is_good_for_as_long_as_the_absence_stands(
    store: Store, owner: Session, anna: Session, clock: FakeClock
) -> None:
    declare_absent(anna.because("moved away"))
    code = code_of_letter(store, "absence")
    clock.forward(days=60)
    cancel_absence(store, code, ORIGIN)
    with pytest.raises(Refused, match="is not absent"):
        claim(session_of(store, users.show(anna, "anna")), "Acme")


def test_so_does_a_password_that_the_owner_chooses(
    store: Store, owner: Session, anna: Session
) -> None:
    """The code dies with the old password, as all codes do, so it has to count as coming."""
    declare_absent(anna.because("moved away"))
    signin.forgot(store, "olga@acme.com.ua", ORIGIN)
    signin.reset(store, code_of_letter(store, "reset"), "a lantern over the harbour", ORIGIN)
    assert ownership.show(anna).absence is None


def test_the_owner_the_host_and_whoever_declared_it_take_it_back_and_nobody_else(
    store: Store, owner: Session, anna: Session, boris: User
) -> None:
    for actor in (owner, anna, operator_session(store)):
        declare_absent(anna.because("moved away"))
        with pytest.raises(NotAllowed, match=r"Only anna, .* or the owner"):
            cancel(session_of(store, boris))
        assert cancel(actor).absence is None
    entries = audit.count(owner)
    assert cancel(owner).absence is None
    assert audit.count(owner) == entries


def test_what_an_address_was_told_dies_with_it(store: Store, owner: Session, anna: Session) -> None:
    declare_absent(anna.because("moved away"))
    code = code_of_letter(store, "absence")
    users.edit(owner, owner.user or 0, {"email": "olga@home.example"})
    with pytest.raises(CodeRefused):
        cancel_absence(store, code, ORIGIN)
    assert codes.whose(store, code, Purpose.ABSENCE) is None
