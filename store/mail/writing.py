"""Writing to people: one or many, with what one's own mail bears (S4, DESIGN 3.9)."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Unpack

from store import access
from store.checks.problems import hidden_character, required, too_long
from store.checks.text import has_controls, tidy
from store.errors import Invalid, Refused
from store.mail import letters, outbox, own_settings
from store.policy import transitions
from store.users import many, read
from store.users.acts import Done
from store.users.outcomes import Outcomes
from store.values import LetterShown
from store.wording import _

if TYPE_CHECKING:
    from store.session import Session

SUBJECT_MAX = 200
BODY_MAX = 20_000
RECIPIENTS_MAX = 2000
"""People to whom one message goes at most."""


def write(
    session: "Session",
    whom: Sequence[int | str],
    subject: str,
    body: str,
    **how: Unpack[many.How],
) -> Outcomes:
    """Queue a letter to each of these people, and tell what became of each; or rehearse just that.

    Only who is pending or active and has an address gets one. The sender's name, the address for
    answers and the signature are those that the actor has when it is sent.

    Raises:
        Invalid: there is no subject or no text, or one is too long.
        NotAllowed: the actor may not write to users, or is the operator.
        Refused: the actor's own address is not confirmed, or these are too many people.
    """
    subject, body = _ready(session, subject, body)
    if len(whom) > RECIPIENTS_MAX:
        sentence = _(
            "The message has {count} recipients. At most {n} are allowed. Narrow the "
            "list and send it in parts."
        )
        told = sentence.format(count=len(whom), n=RECIPIENTS_MAX)
        raise Refused(told, code="too_many_people")
    return many.each(
        session,
        partial(_write_to, subject=subject, body=body),
        whom,
        dangerous=False,
        **how,
    )


@dataclass(frozen=True, slots=True)
class Preview:
    """What would become of each, and how the first of them will read it."""

    outcomes: Outcomes
    first: LetterShown | None


def preview(session: "Session", whom: Sequence[int | str], subject: str, body: str) -> Preview:
    """What `write` would do, found out by rehearsing it; raises as it does."""
    outcomes = write(session, whom, subject, body, rehearsal=True)
    first = next((one.user for one in outcomes if one.done), None)
    if first is None:
        return Preview(outcomes, None)
    subject, body = _ready(session, subject, body)
    with session.store.rehearse(session), session.store.write(session) as unit:
        _write_to(session, first, subject=subject, body=body)
        return Preview(outcomes, letters.show(session, unit.letters[-1].id))


def command_of(whom: Sequence[int | str], subject: str) -> str:
    """The command line that writes it; the text comes by stdin."""
    return shlex.join(["usher", "mail", "send", *map(str, whom), "--subject", subject])


def _ready(session: "Session", subject: str, body: str) -> tuple[str, str]:
    """Subject and text as they will be stored, once the actor may write at all."""
    own_settings.require_address(session)
    access.require(session, "users.mail")
    subject = tidy(subject)
    body = "\n".join(line.rstrip() for line in tidy(body).splitlines())
    problems = []
    if not subject:
        problems.append(required("subject"))
    if not body:
        problems.append(required("body"))
    lines = body.replace("\n", "").replace("\t", "")
    for field, text, one_line, longest in (
        ("subject", subject, subject, SUBJECT_MAX),
        ("body", body, lines, BODY_MAX),
    ):
        if has_controls(one_line):
            problems.append(hidden_character(field, one_line))
        elif len(text) > longest:
            problems.append(too_long(field, len(text), longest))
    if problems:
        raise Invalid(problems)
    return subject, body


def _write_to(session: "Session", who: int | str, *, subject: str, body: str) -> Done:
    with session.store.write(session) as unit:
        user = read.show(session, who, to_change=True)
        access.require(session, "users.mail", read.subject_of(user))
        transitions.check("write", user)
        outbox.queue(
            unit,
            "message",
            user.id,
            user.email,
            user.language,
            written=outbox.Written(session.user, subject, body),
        )
        # The text itself is the receiver's: the history tells that there was one.
        changes = {"subject": (None, subject)}
        unit.record("write", user.id, changes, command_of([user.id], subject))
        return Done(user, "write", changes)
