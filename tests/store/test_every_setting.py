"""Each setting changes what it says: one case a setting, seen before and after it is set."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from store import access, settings, signin, users
from store.database import Store
from store.errors import Invalid, NotAllowed, SessionEnded, SignInRefused, UsherError
from store.invitations.addresses import Asked
from store.invitations.sending import send
from store.mail import transports
from store.mail.composing import House, compose
from store.mail.delivery import deliver
from store.models import CodeRow, LetterRow, UserRow
from store.ownership.absence import cancel, declare_absent
from store.records import holdings
from store.session import Session, operator_session
from store.upkeep import maintain
from store.values import Door, Origin, User
from tests.conftest import FakeClock, session_of
from tests.public_keys import ED25519

GIVEN = "a password from an admin"
OWN = "a lantern over the harbour"
_numbers = count(1)


@dataclass(frozen=True)
class World:
    """An account, and all with which one looks at it."""

    store: Store
    owner: Session
    make_user: Callable[..., User]
    clock: FakeClock

    def someone(self, password: str | None = GIVEN, **fields: Any) -> User:
        login = f"someone{next(_numbers)}"
        return self.make_user(password, login=login, email=f"{login}@acme.com.ua", **fields)

    def of_ones_own(self) -> User:
        """Somebody active with a password of their own, `OWN`, chosen just now."""
        user = self.someone()
        signin.change_password(self.enter(user).session, GIVEN, OWN)
        return users.show(self.owner, user.id)

    def enter(
        self, user: User, password: str = GIVEN, address: str = "", door: Door = Door.USHER
    ) -> signin.SignedIn:
        return signin.sign_in(self.store, user.login, password, door, Origin("root", address))

    def comes_in(self, user: User, password: str = GIVEN, address: str = "") -> bool:
        try:
            self.enter(user, password, address)
        except SignInRefused:
            return False
        return True

    def wrong(self, user: User, times: int, address: str = "") -> None:
        for _time in range(times):
            assert not self.comes_in(user, "wrong", address)

    def refused(self, call: Callable[[], object]) -> str:
        """The code of the refusal, or nothing."""
        try:
            call()
        except Invalid as error:
            return error.problems[0].code
        except UsherError as error:
            return error.name
        return ""


def attempts(world: World) -> object:
    user = world.someone()
    world.wrong(user, 4)
    return world.comes_in(user)


def idle(world: World) -> object:
    user = world.of_ones_own()
    world.clock.forward(days=60)
    return world.comes_in(user, OWN)


def timed(*minutes: int) -> Callable[[World], object]:
    """Whether the owner's lock has run out, after so many minutes for each round."""

    def seen(world: World) -> object:
        olga = users.show(world.owner, "olga")
        locked = []
        for wait in minutes:
            world.wrong(olga, 6)
            world.clock.forward(minutes=wait)
            locked.append("passwords" in users.show(world.owner, "olga").locks)
            world.clock.forward(days=8)
        with world.store.write(world.owner):
            UserRow.update(attempts=0, locked_at=None, lock_rounds=0).execute()
        return locked

    return seen


def source_attempts(world: World) -> object:
    address = f"198.51.100.{next(_numbers)}"
    world.wrong(replace(world.someone(), login="nobody at all"), 12, address)
    return world.comes_in(world.someone(), GIVEN, address)


def source_minutes(world: World) -> object:
    address = f"198.51.100.{next(_numbers)}"
    world.wrong(replace(world.someone(), login="nobody at all"), 100, address)
    world.clock.forward(minutes=20)
    return world.comes_in(world.someone(), GIVEN, address)


def history(world: World) -> object:
    user = world.of_ones_own()
    session = world.enter(user, OWN).session
    signin.change_password(session, OWN, "another lantern over there")
    return world.refused(lambda: signin.change_password(session, "another lantern over there", OWN))


def min_length(world: World) -> object:
    return world.refused(lambda: world.someone("thirteen nice"))


def max_age(world: World) -> object:
    user = world.of_ones_own()
    world.clock.forward(days=40)
    return world.enter(user, OWN).must_change_password


def temporary(world: World) -> object:
    user = world.someone()
    world.clock.forward(hours=50)
    return world.comes_in(user)


