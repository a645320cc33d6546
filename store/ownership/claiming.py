"""Making an account one's own whose owner is absent (S4, DESIGN 3.7)."""

import shlex
from typing import TYPE_CHECKING

from store import access
from store.errors import NotAllowed, Refused
from store.leaving.leave import leave
from store.ownership import standing
from store.ownership.transferring import check_heir, check_name, hand
from store.users import read
from store.users.owning import OwnsRecords
from store.values import Ownership, User, rfc3339
from store.wording import _

if TYPE_CHECKING:
    from store.session import Session


def claim(
    session: "Session",
    account: str,
    *,
    deactivate_old: bool = False,
    transfer_to: int | str | None = None,
) -> Ownership:
    """Become the owner in place of one who is absent, who stays an ordinary admin or, if wanted,
    is deactivated in the same act, with what they own on the platform going to `transfer_to`.

    `account` is the name of the account, typed to show that it is meant. Both get a letter. A
    sign-in of the owner up to this very moment stands against it.

    Raises:
        NotAllowed: the actor is no admin, or the operator, who can own nothing.
        PasswordNeeded: the actor's password was not given just now.
        Refused: the owner is not absent, or not for long enough; another name was typed; the
            actor owns it already, or could not come in again; or nobody is named to whom goes what
            the old owner has.
    """
    store = session.store
    with store.write(session, members=True) as unit:
        access.require(session, "owner.claim")
        if session.user is None:
            raise NotAllowed(
                _(
                    "The operator cannot own the account. Transfer ownership to a user: usher "
                    "owner transfer WHO"
                )
            )
        access.require_proof(session)
        number = standing.owner_of(store)
        # Held from here on, so that a sign-in of the owner comes before it or after it.
        people = read.load(store, [number, session.user], to_change=True)
        old, new = people[0], people[-1]
        check_heir(store, new)
        found = standing.load(store, unit.now)
        if not found.claimable:
            raise _not_absent(found)
        check_name(store, account)
        words = ["usher", "owner", "claim", "--account", found.account]
        words += ["--deactivate-old"] if deactivate_old else []
        words += ["--transfer-to", str(transfer_to)] if transfer_to is not None else []
        owned = hand(unit, old, new, "claim_ownership", shlex.join(words))
        if deactivate_old:
            _put_out(session, old, transfer_to)
        return owned


def _put_out(session: "Session", old: User, heir: int | str | None) -> None:
    """Deactivate whoever owned the account; what they own goes to somebody."""
    try:
        leave(session, "deactivate", old.id, heir)
    except OwnsRecords as error:
        sentence = _(
            "{name} (user {id}) owns {n} records. Choose a recipient. Add: --transfer-to WHO"
        )
        raise Refused(
            sentence.format(name=old.full_name, id=old.id, n=sum(error.data["records"].values())),
            code=error.name,
            **error.data,
        ) from error


def _not_absent(found: Ownership) -> Refused:
    if found.absence:
        sentence = _(
            "The owner {name} was declared absent on {day}. Ownership can be claimed "
            "from {moment}. Wait until then."
        )
        moment, day = found.absence.claimable, found.absence.declared
        return Refused(
            sentence.format(
                name=found.name, day=f"{day:%Y-%m-%d}", moment=f"{moment:%Y-%m-%d %H:%M} UTC"
            ),
            code="owner_not_absent",
            claimable_from=rfc3339(moment),
        )
    sentence = _(
        "The owner {name} is not absent. Declare the absence first: usher owner "
        "declare-absent --reason TEXT"
    )
    return Refused(
        sentence.format(name=found.name),
        code="owner_not_absent",
        claimable_from=rfc3339(found.claimable_from),
    )
