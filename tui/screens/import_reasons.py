"""Why rows are not imported, as people read it, and counted by reason."""

from collections.abc import Iterable
from dataclasses import dataclass

from store.exchange.importing import Failure
from store.wording import _, ngettext
from tui.moments import grouped
from tui.signs import SIGNS
from tui.widgets.ledger import LedgerLine

IN_WORDS = {
    "control_characters": _("hidden characters"),
    "country_unknown": _("unknown country"),
    "duplicate_in_file": _("twice in the file"),
    "email_invalid": _("e-mail malformed"),
    "email_taken": _("e-mail taken"),
    "field_count": _("cells missing"),
    "language_unknown": _("unknown language"),
    "login_invalid": _("login malformed"),
    "login_taken": _("login taken"),
    "not_allowed": _("not allowed"),
    "phone_invalid": _("phone malformed"),
    "required": _("something missing"),
    "role_unknown": _("unknown role"),
    "team_unknown": _("unknown team"),
    "too_long": _("too long"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One code, and the rows that fail for it in the order of the file."""

    code: str
    failures: tuple[Failure, ...]

    @property
    def words(self) -> str:
        return in_words(self.code)


def in_words(code: str) -> str:
    """A reason code as people read it."""
    return IN_WORDS.get(code, code.replace("_", " "))


def by_reason(failures: Iterable[Failure]) -> list[Reason]:
    """The failures by their code, the most frequent first."""
    found: dict[str, list[Failure]] = {}
    for failure in failures:
        found.setdefault(failure.code, []).append(failure)
    reasons = [Reason(code, tuple(those)) for code, those in found.items()]
    return sorted(reasons, key=lambda reason: (-len(reason.failures), reason.code))


def told_of_reason(reason: Reason) -> LedgerLine:
    """How many rows fail for a reason, with what is said of the first of them."""
    number = len(reason.failures)
    rows = ngettext("{n} row", "{n} rows", number).format(n=grouped(number))
    return LedgerLine(SIGNS.blocked, reason.words, rows, reason.failures[0].message)


def told_of_row(failure: Failure) -> LedgerLine:
    """Why one row fails."""
    line = _("line {n}").format(n=failure.line)
    return LedgerLine(SIGNS.blocked, in_words(failure.code), line, failure.message)
