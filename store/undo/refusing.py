"""Why a change is not put back: it never could be, or the world has moved since (DESIGN 3.13)."""

import shlex
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from store import audit, checks, settings
from store.audit import UNDOES
from store.errors import Conflict, NoSuch, NotFound, Refused
from store.fields import utc_text
from store.mail import outbox
from store.records import transferring
from store.undo import people, things
from store.undo.finding import NO_CHANGES, Change
from store.undo.kinds import Kind, subject_of
from store.values import AuditEntry
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store
    from store.session import Session

KINDS: Mapping[str, Kind] = {**people.KINDS, **things.KINDS}
"""How each verb is put back; a verb that is not here never is."""

_SAME = {"email": checks.same_email, "login": checks.same_login}
"""How to compare fields that have several spellings of one value."""

_GONE = frozenset({"remove", "revoke", "delete_role", "delete_team", "delete_sub_account"})
_CAME = frozenset({"sign_in", "accept"})

_PASSWORD = _(
    "A password cannot be restored, because only a hash is stored. Set another one: {how}"
)
_LETTER = _("An email that was queued may be sent already. See its state: usher mail list")
_DELETED = _("A deletion cannot be undone. Create it again: {how}")
_LET_IN = _("The user may have signed in already. Block the user instead: usher users block {id}")
_KEY = _("A change of keys cannot be undone. Reverse it: {how}")
_HANDED = _(
    "A transfer cannot be undone. Transfer the records back: usher records "
    "transfer --from WHO --to WHO"
)
_PHOTO = _("The former photo is not kept. Add it again: usher users photo {id} --file FILE")
_MODULE = _(
    "A change of modules cannot be undone, because roles use them. Review "
    "them: usher access modules list"
)
_IMPORT = "usher import "
_IMPORTED = _(
    "An import cannot be undone. Revoke the pending users it created: usher invitations revoke WHO"
)
_OWNED = _("Only the current owner can transfer ownership: usher owner transfer WHO")
NEVER = {
    "set_password": _PASSWORD.format(how="usher users set-password {id} --generate"),
    "change_password": _PASSWORD.format(how=_("m, then s")),
    "reset_password": _PASSWORD.format(how=_("m, then s")),
    "accept": _PASSWORD.format(how=_("m, then s")),
    "rename": _(
        "The former login requires a new password. Rename the user again: usher "
        "users rename {id} --login OLD --generate"
    ),
    "remove": _(
        "The data of a removed user is erased. Invite the user again: usher "
        "invitations send ADDRESS"
    ),
    "revoke": _(
        "A revoked invitation deletes the user. Invite the user again: usher "
        "invitations send ADDRESS"
    ),
    "release": _(
        "A released address may belong to another user by now. If it is free, "
        "enter it again: usher users edit {id} --email ADDRESS"
    ),
    "confirm": _LET_IN,
    "unlock": _LET_IN,
    "confirm_email": _("An address that was confirmed stays confirmed. There is nothing to undo."),
    "add_key": _KEY.format(how="usher keys remove FINGERPRINT"),
    "remove_key": _KEY.format(how="usher keys add {id}"),
    "end_sessions": _("An ended session cannot be continued. The user can sign in again."),
    "resend": _LETTER,
    "resend_letter": _LETTER,
    "send_confirmation": _LETTER,
    "write": _LETTER,
    "delete_role": _DELETED.format(how="usher roles create"),
    "delete_team": _DELETED.format(how="usher teams create"),
    "delete_sub_account": _DELETED.format(how="usher sub-accounts create"),
    "add_module": _MODULE,
    "edit_module": _MODULE,
    "remove_module": _MODULE,
    "set_smtp_password": _PASSWORD.format(how="usher mail password --password-stdin"),
    "remove_employee": _DELETED.format(how="usher employees create"),
    "link_employee": _(
        "A link cannot be undone. Unlink the record instead: usher employees unlink EMPLOYEE"
    ),
    "unlink_employee": _(
        "Unlinking cannot be undone. Link the record again: usher employees link EMPLOYEE WHO"
    ),
    "set_photo": _PHOTO,
    "remove_photo": _PHOTO,
    "leave": _HANDED,
    "transfer": _HANDED,
    "import_records": _IMPORTED,
    "transfer_ownership": _OWNED,
    "claim_ownership": _OWNED,
    "declare_absent": _(
        "The owner has received an email about it. Cancel the declaration: usher owner keep"
    ),
    "init": _("The creation of an account cannot be undone."),
}
"""Why a kind is never put back, and what comes nearest to it."""
_UNKNOWN = _("“{verb}” cannot be undone. See what it changed: usher audit list")


def about(session: "Session", change: Change) -> str:
    """What the person or the thing is called that was changed.

    Raises:
        NotFound, NoSuch, NotAllowed: the actor may not see it any more.
        Refused: it is gone, or the change is none that is ever put back.
    """
    entry = change.entries[-1]
    for one in change.entries:
        if one.verb not in KINDS or one.command.startswith(_IMPORT):
            raise _never(one)
    try:
        return KINDS[entry.verb].about(session, entry)
    except (NotFound, NoSuch):
        with session.store.read():
            later = _later(session.store, change)
        gone = next((one for one in later if one.verb in _GONE), None)
        if gone is None:
            raise
        sentence = _(
            "What this changed no longer exists ({verb} by {who}, {when})."
            " There is nothing to undo."
        )
        raise _since(session, "gone", sentence, gone, verb=gone.verb.replace("_", " ")) from None


