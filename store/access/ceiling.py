"""No way up: nobody gives what they do not hold, by whatever road (DESIGN 3.6, CHECKLIST F47)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.access import denials
from store.access.acting import Actor
from store.access.holding import (
    Catalogue,
    Facts,
    catalogue,
    denied_by_owner,
    facts_of,
    held,
    overrides_of,
)
from store.errors import NotAllowed
from store.listing.folding import fold
from store.values import Draft, User
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store
    from store.session import Session


def beyond(actor: Actor, before: frozenset[str], after: frozenset[str]) -> tuple[str, ...]:
    """What somebody would come to hold that the actor lacks; pure."""
    return tuple(sorted((after - before) & actor.denied))


def check(session: "Session", actor: Actor, before: frozenset[str], after: frozenset[str]) -> None:
    """See that the actor gives only what they hold.

    Raises:
        NotAllowed: they lack some of it; `permissions` are those.
    """
    refuse(session, beyond(actor, before, after))


def check_draft(session: "Session", actor: Actor, new: Draft, old: User | None = None) -> None:
    """The same of somebody who is created, or edited, to be as drafted.

    Raises:
        NotAllowed: the actor lacks some of what they would come to hold.
    """
    if actor.denied:
        lacking = Grants.of(session.store).beyond(session.store, actor, new, old)
        refuse(session, lacking, old.id if old else None)


def told(lacking: Sequence[str]) -> str:
    """What somebody is told who would give what they lack."""
    sentence = _(
        "You cannot grant permissions that the owner has denied you: {permissions}. Ask the owner."
    )
    return sentence.format(permissions=", ".join(lacking))


def refuse(session: "Session", lacking: Sequence[str], target: int | None = None) -> None:
    """See that there is nothing which the actor lacks; what there is, the history tells (F50).

    Raises:
        NotAllowed: there is; `permissions` are those.
    """
    if lacking:
        denials.note(session, ", ".join(lacking), target)
        raise NotAllowed(told(lacking), code="beyond_your_own", permissions=list(lacking))


def check_sign_in_data(session: "Session", actor: Actor, user: User) -> None:
    """Refuse to set sign-in data of a user with permissions that the actor was denied.

    Sign-in data is the password, login, email address and SSH keys. With it, the actor could sign
    in as that user (DESIGN 3.6).

    Raises:
        NotAllowed: the user holds such permissions, which `permissions` lists.
    """
    lacking = held_beyond(session.store, actor, user)
    if lacking:
        denials.note(session, ", ".join(lacking), user.id)
        raise NotAllowed(holds_more(user, lacking), code="beyond_your_own",
                         permissions=list(lacking))  # fmt: skip


def held_beyond(store: "Store", actor: Actor, user: User) -> tuple[str, ...]:
    """Return the permissions of another user that the owner has denied the actor."""
    if not actor.denied or user.id == actor.id:
        return ()
    return tuple(sorted(held(facts_of(store, user.id), catalogue(store)) & actor.denied))


def holds_more(user: User, lacking: Sequence[str]) -> str:
    """Return the refusal to set sign-in data of a user with permissions the actor was denied."""
    sentence = _(
        "{name} (user {id}) has permissions that the owner denied you: {permissions}. Ask another"
        " admin to make this change."
    )
    return sentence.format(name=user.full_name, id=user.id, permissions=", ".join(lacking))


def check_denials(session: "Session", actor: Actor, user: User, lifted: Iterable[str]) -> None:
    """Refuse to let anyone but the owner or the operator lift the owner's denials (DESIGN 3.6).

    `lifted` are the permissions whose denials would be removed.

    Raises:
        NotAllowed: some of these denials are the owner's; `permissions` lists them.
    """
    if actor.unbounded:
        return
    kept = sorted(denied_by_owner(session.store, user.id).intersection(lifted))
    if kept:
        denials.note(session, "users.rights", user.id)
        sentence = _(
            "The owner denied {name} these permissions: {permissions}. Ask the owner to allow them."
        )
        raise NotAllowed(
            sentence.format(name=user.full_name, permissions=", ".join(kept)),
            code="denied_by_owner",
            permissions=kept,
        )


@dataclass(frozen=True, slots=True)
class Grants:
    """What each role permits, by its folded name, and all there is: read once for an act."""

    catalogue: Catalogue
    roles: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, store: "Store") -> "Grants":
        permitted: dict[str, set[str]] = {}
        with store.read():
            for role, permission in store.sql(
                "SELECT r.name_key, p.permission_id FROM usher_role r"
                " LEFT JOIN usher_role_permission p ON p.role_id = r.id"
            ):
                permitted.setdefault(role, set()).update([permission] if permission else [])
            roles = {role: frozenset(permissions) for role, permissions in permitted.items()}
            return cls(catalogue(store), roles)

    def permitted_by(self, role: str) -> frozenset[str]:
        """What the role of this name permits; without one, nothing."""
        return self.roles.get(fold(role), frozenset())

    def beyond(
        self, store: "Store", actor: Actor, new: Draft, old: User | None = None
    ) -> tuple[str, ...]:
        """What somebody would come to hold, as drafted, that the actor lacks."""
        overrides = overrides_of(store, old.id) if old else {}
        before = self.held_as(Draft.of(old), overrides) if old else frozenset()
        return beyond(actor, before, self.held_as(new, overrides))

    def held_as(self, draft: Draft, overrides: Mapping[str, bool]) -> frozenset[str]:
        """What somebody holds who is as drafted, with these overrides."""
        role = self.permitted_by(draft.role)
        return held(Facts(admin=draft.admin, role=role, overrides=overrides), self.catalogue)
