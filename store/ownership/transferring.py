"""Giving the account to another admin (S4), and what every change of the owner comes with."""

import shlex
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from store import access, settings
from store.access import holding, overrides
from store.checks.text import excerpt
from store.errors import Refused
from store.mail import outbox
from store.models import UserRow
from store.ownership import standing
from store.signin import facts
from store.signin.gates import would_come_in
from store.users import read
from store.values import Door, Holder, Ownership, Status, User, status_word
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store, Unit
    from store.session import Session


def transfer(session: "Session", who: int | str, account: str) -> Ownership:
    """Make an active admin the owner; who was it before stays an active admin.

    `account` is the name of the account, typed to show that it is meant. Both get a letter. From
    the host it is how an account is rescued whose owner is gone, and asks for a reason.

    Raises:
        NotAllowed: the actor is not the owner.
        NotFound: nobody of that id, login or address.
        PasswordNeeded: the actor's password was not given just now.
        Refused: another name was typed, or this person cannot own the account.
    """
    store = session.store
    with store.write(session, members=True) as unit:
        number = standing.owner_of(store)
        access.require(session, "owner.transfer", access.Subject(number, admin=True, owner=True))
        access.require_proof(session)
        check_name(store, account)
        chosen = read.find(store, who)
        # Both at once, in the order of their ids, as all who lock several do.
        old, *_new = read.load(store, [number, chosen or number], to_change=True)
        new = read.show(session, who)
        check_heir(store, new)
        name = settings.account_name(store) or ""
        command = shlex.join(["usher", "owner", "transfer", str(new.id), "--account", name])
        return hand(unit, old, new, "transfer_ownership", command)


def heirs(session: "Session") -> tuple[Holder, ...]:
    """The active admins to whom the account could be given, by name.

    Raises:
        NotAllowed: the actor is not the owner.
    """
    store = session.store
    with store.read():
        access.require(session, "owner.transfer")
        rows = store.sql(
            "SELECT id, first_name, last_name, login FROM usher_user"
            " WHERE admin AND NOT owner AND status = 'active' ORDER BY last_key, first_key, id"
        )
    return tuple(
        Holder(number, f"{first} {last}".strip() or login, login, Status.ACTIVE)
        for number, first, last, login in rows
    )


def check_name(store: "Store", typed: str) -> None:
    """See that somebody typed the name of the account (S4).

    Raises:
        Refused: it is another one.
    """
    if _plain(typed) != _plain(settings.account_name(store) or ""):
        raise Refused(
            _("“{name}” is not the name of this account. See the name: usher owner show").format(
                name=excerpt(typed)
            ),
            code="account_name_wrong",
        )


_ONLY = _("{name} (user {id}) is {what}. Only an active admin can own the account.")
_FIRST = {
    Status.ACTIVE: _ONLY + " " + _("Make the user an admin first: usher users edit {id} --admin"),
    Status.PENDING: _ONLY + " " + _("The user has to sign in first. Choose another admin."),
    Status.BLOCKED: _ONLY + " " + _("Unblock the user first: usher users unblock {id}"),
    Status.INACTIVE: _ONLY + " " + _("Restore the user first: usher users restore {id}"),
}
"""Why a user cannot become the owner, and what to do first, by status."""


def check_heir(store: "Store", user: User) -> None:
    """See that somebody can own the account: an active admin, who can come in as things stand.

    An owner who is shut out would leave nobody but the host to open.

    Raises:
        Refused: they cannot.
    """
    if user.owner:
        sentence = _("{name} (user {id}) is the owner already. Choose another admin.")
        raise Refused(sentence.format(name=user.full_name, id=user.id), code="same_person")
    if user.status is not Status.ACTIVE or not user.admin:
        word = _("a standard user") if user.status is Status.ACTIVE else status_word(user.status)
        raise Refused(
            _FIRST[user.status].format(name=user.full_name, id=user.id, what=word),
            code="not_selectable",
            status=user.status,
        )
    if not would_come_in(facts.gates_of(store, user.id, Door.USHER)):
        sentence = _(
            "{name} (user {id}) cannot sign in to Usher and cannot own the account. "
            "See why: usher users why {id} --door usher"
        )
        raise Refused(sentence.format(name=user.full_name, id=user.id), code="cannot_sign_in")


def hand(unit: "Unit", old: User, new: User, verb: str, command: str) -> Ownership:
    """Write who owns the account from now on, with an entry and a letter for each of the two.

    Nothing can be denied to an owner: what was is lifted, and does not come back when somebody
    else owns the account one day. Their idle clock begins anew, or an admin who was away for long
    would be an absent owner from the first moment.
    """
    store = unit.session.store
    # The old one first: an index holds that there is never more than one.
    UserRow.update(owner=False, version=UserRow.version + 1).where(UserRow.id == old.id).execute()
    UserRow.update(owner=True, idle_from=unit.now, version=UserRow.version + 1).where(
        UserRow.id == new.id
    ).execute()
    had = holding.overrides_of(store, new.id)
    kept = {permission: allowed for permission, allowed in had.items() if allowed}
    lifted = overrides.changes_between(had, kept)
    overrides.write(unit, new.id, kept, lifted, by_owner=False)
    absent = standing.absence(store)
    if absent:
        standing.clear(unit, absent)
    unit.record(
        verb,
        new.id,
        {"owner": (False, True), "owner_id": (old.id, new.id), **lifted},
        command,
    )
    unit.record(verb, old.id, {"owner": (True, False), "owner_id": (old.id, new.id)}, command)
    for user in (old, new):
        if user.email:
            outbox.queue(unit, "owner_changed", user.id, user.email, user.language)
    # The entry that tells since when it is so is written with the commit.
    return replace(standing.load(store, unit.now), since=unit.now)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", " ".join(name.split()))
