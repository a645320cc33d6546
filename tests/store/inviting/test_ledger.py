"""What becomes of each address, before and after it is sent (S3, DESIGN 3.5)."""

from collections.abc import Sequence
from time import perf_counter

import pytest

from store import audit, settings, sub_accounts, teams, users
from store.access import explaining, overrides
from store.access.holding import overrides_of
from store.database import Store
from store.errors import Invalid, NotAllowed, PasswordNeeded
from store.invitations.addresses import addresses
from store.invitations.checking import Ledger, Offer, Outcome, check
from store.invitations.resend import resend
from store.invitations.revoke import revoke
from store.invitations.sending import send
from store.models import LetterRow
from store.session import Session
from store.users import many
from store.values import Status, User
from tests.conftest import FakeClock, session_of
from tests.store.standing import MakeUser, activate, made
from tests.store.test_storing import letters

LESIA = "Lesia Shevchuk <lesia@acme.ua>"


def outcomes(ledger: Ledger) -> list[str]:
    return [str(line.outcome) for line in ledger.lines]


def numbers(ledger: Ledger) -> Sequence[int]:
    return [line.user for line in ledger.lines if line.user]


def test_every_address_has_its_line_and_its_reason(owner: Session, make_user: MakeUser) -> None:
    active = activate(owner, make_user(email="active@acme.ua"))
    blocked = made(owner, make_user, "blocked", email="blocked@acme.ua")
    gone = made(owner, make_user, "inactive", email="gone@acme.ua")
    made(owner, make_user, "removed", email="free@acme.ua")
    pending = make_user(email="pending@acme.ua")
    silent = make_user("nine wet umbrellas", email="", login="silent@acme.ua")
    asked = addresses(
        "active@acme.ua BLOCKED@acme.ua gone@ACME.ua free@acme.ua pending@acme.ua silent@acme.ua"
        " x@mailinator.com x@mail.mailinator.com two@@acme.ua new@acme.ua New@acme.UA"
        " х@yandex.ru\x00"
    )
    expected = [
        "already_user", "already_user", "inactive", "invited", "already_invited", "already_user",
        "disposable", "disposable", "malformed", "invited", "duplicate", "malformed",
    ]  # fmt: skip
    ledger = check(owner, asked)
    assert outcomes(ledger) == expected
    assert [line.asked for line in ledger.lines] == list(asked)
    assert (ledger.invited, ledger.others) == (2, 10)
    assert ledger.counts[Outcome.DISPOSABLE] == 2
    holders = [line.holder and line.holder.id for line in ledger.lines[:6]]
    assert holders == [active.id, blocked.id, gone.id, None, pending.id, silent.id]
    told = [line.message for line in ledger.lines]
    assert f"usher users restore {gone.id}" in told[2]
    assert f"usher invitations resend {pending.id}" in told[4]
    assert all(bool(line.message) is (line.outcome != "invited") for line in ledger.lines)
    assert ledger.lines[4].as_json()["holder"]["status"] == "pending"
    before = audit.count(owner)
    sent = send(owner, asked)
    assert outcomes(sent) == expected
    # Of those who are not invited nothing is written.
    assert audit.count(owner) == before + 2
    assert outcomes(check(owner, asked))[3] == "already_invited"


def test_whoever_is_invited_is_pending_with_a_letter_and_an_entry(
    store: Store, owner: Session
) -> None:
    """S3: a user with no module; the login is the address, the names those beside it."""
    (number,) = numbers(send(owner, addresses(LESIA)))
    user = users.show(owner, "lesia@acme.ua")
    assert (user.id, user.status, user.full_name) == (number, Status.PENDING, "Lesia Shevchuk")
    assert (user.login, user.role, user.teams, user.admin) == ("lesia@acme.ua", "", (), False)
    assert letters(store, "invitation") == ["lesia@acme.ua"]
    assert not overrides_of(store, number)
    (entry,) = audit.history(owner, number)
    assert (entry.verb, entry.command) == ("invite", "usher invitations send lesia@acme.ua")


