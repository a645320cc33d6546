"""What becomes of each row of an import: the one planner, used by the preview and by the act.

It reads and never writes. A row's first fault is its code, and a row that fails reserves nothing
(DESIGN 3.11).
"""

import sqlite3
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

from store import access, checks
from store.access import Actor
from store.errors import Problem
from store.exchange.cells import unprotected
from store.exchange.headings import IGNORED
from store.exchange.reading import Row
from store.listing.folding import fold
from store.named import ids_by_key
from store.users import read
from store.users.writing import identifiers
from store.values import Draft, Holder, User
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store

TEAMS_COLUMN = "team"
TEAMS_SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that has no fault of its own: who it is, and the identifiers it would take."""

    row: Row
    draft: Draft
    keys: tuple[str, ...]


@dataclass(slots=True)
class Decision:
    """What becomes of some rows: each of them is in exactly one of the three.

    `teams` are those to be made first, by folded name.
    """

    created: list[Candidate] = field(default_factory=list)
    unchanged: list[Candidate] = field(default_factory=list)
    failed: list[tuple[Row, Problem]] = field(default_factory=list)
    teams: dict[str, str] = field(default_factory=dict)

    @property
    def keys(self) -> list[str]:
        """The identifiers that the good rows have taken."""
        return [key for found in (*self.created, *self.unchanged) for key in found.keys]


class Reserved:
    """The identifiers that earlier rows of the file have taken, however many they are.

    They stand as hashes in a database without a name that SQLite keeps on disk beyond 8 MB and
    deletes with its connection: a million in memory would be 200 MB (CHECKLIST K68).
    """

    def __init__(self) -> None:
        self._database = sqlite3.connect("")
        self._database.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000;"
            " CREATE TABLE taken (key INTEGER PRIMARY KEY)"
        )

    def __contains__(self, key: str) -> bool:
        found = self._database.execute("SELECT 1 FROM taken WHERE key = ?", (_number(key),))
        return found.fetchone() is not None

    def add(self, keys: Iterable[str]) -> None:
        """Take these, once it is certain that their rows are good."""
        numbers = ((_number(key),) for key in keys)
        self._database.executemany("INSERT OR IGNORE INTO taken VALUES (?)", numbers)

    def close(self) -> None:
        self._database.close()


def _number(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), signed=True)


@dataclass(frozen=True, slots=True)
class Planner:
    """Decides rows by the file's columns, the account's settings and what the file has taken."""

    store: "Store"
    columns: Sequence[str]
    required: str
    create_teams: bool
    reserved: Reserved

    def of_itself(self, row: Row) -> Candidate | Problem:
        """The person in a row, or what is wrong with the row whatever the account holds."""
        if row.fault:
            return row.fault
        draft, problems = checks.checked(
            _draft(self.columns, row.cells), self.required, password_given=False
        )
        return problems[0] if problems else Candidate(row, draft, identifiers(draft))

    def decide(self, rows: Sequence[tuple[Row, Candidate | Problem]], actor: Actor) -> Decision:
        """What becomes of rows, as the account is now; reads in the caller's transaction."""
        candidates = [found for _row, found in rows if isinstance(found, Candidate)]
        account = _Account.around(self.store, candidates, actor)
        decision = Decision()
        taken: set[str] = set()
        for row, found in rows:
            if isinstance(found, Problem):
                decision.failed.append((row, found))
                continue
            teams = _unknown_teams(found.draft, account.teams)
            problem = self._unknown(found.draft, teams, account) or self._twice(found, taken)
            holder = next((account.held[key] for key in found.keys if key in account.held), None)
            if problem:
                decision.failed.append((row, problem))
            elif holder is None:
                decision.created.append(found)
                decision.teams = teams | decision.teams
                taken.update(found.keys)
            elif account.knows(found, self.columns):
                decision.unchanged.append(found)
                taken.update(found.keys)
            else:
                decision.failed.append((row, account.conflict(found)))
        return decision

    def _unknown(self, draft: Draft, teams: dict[str, str], account: "_Account") -> Problem | None:
        """An unknown role, or an unknown team that is not to be made or cannot be."""
        if draft.role and fold(draft.role) not in account.roles:
            sentence = _("There is no such role. See: usher roles list")
            return Problem("role", "role_unknown", sentence)
        if teams and not self.create_teams:
            sentence = _("There is no such team. See: usher teams list, or --create-teams")
            return Problem("teams", "team_unknown", sentence)
        if not all(key and team.isprintable() for key, team in teams.items()):
            sentence = _("A team cannot be made of this name: it holds what cannot be seen.")
            return Problem("teams", "team_unknown", sentence)
        return None

    def _twice(self, found: Candidate, taken: set[str]) -> Problem | None:
        if any(key in taken or key in self.reserved for key in found.keys):
            sentence = _("An earlier row has this login or e-mail address, and that one counts.")
            return Problem("email", "duplicate_in_file", sentence)
        return None


