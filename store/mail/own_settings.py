"""What one's own mail bears: sender, where answers go, signature (S4, DESIGN 3.9)."""

import shlex
from dataclasses import asdict
from typing import TYPE_CHECKING

from store import access
from store.audit import changes_between
from store.checks import NAME_MAX, emails
from store.checks.problems import hidden_character, too_long
from store.checks.text import MalformedError, has_controls, tidy
from store.errors import Invalid, NotAllowed, Problem, Refused
from store.models import MailSettingsRow
from store.users import read
from store.values import OwnMail, User
from store.wording import _

if TYPE_CHECKING:
    from store.session import Session

SIGNATURE_MAX = 1000
SIGNATURE_LINES = 12


def show(session: "Session") -> OwnMail:
    """One's own mail settings; empty is the name and the address that one has.

    Raises:
        NotAllowed: the operator has none.
        SessionEnded: the session is over.
    """
    with session.store.read():
        return _of(_oneself(session))


def change(session: "Session", new: OwnMail) -> OwnMail:
    """Save one's own mail settings; closed until one's address is confirmed (S4).

    Raises:
        Invalid: the name has several lines, the address is none, the signature is too long.
        NotAllowed: the operator has none, or a new password is to be chosen first.
        Refused: one's address is not confirmed.
        SessionEnded: the session is over.
    """
    with session.store.write(session) as unit:
        user = require_address(session)
        new, problems = _checked(new)
        if problems:
            raise Invalid(problems)
        old = _of(user)
        changed = changes_between(asdict(old), asdict(new))
        if changed:
            MailSettingsRow.insert(user=user.id, **asdict(new)).on_conflict(
                conflict_target=[MailSettingsRow.user], update=asdict(new)
            ).execute()
            unit.record("change_mail_settings", user.id, changed, command_of(new))
        return new


def require_address(session: "Session") -> User:
    """Whoever acts, if mail may bear their name: their own address is confirmed (S4, DESIGN 3.9).

    Raises:
        NotAllowed: it is the operator, or a new password is to be chosen first.
        Refused: the address is not confirmed, or there is none; the sentence says the way.
        SessionEnded: the session is over.
    """
    user = _oneself(session)
    access.require(session, "users.edit", read.subject_of(user))
    problem = why_not(user)
    if problem:
        raise Refused(problem, code="address_unconfirmed")
    return user


def why_not(user: User) -> str:
    """Why no mail may bear this person's name yet, and the way there; empty where it may."""
    if not user.email:
        return _("You have no email address. Ask an admin to add one, then confirm it.")
    if not user.email_confirmed:
        return _(
            "Your address {email} is not confirmed. Request a code, then enter it: "
            "usher users send-confirmation {id}"
        ).format(email=user.email, id=user.id)
    return ""


def command_of(new: OwnMail) -> str:
    """The command line that saves these."""
    words = ["usher", "mail", "settings", "--sender-name", new.sender_name]
    return shlex.join([*words, "--reply-to", new.reply_to, "--signature", new.signature])


def _oneself(session: "Session") -> User:
    access.actor_of(session)
    if session.user is None:
        raise NotAllowed(_("The operator has no mail settings. Sign in as a user. Add: --as LOGIN"))
    return read.show(session, session.user)


def _of(user: User) -> OwnMail:
    row = MailSettingsRow.get_or_none(MailSettingsRow.user == user.id)
    return OwnMail(row.sender_name, row.reply_to, row.signature) if row else OwnMail()


def _checked(new: OwnMail) -> tuple[OwnMail, list[Problem]]:
    """As it will be stored, and what is wrong with it."""
    name, reply_to = tidy(new.sender_name), tidy(new.reply_to)
    signature = "\n".join(line.rstrip() for line in tidy(new.signature).splitlines())
    found = [
        hidden_character(field, text)
        for field, text in (
            ("sender_name", name),
            ("reply_to", reply_to),
            ("signature", signature.replace("\n", "").replace("\t", "")),
        )
        if has_controls(text)
    ]
    if len(name) > NAME_MAX:
        found.append(too_long("sender_name", len(name), NAME_MAX))
    if len(signature) > SIGNATURE_MAX:
        found.append(too_long("signature", len(signature), SIGNATURE_MAX))
    elif signature.count("\n") >= SIGNATURE_LINES:
        sentence = _("The signature has {count} lines. At most {n} are allowed. Shorten it.")
        lines = signature.count("\n") + 1
        told = sentence.format(count=lines, n=SIGNATURE_LINES)
        found.append(Problem("signature", "too_long", told))
    if reply_to and not has_controls(reply_to):
        try:
            reply_to = emails.email_form(reply_to)
        except MalformedError as error:
            found.append(Problem("reply_to", "email_invalid", error.sentence))
    return OwnMail(name, reply_to, signature), found
