"""Who may act on whom: what every verb asks, and the reason that the screens show.

`may` is a pure function of an actor, a permission and a subject. `require` reads the actor anew,
inside the transaction of the act, so that a demotion counts from its commit (ASVS 8.3.2).
"""

import shlex
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from store import settings
from store.access import denials
from store.checks.labels import label_of
from store.clocks import AHEAD
from store.errors import NotAllowed, PasswordChangeRequired, PasswordNeeded, SessionEnded
from store.fields import utc_moment
from store.settings import Settings
from store.values import Status, User, Why
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store
    from store.session import Session

PLAIN = frozenset({"first_name", "last_name", "phone", "country", "language", "position", "photo"})
"""Fields that any admin can edit for another admin.

`profile.self_edit` can let standard users edit these fields, and no others (DESIGN 3.6).
"""
CARD = frozenset({"currency", "number", "address", "notes"})
RIGHTS = frozenset({"role", "teams", "sub_accounts", "admin", "simulator_only"})
FIELDS = PLAIN | CARD | RIGHTS | {"email", "login"}

PROOF = timedelta(minutes=5)
"""For how long a password that was given counts for dangerous verbs (DESIGN 3.6)."""

OWN = frozenset(
    {
        "users.view",
        "users.edit",
        "keys.view",
        "keys.edit",
        "sessions.view",
        "sessions.end",
        "records.view",
    }
)
"""What everybody may do to themselves, as far as the fields and rules of each allow."""
SEEN = frozenset({"users.view", "keys.view", "sessions.view", "records.view"})
"""What only looks."""
ON_ANYBODY = SEEN | {"users.mail"}
"""What any admin may do to the owner as well: one looks, or writes to them."""
STATUS = frozenset(
    {
        "users.block",
        "users.unblock",
        "users.deactivate",
        "users.restore",
        "users.remove",
        "users.confirm",
        "invitations.revoke",
    }
)
"""What moves somebody from one status to another; nobody does it to themselves (DESIGN 3.6)."""
ON_ADMINS = ON_ANYBODY | {"users.edit", "users.unlock", "users.confirm", "invitations.resend"}
"""What any admin may do to an admin; the rest is the owner's (S1, DESIGN 3.6)."""

OF_ADMINS = frozenset(
    {
        "users.view",
        "users.create",
        "users.edit",
        "users.export",
        "users.unlock",
        "users.password",
        "users.rename",
        "users.release",
        "users.rights",
        "users.invite",
        "users.mail",
        "users.transfer",
        "records.view",
        "records.import",
        "employees.view",
        "employees.edit",
        "owner.view",
        "owner.declare_absent",
        "owner.keep",
        "owner.claim",
        "invitations.resend",
        "sessions.view",
        "sessions.end",
        "history.view",
        "keys.view",
        "keys.edit",
        "mail.view",
        "settings.view",
        "modules.view",
    }
    | STATUS
    | {
        f"{noun}.{action}"
        for noun in ("roles", "teams", "sub_accounts")
        for action in ("view", "create", "edit", "delete")
    }
)

_STANDS_FOR = {
    "sessions.view": "users.view",
    "sessions.end": "users.sessions",
    "keys.view": "users.view",
    "keys.edit": "users.keys",
    "history.view": "users.view",
    "mail.view": "users.view",
    "records.view": "users.view",
    "records.import": "users.transfer",
    "employees.view": "users.view",
    "employees.edit": "users.edit",
    "invitations.resend": "users.invite",
    "invitations.revoke": "users.invite",
    "roles.create": "users.rights",
    "roles.edit": "users.rights",
    "roles.delete": "users.rights",
    "owner.declare_absent": "users.rights",
}
"""Which permission of the module `users` an owner denies to keep an admin from this."""


_OF_OWNER = {
    "settings.edit": _("Only the owner can change settings."),
    "modules.edit": _("Only the owner can change modules."),
    "owner.transfer": _("Only the owner can transfer ownership."),
}
"""What no admin may, and why."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, as the database knows them now. The operator has no id."""

    id: int | None
    name: str
    admin: bool = False
    owner: bool = False
    denied: frozenset[str] = frozenset()
    """What the owner has denied an admin; of others it is empty."""

    @classmethod
    def of(cls, user: User) -> "Actor":
        """A user as one who acts."""
        return cls(user.id, user.login, user.admin, user.owner, frozenset(user.denied))

    @property
    def operator(self) -> bool:
        return self.id is None

    @property
    def unbounded(self) -> bool:
        """Whether nothing can be denied them."""
        return self.operator or self.owner


