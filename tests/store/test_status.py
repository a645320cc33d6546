"""The verbs of status by the table of DESIGN 3.1: each of its cells is a test, on both engines."""

from datetime import timedelta

import pytest

from store import access, audit, codes, keys, listing, signin, users
from store.database import Store
from store.errors import NotAllowed, NotFound, PasswordNeeded, Refused, SessionEnded, UsherError
from store.models import CodeRow, LetterRow, SessionRow, UserRow
from store.session import Proof, Session, operator_session
from store.users.acts import VERBS
from store.values import Door, Filters, Origin, Status, status_word
from tests.conftest import NOON, PASSWORD, FakeClock, session_of
from tests.public_keys import ED25519
from tests.store.standing import MakeUser, activate, made

GIVEN = "seven quiet herons at dawn"
OWN = "a lantern over the harbour"
STANDINGS = ("pending", "active", "blocked", "blocked, never active", "inactive",
             "inactive, never active", "removed")  # fmt: skip

LEADS: dict[str, dict[str, str]] = {
    "block": {"pending": "blocked", "active": "blocked"},
    "unblock": {"blocked": "active", "blocked, never active": "pending"},
    "deactivate": {
        "pending": "inactive",
        "active": "inactive",
        "blocked": "inactive",
        "blocked, never active": "inactive",
    },
    "restore": {"inactive": "active", "inactive, never active": "pending"},
    "remove": dict.fromkeys(STANDINGS[:-1], "removed"),
    "release": {"inactive": "inactive", "inactive, never active": "inactive"},
}
"""Where each verb leads; from anywhere else it is refused (DESIGN 3.1)."""


def status_of(store: Store, number: int) -> str:
    with store.read():
        return str(store.sql("SELECT status FROM usher_user WHERE id = ?", number)[0][0])


@pytest.mark.parametrize("standing", STANDINGS)
@pytest.mark.parametrize("verb", LEADS)
def test_each_verb_leads_where_the_table_says_and_nowhere_else(
    store: Store, owner: Session, make_user: MakeUser, verb: str, standing: str
) -> None:
    user = made(owner, make_user, standing)
    before = status_of(store, user.id)
    if standing in LEADS[verb]:
        assert VERBS[verb](owner, user.id).status == LEADS[verb][standing]
        assert status_of(store, user.id) == LEADS[verb][standing]
        assert audit.verify(store) is None
        return
    entries = audit.count(owner)
    with pytest.raises(NotFound if standing == "removed" else Refused) as refused:
        VERBS[verb](owner, user.id)
    assert refused.value.exit_code == (5 if standing == "removed" else 3)
    assert status_of(store, user.id) == before
    assert audit.count(owner) == entries
    if standing != "removed":
        assert user.full_name in refused.value.message
        assert status_word(before) in refused.value.message


@pytest.mark.parametrize("standing", STANDINGS[:-1])
def test_confirming_moves_nobody_and_is_done_once(
    owner: Session, make_user: MakeUser, standing: str
) -> None:
    user = made(owner, make_user, standing)
    with owner.store.write(owner):
        UserRow.update(confirmed_at=None).where(UserRow.id == user.id).execute()
    confirmed = users.confirm(owner, user.id)
    assert confirmed.confirmed
    assert confirmed.status == user.status
    with pytest.raises(Refused, match="confirmed already"):
        users.confirm(owner, user.id)


@pytest.mark.parametrize("verb", [*LEADS, "confirm", "unlock"])
def test_the_owners_status_never_changes_whoever_asks(
    store: Store, owner: Session, make_user: MakeUser, verb: str
) -> None:
    """DESIGN 3.7; also not for the operator, who may do what any actor may."""
    ada = activate(owner, make_user(admin=True, role="", teams=()))
    for session in (owner, session_of(store, ada), operator_session(store).because("a test")):
        with pytest.raises(UsherError):
            VERBS[verb](session, "olga")
    assert status_of(store, owner.user or 0) == "active"
    assert users.show(owner, "olga").email == "olga@acme.com.ua"


@pytest.mark.parametrize("verb", ["remove", "release"])
def test_removing_and_releasing_ask_for_the_password_once_more(
    store: Store, owner: Session, make_user: MakeUser, verb: str
) -> None:
    """CHECKLIST E41; a rehearsal does nothing that could be dangerous."""
    user = made(owner, make_user, "inactive")
    stale = Session(store, owner.user, "olga", Door.USHER, owner.origin, proof=Proof())
    with pytest.raises(PasswordNeeded):
        VERBS[verb](stale, user.id)
    with store.rehearse(stale) as preview:
        VERBS[verb](stale, user.id)
    assert [entry.verb for entry in preview.result.entries] == [verb]
    assert status_of(store, user.id) == "inactive"


