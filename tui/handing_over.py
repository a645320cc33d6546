"""What is said of a password that somebody else has set: by commands and screens alike."""

from store.values import Row, Status, User
from store.wording import _

OPENED_BY = {
    Status.BLOCKED: (_("blocked"), "unblock"),
    Status.INACTIVE: (_("deactivated"), "restore"),
}


def still_shut(user: User) -> str:
    """Why they cannot come in by it all the same, and the command that helps; mostly nothing."""
    word, verb = OPENED_BY.get(user.status, (_("locked"), "unlock") if user.locks else ("", ""))
    if not verb:
        return ""
    return _("Still {word}: usher users {verb} {id}").format(word=word, verb=verb, id=user.id)


def to_hand_over(user: User, hours: int) -> str:
    """What whoever sees a password that was made has to know."""
    if user.password == "own":  # noqa: S105
        return _("Keep it: it is your own, and not shown again.")
    sentence = _(
        "Hand it over: it is not mailed, and not shown again. It is temporary: within {n} hours "
        "{name} signs in with it and chooses a password."
    )
    parts = (sentence.format(n=hours, name=named(user)), still_shut(user))
    return " ".join(part for part in parts if part)


def named(user: Row | User) -> str:
    """Their name, unless it would fill the screen."""
    return user.full_name if len(user.full_name) <= 80 else user.login