def remind(world: World) -> object:
    user = world.of_ones_own()
    world.clock.forward(days=120 - 29.5)
    maintain.maintain(world.store)
    with world.store.read():
        return (
            LetterRow.select()
            .where(LetterRow.user == user.id, LetterRow.kind == "password_expires")
            .count()
        )


def code_of(world: World, user: User, purpose: str) -> timedelta:
    with world.store.read():
        row = CodeRow.get(CodeRow.user == user.id, CodeRow.purpose == purpose)
        return row.expires - row.created


def invitation(world: World) -> object:
    return code_of(world, world.someone(None), "invitation")


def confirmation(world: World) -> object:
    user = world.someone(None)
    signin.send_confirmation(world.owner, user.id)
    return code_of(world, user, "confirmation")


def credentials(world: World) -> object:
    user = world.someone(None)
    with world.store.read():
        return [row.kind for row in LetterRow.select().where(LetterRow.user == user.id)]


def reset(world: World) -> object:
    user = world.of_ones_own()
    signin.forgot(world.store, user.email, Origin())
    return code_of(world, user, "reset")


def resets(world: World) -> object:
    user = world.of_ones_own()
    for _time in range(4):
        signin.forgot(world.store, user.email, Origin())
    with world.store.read():
        return (
            LetterRow.select().where(LetterRow.user == user.id, LetterRow.kind == "reset").count()
        )


def absolute(world: World) -> object:
    session = world.enter(world.of_ones_own(), OWN).session
    world.clock.forward(hours=3)
    try:
        return bool(access.actor_of(session))
    except SessionEnded as ended:
        return str(ended.data["why"])


def required(world: World) -> object:
    return world.refused(lambda: world.someone(position=""))


def self_edit(world: World) -> object:
    session = session_of(world.store, world.someone())
    try:
        users.edit(session, session.user or 0, {"position": "Head"})
    except NotAllowed:
        return False
    return True


def key_is_enough(world: World) -> object:
    from store import keys

    user = world.of_ones_own()
    now = session_of(world.store, users.show(world.owner, "olga"))
    key = keys.add(now, user.id, ED25519.line)
    origin = Origin("root", "203.0.113.9", key=key.fingerprint)
    try:
        signin.sign_in_by_key(world.store, Door.USHER, origin)
    except SignInRefused:
        return False
    finally:
        keys.remove(now, key.fingerprint)
    return True


def kept(world: World) -> object:
    """Whether a letter that was sent 40 days ago is still in the outbox."""
    world.someone(None)
    deliver(world.store)
    world.clock.forward(days=40)
    return not maintain.maintain(world.store).letters


def from_where(world: World) -> object:
    return House.of(world.store).address.partition("@")[0]


def links(world: World) -> object:
    """Whether the newest letter has a link."""
    world.someone(None)
    with world.store.read():
        row = LetterRow.select().order_by(LetterRow.id.desc()).get()
    assert isinstance(row, LetterRow)
    text = compose(world.store, row, House.of(world.store)).message.get_content()
    return "https://crm.example/join" in text


def goes(world: World) -> object:
    return transports.chosen(settings.load(world.store))


def invited(*batches: int) -> Callable[[World], object]:
    """How many of each batch are invited."""

    def seen(world: World) -> object:
        now = session_of(world.store, users.show(world.owner, "olga"))
        found = []
        for number in batches:
            asked = [Asked(f"invited{next(_numbers)}@acme.com.ua") for _one in range(number)]
            found.append(send(now, asked).invited)
        world.clock.forward(days=2)
        return found

    return seen


def current(name: str) -> Callable[[World], object]:
    """What those who look at nothing but the setting are told: the screens."""
    return lambda world: str(getattr(settings.load(world.store), name))


def claimable(world: World) -> object:
    """How long an owner who was declared absent has to say that they are not."""
    begun = world.store.now()
    absence = declare_absent(operator_session(world.store).because("moved away")).absence
    cancel(world.owner)
    return absence.claimable - begun if absence else None