@pytest.mark.parametrize("verb", ["block", "deactivate", "remove"])
def test_whoever_is_shut_out_is_told_at_the_next_action_and_codes_die(
    store: Store, owner: Session, make_user: MakeUser, verb: str
) -> None:
    """CHECKLIST E40, D34: sessions end at once, and no code that was sent works any more."""
    user = make_user(GIVEN, login="rui", admin=True, role="", teams=())
    activate(owner, user)
    with store.write(owner):
        UserRow.update(password_temporary=False).where(UserRow.id == user.id).execute()
    inside = signin.sign_in(store, "rui", GIVEN, Door.USHER, Origin("root", "198.51.100.1")).session
    with store.write(owner) as unit:
        number = codes.mint(unit, user.id, codes.Purpose.RESET, timedelta(hours=1))
    text = codes.text_of(store, number) or ""
    done = VERBS[verb](owner.because("left the firm"), user.id)
    with pytest.raises(SessionEnded) as ended:
        users.edit(inside, "olga", {"position": "gone"})
    assert ended.value.data["why"] == {"block": "blocked", "deactivate": "deactivated"}.get(
        verb, "removed"
    )
    assert codes.whose(store, text, codes.Purpose.RESET) is None
    entry = audit.history(owner, user.id)[0]
    assert entry.reason == "left the firm"
    assert entry.changes["sessions"] == (1, 0)
    assert entry.changes["codes"] == (1, 0)
    assert entry.changes["status"] == ("active", done.status)
    assert entry.command == f"usher users {verb} {user.id}"
    with pytest.raises(UsherError):
        signin.sign_in(store, "rui", GIVEN, Door.USHER, Origin("root", "198.51.100.1"))


