"""What is said of somebody who leaves, or only hands over; free of textual."""

from collections.abc import Mapping, Sequence

from store.leaving import standing
from store.leaving.leave import Left
from store.leaving.plan import Plan
from store.records.transferring import HandedOver
from store.users.acts import Done
from store.values import Row, User
from store.wording import _
from tui import acting
from tui.moments import grouped
from tui.safe import fit
from tui.signs import SIGNS

ALL = ""
"""The line of everything that has no line of its own with somebody on it."""
KIND, NUMBER = 20, 11
Chosen = Mapping[str, Row]


def lines(plan: Plan, chosen: Chosen) -> list[str]:
    """A line for everything, and one for each kind: how many, and who gets them."""
    return [
        f"{fit(name, KIND)}{fit(grouped(number), NUMBER, right=True)}   {_heir(plan, kind, chosen)}"
        for kind, name, number in (
            (ALL, _("everything"), plan.number),
            *((kind, kind, number) for kind, number in plan.owned.items()),
        )
    ]


def _heir(plan: Plan, kind: str, chosen: Chosen) -> str:
    if kind in chosen:
        return f"{SIGNS.done} {_named(chosen[kind])}"
    if kind != ALL and ALL in chosen:
        return f"  {_named(chosen[ALL])}"
    if plan.under_way:
        heir = plan.under_way.heirs.of(kind) if kind else plan.under_way.heirs.all
        if heir:
            return "  " + _("user {id}, as chosen before").format(id=heir)
    return f"  {SIGNS.nothing}"


def below(plan: Plan, verb: str) -> str:
    """What ends with them, and what is in the way."""
    sentences = []
    if plan.under_way:
        sentences.append(standing.told(plan.under_way) + " " + _("F2 goes on with it."))
    if verb != "transfer":
        sentences += [acting.ends(plan.hangs), acting.rest(verb, plan.hangs, owned=False)]
    if plan.against[verb]:
        sentences.append(f"{SIGNS.error} {plan.against[verb]}")
    if plan.last_admin and verb != "transfer":
        sentences.append(_("Besides the owner, no other admin can come in then."))
    if plan.in_batches:
        sentences.append(
            _("So much goes in batches. They are shut out first.")
            if verb != "transfer"
            else _("So much goes in batches.")
        )
    return " ".join(filter(None, sentences))


def consequence(verb: str, foreseen: Left | HandedOver, chosen: Chosen) -> str:
    """What will come of it, from the rehearsal."""
    handed = foreseen.handed if isinstance(foreseen, Left) else foreseen
    people = {row.id: row for row in chosen.values()}
    goes: dict[int, list[str]] = {}
    for kind, number in handed.goes.items():
        goes.setdefault(handed.heirs.of(kind) or 0, []).append(f"{grouped(number)} {kind}")
    sentences = [
        _("To {name}: {what}.").format(
            name=_named(people[heir]) if heir in people else _("user {id}").format(id=heir),
            what=", ".join(what),
        )
        for heir, what in goes.items()
    ]
    if isinstance(foreseen, Left):
        sentences = [acting.WHAT[verb], acting.ends(foreseen.done.ended), *sentences]
    if handed.under_way:
        sentences.append(_("In batches; it goes on whatever interrupts it."))
    if handed.counted:
        sentences.append(_("Counted, not rehearsed."))
    return " ".join(filter(None, sentences))


def title(verb: str, user: User) -> str:
    """The question, and to whom it is done."""
    return f"{acting.YES[verb]}: {user.full_name} ({user.id})?"


def how_far(moved: int, total: int, percent: int) -> str:
    """How far the batches are."""
    sentence = _("{n} of {total} so far, {percent} %.")
    return sentence.format(n=grouped(moved), total=grouped(total), percent=percent)


def ended(verb: str, user: User, handed: HandedOver | None) -> Done:
    """What was done to somebody, who is as they are now."""
    return Done(user, verb, {"records.": (handed.number if handed else 0, 0)})


def flags(verb: str, user: int, chosen: Chosen) -> Sequence[str]:
    """The words of the command that does the same."""
    to = "--to" if verb == "transfer" else "--transfer-to"
    words = (
        ["usher", "records", "transfer", "--from", str(user)]
        if verb == "transfer"
        else ["usher", "users", verb, str(user)]
    )
    for kind, row in chosen.items():
        words += [to, str(row.id)] if kind == ALL else ["--kind", f"{kind}={row.id}"]
    return words


def _named(row: Row) -> str:
    return f"{row.full_name} ({row.id})"
