"""What becomes of each row of an import: the one planner, used by the preview and by the act.

It reads and never writes. A row's first fault is its code, and a row that fails reserves nothing
(DESIGN 3.11). Each row is judged as though the good rows before it had been done.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from store import access, checks
from store.access import Actor, ceiling, simulator
from store.checks.text import excerpt
from store.errors import Problem
from store.exchange.cells import unprotected
from store.exchange.headings import IGNORED
from store.exchange.meeting import Account
from store.exchange.options import Options
from store.exchange.reading import Row
from store.exchange.reserved import Reserved
from store.listing.folding import fold
from store.settings import Settings
from store.users import read, readdressing
from store.users.changing import Change
from store.users.writing import identifiers
from store.values import ALL, Draft, User
from store.wording import _

if TYPE_CHECKING:
    from store.session import Session

TEAMS_COLUMN = "team"
SUB_ACCOUNTS_COLUMN = "sub_accounts"
SEPARATOR = "|"
"""Between several teams, and several sub-accounts."""


_SEVERAL = frozenset({"teams", "sub_accounts"})
"""The fields that are several names."""

_CANONICAL: Mapping[str, Callable[[str], str]] = {
    "role": fold,
    "login": checks.login_key,
    "email": checks.email_key,
}
"""Fields that have several spellings of one value, with their canonical forms."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that could be taken apart: the person in it as typed and as one who is new.

    `problem` is what keeps it from being someone new; `keys` are the identifiers in it.
    """

    row: Row
    typed: Draft
    draft: Draft
    problem: Problem | None
    keys: tuple[str, ...]


@dataclass(slots=True)
class Decision:
    """What becomes of some rows: each of them is in exactly one of the first four.

    `teams` are those to be made first, by folded name; `taken` and `released` the identifiers
    that the good rows take and give up.
    """

    created: list[Draft] = field(default_factory=list)
    updated: list[Change] = field(default_factory=list)
    unchanged: int = 0
    failed: list[tuple[Row, Problem]] = field(default_factory=list)
    teams: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    released: set[str] = field(default_factory=set)

    @property
    def readdressed(self) -> int:
        """How many users get a new email address."""
        return sum(readdressing.is_new(change.fields) for change in self.updated)


@dataclass(frozen=True, slots=True)
class Planner:
    """Decides rows by the file's columns, the account's settings and what the file has taken.

    `command` is the one that the history shows for each person.
    """

    session: "Session"
    columns: Sequence[str]
    settings: Settings
    options: Options
    reserved: Reserved
    command: str

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of a draft that the file speaks of."""
        return tuple(
            "teams" if column == TEAMS_COLUMN else column for column in self.columns if column
        )

    def of_itself(self, row: Row) -> Candidate | Problem:
        """The person in a row, or what is wrong with the row whatever the account holds."""
        if row.fault:
            return row.fault
        typed = _draft(self.columns, row.cells)
        draft, problems = checks.checked(typed, self.settings.users_required, password_given=False)
        if not problems:
            return Candidate(row, typed, draft, None, identifiers(draft))
        # Of someone who is there a file need not say all that is required of one who is new.
        if not self.options.update:
            return problems[0]
        keys = identifiers(replace(typed, login=typed.login or typed.email))
        return Candidate(row, typed, draft, problems[0], keys)

    def decide(self, rows: Sequence[tuple[Row, Candidate | Problem]], actor: Actor) -> Decision:
        """What becomes of rows, as the account is now; reads in the caller's transaction."""
        keys = [key for _row, found in rows if isinstance(found, Candidate) for key in found.keys]
        free = self.reserved.released(keys)
        account = Account.around(
            self.session.store, keys, actor, free, to_change=self.options.update
        )
        turn = _Turn(self, account, actor, self.reserved.taken(keys))
        for row, found in rows:
            problem = found if isinstance(found, Problem) else turn.problem_of(found)
            if problem:
                turn.decision.failed.append((row, problem))
        return turn.decision


