"""One account with somebody of every kind in it; each cell is tried in it and undone again."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from store import account, sub_accounts, teams, users
from store.access import catalogue, modules
from store.audit import anchor
from store.database import Store
from store.exchange import mappings
from store.models import Override, UserRow
from store.session import Proof, Session, operator_session, visitor
from store.users.acts import VERBS
from store.values import Door, Draft, Origin, Status
from tests.conftest import NOON, PASSWORD, FakeClock, session_of
from tests.rights import grids
from tests.store.standing import activate

_AN_ADMIN = {"admin": True, "role": "", "teams": ()}
KINDS: Mapping[str, Mapping[str, Any]] = {
    "blocked": {},
    "removed": {},
    "old password": _AN_ADMIN,
    "pending": {},
    "simulator only": {"simulator_only": True},
    "standard": {},
    "denied users.*": _AN_ADMIN,
    "denied this": _AN_ADMIN,
    "admin": _AN_ADMIN,
    "like": {"role": "Manager"},
}
"""What is told of those who act, when they are made; `like` is one whose access is copied."""
DENIED = tuple(f"users.{action}" for action in catalogue.MODULES["users"])
MAPPING, MODULE = "platform", "depots"
ENDED = {one.value: one for one in (Status.BLOCKED, Status.REMOVED, Status.PENDING)}
"""Where those who act stand, if they are not active."""


@dataclass
class World:
    """The account: who acts, on whom, and where files go."""

    store: Store
    clock: FakeClock
    folder: Path
    owner: Session
    actors: dict[str, Session] = field(default_factory=dict)
    targets: dict[str, int] = field(default_factory=dict)

    def session(self, actor: str, *, proven: bool = True) -> Session:
        """A session that shares nothing with another cell's."""
        session = self.actors[actor]
        at = NOON if proven else None
        return replace(session, proof=Proof(at, only_password=actor == "old password"))

    def target(self, actor: str, target: str) -> int:
        """The id behind a column of the table."""
        return (self.actors[actor].user or 0) if target == "self" else self.targets[target]

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Whatever is done meanwhile never happened."""
        time, anchored = self.clock.time, anchor.path_of(self.store)
        known = anchored.read_bytes()
        with self.store.read(), self.store.database.atomic() as transaction:
            try:
                yield
            finally:
                transaction.rollback()
                self.clock.time = time
                # Roll back what the block committed.
                anchored.write_bytes(known)

    def deny(self, actor: str, *permissions: str) -> None:
        """What the owner denies an admin; for a cell, or for good."""
        for permission in permissions:
            Override.create(
                user=self.actors[actor].user, permission=permission, allowed=False, at=NOON
            )


def begin(store: Store, clock: FakeClock, folder: Path) -> World:
    """Make the account."""
    draft = Draft(first_name="Olga", last_name="Bakum", login="olga", email="olga@acme.com.ua")
    owner = session_of(store, account.init(store, "Acme", draft, PASSWORD))
    world = World(store, clock, folder, owner)
    for team in ("North", "South"):
        teams.create(owner, team)
    for name in ("Kyiv", "Lviv"):
        sub_accounts.create(owner, name)
    modules.add(owner, MODULE, ["view"])
    mappings.save(owner, MAPPING, {"Name": "first_name"})
    host = operator_session(store)
    world.actors = {
        "nobody": visitor(store, None, "", Door.USHER, Origin()),
        "owner": owner,
        "host": host,
        "host, reason": host.because("a test"),
    }
    for actor, fields in KINDS.items():
        number = _made(world, f"actor {actor}", fields)
        world.actors[actor] = session_of(store, users.show(owner, number))
        _stand(world, number, ENDED.get(actor, Status.ACTIVE))
    for target in grids.TARGETS:
        if target not in {"self", "owner"}:
            fields = _AN_ADMIN if target == "admin" else {}
            world.targets[target] = _made(world, f"target {target}", fields)
            _stand(world, world.targets[target], Status(grids.STANDING.get(target, target)))
    world.targets["owner"] = owner.user or 0
    sub_accounts.grant(owner, "Kyiv", [world.targets["standard"]])
    with store.write(owner):
        world.deny("denied users.*", *DENIED)
    return world


def _made(world: World, name: str, fields: Mapping[str, Any]) -> int:
    login = "".join(letter for letter in name if letter.isalpha())
    draft = {
        "first_name": "Maria", "last_name": name, "login": login,
        "email": f"{login}@acme.com.ua", "role": "Salesperson", "teams": ("North",), **fields,
    }  # fmt: skip
    return users.create(world.owner, Draft(**draft), password="nine wet umbrellas").id


def _stand(world: World, number: int, status: Status) -> None:
    """Bring somebody there: with a password of their own, and by the verb that leads there."""
    if status is not Status.PENDING:
        activate(world.owner, users.show(world.owner, number))
    own = {"password_hash": world.store.hash(PASSWORD), "password_temporary": False}
    with world.store.write(world.owner):
        UserRow.update(**own).where(UserRow.id == number).execute()
    way = {Status.BLOCKED: "block", Status.INACTIVE: "deactivate", Status.REMOVED: "remove"}
    if status in way:
        VERBS[way[status]](world.owner, number)
