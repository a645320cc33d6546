"""Inviting many: what the ledger said, done in one transaction."""

import shlex
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from store import access, invitations
from store.access import overrides
from store.invitations.addresses import Asked
from store.invitations.checking import VERB, Ledger, Offer, Outcome, Plan, planned
from store.users.words import FLAGS
from store.users.writing import Names, NewPerson, insert

if TYPE_CHECKING:
    from store.session import Session


def send(session: "Session", asked: Sequence[Asked], offer: Offer = Offer()) -> Ledger:  # noqa: B008  (frozen)
    """Invite everybody of whom `check` says so: a pending user each, with a letter (S3).

    Their login is the address, their names those that stood beside it. Nothing is written about
    the others. The ledger is made anew: somebody may have taken an address meanwhile.

    Raises:
        Invalid: a role, team, module or sub-account of the offer is not there, or not for these.
        NotAllowed: the actor may not invite, or would give what they lack.
        PasswordNeeded: admins are invited, and the actor's password was not given just now.
    """
    # Two batches at once would each think that the other is not there, and pass the limit.
    with session.store.write(session, members=True) as unit:
        plan = planned(session, asked, offer)
        if offer.admin:
            access.require_proof(session)
        if not plan.drafts:
            return plan.ledger
        names = Names.of(session.store)
        changes = overrides.changes_between({}, plan.allowed)
        people = [
            NewPerson(
                draft,
                *names.ids(draft),
                names.sub_account_ids(draft),
                command=command_of((draft.email,), offer),
                verb=VERB,
                further=changes,
            )
            for draft in plan.drafts
        ]
        numbers = insert(unit, people)
        for number, draft in zip(numbers, plan.drafts, strict=True):
            overrides.write(unit, number, plan.allowed, changes, by_owner=False)
            invitations.put(unit, number, draft.email, draft.language)
        return _with_numbers(plan, numbers)


def command_of(whom: Sequence[str], offer: Offer) -> str:
    """The command line that invites these."""
    words = ["usher", "invitations", "send", *whom]
    words += ["--admin"] if offer.admin else []
    words += [FLAGS["role"], offer.role] if offer.role else []
    for flag, names in (
        (FLAGS["teams"], offer.teams),
        ("--module", offer.modules),
        (FLAGS["sub_accounts"], offer.sub_accounts),
    ):
        for name in names:
            words += [flag, name]
    return shlex.join(words)


def _with_numbers(plan: Plan, numbers: Sequence[int]) -> Ledger:
    left = iter(numbers)
    return Ledger(
        tuple(
            replace(line, user=next(left)) if line.outcome is Outcome.INVITED else line
            for line in plan.ledger.lines
        )
    )
