"""Many people at once, past the verbs, and what the list ought to say about them."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from store.database import Store
from store.listing import fold, index
from store.listing.folding import words
from store.models import Membership, RoleRow, TeamRow, UserRow
from store.session import Session
from store.values import Door, Filters, Origin, Place, Status
from tests.conftest import NOON

_FIRST = (
    "José María Łukasz Оксана Тарас Їжак Jörg Ζωή Nguyễn عائشة דוד 김철수 さくら हिन्दी "
    "Zoë O’Neil Anne-Marie Straßner Æsir Đorđe İpek ı ａｂｃ"
)
_LAST = (
    "Шевченко Шевчук Silva Simões Müller Weiß Żak Παπαδόπουλος الزهراء כהן 이 田中 शर्मा "
    "d'Arc D’Arc Smith-Jones Ng N O’Brien Ёлкин 𝔘nicode Ґалаґан Ľuboš"
)
FIRST, LAST = _FIRST.split(), _LAST.split()
ROLES = ("Salesperson", "Менеджер", "Read only")
TEAMS = ("North", "Süd")


@dataclass(frozen=True)
class One:
    """One person of the crowd; `role` and `teams` count from 0, no role is -1."""

    id: int
    first: str = "Maria"
    last: str = "Silva"
    login: str = ""
    email: str = ""
    phone: str = ""
    status: Status = Status.ACTIVE
    role: int = -1
    teams: tuple[int, ...] = ()

    @property
    def place(self) -> Place:
        sunk = self.status in {Status.BLOCKED, Status.INACTIVE, Status.REMOVED}
        return Place(int(sunk), fold(self.last), fold(self.first), self.id)

    @property
    def order(self) -> tuple[int, str, str, int]:
        place = self.place
        return place.bottom, place.last_key, place.first_key, place.id

    @property
    def key(self) -> str:
        return index.search_key(self.first, self.last, self.login, self.email, self.phone, self.id)


class Crowd:
    """People in an account, and the same people in memory to compare with."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.people: dict[int, One] = {}
        self.session = Session(store, None, "host:root", Door.USHER, Origin("root"))
        with store.read():
            self.roles = _named(RoleRow, ROLES)
            self.teams = _named(TeamRow, TEAMS)

    def add(self, *people: One) -> None:
        self._write([(None, one) for one in people])

    def change(self, number: int, **fields: object) -> One:
        old = self.people[number]
        new = replace(old, **fields)  # type: ignore[arg-type]
        self._write([(old, new)])
        return new

    def drop(self, number: int) -> None:
        self._write([(self.people[number], None)])

    def expected(self, filters: Filters) -> list[int]:
        """The ids by the plainest reading of the rules."""
        statuses = filters.statuses or tuple(Status)
        found = [
            one
            for one in self.people.values()
            if one.status is not Status.REMOVED
            and one.status in statuses
            and (not filters.role or (one.role >= 0 and _same(ROLES[one.role], filters.role)))
            and (not filters.team or any(_same(TEAMS[n], filters.team) for n in one.teams))
            and all(any(form in one.key for form in forms) for forms in words(filters.search))
        ]
        return [one.id for one in sorted(found, key=lambda one: one.order)]

    def _write(self, changes: Sequence[tuple[One | None, One | None]]) -> None:
        with self.store.read(), self.store.database.atomic():
            gone = [old.id for old, _new in changes if old]
            Membership.delete().where(Membership.user.in_(gone)).execute()
            index.put(
                self.store,
                [
                    (_id(old, new), self._entry(old), None)
                    for old, new in changes
                    if old and not new
                ],
            )
            UserRow.delete().where(UserRow.id.in_(gone)).execute()
            come = [new for _old, new in changes if new]
            for start in range(0, len(come), 500):
                batch = come[start : start + 500]
                UserRow.insert_many([self._row(one) for one in batch]).execute()
                pairs = [
                    {"user": one.id, "team": self.teams[n]} for one in batch for n in one.teams
                ]
                if pairs:
                    Membership.insert_many(pairs).execute()
            index.put(
                self.store,
                [(new.id, self._entry(old), self._entry(new)) for old, new in changes if new],
            )
        for old, new in changes:
            if old:
                del self.people[old.id]
            if new:
                self.people[new.id] = new

    def _entry(self, one: One | None) -> index.Entry | None:
        if one is None:
            return None
        role = self.roles[one.role] if one.role >= 0 else None
        return index.grams(one.key, one.status, role, [self.teams[n] for n in one.teams])

    def _row(self, one: One) -> dict[str, object]:
        place = one.place
        return {
            "id": one.id,
            "login": one.login,
            "email": one.email,
            "first_name": one.first,
            "last_name": one.last,
            "phone": one.phone,
            "role": self.roles[one.role] if one.role >= 0 else None,
            "status": one.status,
            "status_since": NOON,
            "created": NOON,
            "bottom": place.bottom,
            "last_key": place.last_key,
            "first_key": place.first_key,
            "search_key": one.key,
        }


def strangers(number: int, seed: int = 7) -> list[One]:
    """So many people with names in all scripts, in every status."""
    chance = random.Random(seed)  # noqa: S311
    statuses = chance.choices(tuple(Status), (1, 8, 1, 1, 1), k=number)
    return [
        One(
            id=n,
            first=chance.choice(FIRST),
            last=chance.choice(LAST) + chance.choice(("", "", "", "-" + chance.choice(LAST))),
            login=f"login.{n}",
            email=chance.choice(("", f"x{n}@acme.com.ua", f"Y_{n}@vendas-acme.com.br")),
            phone=chance.choice(("", f"+38067{n:07}")),
            status=status,
            role=chance.randrange(-1, len(ROLES)),
            teams=tuple(chance.sample(range(len(TEAMS)), chance.randint(0, len(TEAMS)))),
        )
        for n, status in enumerate(statuses, 1)
    ]


def _id(old: One | None, new: One | None) -> int:
    either = new or old
    assert either
    return either.id


def _same(one: str, other: str) -> bool:
    return fold(one) == fold(other)


def _named(model: type[RoleRow] | type[TeamRow], names: Iterable[str]) -> list[int]:
    """Return the ids of roles or teams of these names; an account has some roles already."""
    there = {row.name_key: row.id for row in model.select()}
    return [
        there.get(fold(name)) or model.create(name=name, name_key=fold(name)).id for name in names
    ]