def test_one_set_of_permissions_is_for_all_of_them(store: Store, owner: Session) -> None:
    """S3: a ticked module is an allow for each of its actions."""
    teams.create(owner, "North")
    sub_accounts.create(owner, "Kyiv")
    offer = Offer(
        role="support", teams=("north",), modules=("tasks", "reports"), sub_accounts=("all",)
    )
    one, other = numbers(send(owner, addresses("a@acme.ua b@acme.ua"), offer))
    for number in (one, other):
        user = users.show(owner, number)
        assert (user.role, user.teams, user.sub_accounts) == ("Support", ("North",), ("all",))
        assert len(overrides_of(store, number)) == 8
    held = {right.permission for right in explaining.show(owner, one).permissions if right.allowed}
    assert {"tasks.delete", "reports.delete", "clients.edit"} <= held
    entry = audit.history(owner, one)[0]
    assert entry.changes["tasks.delete"] == ("inherit", "allow")
    assert entry.command == (
        "usher invitations send a@acme.ua --role support --team north --module tasks"
        " --module reports --sub-account all"
    )


@pytest.mark.parametrize(
    ("offer", "codes"),
    [
        (Offer(role="Nope", teams=("Nope",)), ["role_unknown", "team_unknown"]),
        (Offer(sub_accounts=("Nope",)), ["sub_account_unknown"]),
        (Offer(modules=("nope",)), ["module_unknown"]),
        (Offer(modules=("users", "payment")), ["admin_only", "admin_only"]),
        (Offer(admin=True, modules=("tasks",)), ["module_not_needed"]),
    ],
    ids=lambda value: str(value)[:40],
)
def test_an_offer_that_cannot_be_made_is_refused_before_all_else(
    owner: Session, offer: Offer, codes: list[str]
) -> None:
    for verb in (check, send):
        with pytest.raises(Invalid) as refused:
            verb(owner, addresses("a@acme.ua"), offer)
        assert [problem.code for problem in refused.value.problems] == codes
    assert users.find(owner.store, "a@acme.ua") is None


def test_inviting_an_admin_asks_for_the_password_again(store: Store, owner: Session) -> None:
    """S3 "type Admin"; DESIGN 3.6."""
    asked, unproven = addresses(LESIA), session_of(store, users.show(owner, "olga"))
    unproven.proof.at = None
    assert send(unproven, addresses("b@acme.ua")).invited == 1
    with pytest.raises(PasswordNeeded):
        send(unproven, asked, Offer(admin=True))
    assert check(unproven, asked, Offer(admin=True)).invited == 1
    assert send(owner, asked, Offer(admin=True)).invited == 1
    assert users.show(owner, "lesia@acme.ua").admin


