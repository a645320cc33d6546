"""Who was invited and has not come: the list of them (S3, DESIGN 3.5)."""

from datetime import timedelta

from store import codes, listing, users
from store.codes import Purpose
from store.database import Store
from store.invitations.addresses import addresses
from store.invitations.pending import listed
from store.invitations.resend import resend
from store.invitations.sending import send
from store.models import LetterRow
from store.session import Session
from store.values import Filters, Status
from tests.conftest import NOON, FakeClock
from tests.store.standing import MakeUser, activate
from tests.store.test_storing import code_of_letter

DAY = timedelta(days=1)


def test_the_newest_come_first_with_all_that_is_known_of_each(
    store: Store, owner: Session, clock: FakeClock
) -> None:
    send(owner, addresses("Lesia Shevchuk <lesia@acme.ua>"))
    clock.forward(days=1)
    send(owner, addresses("rui@acme.ua"))
    with store.write(owner):
        parked = {"state": "parked", "error": "550 no such user"}
        LetterRow.update(**parked).where(LetterRow.address == "rui@acme.ua").execute()
    rui, lesia = listed(owner).rows
    assert (rui.email, rui.letter, rui.error) == ("rui@acme.ua", "parked", "550 no such user")
    assert (lesia.name, lesia.login, lesia.letter) == ("Lesia Shevchuk", "lesia@acme.ua", "queued")
    assert (lesia.created, lesia.sent, lesia.expires) == (NOON, NOON, NOON + 7 * DAY)
    assert lesia.as_json() == {
        "id": lesia.user, "user": lesia.user, "email": "lesia@acme.ua", "sent_count": 1,
        "expires": "2026-03-09T12:00:00Z", "state": "open", "created": "2026-03-02T12:00:00Z",
        "sent": "2026-03-02T12:00:00Z", "letter": "queued", "error": None,
    }  # fmt: skip


def test_whoever_is_invited_again_stands_first_and_the_old_code_is_dead(
    store: Store, owner: Session, clock: FakeClock
) -> None:
    """S3: it lasts seven days anew."""
    send(owner, addresses("lesia@acme.ua rui@acme.ua"))
    old = code_of_letter(store, "invitation")
    clock.forward(days=10)
    resend(owner, "rui@acme.ua")
    rui, lesia = listed(owner).rows
    assert (rui.sent_count, rui.created, rui.sent) == (2, NOON, NOON + 10 * DAY)
    assert (rui.state, rui.expires, rui.letter) == ("open", NOON + 17 * DAY, "queued")
    assert (lesia.state, lesia.sent_count) == ("expired", 1)
    assert codes.whose(store, old, Purpose.INVITATION) is None
    new = code_of_letter(store, "invitation")
    assert codes.whose(store, new, Purpose.INVITATION) == rui.user


def test_those_of_the_last_two_days_are_marked_and_found(owner: Session, clock: FakeClock) -> None:
    send(owner, addresses("old@acme.ua"))
    clock.forward(days=2)
    send(owner, addresses("soon@acme.ua"))
    clock.forward(days=3, seconds=1)
    send(owner, addresses("new@acme.ua"))
    assert [one.soon for one in listed(owner).rows] == [False, False, True]
    (old,) = listed(owner, soon=True).rows
    assert old.email == "old@acme.ua"
    clock.forward(days=2)
    page = listed(owner, soon=True)
    assert [one.email for one in page.rows] == ["soon@acme.ua"]
    assert page.total == 1


def test_a_long_list_comes_page_by_page(owner: Session, clock: FakeClock) -> None:
    for start in range(0, 9, 3):
        send(owner, addresses(" ".join(f"a{start + one}@acme.ua" for one in range(3))))
        clock.forward(minutes=1)
    found, place = [], None
    while True:
        page = listed(owner, limit=4, after=place)
        found += [one.email for one in page.rows]
        assert page.total == 9
        place = page.following
        if place is None:
            break
    assert found == [f"a{number}@acme.ua" for number in (8, 7, 6, 5, 4, 3, 2, 1, 0)]


def test_only_those_stand_there_who_have_yet_to_come(owner: Session, make_user: MakeUser) -> None:
    """A block ends the code; unblocked they are there again, to be invited anew."""
    came, shut_out, _silent = make_user(), make_user(), make_user("given by hand", email="")
    activate(owner, came)
    users.block(owner, shut_out.id)
    assert listed(owner).total == 0
    users.unblock(owner, shut_out.id)
    (one,) = listed(owner).rows
    assert (one.user, one.state) == (shut_out.id, "ended")
    resend(owner, shut_out.id)
    assert listed(owner).rows[0].state == "open"


def test_the_list_of_the_pending_tells_their_invitations_and_no_other_list_does(
    owner: Session, make_user: MakeUser
) -> None:
    send(owner, addresses("rui@acme.ua"))
    make_user("nine wet umbrellas", email="", login="rui")
    pending = Filters(statuses=(Status.PENDING,))
    rows = {row.email: row.invitation for row in listing.page(owner, pending).rows}
    assert rows == {"": None, "rui@acme.ua": listed(owner).rows[0]}
    assert {row.invitation for row in listing.page(owner).rows} == {None}
