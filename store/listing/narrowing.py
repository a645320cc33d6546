"""What a list is narrowed by, made ready for SQL: tests on a row, and tokens for the index.

Nothing of what a person typed becomes SQL, FTS syntax or a wildcard: words are parameters of
`instr`, and the tokens are folded, freed of ASCII punctuation and quoted.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store import settings
from store.listing import index
from store.listing.folding import fold, words
from store.listing.locked import LIVING, Condition, condition
from store.values import Filters, Status

if TYPE_CHECKING:
    from store.database import Store

LONGEST = 400
"""Characters of a search, folded. Nobody's key is found by more, and the work stays bounded."""

SHOWN = tuple(status for status in Status if status is not Status.REMOVED)

Alternatives = tuple[tuple[str, ...], ...]
"""Groups of tokens: whoever has all the tokens of one of the groups."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The filters with names looked up and words folded; everything is ANDed."""

    words: tuple[tuple[str, ...], ...] = ()
    statuses: tuple[Status, ...] = SHOWN
    role_id: int | None = None
    team_id: int | None = None
    locked: Condition | None = None
    """Who is locked, or soon will be."""

    @property
    def everyone(self) -> bool:
        return self == Narrowing()

    @property
    def exact(self) -> bool:
        """Whether the index alone knows: a form of up to three characters is itself a gram."""
        return self.locked is None and all(len(form) <= 3 for forms in self.words for form in forms)

    def tokens(self) -> list[Alternatives]:
        """What the index is asked for; each element must hold."""
        wanted: list[Alternatives] = [
            tuple(tuple(index.grams_of_form(form)) for form in forms) for forms in self.words
        ]
        if self.statuses != SHOWN:
            wanted.append(tuple((index.status_token(status),) for status in self.statuses))
        if self.role_id is not None:
            wanted.append(((index.role_token(self.role_id),),))
        if self.team_id is not None:
            wanted.append(((index.team_token(self.team_id),),))
        return wanted

    def tests(self, find: str) -> tuple[str, list[Any]]:
        """The condition on a row of users, called `u`; `find` is the engine's `instr`."""
        tests = [f"u.status IN ({', '.join('?' * len(self.statuses))})"]
        params: list[Any] = [str(status) for status in self.statuses]
        if self.role_id is not None:
            tests.append("u.role_id = ?")
            params.append(self.role_id)
        if self.team_id is not None:
            tests.append(
                "EXISTS (SELECT 1 FROM usher_membership m WHERE m.user_id = u.id AND m.team_id = ?)"
            )
            params.append(self.team_id)
        if self.locked is not None:
            tests.append(self.locked.test)
            params += self.locked.params
        for forms in self.words:
            tests.append(f"({' OR '.join([f'{find}(u.search_key, ?) > 0'] * len(forms))})")
            params += forms
        return " AND ".join(tests), params


def narrowing(store: "Store", filters: Filters) -> Narrowing | None:
    """The filters made ready; None when they can match nobody, as an unknown role cannot."""
    if len(fold(filters.search)) > LONGEST:
        return None
    statuses = tuple(status for status in SHOWN if status in (filters.statuses or SHOWN))
    if filters.lock or filters.view:
        statuses = tuple(status for status in statuses if status in LIVING)
    if not statuses:
        return None
    role_id = team_id = None
    if filters.role:
        role_id = _named(store, "usher_role", filters.role)
        if role_id is None:
            return None
    if filters.team:
        team_id = _named(store, "usher_team", filters.team)
        if team_id is None:
            return None
    locked = None
    if filters.lock or filters.view:
        locked = condition(store, filters, settings.load(store), store.now())
        if locked is None:
            return None
    return Narrowing(tuple(words(filters.search)), statuses, role_id, team_id, locked)


def _named(store: "Store", table: str, name: str) -> int | None:
    rows = store.sql(f"SELECT id FROM {table} WHERE name_key = ?", fold(name))
    return rows[0][0] if rows else None
