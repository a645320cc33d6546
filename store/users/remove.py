"""Removing somebody for good: all that is personal goes, a tombstone keeps the id (S2, S3)."""

from dataclasses import replace
from typing import TYPE_CHECKING

from store import access, audit
from store.mail import outbox
from store.models import (
    CodeRow,
    ConfirmedAddress,
    EmployeeRow,
    FormerPassword,
    HandOverRow,
    Identifier,
    InvitationRow,
    KeyRow,
    MailSettingsRow,
    Membership,
    Override,
    PhotoRow,
    SessionRow,
    SubAccess,
    UserRow,
)
from store.users import owning
from store.users.assigned import besides_records
from store.users.moving import Changes, moving, shut_out
from store.users.status import set_status
from store.values import EmployeeCard, Status, User, Why

if TYPE_CHECKING:
    from store.database import Unit
    from store.session import Session

BEHIND_ALL = 2
"""Where tombstones stand in the order of the list, so that no page begins by passing them over."""

_OF_USERS = (
    Identifier, Membership, Override, SubAccess, EmployeeRow, FormerPassword, KeyRow, CodeRow,
    InvitationRow, MailSettingsRow, HandOverRow, PhotoRow, ConfirmedAddress,
)  # fmt: skip
_EMPTY: dict[str, str] = dict.fromkeys(
    (
        "email", "first_name", "last_name", "phone", "country", "language", "position",
        "last_key", "first_key", "search_key", "attempted_from",
    ),
    "",
)  # fmt: skip
_UNSET: dict[str, None] = dict.fromkeys(
    (
        "role", "confirmed_at", "email_confirmed_at", "password_hash", "password_set_at",
        "last_seen", "attempted_at", "locked_at", "idle_from", "password_reminded",
    )
)  # fmt: skip
_OFF: dict[str, bool] = dict.fromkeys(
    ("admin", "simulator_only", "password_temporary", "all_sub_accounts"), False
)
_NONE: dict[str, int] = dict.fromkeys(("attempts", "lock_rounds"), 0)


def remove(session: "Session", who: int | str) -> User:
    """Erase a person and free their login and address, which may be taken again at once.

    Gives back what is left of them: a tombstone with their id. Whoever is removed is found by
    nobody any more; what they did stays in the history as done by "removed user #17".

    Raises:
        Impossible: they are the owner.
        NotAllowed: the actor may not remove this person.
        NotFound: nobody, or nobody whom the actor may see.
        OwnsRecords: somebody else has to own what they own first, or with it (`leaving.leave`).
        PasswordNeeded: it is dangerous, and the actor's password was not given just now.
    """
    with moving(session, "remove", who) as (unit, user):
        access.require_proof(session)
        owning.check(session.store, user)
        return erased(unit, user, {}, f"usher users remove {user.id}")


def erased(unit: "Unit", user: User, handed: Changes, command: str) -> User:
    """The act itself, once it is seen that it may be; `handed` is what went with it."""
    had = besides_records(unit.session.store, [user.id], unit.now)
    changes = shut_out(unit, user, Why.REMOVED)
    gone = {"keys": had.keys, "teams": had.teams, "letters": had.letters}
    set_status(unit, user, Status.REMOVED)
    elsewhere = _erase(unit, user.id)
    unit.record(
        "remove",
        user.id,
        {
            "status": (user.status, Status.REMOVED),
            **changes,
            **{name: (number, 0) for name, number in gone.items() if number},
            **handed,
            **({audit.ERASED: (None, elsewhere)} if elsewhere else {}),
        },
        command,
    )
    return _tombstone(user)


def _erase(unit: "Unit", number: int) -> str:
    """Erase all data that identifies the user. The search index follows the status.

    Returns the numbers of erased history entries that do not name the user.
    """
    outbox.forget(number)
    cards = [card.id for card in EmployeeRow.select().where(EmployeeRow.user == number)]
    for table in _OF_USERS:
        table.delete().where(table.user == number).execute()
    # The rows stay, so that who is still there learns at the next key that it is over.
    SessionRow.update(origin="", address="").where(SessionRow.user == number).execute()
    UserRow.update(
        **_EMPTY, **_UNSET, **_OFF, **_NONE, login=_placeholder(number), bottom=BEHIND_ALL
    ).where(UserRow.id == number).execute()
    return audit.erase(unit, number, cards)


def _placeholder(number: int) -> str:
    """What stands where the login stood; nobody can sign in with it, for it identifies nobody."""
    return f"#{number}"


def _tombstone(user: User) -> User:
    return replace(
        user,
        login=_placeholder(user.id),
        first_name="",
        last_name="",
        email="",
        status=Status.REMOVED,
        held=(),
        confirmed=False,
        email_confirmed=False,
        admin=False,
        simulator_only=False,
        role="",
        teams=(),
        sub_accounts=(),
        last_seen=None,
        phone="",
        country="",
        language="",
        position="",
        employee=EmployeeCard(),
        password="none",  # noqa: S106  (that there is none)
    )
