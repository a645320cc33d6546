"""The table of DESIGN 3.1: from which status each verb leads anywhere; pure.

The verbs go by it, a planner that counts thousands goes by it, and the keys of the screens say by
it why they do nothing for somebody.
"""

from dataclasses import dataclass

from store.errors import Refused
from store.values import Row, Status, User, status_word
from store.wording import _

FROM: dict[str, frozenset[Status]] = {
    "block": frozenset({Status.PENDING, Status.ACTIVE}),
    "unblock": frozenset({Status.BLOCKED}),
    "deactivate": frozenset({Status.PENDING, Status.ACTIVE, Status.BLOCKED}),
    "restore": frozenset({Status.INACTIVE}),
    "remove": frozenset({Status.PENDING, Status.ACTIVE, Status.BLOCKED, Status.INACTIVE}),
    "release": frozenset({Status.INACTIVE}),
    "send_confirmation": frozenset({Status.PENDING, Status.ACTIVE}),
    "write": frozenset({Status.PENDING, Status.ACTIVE}),
    "resend": frozenset({Status.PENDING}),
    "revoke": frozenset({Status.PENDING}),
}
"""Every other way is refused. Who is removed is not found by anybody."""

_OF_PENDING = frozenset({"resend", "revoke"})
"""Of whoever has come they tell just that, the owner among them."""

_NOT_BLOCKED = _("{name} is {status}, not blocked.")
_NOTHING = _("There is nothing to unblock.")
_RESTORE = _("Restore the user: usher users restore {id}")
_UNBLOCK = _("Unblock the user: usher users unblock {id}")
_RELEASE = _(
    "{name} is {status}. Only the email of a deactivated user can be released. Deactivate the user"
    " first: usher users deactivate {id}"
)
_NO_LETTER = _("{name} is {status} and receives no email.")
_CAME = _("{name} is {status}. Only a pending user has an invitation to resend.")
_STAYS = _("{name} is {status}. Only the invitation of a pending user can be revoked.")
_REMOVE = _("Remove the user: usher users remove {id}")
_INSTEAD = {
    ("block", Status.BLOCKED): _("{name} is blocked already.") + " " + _UNBLOCK,
    ("block", Status.INACTIVE): _("{name} is deactivated and cannot sign in.") + " " + _RESTORE,
    ("unblock", Status.PENDING): _NOT_BLOCKED + " " + _NOTHING,
    ("unblock", Status.ACTIVE): _NOT_BLOCKED + " " + _NOTHING,
    ("unblock", Status.INACTIVE): _NOT_BLOCKED + " " + _RESTORE,
    ("deactivate", Status.INACTIVE): _("{name} is deactivated already.") + " " + _RESTORE,
    ("restore", Status.PENDING): _(
        "{name} is pending, not deactivated. There is nothing to restore."
    ),
    ("restore", Status.ACTIVE): _(
        "{name} is active, not deactivated. There is nothing to restore."
    ),
    ("restore", Status.BLOCKED): _("{name} is blocked, not deactivated.") + " " + _UNBLOCK,
    ("release", Status.PENDING): _RELEASE,
    ("release", Status.ACTIVE): _RELEASE,
    ("release", Status.BLOCKED): _RELEASE,
    **{
        (verb, status): _NO_LETTER
        for verb in ("send_confirmation", "write")
        for status in (Status.BLOCKED, Status.INACTIVE)
    },
    ("resend", Status.ACTIVE): _CAME,
    ("resend", Status.BLOCKED): _CAME + " " + _UNBLOCK,
    ("resend", Status.INACTIVE): _CAME + " " + _RESTORE,
    ("revoke", Status.ACTIVE): _STAYS + " " + _REMOVE,
    ("revoke", Status.BLOCKED): _STAYS + " " + _UNBLOCK,
    ("revoke", Status.INACTIVE): _STAYS + " " + _REMOVE,
}
_LETTERS = frozenset({"send_confirmation", "write"})
"""What moves nobody, so that it is done to the owner as well."""
_WRITTEN_TO = _LETTERS | {"resend"}
_OF_ALL = _LETTERS | _OF_PENDING
_OWNER = _(
    "{name} is the owner, who is always active. Transfer ownership first: usher owner transfer WHO"
)


_RIGHTS = {
    "resend": "invitations.resend",
    "revoke": "invitations.revoke",
    "send_confirmation": "users.confirm",
}
"""The verbs that go by another right than the one of their name among `users`."""


_OWN = {"send_confirmation": "users.edit"}
"""Those that everybody does to themselves."""


class Impossible(Refused):
    """Not for this person as they stand."""

    def __init__(self, problem: "Problem", user: User) -> None:
        super().__init__(
            told(problem.pattern, user.id, user.full_name),
            code=problem.code,
            status=user.status,
        )
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a verb does nothing for somebody: a stable code, a sentence with places for them, and
    in some words what they are, as it is said of several."""

    code: str
    pattern: str
    words: str


def right_of(verb: str, *, own: bool = False) -> str:
    """By which right a verb is done to somebody, or to oneself."""
    return (own and _OWN.get(verb)) or _RIGHTS.get(verb, f"users.{verb}")


def check(verb: str, user: User) -> None:
    """See that the verb does something for this person as they stand.

    Raises:
        Impossible: it does not; the sentence says where they stand and what leads on.
    """
    problem = problem_of(verb, user)
    if problem:
        raise Impossible(problem, user)


def problem_of(verb: str, user: User) -> Problem | None:
    """Why the verb does nothing for this person, if it does nothing."""
    if verb == "unblock" and user.status is not Status.BLOCKED and user.locks:
        # Of somebody who is only locked, it lifts the locks (DESIGN 1).
        return None
    found = of_status(verb, user)
    if found:
        return found
    if verb == "unlock" and not user.locks:
        sentence = _("{name} is not locked. See the sign-in checks: usher users why {id}")
        return Problem("not_locked", sentence, _("not locked"))
    if verb == "confirm" and user.confirmed:
        sentence = _("{name} is confirmed already. There is nothing to do.")
        return Problem("already_confirmed", sentence, _("confirmed already"))
    if verb == "send_confirmation" and user.email_confirmed:
        sentence = _("The address of {name} is confirmed already. There is nothing to do.")
        return Problem("already_confirmed", sentence, _("confirmed already"))
    if verb == "release" and not user.email:
        sentence = _("{name} has no email address. There is nothing to release.")
        return Problem("no_email", sentence, _("without an address"))
    if verb in _WRITTEN_TO and not user.email:
        sentence = _("{name} has no email address. Add one: usher users edit {id} --email NEW")
        return Problem("no_email", sentence, _("without an address"))
    return None


def of_status(verb: str, person: Row | User) -> Problem | None:
    """The part of it that a row of the list tells: the status, and that the owner has but one."""
    if verb not in FROM:
        return None
    if person.owner and verb not in _OF_ALL:
        return Problem("owner_status", _OWNER, _("the owner"))
    if person.status in FROM[verb]:
        return None
    pattern = _INSTEAD[verb, person.status].replace("{status}", status_word(person.status))
    return Problem("wrong_status", pattern, _(str(person.status)))


def told(pattern: str, number: int, name: str) -> str:
    """A sentence about a person. A place that is neither the name nor the id raises `KeyError`."""
    return pattern.format(name=name, id=number)


def escaped(sentence: str) -> str:
    """Words that have no place for anything, as part of a sentence that has."""
    return sentence.replace("{", "{{").replace("}", "}}")
