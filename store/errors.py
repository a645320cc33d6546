"""Every refusal: a stable code, a plain sentence, and the data that a screen needs.

Refusals are raised next to the rule and worded once. `exit_code` is the documented exit code
of the command line (DESIGN 5).
"""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from store.values import Holder, User, Why
from store.wording import _, ngettext

if TYPE_CHECKING:
    from store.session import Session


class UsherError(Exception):
    """A refusal: `name` is stable, `message` is for people, `data` is for screens."""

    code: ClassVar[str] = "failed"
    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, code: str | None = None, **data: Any) -> None:
        super().__init__(message)
        self.message = message
        self.name = code or self.code
        self.data = data

    @property
    def lines(self) -> tuple[str, ...]:
        """The message as the lines it is made of; a value may hold line breaks of its own."""
        return (self.message,)

    def as_json(self) -> dict[str, Any]:
        """The shape of `{"error": …}` on the command line."""
        return {"code": self.name, "message": self.message, **self.data}


class Refused(UsherError):
    """A rule says no."""

    code = "refused"
    exit_code = 3


class NotAllowed(UsherError):
    """The actor may not do this; the sentence says who may."""

    code = "not_allowed"
    exit_code = 4


class SignInRefused(UsherError):
    """One answer to every failed sign-in, whatever the reason (CHECKLIST C24)."""

    code = "sign_in_refused"
    exit_code = 4

    def __init__(self) -> None:
        super().__init__(_("Login or password not accepted. Ask an administrator if it persists."))


_NO_CODE = _("The code is not accepted: it is mistyped, used, replaced by a newer one, or expired.")
_ANOTHER = {
    "reset": _("Request a new code: usher forgot ADDRESS"),
    "invitation": _(
        "It may also have been revoked. Ask the admin who invited you to resend "
        "the invitation: usher invitations resend ADDRESS"
    ),
    "confirmation": _("Request a new code: usher users send-confirmation LOGIN"),
    "absence": _(
        "The declaration may be canceled already, or the account has another "
        "owner. Check it: usher owner show"
    ),
    "": _("Ask the sender for a new code, or request one: usher forgot ADDRESS"),
}
"""The way to a new code, by what it was to be good for, as far as that is known."""


class CodeRefused(UsherError):
    """One answer to every code that opens nothing, whatever the reason (CHECKLIST D32-D38)."""

    code = "code_refused"
    exit_code = 4

    def __init__(self, purpose: str = "") -> None:
        super().__init__(f"{_NO_CODE} {_ANOTHER.get(purpose, _ANOTHER[''])}")


_ENDED: dict[str, str] = {
    Why.BLOCKED: _("You have been blocked, so your session has ended. Ask an administrator."),
    Why.DEACTIVATED: _(
        "You have been deactivated, so your session has ended. Ask an administrator."
    ),
    Why.REMOVED: _("You have been removed, so your session has ended. Ask an administrator."),
    Why.PASSWORD: _(
        "Your password was reset, so your session has ended. Sign in with the new password."
    ),
    Why.OWN_PASSWORD: _(
        "Your password was changed in another session, so you have been signed out. Sign in with "
        "the new password."
    ),
    Why.LOCKED: _("Too many wrong passwords, so your session has ended. Ask an administrator."),
    Why.RIGHTS: _("Your permissions have changed, so your session has ended. Sign in again."),
    Why.ENDED: _(
        "This session was ended by an administrator, or by you on another device. Sign in again."
    ),
    Why.LIMIT: _("Your session has reached its maximum length. Sign in again."),
    Why.GONE: _("Your session was inactive for too long and has ended. Sign in again."),
}


class SessionEnded(UsherError):
    """The actor's session is over: ended by someone, or the actor may no longer come in."""

    code = "session_ended"
    exit_code = 4

    def __init__(self, why: str = "") -> None:
        super().__init__(_ENDED.get(why, _("Your session has ended. Sign in again.")), why=why)