@dataclass(frozen=True, slots=True)
class Subject:
    """On whom one acts."""

    id: int
    admin: bool
    owner: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes, or no with the reason in a sentence."""

    reason: str = ""

    def __bool__(self) -> bool:
        return not self.reason


YES = Answer()


def may(actor: Actor, permission: str, subject: Subject | None = None) -> Answer:
    """Whether the actor may do this at all, and to this subject."""
    if subject is not None and subject.id == actor.id:
        if permission in OWN:
            return YES
        if permission in STATUS:
            return Answer(_why_not_own_status(actor, permission))
        if permission == "users.password":
            sentence = _(
                "You cannot set a temporary password for yourself. Change your password instead:"
                " usher --as {login} users set-password {login} --password-stdin"
            )
            return Answer(sentence.format(login=shlex.quote(actor.name)))
        if permission == "users.rights" and not actor.owner:
            return Answer(_("You cannot change your own permissions. Ask another admin."))
    if actor.unbounded:
        if subject is not None and subject.owner and permission == "users.rights":
            return Answer(_("The owner holds every permission. There is nothing to change."))
        return YES
    if actor.admin and permission in _OF_OWNER:
        return Answer(_OF_OWNER[permission])
    if not actor.admin or permission not in OF_ADMINS:
        return Answer(_("Only an admin can do this ({permission}).").format(permission=permission))
    withheld = _withheld(actor, permission)
    if withheld:
        return Answer(_("The owner has denied you {permission}.").format(permission=withheld))
    if subject is not None and subject.owner and permission not in ON_ANYBODY:
        sentence = _("Only the owner can do this to the owner ({permission}).")
        return Answer(sentence.format(permission=permission))
    if subject is not None and subject.admin and permission not in ON_ADMINS:
        sentence = _("Only the owner can do this to an admin ({permission}).")
        return Answer(sentence.format(permission=permission))
    return YES


def _why_not_own_status(actor: Actor, permission: str) -> str:
    """Return why users do not change their own status; who asks is signed in, and so active."""
    if permission in {"users.unblock", "users.restore", "users.confirm"}:
        return _("You are active and confirmed. There is nothing to do.")
    if actor.owner:
        return _("The owner is always active. Transfer ownership first: usher owner transfer WHO")
    return _("You cannot change your own status. Ask another admin.")


def _withheld(actor: Actor, permission: str) -> str:
    """The permission that an admin lacks for this, because the owner has denied it.

    Denied to see users, one sees the own profile alone (DESIGN 3.6).
    """
    needed = _STANDS_FOR.get(permission, permission)
    if not needed.startswith("users."):
        return ""
    return next((one for one in ("users.view", needed) if one in actor.denied), "")


def editable(actor: Actor, subject: Subject, current: Settings) -> frozenset[str]:
    """The fields of the subject that the actor may change (DESIGN 3.6, ASVS 8.2.3).

    A login is never among them: it is renamed, together with a new password (DESIGN 3.10).
    """
    if actor.unbounded:
        return FIELDS - {"login"} - ({"admin"} if subject.owner else set())
    if not actor.admin:
        # Whatever the setting holds, users never edit their own permissions or sign-in data.
        own = frozenset(current.profile_self_edit.split()) & PLAIN
        return own if subject.id == actor.id else frozenset()
    if subject.owner:
        return frozenset()
    if subject.id == actor.id:
        return PLAIN | CARD | {"email", "admin"}
    if _withheld(actor, "users.edit"):
        return frozenset()
    if subject.admin:
        return PLAIN
    return FIELDS - {"login"} - (RIGHTS if _withheld(actor, "users.rights") else frozenset())


def why_not_field(actor: Actor, subject: Subject, field: str) -> str:
    """Return why the actor cannot edit a field."""
    if field == "login":
        sentence = _(
            "The login is changed together with the password. Rename the user:"
            " usher users rename {id} --login NEW --generate"
        )
        return sentence.format(id=subject.id)
    if subject.owner and field == "admin":
        return _("The owner is always an admin. Transfer ownership first: usher owner transfer WHO")
    if not (actor.admin or actor.unbounded):
        return _("Only an admin can change the {field}.").format(field=label_of(field))
    if subject.id == actor.id:
        sentence = _("You cannot change your own {field}. Ask another admin.")
        return sentence.format(field=label_of(field))
    withheld = _withheld(actor, "users.rights" if field in RIGHTS else "users.edit")
    if withheld and not subject.admin:
        return _("The owner has denied you {permission}.").format(permission=withheld)
    return _("Only the owner can change the {field} of an admin.").format(field=label_of(field))


def actor_of(session: "Session") -> Actor:
    """The actor of a session, read anew.

    Raises:
        SessionEnded: the session is over, or its person may no longer come in.
    """
    if session.user is None:
        return Actor(None, session.name)
    store = session.store
    with store.read():
        rows = store.sql(
            "SELECT u.login, u.admin, u.owner, u.status, s.started, s.ended, s.why"
            " FROM usher_user u"
            " LEFT JOIN usher_session s ON s.id = ? WHERE u.id = ?",
            session.row,
            session.user,
        )
    if not rows:
        raise SessionEnded
    login, admin, owner, status, started, ended, why = rows[0]
    if status not in {Status.ACTIVE, Status.PENDING} or ended is not None:
        raise SessionEnded(why or "")
    begun = utc_moment(started)
    if begun is None and session.row is not None:
        # It ended so long ago that it was cleared away.
        raise SessionEnded
    if begun:
        # A wrong clock opened a session that begins in the future: its duration is unknown.
        lasted = store.clock() - begun
        if not -AHEAD <= lasted <= settings.load(store).session_absolute:
            raise SessionEnded(Why.LIMIT)
    denied = denied_of(store, session.user) if admin and not owner else frozenset()
    return Actor(session.user, login, bool(admin), bool(owner), denied)


def denied_of(store: "Store", number: int) -> frozenset[str]:
    """What is denied to this person."""
    with store.read():
        rows = store.sql(
            "SELECT permission_id FROM usher_override WHERE user_id = ? AND NOT allowed", number
        )
    return frozenset(permission for (permission,) in rows)


def require(session: "Session", permission: str, subject: Subject | None = None) -> Actor:
    """The actor, if they may; that they may not is an entry of the history (CHECKLIST F50).

    Raises:
        NotAllowed: they may not; the sentence says why.
        SessionEnded: the session is over.
    """
    actor = actor_of(session)
    require_own_password(session)
    answer = may_now(session, actor, permission, subject)
    if not answer:
        denials.note(session, permission, subject.id if subject else None)
        raise NotAllowed(answer.reason)
    return actor


def require_own_password(session: "Session") -> None:
    """For all but one's own page and the choice of a new password (gate 8, CHECKLIST D37).

    Raises:
        NotAllowed: the password is temporary or expired.
    """
    if session.proof.only_password:
        raise PasswordChangeRequired(session.name)


def may_now(
    session: "Session", actor: Actor, permission: str, subject: Subject | None = None
) -> Answer:
    """Whether the actor, read a moment ago, may do this in this session.

    From the host one may do what any actor may, on an admin only with a reason (DESIGN 3.6).
    """
    if (
        actor.operator
        and subject
        and (subject.admin or subject.owner)
        and not session.reason
        and permission not in SEEN
    ):
        return Answer(_("The operator needs a reason to act on an admin. Add: --reason TEXT"))
    return may(actor, permission, subject)


def require_proof(session: "Session") -> None:
    """For the dangerous verbs of DESIGN 3.6: their actor has given their password just now.

    The operator has none, and a rehearsal does nothing that could be dangerous.

    Raises:
        PasswordNeeded: it was never given in this session, or more than five minutes ago.
    """
    if session.user is None or session.store.rehearsing:
        return
    given = session.proof.at
    if given is None or not timedelta() <= session.store.now() - given <= PROOF:
        raise PasswordNeeded(session)
