"""What the ledger of a batch of invitations says, before and after sending; free of textual."""

from collections.abc import Sequence

from store.invitations.addresses import Asked
from store.invitations.checking import Ledger, Line, Offer, Outcome
from store.wording import _, ngettext
from tui.commands.invitations import INVITE_LEDGER
from tui.moments import grouped
from tui.remedies import on_screen
from tui.signs import SIGNS

WORDS = {
    Outcome.INVITED: _("invite"),
    Outcome.ALREADY_INVITED: _("invited before"),
    Outcome.ALREADY_USER: _("already here"),
    Outcome.INACTIVE: _("inactive"),
    Outcome.DISPOSABLE: _("disposable"),
    Outcome.MALFORMED: _("malformed"),
    Outcome.DUPLICATE: _("twice"),
    Outcome.LIMIT: _("too many"),
}
INVITED = _("invited")
"""What the first of them is called afterwards."""

_WRONG = frozenset({Outcome.DISPOSABLE, Outcome.MALFORMED, Outcome.LIMIT})
"""Where something has to be mended or waited for; the others are taken care of already."""


def sign(outcome: Outcome) -> str:
    """The sign beside the word."""
    if outcome is Outcome.INVITED:
        return SIGNS.done
    return SIGNS.blocked if outcome in _WRONG else SIGNS.nothing


def word(outcome: Outcome, *, sent: bool) -> str:
    """What becomes, or became, of an address."""
    return INVITED if sent and outcome is Outcome.INVITED else WORDS[outcome]


def address(line: Line) -> str:
    """The address, or what was typed where there is none."""
    return line.asked.address or line.asked.typed


def reason(line: Line, *, sent: bool) -> str:
    """What stands beside it: who they will be, or why not and what to do about it."""
    asked, holder = line.asked, line.holder
    if line.outcome is Outcome.INVITED:
        name = f"{asked.first_name} {asked.last_name}".strip()
        if line.user:
            return f"{name or _('user')} ({line.user})"
        return name
    if holder is None:
        return on_screen(line.message, INVITE_LEDGER)
    who = f"{holder.name or holder.login} ({holder.id}), {_(holder.status.value)}"
    if line.outcome is Outcome.INACTIVE and not sent:
        return f"{_('r restores them instead')}: {who}"
    return who


def figures(ledger: Ledger, *, sent: bool) -> str:
    """How many are invited, how many are not, and why."""
    if sent:
        first = ngettext("{n} is invited", "{n} are invited", ledger.invited)
        second = ngettext("{n} is not", "{n} are not", ledger.others)
    else:
        first = ngettext("{n} will be invited", "{n} will be invited", ledger.invited)
        second = ngettext("{n} will not", "{n} will not", ledger.others)
    first, second = first.format(n=grouped(ledger.invited)), second.format(n=grouped(ledger.others))
    said = f"{first}, {second}"
    counts = ledger.counts
    why = [
        f"{grouped(counts[outcome])} {words}"
        for outcome, words in WORDS.items()
        if counts[outcome] and outcome is not Outcome.INVITED
    ]
    return f"{said}: {', '.join(why)}." if why else f"{said}."


def offered(offer: Offer) -> str:
    """What all of them are to be: `user · Salesperson · North`."""
    parts = [_("admin") if offer.admin else _("user"), offer.role, *offer.teams]
    if offer.modules:
        parts.append(", ".join(offer.modules))
    parts += offer.sub_accounts
    return f" {SIGNS.dot} ".join(filter(None, parts))


def addresses(number: int) -> str:
    """So many addresses."""
    return ngettext("{n} address", "{n} addresses", number).format(n=grouped(number))


def as_text(asked: Sequence[Asked]) -> str:
    """Addresses with their names as a text from which they come again, a line each."""
    return "\n".join(map(_as_line, asked))


def _as_line(one: Asked) -> str:
    if "@" not in one.address:
        return one.typed or one.address
    name = ", ".join(filter(None, (one.last_name, one.first_name)))
    return f'"{name}" <{one.address}>' if name else one.address