class PasswordNeeded(UsherError):
    """A dangerous verb, and the actor's password was last given more than five minutes ago.

    `session` is the one in which it is to be given.
    """

    code = "password_needed"
    exit_code = 4

    def __init__(self, session: "Session") -> None:
        self.session = session
        super().__init__(
            _("This command requires your password again. Add: --as LOGIN --password-stdin")
        )


class PasswordChangeRequired(NotAllowed):
    """The actor's password is temporary or expired: they can only change it (sign-in check 8)."""

    code = "password_change_required"

    def __init__(self, login: str) -> None:
        sentence = _(
            "Your password is temporary or expired. Change it first:"
            " usher --as {login} users set-password {login} --password-stdin"
        )
        super().__init__(sentence.format(login=shlex.quote(login)))


class NotFound(UsherError):
    """Nobody here by that id, login or e-mail, or nobody whom the actor may see."""

    code = "not_found"
    exit_code = 5

    def __init__(self, who: object) -> None:
        super().__init__(
            _("No user “{who}”. Enter an id, a login or an email address.").format(who=who)
        )


_NO_SUCH = {
    "role": _("No role named “{name}”. List the roles: usher roles list"),
    "team": _("No team named “{name}”. List the teams: usher teams list"),
    "sub_account": _("No sub-account named “{name}”. List them: usher sub-accounts list"),
    "letter": _("No email with the id “{name}”. List the emails: usher mail list"),
    "record": _("No record “{name}”. List the records: usher records list"),
    "employee": _("No employee record “{name}”. List them: usher employees list"),
    "module": _("No module named “{name}”. List the modules: usher access modules list"),
}


class NoSuch(UsherError):
    """No role, team, sub-account, record or module of that name."""

    code = "not_found"
    exit_code = 5

    def __init__(self, noun: str, name: object) -> None:
        super().__init__(_NO_SUCH[noun].format(name=name), noun=noun)


class Unavailable(UsherError):
    """The database or its folder cannot be used now; nothing was changed."""

    code = "unavailable"
    exit_code = 7


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with one field."""

    field: str
    code: str
    message: str
    holder: Holder | None = None

    @property
    def unique(self) -> bool:
        """Whether this is a conflict with something that exists, not a malformed value."""
        return self.code in {"email_taken", "login_taken", "name_taken", "key_taken"}

    def as_json(self) -> dict[str, Any]:
        """The shape of one of `problems` in an error on the command line."""
        shape: dict[str, Any] = {"field": self.field, "code": self.code, "message": self.message}
        if self.holder:
            shape["holder"] = self.holder.as_json()
        return shape


class Invalid(UsherError):
    """One or more fields cannot be taken as they are; `problems` names each of them."""

    code = "invalid"
    exit_code = 3

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.lines))
        if all(problem.unique for problem in self.problems):
            self.name = "conflict"

    @property
    def lines(self) -> tuple[str, ...]:
        messages = [problem.message for problem in self.problems]
        if len(messages) == 1:
            return (messages[0],)
        heading = ngettext("Correct {n} field:", "Correct {n} fields:", len(messages))
        return (heading.format(n=len(messages)), *(f"  {message}" for message in messages))

    def as_json(self) -> dict[str, Any]:
        return {**super().as_json(), "problems": [problem.as_json() for problem in self.problems]}


class Conflict(UsherError):
    """What was to be written clashes with what is there."""

    code = "conflict"
    exit_code = 6


class Stale(Conflict):
    """Someone changed the person since the form was opened; `theirs` is what stands there now."""

    code = "stale"

    def __init__(self, theirs: User) -> None:
        super().__init__(
            _(
                "{name} (user {id}) was changed after you opened the form. Nothing was "
                "overwritten. Open the form again."
            ).format(name=theirs.full_name, id=theirs.id)
        )
        self.theirs = theirs


def exit_code(error: UsherError) -> int:
    """The exit code of a refusal; a pure uniqueness conflict is 6 (DESIGN 5)."""
    return Conflict.exit_code if error.name == "conflict" else error.exit_code