@dataclass(slots=True)
class _Turn:
    """Deciding one batch, row after row."""

    planner: Planner
    account: Account
    actor: Actor
    taken: set[str]
    decision: Decision = field(default_factory=Decision)

    def problem_of(self, found: Candidate) -> Problem | None:
        """Put a row where it belongs in the decision, or say why it fails."""
        user = self.account.found_by(found.keys)
        if user and self.planner.options.update:
            return self._changed(found, user)
        draft, keys = found.draft, found.keys
        problem = (
            found.problem or self._unknown(draft) or self._twice(keys, draft.email or draft.login)
        )
        if problem:
            return problem
        if not self.account.holds(keys):
            problem = self._beyond(draft)
            if problem:
                return problem
            self.decision.created.append(draft)
        elif user and not self.account.held_besides(user, keys) and self._says(draft, user):
            self.decision.unchanged += 1
        else:
            return self.account.conflict(draft)
        self._take(draft, keys)
        return None

    def _changed(self, found: Candidate, user: User) -> Problem | None:
        """As `problem_of`, for a row about somebody who is there and may be changed."""
        old = Draft.of(user)
        new, fields, problems = self._merged(found.typed, user)
        was, becomes = identifiers(old), identifiers(new)
        problem = (
            next((problem for problem in problems if problem.field in fields), None)
            or self._unknown(new)
            or self._twice((*found.keys, *becomes), new.email or new.login)
            or (
                self.account.conflict(new, user)
                if self.account.held_besides(user, becomes)
                else None
            )
            or self._not_allowed(user, self._asked(found.typed, fields))
            or self._holds_more(user, fields)
            or simulator.problem_of(self.planner.session.store, new, fields, user.id)
            or self._beyond(new, user)
        )
        if problem:
            return problem
        if fields:
            given_up = set(was).difference(becomes)
            self.decision.updated.append(Change(user, new, fields, self.planner.command))
            self.decision.released |= given_up
            self.account.release(given_up)
        else:
            self.decision.unchanged += 1
        self._take(new, becomes)
        return None

    def _merged(
        self, typed: Draft, user: User
    ) -> tuple[Draft, dict[str, tuple[Any, Any]], Sequence[Problem]]:
        """The person with what the row says, the fields that differ, and what is wrong with it."""
        old, named = Draft.of(user), self._named(typed)
        wanted = replace(old, **{name: getattr(typed, name) for name in named})
        if "login" not in named:
            wanted = readdressing.with_login(user, wanted)
        whole, problems = checks.checked(
            wanted, self.planner.settings.users_required, password_given=True
        )
        # The same value in another spelling or order is not a change.
        said = {
            name: getattr(whole, name)
            for name in dict.fromkeys((*named, "login"))
            if _comparable(whole, name) != _comparable(old, name)
        }
        fields = {name: (getattr(old, name), value) for name, value in said.items()}
        return replace(old, **said), fields, problems

    def _named(self, typed: Draft) -> list[str]:
        """The fields that the row says something of. An empty login keeps the one that is there."""
        return [name for name in self.planner.fields if name != "login" or typed.login.strip()]

    def _asked(self, typed: Draft, fields: Iterable[str]) -> list[str]:
        """Return the changed fields that the row names, without a login that follows the email."""
        named = self._named(typed)
        return [name for name in fields if name in named]

    def _says(self, draft: Draft, user: User) -> bool:
        """Whether a row says just what is stored, in the columns it has."""
        old, names = Draft.of(user), {"login", *self.planner.fields}
        return all(_comparable(draft, name) == _comparable(old, name) for name in names)

    def _unknown(self, draft: Draft) -> Problem | None:
        """An unknown role or sub-account, or an unknown team that is not or cannot be made."""
        there = self.account.names
        if draft.role and fold(draft.role) not in there.roles:
            sentence = _("No role named “{name}”. Create it first, or correct the name.")
            return _unknown("role", "role_unknown", sentence, [draft.role])
        teams = self._new_teams(draft)
        if teams and not self.planner.options.create_teams:
            sentence = _("No team named “{name}”. Create it first, or correct the name.")
            unknown = [team for team in draft.teams if fold(team) in teams]
            return _unknown("teams", "team_unknown", sentence, unknown)
        hidden = [team for key, team in teams.items() if not (key and team.isprintable())]
        if hidden:
            sentence = _("The team name “{name}” contains a hidden character. Correct the name.")
            return _unknown("teams", "team_unknown", sentence, hidden)
        granted = {fold(name): name for name in draft.sub_accounts}
        strange = [name for key, name in granted.items() if key not in {ALL, *there.sub_accounts}]
        if strange:
            sentence = _("No sub-account named “{name}”. Create it first, or correct the name.")
            return _unknown("sub_accounts", "sub_account_unknown", sentence, strange)
        return None

    def _new_teams(self, draft: Draft) -> dict[str, str]:
        """The teams that are not there, by folded name, in their first spelling."""
        known = self.account.names.teams
        return {fold(team): team for team in reversed(draft.teams) if fold(team) not in known}

    def _twice(self, keys: Iterable[str], value: str) -> Problem | None:
        if self.taken.isdisjoint(keys) and self.decision.taken.isdisjoint(keys):
            return None
        sentence = _(
            "The login or email “{value}” is in an earlier row. Remove one of the two rows."
        )
        return Problem("email", "duplicate_in_file", sentence.format(value=excerpt(value)))

    def _not_allowed(self, user: User, fields: Iterable[str]) -> Problem | None:
        """The first thing in a row that is not this actor's to change, and why."""
        subject = read.subject_of(user)
        allowed = access.editable(self.actor, subject, self.planner.settings)
        for name in fields:
            answer = access.may_now(self.planner.session, self.actor, "users.edit", subject)
            if not answer:
                return Problem(name, "not_allowed", answer.reason)
            if name not in allowed:
                reason = access.why_not_field(self.actor, subject, name)
                return Problem(name, "not_allowed", reason)
        return None

    def _holds_more(self, user: User, fields: Iterable[str]) -> Problem | None:
        """Return the problem of a new address for a user with permissions the actor was denied."""
        if "email" not in fields:
            return None
        lacking = ceiling.held_beyond(self.planner.session.store, self.actor, user)
        sentence = ceiling.holds_more(user, lacking)
        return Problem("email", "not_allowed", sentence) if lacking else None

    def _beyond(self, draft: Draft, user: User | None = None) -> Problem | None:
        """What the actor would give to somebody and lacks (DESIGN 3.6)."""
        grants = self.account.grants
        store = self.planner.session.store
        lacking = grants.beyond(store, self.actor, draft, user) if grants else ()
        return Problem("role", "not_allowed", ceiling.told(lacking)) if lacking else None

    def _take(self, draft: Draft, keys: Iterable[str]) -> None:
        self.decision.taken.update(keys)
        self.decision.teams = self._new_teams(draft) | self.decision.teams


def _unknown(field: str, code: str, sentence: str, names: Sequence[str]) -> Problem:
    """Return the problem of unknown names, all quoted in the sentence."""
    quoted = "”, “".join(map(excerpt, names))
    return Problem(field, code, sentence.format(name=quoted))


def _draft(columns: Sequence[str], cells: Sequence[str]) -> Draft:
    given = dict(zip(columns, map(unprotected, cells), strict=True))
    given.pop(IGNORED, None)
    teams = tuple(given.pop(TEAMS_COLUMN, "").split(SEPARATOR))
    granted = given.pop(SUB_ACCOUNTS_COLUMN, "")
    sub_accounts = tuple(granted.split(SEPARATOR)) if granted else ()
    return Draft(**given, teams=teams, sub_accounts=sub_accounts)  # type: ignore[arg-type]


def _comparable(draft: Draft, name: str) -> object:
    """Return a field's value for comparing: its canonical form, with several names sorted."""
    value = getattr(draft, name)
    if name in _CANONICAL:
        return _CANONICAL[name](value)
    return set(map(fold, value)) if name in _SEVERAL else value
