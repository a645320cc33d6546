"""Storing a password: the one place where it is written, whoever chose it and in whatever way.

What it replaces is kept as a hash, so that it does not come again (CHECKLIST A11); codes that were
mailed before die with it (D34), sessions end, and the letters about its age begin anew.
Looking back costs a verification for each former password, so it precedes the transaction, which
checks again that nobody has stored another one meanwhile (DESIGN 2).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store import codes, settings
from store.codes import Purpose
from store.errors import Conflict, Invalid, Problem
from store.models import FormerPassword, UserRow
from store.ownership import standing
from store.policy import passwords
from store.policy.passwords import Person
from store.signin import sessions
from store.users.status import set_status
from store.values import Status, User, Why
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store, Unit

Changes = dict[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Prepared:
    """The hash of a new password that may be taken, and what was looked at when it was judged."""

    user: int
    password_hash: str
    stored: str | None
    former: tuple[str, ...]


def prepare(
    store: "Store", user: int, password: str, person: Person, problems: tuple[Problem, ...] = ()
) -> Prepared:
    """Judge a new password of a user and hash it, outside of any transaction.

    `person` is what they are to be called, and `problems` what is wrong with other fields.

    Raises:
        Invalid: it breaks the policy, is the one they have, or one that they had lately.
    """
    current = settings.load(store)
    account = settings.account_name(store) or ""
    problems += passwords.problems(password, person=person, account=account, settings=current)
    if problems:
        raise Invalid(problems)
    stored, former = _known(store, user, current.password_history)
    # A rehearsal hashes nothing, and holds everybody else up.
    if not store.rehearsing:
        if stored is not None and store.verify(stored, password):
            raise _reused(_("The new password is the current one. Choose another one."))
        if any(store.verify(one, password) for one in former):
            sentence = _("The new password is one of the last {n}. Choose another one.")
            raise _reused(sentence.format(n=current.password_history))
    return Prepared(user, store.hash(password), stored, former)


def put(
    unit: "Unit",
    user: User,
    prepared: Prepared,
    *,
    temporary: bool,
    why: Why = Why.PASSWORD,
) -> Changes:
    """Write a password inside the transaction of a verb, which adds the entry and the letter.

    A `temporary` one confirms its user (DESIGN 3.4); the first one of their own makes a pending
    user active (S2). Only the session that acts goes on, if it is this user's;
    the others are told `why`. Gives back what
    changed and ended with it, for the entry.

    Raises:
        Conflict: somebody else was quicker, and nothing is written.
    """
    store, current = unit.session.store, settings.load(unit.session.store)
    if _known(store, user.id, current.password_history) != (prepared.stored, prepared.former):
        raise Conflict(
            _(
                "The password of user {id} was set by another session at the same time. Try again."
            ).format(id=user.id),
            code="password_set_meanwhile",
        )
    changes: dict[str, Any] = {
        "password_hash": prepared.password_hash,
        "password_set_at": unit.now,
        "password_temporary": temporary,
        "password_reminded": None,
    }
    if temporary and not user.confirmed:
        changes["confirmed_at"] = unit.now
    UserRow.update(**changes).where(UserRow.id == user.id).execute()
    if prepared.stored is not None:
        FormerPassword.create(user=user.id, password_hash=prepared.stored, replaced=unit.now)
    _forget(store, user.id, current.password_history)
    moved: Changes = {}
    if not temporary and user.status is Status.PENDING:
        set_status(unit, user, Status.ACTIVE)
        moved["status"] = (user.status, Status.ACTIVE)
    if not temporary:
        # Whoever chooses a password is there; the code that would have said so dies with the rest.
        standing.came_back(unit, user.id)
    own = unit.session.row if unit.session.user == user.id else None
    if temporary and codes.is_open(unit, user.id, Purpose.INVITATION):
        moved["invitation"] = ("open", "ended")
    ended = {
        "sessions": sessions.end_all(unit, user.id, why, but=own),
        "codes": codes.revoke(unit, user.id),
    }
    return moved | {name: (number, 0) for name, number in ended.items() if number}


def _reused(sentence: str) -> Invalid:
    return Invalid([Problem("password", "password_reused", sentence)])


def _known(store: "Store", user: int, history: int) -> tuple[str | None, tuple[str, ...]]:
    """The hash of the password that is there, and those of the last ones before it."""
    with store.read():
        row = UserRow.get_or_none(UserRow.id == user)
        former = (
            FormerPassword.select(FormerPassword.password_hash)
            .where(FormerPassword.user == user)
            .order_by(FormerPassword.id.desc())
            .limit(history)
        )
        return row.password_hash if row else None, tuple(one.password_hash for one in former)


def _forget(store: "Store", user: int, history: int) -> None:
    """Keep no more former passwords than are looked back at."""
    store.sql(
        "DELETE FROM usher_former_password WHERE user_id = ? AND id NOT IN"
        " (SELECT id FROM usher_former_password WHERE user_id = ? ORDER BY id DESC LIMIT ?)",
        user,
        user,
        history,
    )