@dataclass(frozen=True, slots=True)
class _Account:
    """What the account holds that some candidates could meet."""

    roles: dict[str, int]
    teams: dict[str, int]
    held: dict[str, Holder]
    people: dict[int, User]
    visible: bool

    @classmethod
    def around(cls, store: "Store", candidates: Sequence[Candidate], actor: Actor) -> "_Account":
        keys = [key for candidate in candidates for key in candidate.keys]
        held = read.holders(store, keys)
        numbers = list(dict.fromkeys(holder.id for holder in held.values()))
        return cls(
            roles=ids_by_key(store, "usher_role"),
            teams=ids_by_key(store, "usher_team"),
            held=held,
            people={user.id: user for user in read.load(store, numbers)},
            visible=bool(access.may(actor, "users.view")),
        )

    def knows(self, found: Candidate, columns: Sequence[str]) -> bool:
        """Whether the row says of its holder just what is stored, in the columns it has."""
        holders = {holder.id if (holder := self.held.get(key)) else 0 for key in found.keys}
        user = self.people.get(min(holders))
        if user is None or len(holders) > 1:
            return False
        stored = _comparable(Draft.of(user))
        given = _comparable(found.draft)
        return all(given[column] == stored[column] for column in {*columns, "login"} - {IGNORED})

    def conflict(self, found: Candidate) -> Problem:
        """Whose the e-mail is, else whose the login."""
        email = checks.email_key(found.draft.email) if found.draft.email else ""
        name = "email" if email in self.held else "login"
        holder = self.held[email if name == "email" else checks.login_key(found.draft.login)]
        if not self.visible:
            return Problem(name, f"{name}_taken", _("In use; ask the owner."))
        sentence = _("In use by user {id} ({status}), whose data differ from this row.")
        sentence = sentence.format(id=holder.id, status=holder.status)
        return Problem(name, f"{name}_taken", sentence, holder)


def _draft(columns: Sequence[str], cells: Sequence[str]) -> Draft:
    given = dict(zip(columns, map(unprotected, cells), strict=True))
    given.pop(IGNORED, None)
    teams = given.pop(TEAMS_COLUMN, "").split(TEAMS_SEPARATOR)
    return Draft(**given, teams=tuple(teams))  # type: ignore[arg-type]


def _unknown_teams(draft: Draft, known: Container[str]) -> dict[str, str]:
    """The teams that are not there, by folded name, in their first spelling."""
    return {fold(team): team for team in reversed(draft.teams) if fold(team) not in known}


def _comparable(draft: Draft) -> dict[str, object]:
    """The columns of a person, with roles and teams as they are compared."""
    return {
        "first_name": draft.first_name,
        "last_name": draft.last_name,
        "email": draft.email,
        "login": draft.login,
        "phone": draft.phone,
        "country": draft.country,
        "language": draft.language,
        "role": fold(draft.role),
        "team": {fold(team) for team in draft.teams},
        "position": draft.position,
    }
