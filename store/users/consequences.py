"""Describe what an action on one user ended, and the action to take next."""

from collections.abc import Iterator
from dataclasses import dataclass

from store import checks
from store.users.acts import Done
from store.users.readdressing import INVITED
from store.users.telling import ended
from store.values import Status
from store.wording import _

EMAIL_CHANGED = "email_changed"


@dataclass(frozen=True, slots=True)
class Consequence:
    """One thing that ended or is missing. `next` is the action that fixes it, if any."""

    sentence: str
    next: str = ""


def consequences(done: Done) -> tuple[Consequence, ...]:
    """Return what an action ended and what to do next, most urgent first."""
    return tuple(_found(done))


def _found(done: Done) -> Iterator[Consequence]:
    if done.verb == "edit":
        yield from _of_edit(done)
        return
    if done.verb in {"set_password", "rename"}:
        if "invitation" in done.changes:
            yield Consequence(_("The invitation that was sent no longer works."))
        if words := ended(done.ended):
            yield Consequence(_("Ended: {what}.").format(what=words))
        return
    user = done.user
    if done.verb in {"unblock", "restore"} and user.status is Status.PENDING and user.email:
        yield Consequence(_("The invitation has ended."), "resend")


def _of_edit(done: Done) -> Iterator[Consequence]:
    user, changes = done.user, done.changes
    if "email" not in changes or checks.same_email(*changes["email"]):
        return
    before, _after = changes["email"]
    if "login" in changes:
        yield Consequence(_("The login is now {login}.").format(login=user.login))
    yield from _of_invitation(done, before)
    if "password" in changes:
        # For a pending user, the sentence about the invitation says what to do next.
        verb = "" if user.status is Status.PENDING else "set_password"
        sentence = _("The temporary password emailed to {email} no longer works.")
        yield Consequence(sentence.format(email=before), verb)
    if "codes" in changes:
        sentence = _("Codes that were emailed to {email} no longer work.")
        yield Consequence(sentence.format(email=before))
    if any(letter.kind == EMAIL_CHANGED for letter in done.letters):
        sentence = _("A notice is queued to {email}.")
        yield Consequence(sentence.format(email=before))
    if user.email and user.status is not Status.PENDING:
        yield _of_confirmation(done)


def _of_invitation(done: Done, before: str) -> Iterator[Consequence]:
    user, changes = done.user, done.changes
    if user.status is not Status.PENDING:
        return
    before, _after = changes.get(INVITED, (before, ""))
    if "sent_count" in changes:
        sentence = (
            _("The invitation to {old} no longer works. A new one is queued to {new}.")
            if before
            else _("An invitation is queued to {new}.")
        )
        yield Consequence(sentence.format(old=before, new=user.email))
    elif "invitation" in changes:
        sentence = _("The invitation to {old} no longer works.")
        yield Consequence(sentence.format(old=before), "resend" if user.email else "set_password")
    elif user.email:
        yield Consequence(_("No invitation has been sent to this address."), "resend")


def _of_confirmation(done: Done) -> Consequence:
    user = done.user
    if user.email_confirmed:
        return Consequence(
            _("The user confirmed {email} earlier, so it is still confirmed.").format(
                email=user.email
            )
        )
    sentence = _("{email} is not confirmed.").format(email=user.email)
    may_ask = user.status is Status.ACTIVE
    return Consequence(sentence, "send_confirmation" if may_ask else "")
