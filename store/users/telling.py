"""What an act takes away or brings back, in words: of what was done, and of what would be."""

from store.users.acts import Done
from store.users.assigned import Assigned
from store.wording import _, ngettext

OUTCOMES = {
    "confirm": "confirmed",
    "block": "blocked",
    "unblock": "unblocked",
    "unlock": "unlocked",
    "deactivate": "deactivated",
    "restore": "restored",
    "remove": "removed",
    "release": "released",
    "send_confirmation": "queued",
    "write": "queued",
    "resend": "resent",
    "revoke": "revoked",
    "join": "added",
    "leaving": "leaving",
    "transfer": "handed over",
    "leave": "taken_out",
    "already": "unchanged",
}
"""What somebody is when it was done; the words of a ledger are stable."""


def ended(took: Assigned) -> str:
    """What it ended: `2 sessions ended, 1 code died`; nothing where there was nothing."""
    parts = []
    if took.sessions:
        words = ngettext("{n} session ended", "{n} sessions ended", took.sessions)
        parts.append(words.format(n=took.sessions))
    if took.codes:
        words = ngettext("{n} code died", "{n} codes died", took.codes)
        parts.append(words.format(n=took.codes))
    return ", ".join(parts)


def particulars(done: Done) -> str:
    """What came with an act, besides what its name says; nothing where that is all."""
    return ", ".join(
        filter(
            None,
            (ended(done.ended), _invited(done), _handed(done), _lifted(done), _exchanged(done)),
        )
    )


def _invited(done: Done) -> str:
    return _("the invitation no longer works") if "invitation" in done.changes else ""


def _handed(done: Done) -> str:
    if done.verb == "leaving":
        return _("what they own is being handed over")
    number = sum(old for name, (old, _new) in done.changes.items() if name.startswith("records."))
    if not number:
        return ""
    return ngettext("{n} record handed over", "{n} records handed over", number).format(n=number)


def _lifted(done: Done) -> str:
    held = done.changes.get("locks", ((), ()))[0]
    parts = [_("the block of before is lifted")] if "block" in done.changes else []
    if done.verb == "restore" and held:
        words = ngettext("{n} lock is lifted", "{n} locks are lifted", len(held))
        parts.append(words.format(n=len(held)))
    if done.verb == "unblock" and done.user.locks:
        parts.append(_("still locked: unlock lifts that"))
    return ", ".join(parts)


def _exchanged(done: Done) -> str:
    if done.verb != "release" or "login" not in done.changes:
        return ""
    old, new = done.changes["login"]
    return _("the login changes from {old} to {new}").format(old=old, new=new)