def declared(world: World) -> object:
    """What somebody owns, who has a row in a table of the platform."""
    with world.store.write(world.owner):
        world.store.sql(
            "CREATE TABLE IF NOT EXISTS deals (no INTEGER PRIMARY KEY, of INTEGER, name TEXT)"
        )
        world.store.sql("DELETE FROM deals")
        world.store.sql("INSERT INTO deals (no, of, name) VALUES (1, ?, 'One')", world.owner.user)
    return holdings.number_of(world.store, world.owner.user or 0)


LINK = "https://crm.example/join?code={code}"
CASES: dict[str, tuple[str, Callable[[World], object], object, object]] = {
    "code.confirmation_days": ("3", confirmation, timedelta(days=7), timedelta(days=3)),
    "code.invitation_days": ("3", invitation, timedelta(days=7), timedelta(days=3)),
    "code.reset_minutes": ("10", reset, timedelta(hours=1), timedelta(minutes=10)),
    "code.resets_a_day": ("2", resets, 4, 2),
    "links.template": (LINK, links, False, True),
    "mail.credentials": ("temporary_password", credentials, ["invitation"], ["created"]),
    "mail.from": ("crm@acme.com.ua", from_where, "usher", "crm"),
    "mail.keep_days": ("30", kept, True, False),
    "mail.smtp_host": ("mail.acme.com.ua", goes, "maildir", "smtp"),
    "mail.smtp_port": ("25", current("mail_smtp_port"), "587", "25"),
    "mail.smtp_security": ("tls", current("mail_smtp_security"), "starttls", "tls"),
    "mail.smtp_user": ("usher", current("mail_smtp_user"), "", "usher"),
    "mail.transport": ("sendmail", goes, "maildir", "sendmail"),
    "display.time_zone": ("Europe/Kyiv", current("time_zone"), "UTC", "Europe/Kyiv"),
    "invitations.batch": ("2", invited(3, 3), [3, 3], [2, 2]),
    "invitations.a_day": ("4", invited(3, 3), [3, 3], [3, 1]),
    "lockout.attempts": ("3", attempts, True, False),
    "lockout.idle_days": ("30", idle, True, False),
    "lockout.timed_minutes": ("60", timed(20), [False], [True]),
    "lockout.timed_most_hours": ("1", timed(*[100] * 4), [False] * 3 + [True], [False] * 4),
    "lockout.source_attempts": ("10", source_attempts, True, False),
    "lockout.source_minutes": ("60", source_minutes, True, False),
    "ownership.claim_delay_hours": ("24", claimable, timedelta(hours=72), timedelta(hours=24)),
    "password.history": ("0", history, "password_reused", ""),
    "password.min_length": ("15", min_length, "", "password_short"),
    "password.max_age_days": ("30", max_age, False, True),
    "password.temporary_hours": ("48", temporary, True, False),
    "password.remind_days": ("30", remind, 0, 1),
    "records.tables": (
        '[{"kind": "deal", "table": "deals", "owner": "of", "title": "name"}]', declared, {},
        {"deal": 1},
    ),
    "session.idle_minutes": ("5", current("session_idle"), "0:15:00", "0:05:00"),
    "session.absolute_hours": ("2", absolute, True, "limit"),
    "users.required": ("first_name position", required, "", "required"),
    "profile.self_edit": ("position", self_edit, False, True),
    "ssh.key_is_enough": ("yes", key_is_enough, False, True),
}  # fmt: skip
"""Key, another value, what is looked at, how it is by default, and how it is with that value.

That screens lock and write times by what `current` says is tested in tests/tui.
"""


@pytest.mark.parametrize("key", CASES)
def test_a_setting_changes_what_it_says(
    store: Store,
    owner: Session,
    make_user: Callable[..., User],
    clock: FakeClock,
    key: str,
) -> None:
    value, seen, before, after = CASES[key]
    world = World(store, owner, make_user, clock)
    settings.change(owner, "display.time_zone", "UTC")
    assert seen(world) == before
    now = session_of(store, users.show(owner, "olga"))
    settings.change(now, key, value)
    assert seen(world) == after


def test_every_setting_has_its_case() -> None:
    """Whoever adds a setting adds the case that proves it."""
    assert sorted(CASES) == sorted(settings.names())