def test_unblock_of_somebody_who_is_only_locked_unlocks(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    """DESIGN 1; S0 calls that "Unblock user"."""
    user = activate(owner, make_user())
    with store.write(owner):
        UserRow.update(attempts=6, locked_at=NOON).where(UserRow.id == user.id).execute()
    assert users.show(owner, user.id).locks == ("passwords",)
    assert users.unblock(owner, user.id).locks == ()
    assert audit.history(owner, user.id)[0].verb == "unlock"


def test_unblocking_leaves_locks_and_the_idle_clock_untouched(
    store: Store, owner: Session, make_user: MakeUser, clock: FakeClock
) -> None:
    """DESIGN 3.1, 3.3: unblocking is no sign of life, as unlock and restore are."""
    user = made(owner, make_user, "blocked")
    with store.write(owner):
        UserRow.update(attempts=6, locked_at=NOON).where(UserRow.id == user.id).execute()
    clock.forward(days=91)
    unblocked = users.unblock(owner, user.id)
    assert unblocked.status == "active"
    assert unblocked.locks == ("passwords", "idle")


def test_whoever_is_restored_after_a_year_is_not_locked_for_being_idle(
    store: Store, owner: Session, make_user: MakeUser, clock: FakeClock
) -> None:
    """S0 (90 days) and S4 (inactive users can be re-activated): straight to the active list."""
    user = made(owner, make_user, "blocked")
    users.deactivate(owner, user.id)
    with store.write(owner):
        UserRow.update(attempts=6, locked_at=NOON).where(UserRow.id == user.id).execute()
    clock.forward(days=365)
    assert users.show(owner, user.id).locks == ("passwords", "idle")
    restored = users.restore(owner, user.id)
    assert restored.status == "active"
    assert restored.locks == ()
    entry = audit.history(owner, user.id)[0]
    assert entry.changes["locks"] == (["passwords", "idle"], [])
    assert entry.changes["block"] == (True, False)
    clock.forward(days=90)
    assert users.show(owner, user.id).locks == ()
    clock.forward(seconds=1)
    assert users.show(owner, user.id).locks == ("idle",)


def test_who_was_activated_once_stays_so(
    owner: Session, make_user: MakeUser, clock: FakeClock
) -> None:
    user = made(owner, make_user, "blocked")
    first = UserRow.get_by_id
    with owner.store.read():
        before = first(user.id).activated_at
    clock.forward(days=3)
    users.unblock(owner, user.id)
    with owner.store.read():
        assert first(user.id).activated_at == before


def test_blocked_and_inactive_stand_at_the_bottom_of_the_list_of_all(
    owner: Session, make_user: MakeUser
) -> None:
    """S2; and in their own lists, where they are found by what they are called."""
    people = [make_user(last_name=name) for name in ("Alba", "Brandão", "Castro", "Dias")]
    users.block(owner, people[0].id)
    users.deactivate(owner, people[1].id)

    def names(**filters: object) -> list[str]:
        return [row.last_name for row in listing.page(owner, Filters(**filters)).rows]  # type: ignore[arg-type]

    assert names() == ["Bakum", "Castro", "Dias", "Alba", "Brandão"]
    assert names(statuses=(Status.BLOCKED,)) == ["Alba"]
    assert names(statuses=(Status.INACTIVE,)) == ["Brandão"]
    assert names(search="alba") == ["Alba"]
    users.unblock(owner, people[0].id)
    users.restore(owner, people[1].id)
    assert names() == ["Alba", "Bakum", "Brandão", "Castro", "Dias"]
    users.remove(owner, people[2].id)
    assert names() == ["Alba", "Bakum", "Brandão", "Dias"]
    assert names(search="castro") == []


def test_what_hangs_on_somebody_is_counted_in_one_read(
    store: Store, owner: Session, make_user: MakeUser, clock: FakeClock
) -> None:
    """S2: seen before anybody is blocked."""
    user = make_user(GIVEN, login="rui", teams=("North",))
    keys.add(owner, user.id, ED25519.line)
    signin.sign_in(store, "rui", GIVEN, Door.USHER, Origin("root"))
    with store.write(owner) as unit:
        codes.mint(unit, user.id, codes.Purpose.INVITATION, timedelta(days=7))
    found = users.assigned(owner, user.id)
    assert (found.sessions, found.keys, found.teams, found.codes, found.letters) == (1, 1, 1, 1, 1)
    clock.forward(days=8)
    assert users.assigned(owner, user.id).codes == 0
    with pytest.raises(NotFound):
        users.assigned(session_of(store, make_user()), user.id)
    assert found + found == users.assigned(owner, "olga") + found + found


def test_a_released_address_is_free_and_stands_in_the_history(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    """S1: the address of somebody inactive is in the way of a new user."""
    user = made(owner, make_user, "inactive", email="ana@acme.com.ua", login="ana")
    letters = LetterRow.select().count
    with store.read():
        before = letters()
    released = users.release(owner, user.id)
    assert (released.email, released.login, released.status) == ("", "ana", "inactive")
    assert audit.history(owner, user.id)[0].changes == {"email": ("ana@acme.com.ua", "")}
    with store.read():
        assert letters() == before
    again = make_user(email="ana@acme.com.ua", login="ana.again")
    assert again.email == "ana@acme.com.ua"
    with pytest.raises(Refused, match="no email"):
        users.release(owner, user.id)


def test_a_login_that_is_the_address_is_exchanged_when_it_is_released(
    owner: Session, make_user: MakeUser
) -> None:
    """S4: one's login may be one's e-mail, which is the default, and nobody else's."""
    make_user(login="user-4")
    user = made(owner, make_user, "inactive", email="ana@acme.com.ua", login="")
    assert user.login == "ana@acme.com.ua"
    released = users.release(owner, user.id)
    assert released.login == f"user-{user.id}"
    assert make_user(email="ana@acme.com.ua", login="").login == "ana@acme.com.ua"
    assert users.restore(owner, user.id).status == "pending" or released.confirmed


def test_the_operator_always_finds_the_way_back(
    store: Store, owner: Session, make_user: MakeUser, clock: FakeClock
) -> None:
    """DESIGN 3.6, CHECKLIST B23: the owner and every admin are usable again by one command each."""
    host = operator_session(store)
    admins = {
        standing: made(owner, make_user, standing, admin=True, role="", teams=())
        for standing in ("blocked", "inactive", "active", "pending")
    }
    with store.write(owner):
        UserRow.update(attempts=6, locked_at=NOON, attempted_at=NOON).where(
            UserRow.id.in_([owner.user, admins["active"].id])
        ).execute()
        UserRow.update(confirmed_at=None).where(UserRow.id == admins["pending"].id).execute()
    ways = {
        "unlock": owner.user,
        "unblock": admins["blocked"].id,
        "restore": admins["inactive"].id,
        "confirm": admins["pending"].id,
    }
    for verb, number in ways.items():
        with pytest.raises(NotAllowed, match="--reason"):
            VERBS[verb](host, number or 0)
        VERBS[verb](host.because("locked out"), number or 0)
        entry = audit.history(owner, number)[0]
        assert (entry.verb, entry.actor, entry.reason) == (verb, host.name, "locked out")
    assert host.name.startswith("host:")
    users.unlock(host.because("locked out"), admins["active"].id)
    for number in (*ways.values(), admins["active"].id):
        user = users.show(owner, number or 0)
        assert (user.locks, user.confirmed) == ((), True) or user.status == "pending"
        assert user.status in {"active", "pending"}
    assert signin.sign_in(store, "olga", PASSWORD, Door.USHER, Origin("root")).user.owner


def test_a_rehearsal_says_what_would_end_and_ends_nothing(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    user = make_user(GIVEN, login="rui")
    signin.sign_in(store, "rui", GIVEN, Door.USHER, Origin("root"))
    with store.write(owner) as unit:
        codes.mint(unit, user.id, codes.Purpose.RESET, timedelta(hours=1))
    with store.read():
        before = CodeRow.select().where(CodeRow.ended.is_null()).count()
    with store.rehearse(owner) as preview:
        users.block(owner, user.id)
    (entry,) = preview.result.entries
    assert entry.changes == {
        "status": ("pending", "blocked"),
        "sessions": (1, 0),
        "codes": (before, 0),
    }
    with store.read():
        assert SessionRow.select().where(SessionRow.ended.is_null()).count() == 1
        assert CodeRow.select().where(CodeRow.ended.is_null()).count() == before > 0
    assert status_of(store, user.id) == "pending"
    assert access.actor_of(owner).owner
