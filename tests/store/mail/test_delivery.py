"""Delivery: every letter leaves, none twice, and what does not leave says why (J64-J67)."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.message import EmailMessage

import pytest

from store import users
from store.database import Store
from store.errors import Refused
from store.mail import letters, outbox
from store.mail.delivery import Delivered, deliver, wait_after
from store.mail.smtp import Smtp
from store.mail.transports import UndeliveredError
from store.session import Session
from store.values import Letter, User
from tests.conftest import FakeClock
from tests.store.mail.servers import DIES, HOST, Pigeon, hostile

MakeUser = Callable[..., User]
LATER = UndeliveredError("451 4.7.1 come back later")
NO_USER = UndeliveredError("550 5.1.1 no such user", final=True)
DOWN = UndeliveredError("nobody listens", at_fault=True)


@pytest.fixture
def pigeon(store: Store) -> Pigeon:
    store.transport = pigeon = Pigeon()
    return pigeon


def only(owner: Session) -> Letter:
    (letter,) = letters.listed(owner)
    return letter


def queue(store: Store, owner: Session, number: int) -> None:
    """So many letters that need no code."""
    with store.write(owner) as unit:
        for place in range(number):
            outbox.queue(unit, "password_changed", 1, f"p{place}@acme.com.ua", "")


def test_what_is_due_is_sent_once_and_says_so(
    store: Store, owner: Session, make_user: MakeUser, pigeon: Pigeon
) -> None:
    user = make_user()
    assert only(owner).state == "queued"
    assert deliver(store) == Delivered(sent=1)
    letter = only(owner)
    assert (letter.state, letter.sent, letter.to) == ("sent", store.clock(), user.email)
    assert deliver(store) == Delivered()
    assert len(pigeon.taken) == 1


def test_what_was_rolled_back_is_never_sent(store: Store, owner: Session, pigeon: Pigeon) -> None:
    with pytest.raises(RuntimeError), store.write(owner) as unit:
        outbox.queue(unit, "password_changed", 1, "o@acme.com.ua", "")
        raise RuntimeError
    with store.rehearse(owner):
        users.edit(owner, "olga", {"email": "new@acme.com.ua"})
    assert deliver(store) == Delivered() and not pigeon.tried


def test_a_try_that_failed_is_repeated_later_and_later_up_to_six_hours() -> None:
    """Doubling from a minute, a quarter off either way (J65)."""
    waits = [wait_after(tries, 0.5) for tries in range(12)]
    assert waits[:4] == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8)]
    assert waits[-1] == waits[-2] == timedelta(hours=6)
    assert wait_after(3, 0) == timedelta(minutes=6) and wait_after(3, 1) == timedelta(minutes=10)
    assert min(wait_after(n, c) for n in range(40) for c in (0, 1)) == timedelta(minutes=1)
    assert max(wait_after(n, c) for n in range(40) for c in (0, 1)) == timedelta(hours=6)


def test_after_72_hours_of_trying_it_is_parked_with_the_last_words(
    store: Store, owner: Session, pigeon: Pigeon, clock: FakeClock
) -> None:
    """They begin with the first try: a letter that lay while nobody delivered has its time."""
    queue(store, owner, 1)
    clock.forward(days=30)
    pigeon.error = LATER
    assert deliver(store, chance=lambda: 0.5) == Delivered(later=1)
    letter = only(owner)
    assert (letter.state, letter.error, letter.tries) == ("queued", LATER.words, 1)
    assert letter.waits == clock() + timedelta(minutes=1)
    assert deliver(store) == Delivered()
    clock.forward(hours=71, minutes=59)
    assert deliver(store, chance=lambda: 0) == Delivered(later=1)
    clock.forward(minutes=2)
    assert deliver(store) == Delivered(parked=1)
    assert only(owner).state == "parked" and LATER.words in only(owner).error
    assert deliver(store) == Delivered()


def test_a_final_refusal_parks_at_once_and_the_others_go_on(
    store: Store, owner: Session, pigeon: Pigeon
) -> None:
    queue(store, owner, 3)
    pigeon.error = NO_USER
    assert deliver(store, limit=1) == Delivered(parked=1)
    pigeon.error = None
    assert deliver(store) == Delivered(sent=2)
    assert [letter.error for letter in letters.listed(owner, "parked")] == [NO_USER.words]
    assert letters.count(owner) == 3 and letters.count(owner, "sent") == 2


def test_a_server_that_is_down_is_asked_once_a_run(
    store: Store, owner: Session, pigeon: Pigeon, clock: FakeClock
) -> None:
    queue(store, owner, 3)
    pigeon.error = DOWN
    assert deliver(store) == Delivered(later=1, trouble="nobody listens")
    assert pigeon.tried == 1
    pigeon.error = None
    assert deliver(store) == Delivered(sent=2)
    clock.forward(minutes=2)
    assert deliver(store) == Delivered(sent=1)


def test_a_letter_whose_code_has_ended_is_parked_and_not_sent_again(
    store: Store, owner: Session, make_user: MakeUser, pigeon: Pigeon, clock: FakeClock
) -> None:
    make_user()
    clock.forward(days=7, seconds=1)
    assert deliver(store) == Delivered(parked=1) and not pigeon.tried
    assert "code has ended" in only(owner).error
    with pytest.raises(Refused) as refused:
        letters.resend(owner, only(owner).id)
    assert refused.value.name == "code_ended"


def test_a_letter_that_cannot_be_written_holds_up_nobody(
    store: Store, owner: Session, pigeon: Pigeon
) -> None:
    with store.write(owner) as unit:
        outbox.queue(unit, "no such kind", 1, "p@acme.com.ua", "")
        outbox.queue(unit, "password_changed", 1, "no address\r\nBcc: x@y.z", "")
    queue(store, owner, 1)
    assert deliver(store) == Delivered(sent=1, parked=2)


def test_a_parked_letter_is_sent_again_as_the_same_and_a_sent_one_as_another(
    store: Store, owner: Session, pigeon: Pigeon, clock: FakeClock
) -> None:
    queue(store, owner, 1)
    pigeon.error = NO_USER
    deliver(store)
    pigeon.error = None
    again = letters.resend(owner, only(owner).id)
    assert (again.state, again.error, again.id) == ("queued", "", only(owner).id)
    deliver(store)
    another = letters.resend(owner, again.id)
    assert another.id != again.id
    deliver(store)
    first, second = pigeon.taken
    assert first["Message-ID"] != second["Message-ID"]
    assert letters.count(owner, "sent") == 2


def test_whoever_dies_over_a_letter_loses_it_when_the_lease_runs_out(
    store: Store, owner: Session, pigeon: Pigeon, clock: FakeClock
) -> None:
    queue(store, owner, 1)

    class KilledError(BaseException):
        """The process is no more."""

    def die(*_letter: object) -> str:
        raise KilledError

    store.transport = type("Dying", (), {"send": die, "close": lambda self: None})()
    with pytest.raises(KilledError):
        deliver(store)
    store.transport = pigeon
    assert only(owner).state == "sending" and deliver(store) == Delivered()
    with pytest.raises(Refused, match="is being sent now"):
        letters.resend(owner, only(owner).id)
    clock.forward(minutes=10, seconds=1)
    assert deliver(store) == Delivered(sent=1)


def test_it_stops_between_two_letters(store: Store, owner: Session, pigeon: Pigeon) -> None:
    queue(store, owner, 3)
    assert deliver(store, stop=lambda: pigeon.tried == 2) == Delivered(sent=2)
    assert [one.state for one in letters.listed(owner)] == ["queued", "sent", "sent"]


def test_a_server_that_repeats_the_code_does_not_put_it_into_the_outbox(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    make_user()

    class Parrot(Pigeon):
        def send(self, message: EmailMessage, sender: str, recipient: str) -> str:
            self.taken.append(message)
            (code,) = [
                line.split()[2]
                for line in message.get_content().splitlines()
                if "usher accept" in line
            ]
            raise UndeliveredError(f"554 spam: {code} {code.replace('-', '')}", final=True)

    store.transport = parrot = Parrot()
    deliver(store)
    code = parrot.taken[0].get_content().split("usher accept ")[1].split()[0]
    error = only(owner).error
    assert "554 spam" in error and code not in error and code.replace("-", "") not in error


@pytest.mark.parametrize(("step", "copies"), [("rcpt", 1), ("data", 1), ("dot", 2)])
def test_a_line_that_broke_loses_nothing_and_doubles_only_behind_the_final_dot(
    store: Store, owner: Session, clock: FakeClock, step: str, copies: int
) -> None:
    """The double bears the same Message-ID (J64)."""
    queue(store, owner, 1)
    with hostile({step: DIES}) as server:
        store.transport = Smtp(HOST, server.port, "none")
        assert deliver(store).later == 1
        server.faults = {}
        clock.forward(minutes=2)
        assert deliver(store) == Delivered(sent=1)
    found = Counter(one.message["Message-ID"] for one in server.taken)
    assert list(found.values()) == [copies]


def relays(store: Store, owner: Session, number: int) -> None:
    """Eight at once: nothing lost, nothing twice (J66)."""
    queue(store, owner, number)
    store.transport = pigeon = Pigeon()
    start = threading.Barrier(8)

    def relay() -> int:
        start.wait()
        return deliver(store).sent

    with ThreadPoolExecutor(8) as pool:
        sent = [future.result() for future in [pool.submit(relay) for _relay in range(8)]]
    assert sum(sent) == number
    found = Counter(message["Message-ID"] for message in pigeon.taken)
    assert len(found) == number and set(found.values()) == {1}
    assert letters.count(owner, "sent") == number


def test_eight_relays_send_every_letter_once(store: Store, owner: Session) -> None:
    relays(store, owner, 200)


@pytest.mark.slow
def test_eight_relays_send_5000_letters_once(store: Store, owner: Session) -> None:
    relays(store, owner, 5000)


def test_old_letters_are_cleared_and_those_that_wait_are_kept(
    store: Store, owner: Session, pigeon: Pigeon, clock: FakeClock
) -> None:
    """DESIGN 3.12: kept 90 days."""
    from store.upkeep.maintain import maintain

    queue(store, owner, 1)
    deliver(store)
    queue(store, owner, 1)
    clock.forward(days=91)
    assert maintain(store).letters == 1
    assert only(owner).state == "queued"
