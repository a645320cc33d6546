"""What the account holds that the rows of a batch could meet: read once for all of them."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store import access, checks
from store.access import Actor
from store.access.ceiling import Grants
from store.checks.labels import label_of
from store.checks.text import excerpt
from store.errors import Problem
from store.users import clashes, read
from store.users.writing import Names
from store.values import Draft, Holder, User, status_word
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store


@dataclass(frozen=True, slots=True)
class Account:
    """The names, the holders of identifiers and what is stored of them."""

    names: Names
    held: dict[str, Holder]
    people: dict[int, User]
    visible: bool
    grants: Grants | None
    """What roles permit, where the actor lacks something that they could give."""

    @classmethod
    def around(
        cls,
        store: "Store",
        keys: Sequence[str],
        actor: Actor,
        free: Container[str],
        *,
        to_change: bool,
    ) -> "Account":
        """What stands around these identifiers; the `free` were given up by earlier rows."""
        held = {key: holder for key, holder in read.holders(store, keys).items() if key not in free}
        numbers = list(dict.fromkeys(holder.id for holder in held.values()))
        return cls(
            names=Names.of(store),
            held=held,
            people={user.id: user for user in read.load(store, numbers, to_change=to_change)},
            visible=bool(access.may(actor, "users.view")),
            grants=Grants.of(store) if actor.denied else None,
        )

    def found_by(self, keys: Iterable[str]) -> User | None:
        """The person of a row, by the login, else by the e-mail: the first identifier held."""
        holder = next((self.held[key] for key in keys if key in self.held), None)
        return self.people.get(holder.id) if holder else None

    def holds(self, keys: Iterable[str]) -> bool:
        """Whether any of these is someone's."""
        return any(key in self.held for key in keys)

    def held_besides(self, user: User, keys: Iterable[str]) -> bool:
        """Whether any of these is someone else's."""
        return any(key in self.held and self.held[key].id != user.id for key in keys)

    def release(self, keys: Iterable[str]) -> None:
        """Let these be nobody's: a row gives them up."""
        for key in keys:
            self.held.pop(key, None)

    def conflict(self, draft: Draft, user: User | None = None) -> Problem:
        """Whose the e-mail is, else whose the login, if not the `user`'s."""
        email = checks.login_key(draft.email) if draft.email else ""
        holder = self.held.get(email)
        name = "email"
        if holder is None or (user and holder.id == user.id):
            name, holder = "login", self.held[checks.login_key(draft.login)]
        value = excerpt(getattr(draft, name))
        if not self.visible:
            return Problem(name, f"{name}_taken", clashes.in_use_by_hidden(name, value))
        sentence = in_use(name, value, holder.id, holder.status)
        return Problem(name, f"{name}_taken", sentence, holder)


def in_use(field: str, value: str, user_id: int, status: str) -> str:
    """Return the sentence of a conflict with a user whom the actor can see."""
    sentence = _(
        "The {field} “{value}” is used by user {id} ({status}), whose data differs from this row."
    )
    return sentence.format(
        field=label_of(field), value=value, id=user_id, status=status_word(status)
    )
