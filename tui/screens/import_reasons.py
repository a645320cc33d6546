"""Why rows are not imported, as people read it, and counted by reason."""

from array import array
from collections.abc import Sequence

from store.exchange.importing import Failure
from store.exchange.options import Options
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
    "field_count": _("number of cells"),
    "language_unknown": _("unknown language"),
    "login_invalid": _("login malformed"),
    "login_taken": _("login taken"),
    "not_allowed": _("not allowed"),
    "phone_invalid": _("phone malformed"),
    "required": _("something missing"),
    "role_unknown": _("unknown role"),
    "team_unknown": _("unknown team"),
    "sub_account_unknown": _("unknown sub-account"),
    "role_lacks": _("role lacks the simulator"),
    "too_long": _("too long"),
}


SWITCHES = {"create_teams": _("missing teams"), "update": _("known people")}
"""What the options of an import are called where its headings are mapped."""

CURES = {
    "create_teams": _("Tick “{switch}” before the rehearsal, and they are made."),
    "update": _("Tick “{switch}” before the rehearsal, and they are changed."),
}


class Reason:
    """One code, and which of the failures have it: their places, for there may be a million.

    `cure` is the option of the import that would help, if any.
    """

    def __init__(self, code: str, every: Sequence[Failure], cure: str) -> None:
        self.code, self.cure = code, cure
        self.places = array("q")
        self._every = every

    @property
    def words(self) -> str:
        return in_words(self.code)

    def __len__(self) -> int:
        return len(self.places)

    def failure(self, place: int) -> Failure:
        """One of them, counted from the first row of the file that fails for this reason."""
        return self._every[self.places[place]]


def in_words(code: str) -> str:
    """A reason code as people read it."""
    return IN_WORDS.get(code, code.replace("_", " "))


def by_reason(failures: Sequence[Failure], options: Options) -> list[Reason]:
    """The failures by their code, the most frequent first."""
    found: dict[str, Reason] = {}
    for place, failure in enumerate(failures):
        if failure.code not in found:
            cure = options.cure(failure.code)
            found[failure.code] = Reason(failure.code, failures, cure)
        found[failure.code].places.append(place)
    return sorted(found.values(), key=lambda reason: (-len(reason), reason.code))


def told_of_reason(reason: Reason) -> LedgerLine:
    """How many rows fail for a reason, with what is said of the first and what would help."""
    number, sentence = len(reason), reason.failure(0).message
    rows = ngettext("{n} row", "{n} rows", number).format(n=grouped(number))
    if reason.cure:
        cure = CURES[reason.cure].format(switch=SWITCHES[reason.cure])
        sentence = f"{sentence} {cure}"
    return LedgerLine(SIGNS.blocked, reason.words, rows, sentence)


def told_of_row(failure: Failure) -> LedgerLine:
    """Why one row fails."""
    line = _("line {n}").format(n=failure.line)
    return LedgerLine(SIGNS.blocked, in_words(failure.code), line, failure.message)
