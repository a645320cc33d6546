"""Declaring the owner absent, and every way in which that is taken back (S4, DESIGN 3.7)."""

import shlex
from datetime import timedelta
from typing import TYPE_CHECKING

from store import access, codes, settings
from store.codes import Purpose
from store.errors import CodeRefused, NotAllowed, Refused
from store.mail import outbox
from store.models import AbsenceRow
from store.ownership import standing
from store.session import visitor
from store.signin import by_code
from store.users import read
from store.values import Absence, Door, Origin, Ownership, User
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store
    from store.session import Session

KEPT = timedelta(days=365)
"""For how long the owner may still take it back by letter once the account may be claimed."""


def declare_absent(session: "Session") -> Ownership:
    """Say that the owner is absent, for the session's reason, which the owner reads in a letter.

    Once `ownership.claim_delay_hours` have gone by any admin may claim the account. The code of
    the letter takes it back, and so does a sign-in of the owner at any door.

    Raises:
        NotAllowed: the actor is no admin.
        Refused: without a reason, of oneself, or where it stands already.
    """
    store = session.store
    with store.write(session, members=True) as unit:
        access.require(session, "owner.declare_absent")
        # Held against a sign-in of the owner at the same moment.
        (owner,) = read.load(store, [standing.owner_of(store)], to_change=True)
        if owner.id == session.user:
            sentence = _(
                "You are the owner and cannot declare yourself absent. Transfer "
                "ownership: usher owner transfer WHO"
            )
            raise Refused(sentence, code="same_person")
        if not session.reason.strip():
            sentence = _("The reason is missing. The owner will read it. Add: --reason TEXT")
            raise Refused(sentence, code="reason_needed")
        stands = standing.absence(store)
        if stands:
            raise _declared_already(stands)
        delay = timedelta(hours=settings.load(store).ownership_claim_delay_hours)
        code = None
        if owner.email:
            code = codes.mint(unit, owner.id, Purpose.ABSENCE, delay + KEPT)
            outbox.queue(unit, "absence", owner.id, owner.email, owner.language, code=code)
        by_id, by_name = unit.by
        AbsenceRow.create(
            id=1,
            owner=owner.id,
            code=code,
            declared=unit.now,
            reason=session.reason.strip(),
            by_id=by_id,
            by_name=by_name,
        )
        changes = {"absent_since": (None, unit.now), "claimable": (None, unit.now + delay)}
        command = shlex.join(["usher", "owner", "declare-absent", "--reason", session.reason])
        unit.record("declare_absent", owner.id, changes, command)
        return standing.load(store, unit.now)


def cancel(session: "Session") -> Ownership:
    """Take back that the owner is absent: they themselves, whoever declared it, or the host.

    Where nothing was declared nothing is done, for their own sign-in has taken it back.

    Raises:
        NotAllowed: it was declared by somebody else.
    """
    store = session.store
    with store.write(session, members=True) as unit:
        number = standing.owner_of(store)
        actor = access.require(session, "owner.keep")
        stands = standing.absence(store)
        if stands:
            if not actor.unbounded and stands.by_id != actor.id:
                sentence = _(
                    "Only {by}, who declared the owner absent, or the owner can cancel the "
                    "declaration."
                )
                raise NotAllowed(sentence.format(by=stands.by))
            standing.came_back(unit, number)
        return standing.load(store, unit.now)


def cancel_absence(store: "Store", code: str, source: Origin) -> User:
    """Take it back by the code of the letter, as the owner. It opens no session.

    Raises:
        CodeRefused: it is no code, or it was taken back before, or somebody else owns the account
            by now; or too many wrong ones came from this source.
    """
    owner = by_code.owner_of(store, code, Purpose.ABSENCE, source)
    with store.write(visitor(store, owner.id, owner.login, Door.USHER, source)) as unit:
        if by_code.spent(unit, code, Purpose.ABSENCE, owner, source):
            standing.came_back(unit, owner.id)
            return owner
    raise CodeRefused(Purpose.ABSENCE)


def _declared_already(stands: Absence) -> Refused:
    sentence = _(
        "{by} already declared the owner absent on {day}. See when ownership can "
        "be claimed: usher owner show"
    )
    return Refused(
        sentence.format(by=stands.by, day=f"{stands.declared:%Y-%m-%d}"),
        code="declared_already",
        by=stands.by,
        declared=stands.declared,
    )