def test_nobody_offers_what_they_do_not_hold(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    anna = activate(owner, make_user(admin=True, role="", teams=()))
    overrides.deny(owner, anna.id, ["reports.delete"])
    session, asked = session_of(store, anna), addresses(LESIA)
    for offer in (Offer(role="Manager"), Offer(admin=True), Offer(modules=("reports",))):
        with pytest.raises(NotAllowed, match=r"reports\.delete"):
            check(session, asked, offer)
    assert check(session, asked, Offer(role="Support", modules=("tasks",))).invited == 1


def test_so_many_at_once_and_so_many_a_day(owner: Session, clock: FakeClock) -> None:
    """DESIGN 3.5: what is too much is told line by line; revoking gives nothing back."""
    settings.change(owner, "invitations.batch", "3")
    settings.change(owner, "invitations.a_day", "4")
    first = addresses(" ".join(f"a{number}@acme.ua" for number in range(5)))
    ledger = send(owner, first)
    assert outcomes(ledger) == ["invited"] * 3 + ["limit"] * 2
    assert "At most 3" in ledger.lines[3].message
    revoke(owner, numbers(ledger)[0])
    ledger = send(owner, addresses("b1@acme.ua a1@acme.ua b2@acme.ua"))
    assert outcomes(ledger) == ["invited", "already_invited", "limit"]
    assert "in 24 hours" in ledger.lines[2].message
    clock.forward(hours=24)
    assert send(owner, addresses("b2@acme.ua")).invited == 1


def test_five_hundred_are_checked_in_a_second(owner: Session) -> None:
    """Issue 7: none of it hashes anything, and the account is read once for all."""
    asked = addresses("\n".join(f"Person {n} <person{n}@firm{n}.com>" for n in range(500)))
    check(owner, asked[:1])
    begun = perf_counter()
    assert check(owner, asked).invited == 500
    assert perf_counter() - begun < 1


def test_a_rehearsal_tells_all_and_writes_nothing(store: Store, owner: Session) -> None:
    with store.rehearse(owner) as rehearsal:
        assert send(owner, addresses(f"{LESIA} b@acme.ua")).invited == 2
    assert [entry.verb for entry in rehearsal.result.entries] == ["invite"] * 2
    assert [letter.kind for letter in rehearsal.result.letters] == ["invitation"] * 2
    assert check(owner, addresses(LESIA)).invited == 1


def test_one_who_is_revoked_is_gone_but_for_the_id(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    """DESIGN 3.5: nothing of theirs is left, the history keeps the id, and the address is free."""
    (number,) = numbers(send(owner, addresses(LESIA), Offer(role="Support")))
    resend(owner, number)
    given_back = revoke(owner, number)
    assert given_back.email == "lesia@acme.ua"
    assert users.find(store, "lesia@acme.ua") is None
    with store.read():
        for table, column in (
            ("usher_user", "id"), ("usher_identifier", "user_id"), ("usher_employee", "user_id"),
            ("usher_code", "user_id"), ("usher_invitation", "user_id"), ("usher_letter", "user_id"),
        ):  # fmt: skip
            assert not store.sql(f"SELECT 1 FROM {table} WHERE {column} = ?", number), table
        assert not LetterRow.select().where(LetterRow.address == "lesia@acme.ua").exists()
    entries = audit.history(owner, number)
    assert [entry.verb for entry in entries] == ["revoke", "resend", "invite"]
    assert not entries[2].changes
    (again,) = numbers(send(owner, addresses(LESIA)))
    assert again > number


def test_a_card_that_says_something_waits_for_the_next_with_that_address(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    """S4: an employee is linked by e-mail; what the personnel know is not the invitation's."""
    user = make_user(email="lesia@acme.ua", notes="from the South")
    revoke(owner, user.id)
    (number,) = numbers(send(owner, addresses("lesia@acme.ua")))
    assert users.show(owner, number).employee.notes == "from the South"


def test_many_are_invited_again_or_revoked_and_each_has_its_line(
    owner: Session, make_user: MakeUser
) -> None:
    """Blocked ones neither; who has no address cannot be written to."""
    invited = numbers(send(owner, addresses("a@acme.ua b@acme.ua")))
    silent = make_user("handed over in person", email="")
    blocked = make_user()
    users.block(owner, blocked.id)
    active = activate(owner, make_user())
    whom = [*invited, silent.id, blocked.id, active.id, owner.user or 0]
    expected = ["resent", "resent", "no_email", "wrong_status", "wrong_status", "wrong_status"]
    assert [one.outcome for one in many.act(owner, "resend", whom)] == expected
    foreseen = many.foresee(owner, "revoke", whom)
    assert (foreseen.done, foreseen.hangs.codes) == (3, 2)
    done = many.act(owner, "revoke", whom)
    assert [one.done for one in done] == [True] * 3 + [False] * 3
    assert f"usher users unblock {blocked.id}" in done[3].message
    assert users.find(owner.store, "a@acme.ua") is None


def test_an_admin_who_has_not_come_is_invited_again_by_any_admin_and_revoked_by_the_owner(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    """DESIGN 3.6: unmaking an admin is the owner's."""
    anna = session_of(store, activate(owner, make_user(admin=True, role="", teams=())))
    (number,) = numbers(send(anna, addresses(LESIA), Offer(admin=True)))
    assert many.act(anna, "resend", [number]).done == 1
    assert [one.outcome for one in many.act(anna, "revoke", [number])] == ["not_allowed"]
    assert many.act(owner, "revoke", [number]).done == 1
    overrides.deny(owner, anna.user or 0, ["users.invite"])
    user: User = make_user()
    for verb in ("resend", "revoke"):
        assert many.act(anna, verb, [user.id]).failed == 1
    with pytest.raises(NotAllowed, match=r"users\.invite"):
        check(anna, addresses("x@acme.ua"))
