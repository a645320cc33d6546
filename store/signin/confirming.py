"""Confirming an address: a code from that mailbox is redeemed (S4, DESIGN 3.9).

Once per address, and it never stops anybody from signing in: only mail that bears their name waits
for it.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from store import access, codes, confirmed, settings
from store.codes import Purpose
from store.errors import CodeRefused, Refused
from store.mail import outbox
from store.models import UserRow
from store.policy import transitions
from store.session import visitor
from store.signin import by_code
from store.users import read
from store.values import Door, Origin, User
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store
    from store.session import Session

A_DAY, MOST_A_DAY = timedelta(hours=24), 5
"""So many of these letters one person gets in that time, whoever asks (as CHECKLIST C28)."""


def send_confirmation(session: "Session", who: int | str) -> User:
    """Queue the letter whose code confirms a person's address; the code before it dies.

    Admins send it to others, and everybody to themselves.

    Raises:
        Impossible: there is no address, it is confirmed already, or they may not come in.
        NotAllowed: the actor may not confirm this person.
        NotFound: nobody, or nobody whom the actor may see.
        Refused: they got enough of these letters today.
    """
    store = session.store
    with store.write(session) as unit:
        user = read.show(session, who, to_change=True)
        right = transitions.right_of("send_confirmation", own=user.id == session.user)
        access.require(session, right, read.subject_of(user))
        transitions.check("send_confirmation", user)
        if codes.count_since(unit, user.id, Purpose.CONFIRMATION, unit.now - A_DAY) >= MOST_A_DAY:
            sentence = _(
                "{name} has received {n} confirmation emails today, which is the limit. "
                "Try again tomorrow."
            )
            raise Refused(
                sentence.format(name=user.full_name, n=MOST_A_DAY), code="letters_too_many"
            )
        lasts = timedelta(days=settings.load(store).code_confirmation_days)
        code = codes.mint(unit, user.id, Purpose.CONFIRMATION, lasts)
        outbox.queue(unit, "confirmation", user.id, user.email, user.language, code=code)
        unit.record("send_confirmation", user.id, {}, f"usher users send-confirmation {user.id}")
        return user


def confirm_email(store: "Store", code: str, source: Origin) -> User:
    """Confirm the address to which this code was sent, and use the code up.

    It opens no session. A code dies with its address, so none confirms another one.

    Raises:
        CodeRefused: it is no code, or one that has been used, renewed, revoked or has expired;
            or too many wrong ones came from this source.
    """
    user = by_code.owner_of(store, code, Purpose.CONFIRMATION, source)
    with store.write(visitor(store, user.id, user.login, Door.USHER, source)) as unit:
        if by_code.spent(unit, code, Purpose.CONFIRMATION, user, source):
            confirmed.confirm(unit, user.id)
            UserRow.update(version=UserRow.version + 1).where(UserRow.id == user.id).execute()
            changes = {"email_confirmed": (user.email_confirmed, True)}
            unit.record("confirm_email", user.id, changes)
            return read.load(store, [user.id])[0]
    raise CodeRefused(Purpose.CONFIRMATION)
