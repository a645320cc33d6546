"""What a dialog says before somebody is moved, and what is said afterwards; free of textual."""

from collections import Counter

from store.users import telling
from store.users.acts import Done
from store.users.assigned import Assigned
from store.users.many import Foreseen
from store.values import Status
from store.wording import _, ngettext
from tui.consequences import for_screens
from tui.moments import grouped

YES = {
    "block": _("Block"),
    "unblock": _("Unblock"),
    "unlock": _("Unlock"),
    "deactivate": _("Deactivate"),
    "restore": _("Restore"),
    "remove": _("Remove"),
    "confirm": _("Confirm"),
    "release": _("Release"),
    "send_confirmation": _("Ask"),
    "write": _("Write to"),
    "resend": _("Invite again"),
    "revoke": _("Revoke"),
    "transfer": _("Hand over"),
}

WHAT = {
    "block": _("Out at once, until unblocked."),
    "unblock": _("They may come in again."),
    "unlock": _("Wrong passwords and long absence are forgiven."),
    "deactivate": _("Out at once, until restored."),
    "restore": _("Active again, or pending if they never came."),
    "remove": _("Erased for good, but for the id and what they did. Login and address are free."),
    "confirm": _("They may come in without a letter."),
    "send_confirmation": _("A letter asks whether the address is theirs; its code confirms it."),
    "release": _("Their address is free for others; the history keeps it."),
    "resend": _("A letter with a new code; the code of the one before is dead."),
    "revoke": _("As if never invited: they are deleted, login and address are free."),
}
"""One line where it can be: each costs bytes (LINE)."""

ENDING = frozenset({"block", "deactivate", "remove", "revoke"})
"""What ends sessions and codes."""

GONE = frozenset({"remove", "revoke"})
"""What leaves nobody."""

ANSWERS_SHOWN = 3
"""Reasons that are named; the ledger has all of them."""


def title(verb: str, foreseen: Foreseen) -> str:
    """The question: to whom, or to how many."""
    if foreseen.person is None:
        return f"{YES[verb]} {people(foreseen.done)}?"
    return f"{YES[verb]} {foreseen.person.full_name} ({foreseen.person.id})?"


def consequence(verb: str, foreseen: Foreseen) -> str:
    """What will come of it, from the rehearsal."""
    sentences = [WHAT[verb]]
    if verb in ENDING:
        sentences.append(ends(foreseen.hangs))
        sentences.append(rest(verb, foreseen.hangs))
        if verb == "block" and foreseen.hangs.records:
            sentences.append(_("To hand it over: t."))
    elif foreseen.only:
        more = telling.particulars(foreseen.only)
        sentences.append(_sentence(more))
    sentences.append(_left(foreseen.refused))
    if foreseen.counted:
        sentences.append(_("Counted, not rehearsed."))
    return " ".join(filter(None, sentences))


def told(done: Done) -> str:
    """What was done to one person."""
    more = telling.particulars(done)
    outcome = _(telling.OUTCOMES[done.verb]).capitalize()
    user = done.user
    gone = user.status is Status.REMOVED
    whom = _("user {id}").format(id=user.id) if gone else f"{user.full_name} ({user.id})"
    parts = (f"{outcome}: {whom}.", _sentence(more), for_screens(done))
    return " ".join(filter(None, parts))


def so_many(verb: str, number: int) -> str:
    """An act, and to how many: `Block 8`."""
    return f"{YES[verb]} {grouped(number)}"


def people(number: int) -> str:
    """So many people."""
    return ngettext("{n} person", "{n} people", number).format(n=grouped(number))


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def ends(hangs: Assigned) -> str:
    """What ends at once, as a sentence; nothing where nothing does."""
    parts = []
    if hangs.sessions:
        words = ngettext("{n} session ends", "{n} sessions end", hangs.sessions)
        parts.append(words.format(n=grouped(hangs.sessions)))
    if hangs.codes:
        words = ngettext("{n} code dies", "{n} codes die", hangs.codes)
        parts.append(words.format(n=grouped(hangs.codes)))
    return _sentence(", ".join(parts))


def rest(verb: str, hangs: Assigned, *, owned: bool = True) -> str:
    """What else hangs on them (S2): it goes when they are removed, and stays else."""
    parts = [
        words.format(n=grouped(number))
        for number, words in (
            (hangs.keys, ngettext("{n} key", "{n} keys", hangs.keys)),
            (hangs.teams, ngettext("{n} team", "{n} teams", hangs.teams)),
            (hangs.letters, ngettext("{n} waiting letter", "{n} waiting letters", hangs.letters)),
        )
        if number
    ]
    parts += [f"{grouped(number)} {_(kind)}" for kind, number in hangs.records if owned]
    if not parts:
        return ""
    sentence = _("Gone with them: {what}.") if verb in GONE else _("Stays theirs: {what}.")
    return sentence.format(what=", ".join(parts))


def nothing(foreseen: Foreseen) -> str:
    """Why an act would do nothing to any of several."""
    return _left(foreseen.refused) or _("Nobody is there any more.")


def _left(refused: Counter[str]) -> str:
    """How many are left as they are, and the most frequent reasons."""
    if not refused:
        return ""
    reasons = [
        f"{grouped(number)} {words}".rstrip(".")
        for words, number in refused.most_common(ANSWERS_SHOWN)
    ]
    sentence = ngettext(
        "{n} is left as it is: {why}.", "{n} are left as they are: {why}.", refused.total()
    )
    return sentence.format(n=grouped(refused.total()), why="; ".join(reasons))
