"""Sentences about the state of the history, for commands and screens."""

from collections.abc import Iterator

from store.audit import anchor, chain, erasing, walking
from store.audit.verifying import Verdict
from store.audit.walking import Damage
from store.database import Store
from store.wording import _, ngettext

_DAMAGES = {
    chain.HEAD_CHANGED: _("The row usher_audit_head is missing, or was not written by Usher."),
    erasing.WITHOUT_ENTRY: _("There are values of entry {seq}, but no such entry."),
    erasing.OPEN: _("A row in usher_audit_erasing lets values be deleted at any time."),
    walking.UNPROVEN: _("Entry {seq} was written with a key that is not here."),
    walking.MISSING: _("Entry {seq} is missing."),
    walking.CHANGED: _("Entry {seq} was changed, moved or added outside Usher."),
    walking.VALUES_CHANGED: _("The values of entry {seq} were changed."),
    walking.VALUES_MISSING: _("The values of entry {seq} were deleted for no recorded reason."),
    walking.SEALED_CHANGED: _("An entry sealed by entry {seq} was changed after that."),
    anchor.CUT_OFF: _("Entries from {seq} on were cut off, or the database was rolled back."),
    anchor.REWRITTEN: _("Entry {seq} was replaced by another one."),
    anchor.MISSING: _("The data folder has no {file}. Entries after {last} may be cut off."),
}  # fmt: skip

ACCEPT = _("If you know the reason, accept the damage: usher audit accept --reason TEXT")


def damage_sentence(store: Store, what: str, seq: int) -> str:
    """Return the sentence about damage at an entry."""
    text = _DAMAGES.get(what, _("Entry {seq} is damaged."))
    return text.format(seq=seq, last=seq - 1, file=anchor.path_of(store).name)


def lines_of(store: Store, verdict: Verdict) -> Iterator[str]:
    """Yield sentences about the history, damage first."""
    if verdict.damage is None:
        yield _("The history is intact.")
    else:
        yield (
            _("The history is damaged.")
            + " "
            + damage_sentence(store, verdict.damage.what, verdict.damage.seq)
        )
        yield ACCEPT
    yield ngettext("{n} entry.", "{n} entries.", verdict.entries).format(n=verdict.entries)
    if verdict.erased:
        yield ngettext(
            "The values of {n} entry were erased by another entry.",
            "The values of {n} entries were erased by other entries.",
            verdict.erased,
        ).format(n=verdict.erased)
    yield _end(store, verdict)
    yield from _keys(verdict)
    for seq in verdict.accepted:
        yield _("Damage before entry {seq} was accepted. See: usher audit list").format(seq=seq)


def notice(store: Store, found: Damage) -> str:
    """Return the notice for admins after they sign in, which fits on one line."""
    if found.what == anchor.MISSING:
        text = _("{file} is missing from the data folder. See: usher audit verify")
    else:
        text = _("The history is damaged from entry {seq} on. See: usher audit verify")
    return text.format(file=anchor.path_of(store).name, seq=found.seq)


def _end(store: Store, verdict: Verdict) -> str:
    text = {
        "agrees": _("The end matches {file} in the data folder."),
        "none": _("This host has no {file} yet, so it cannot detect a cut-off end."),
        "missing": _("The end cannot be checked: {file} is missing."),
        "differs": _("The end does not match {file} in the data folder."),
    }[verdict.anchor]
    return text.format(file=anchor.path_of(store).name)


def _keys(verdict: Verdict) -> Iterator[str]:
    changes = verdict.key_changes
    if not changes:
        yield _("One key.")
    else:
        text = ngettext("{keys} keys, changed at entry {entries}.",
                        "{keys} keys, changed at entries {entries}.", len(changes))  # fmt: skip
        yield text.format(keys=len(changes) + 1, entries=", ".join(map(str, changes)))
    if verdict.unproven:
        yield _(
            "Entries up to {seq} were written with a key that is not available. They have not"
            " changed since the key was replaced. Earlier changes cannot be detected."
        ).format(seq=verdict.unproven)