def refuse(session: "Session", change: Change, name: str) -> None:
    """See that the world has not moved since a change.

    Raises:
        Refused: a letter is out, or the person has signed in, or more was done than comes back.
        Conflict: somebody has changed the same since.
    """
    store = session.store
    later = _later(store, change)
    for entry in change.entries:
        kind = KINDS[entry.verb]
        _check_coming(session, kind, later, name)
        _check_later(session, kind, entry, later, name)
        _check_letters(store, entry, name)
        _check_values(session, kind, entry, name)


def _never(entry: AuditEntry) -> Refused:
    known = _IMPORTED if entry.command.startswith(_IMPORT) else NEVER.get(entry.verb, _UNKNOWN)
    sentence = known.format(id=entry.target or "WHO", verb=entry.verb.replace("_", " "))
    return Refused(sentence, code="not_undoable", verb=entry.verb)


def _later(store: "Store", change: Change) -> list[AuditEntry]:
    """What has been done to the same since, but for what was put back, and putting it back."""
    subject = subject_of(change.newest)
    found = [
        entry
        for entry in audit.later(store, change.newest.seq, change.newest.target)
        if subject_of(entry) == subject
    ]
    undone = {seq for entry in found for seq in entry.changes.get(UNDOES, (None, ()))[1]}
    return [entry for entry in found if entry.seq not in undone and UNDOES not in entry.changes]


def _check_coming(session: "Session", kind: Kind, later: Sequence[AuditEntry], name: str) -> None:
    came = next((entry for entry in later if entry.verb in _CAME), None)
    if kind.shuts_out and came:
        sentence = _(
            "{name} has signed in since ({when}). Block the user instead: usher users block {id}"
        )
        raise _since(session, "signed_in_since", sentence, came, name=name)


def _check_later(
    session: "Session", kind: Kind, entry: AuditEntry, later: Sequence[AuditEntry], name: str
) -> None:
    fields = set(kind.changed(entry))
    for one in () if kind.one_of_many else later:
        same = fields & set(one.changes)
        if same or (kind.made and one.verb not in NO_CHANGES):
            what = ", ".join(sorted(same)) or one.verb
            sentence = _(
                "{who} has changed {what} of {name} since ({when}). Nothing was undone. "
                "Review the history: usher audit list"
            )
            error = _since(
                session, "changed_since", sentence, one, name=name, what=what.replace("_", " ")
            )
            raise Conflict(error.message, code=error.name, **error.data)


def _check_letters(store: "Store", entry: AuditEntry, name: str) -> None:
    """No letter may be out that would not be true any more; those that wait are held up.

    On PostgreSQL whoever delivers waits for this transaction, and finds them withdrawn.
    """
    if entry.verb not in people.MAKING and "email" not in entry.changes:
        return
    lock = " FOR UPDATE" if store.postgres else ""
    for number, state in store.sql(
        f"SELECT id, state FROM usher_letter WHERE user_id = ? AND created >= ?{lock}",
        entry.target,
        utc_text(entry.at),
    ):
        if state in outbox.OUT:
            sentence = (
                _(
                    "An email to {name} about this change was already sent. Revoke the invitation "
                    "instead: usher invitations revoke {id}"
                )
                if entry.verb in people.MAKING
                else _(
                    "An email to {name} about this change was already sent. Edit the user again: "
                    "usher users edit {id} --email {old}"
                )
            )
            before, _after = entry.changes.get("email", ("", ""))
            told = sentence.format(name=name, id=entry.target, old=shlex.quote(before or ""))
            raise Refused(told, code="letter_out", letter=number)


def _check_values(session: "Session", kind: Kind, entry: AuditEntry, name: str) -> None:
    stands = kind.stands(session, entry)
    changed = kind.changed(entry)
    more = sorted(set(changed) - set(stands))
    if any(field.startswith(transferring.OF_RECORDS) for field in more):
        sentence = _(
            "The records of {name} were transferred, which cannot be undone. Transfer "
            "them back: usher records transfer --from WHO --to {id}"
        )
        raise Refused(sentence.format(name=name, id=entry.target), code="not_undoable")
    if more:
        sentence = _(
            "Part of the change to {name} cannot be undone: {what}. Edit the "
            "user instead: usher users edit {id}"
        )
        told = sentence.format(name=name, what=_in_words(more), id=entry.target)
        raise Refused(told, code="not_undoable")
    other = sorted(
        field for field, (_old, new) in changed.items() if not _same(field, stands[field], new)
    )
    if other:
        sentence = _(
            "{what} of {name} has changed since. Nothing was undone. Review the "
            "history: usher audit list --target {id}"
        )
        told = sentence.format(name=name, what=_in_words(other), id=entry.target)
        raise Conflict(told, code="changed_since")


def _in_words(fields: Collection[str]) -> str:
    return ", ".join(fields).replace("_", " ")


def _same(field: str, value: Any, known: Any) -> bool:
    """Return whether a field has the value in the history, in any spelling."""
    if field in _SAME and isinstance(value, str) and isinstance(known, str):
        return _SAME[field](value, known)
    return bool(_plain(value) == known)


def _plain(value: Any) -> Any:
    """A value as the history has it, which knows lists alone."""
    return list(value) if isinstance(value, tuple) else value


def _since(
    session: "Session", code: str, sentence: str, entry: AuditEntry, **words: str
) -> Refused:
    zone = settings.load(session.store).time_zone
    when = f"{entry.at.astimezone(zone):%Y-%m-%d %H:%M}"
    told = sentence.format(who=entry.actor, when=when, id=entry.target, **words)
    return Refused(told, code=code, seq=entry.seq)
