"""Where a right comes from: the answer of the one rule, with who gave it, and when."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store import audit
from store.access import holding, naming
from store.access.holding import Catalogue, Facts
from store.fields import utc_moment
from store.users import read
from store.values import Because, Difference, Explanation, Module, Right, Rights, Source, User
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store
    from store.session import Session


_BY = "{0}.by_name, {0}.by_id, w.login, w.status"
"""Who wrote a row, with the person as `w`, as `audit.called` takes them."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """All that decides about somebody's rights: who they are, what the rule looks at, and every
    permission there is."""

    user: User
    facts: Facts
    catalogue: Catalogue

    @classmethod
    def of(cls, store: "Store", user: User) -> "Grounds":
        """The same of somebody whom one may see."""
        return cls(user, holding.facts_of(store, user.id), holding.catalogue(store))

    @property
    def modules(self) -> tuple[Module, ...]:
        """The modules with their actions."""
        actions: dict[str, list[str]] = {}
        closed: set[str] = set()
        for permission, admin_only in self.catalogue.items():
            module, _dot, action = permission.rpartition(".")
            actions.setdefault(module, []).append(action)
            closed |= {module} if admin_only else set()
        return tuple(Module(name, tuple(some), name in closed) for name, some in actions.items())

    @property
    def rights(self) -> Rights:
        """What the rule says of each permission."""
        return Rights(self.user, holding.rights(self.facts, self.catalogue))


def grounds(session: "Session", who: int | str) -> Grounds:
    """What decides about a person's rights, read at once.

    Raises:
        NotFound: nobody, or nobody whom the actor may see.
    """
    store = session.store
    with store.read():
        return Grounds.of(store, read.show(session, who))


def show(session: "Session", who: int | str) -> Rights:
    """Everything that a person may and may not do, each with what decided it; raises as `grounds`
    does."""
    return grounds(session, who).rights


def difference(session: "Session", one: int | str, other: int | str) -> Difference:
    """What one of two people holds and the other does not; raises as `grounds` does."""
    with session.store.read():
        left, right = show(session, one), show(session, other)
    pairs = zip(left.permissions, right.permissions, strict=True)
    differing = tuple((a, b) for a, b in pairs if a.allowed != b.allowed)
    return Difference(left.user, right.user, differing)


def explain(session: "Session", who: int | str, permission: str) -> Explanation:
    """Whether a person holds a permission, and the chain of reasons: who did what, and when.

    Raises:
        NotFound: nobody, or nobody whom the actor may see.
        Refused: there is no such permission.
    """
    store = session.store
    with store.read():
        user = read.show(session, who)
        return because(store, user, permission)


def because(store: "Store", user: User, permission: str) -> Explanation:
    """The same of somebody whom one may see.

    Raises:
        Refused: there is no such permission.
    """
    admin_only = _admin_only(store, permission)
    right = holding.decide(holding.facts_of(store, user.id), permission, admin_only=admin_only)
    if right.source is Source.OWNER:
        chain = [
            Because(
                right.source,
                _("The owner holds every permission."),
                *_changed(store, user, "owner"),
            )
        ]
    elif user.admin:
        chain = _of_admin(store, user, right)
    else:
        chain = [*_overrides(store, user, permission), *_role(store, user, permission)]
        if right.source is Source.ADMIN_ONLY:
            sentence = _("The module {module} is for admins only.").format(
                module=permission.partition(".")[0]
            )
            chain.insert(0, Because(right.source, sentence))
    return Explanation(user, permission, right.allowed, tuple(chain))


def _of_admin(store: "Store", user: User, right: Right) -> list[Because]:
    at, by = _changed(store, user, "admin")
    admin = Because(Source.ADMIN, _("An admin holds what the owner has not denied."), at, by)
    if right.allowed:
        return [admin]
    return [*_overrides(store, user, right.permission, Source.DENIED), admin]


def _overrides(
    store: "Store", user: User, permission: str, source: Source = Source.OVERRIDE
) -> list[Because]:
    rows = store.sql(
        f"SELECT o.allowed, o.at, {_BY.format('o')} FROM usher_override o"
        " LEFT JOIN usher_user w ON w.id = o.by_id WHERE o.user_id = ? AND o.permission_id = ?",
        user.id,
        permission,
    )
    words = {True: _("Allowed to this user."), False: _("Denied to this user.")}
    return [
        Because(source, words[bool(allowed)], utc_moment(at), audit.called(*by))
        for allowed, at, *by in rows
    ]


def _role(store: "Store", user: User, permission: str) -> list[Because]:
    """What the role says of it, and since when the person has that role."""
    if not user.role:
        return [Because(Source.NONE, _("No role."))]
    rows = store.sql(
        f"SELECT p.at, {_BY.format('p')} FROM usher_user u"
        " JOIN usher_role_permission p ON p.role_id = u.role_id AND p.permission_id = ?"
        " LEFT JOIN usher_user w ON w.id = p.by_id WHERE u.id = ?",
        permission,
        user.id,
    )
    has = Because(
        Source.ROLE,
        _("Has the role {role}.").format(role=user.role),
        *_changed(store, user, "role"),
    )
    if not rows:
        sentence = _("The role {role} does not permit it.").format(role=user.role)
        return [Because(Source.NONE, sentence), has]
    ((at, *by),) = rows
    sentence = _("The role {role} permits it.").format(role=user.role)
    return [Because(Source.ROLE, sentence, utc_moment(at), audit.called(*by)), has]


def _changed(store: "Store", user: User, field: str) -> tuple[Any, str]:
    """When a field of theirs came to be what it is, and by whom."""
    entry = audit.newest_change(store, user.id, field)
    return (entry.at, entry.actor) if entry else (user.created, "")


def _admin_only(store: "Store", permission: str) -> bool:
    rows = store.sql(
        "SELECT m.admin_only FROM usher_permission p JOIN usher_module m ON m.name = p.module_id"
        " WHERE p.name = ?",
        permission,
    )
    if not rows:
        raise naming.unknown(permission)
    return bool(rows[0][0])
