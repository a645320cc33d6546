"""A forgotten password: a letter with a code on request, and a new password for the code.

Whoever asks learns nothing: the answer and what is written are the same whether or not anybody has
that address (CHECKLIST C27). Asking changes nothing about a person, and no code opens a session
(D36). Verbs by which one comes in: they take the store.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from store import checks, codes, locks, settings
from store.codes import Purpose
from store.errors import CodeRefused
from store.mail import outbox
from store.models import UserRow
from store.policy import lockout
from store.session import visitor
from store.signin import by_code, storing, throttle
from store.users import read
from store.values import Door, Draft, Origin, User

if TYPE_CHECKING:
    from store.database import Store, Unit

FORGOT = "forgot"
"""What is counted of an address, in the throttle."""

REQUESTS, REQUESTS_WINDOW = 20, timedelta(hours=1)
"""So many requests from one address are looked at in this time (CHECKLIST C28)."""
A_DAY = timedelta(days=1)

WRITES_OF_A_LETTER = 4
"""A code is made by three statements, and its letter by one."""

MAY_ASK = by_code.MAY_USE[Purpose.RESET]


def forgot(store: "Store", address: str, source: Origin) -> None:
    """Queue a letter with a code to whoever has this e-mail address, if they may have one.

    Nothing comes back, and nothing tells whether there was anybody: no account is touched, and
    what is too much for a person or from a source is absorbed (CHECKLIST C27, C28).
    """
    newcomer = visitor(store, None, "", Door.USHER, source)
    with store.write(newcomer) as unit:
        if throttle.add(unit, FORGOT, source.address, REQUESTS_WINDOW) > REQUESTS:
            return
        number = read.by_identifier(store, address)
        if not _send(unit, number, address):
            # As much is written where no letter is, so that neither answer is the quicker one.
            for _write in range(WRITES_OF_A_LETTER):
                throttle.spend(unit)
        unit.record("forgot_password", number)


def reset(store: "Store", code: str, password: str, source: Origin) -> User:
    """Store a new password of their own for whoever was sent this code, and use the code up.

    The code proves the mailbox: it confirms user and address, makes a pending user active, and
    lifts the lock for wrong passwords, but neither the one for being away nor a block (DESIGN
    3.3). Every session ends, none begins, and a letter says what happened.

    Raises:
        CodeRefused: it is no code, or one that has been used, renewed, revoked or has expired;
            or too many wrong ones came from this source.
        Invalid: the password cannot be taken; the code is still good.
    """
    user = by_code.owner_of(store, code, Purpose.RESET, source)
    prepared = storing.prepare(store, user.id, password, Draft.of(user))
    newcomer = visitor(store, user.id, user.login, Door.USHER, source)
    with store.write(newcomer) as unit:
        if by_code.spent(unit, code, Purpose.RESET, user, source):
            (user,) = read.load(store, [user.id], to_change=True)
            away_since = UserRow.get_by_id(user.id).idle_from
            changed = storing.put(unit, user, prepared, temporary=False)
            locks.lift(unit, user.id, idle=False)
            by_code.prove_mailbox(unit, user)
            if lockout.Kind.IDLE in user.locks:
                # Becoming active would begin this clock anew, and that is an admin's to do.
                UserRow.update(idle_from=away_since).where(UserRow.id == user.id).execute()
            outbox.queue(unit, "password_changed", user.id, user.email, user.language)
            unit.record("reset_password", user.id, changed)
            return read.load(store, [user.id])[0]
    raise CodeRefused(Purpose.RESET)


def _send(unit: "Unit", number: int | None, address: str) -> bool:
    """Queue the letter, unless nobody is there, they may not come in, or had enough of them."""
    store, current = unit.session.store, settings.load(unit.session.store)
    people = read.load(store, [number or 0])
    lately = codes.count_since(unit, number or 0, Purpose.RESET, unit.now - A_DAY)
    if not people or people[0].status not in MAY_ASK or lately >= current.code_resets_a_day:
        return False
    user = people[0]
    if not user.email or not checks.same_email(user.email, address):
        return False
    lasts = timedelta(minutes=current.code_reset_minutes)
    number = codes.mint(unit, user.id, Purpose.RESET, lasts)
    outbox.queue(unit, "reset", user.id, user.email, user.language, code=number)
    return True
