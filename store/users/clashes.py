"""What only the database can tell of a draft: names that nobody gave, what someone else holds.

A login and an e-mail belong to one person, across both fields (S1, S4).

A conflict names the holder where the actor may see them, else whom to ask.
"""

from typing import TYPE_CHECKING

from store import access, checks
from store.access import Actor
from store.checks.labels import label_of
from store.checks.text import excerpt
from store.errors import NoSuch, Problem
from store.listing.folding import fold
from store.named import ids_by_key
from store.users import read
from store.values import ALL, Draft, Holder, status_word
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store


def clashes_of(store: "Store", actor: Actor, draft: Draft, own: int | None = None) -> list[Problem]:
    """What only the database can tell: names that nobody gave, taken logins and e-mails."""
    roles, teams = ids_by_key(store, "usher_role"), ids_by_key(store, "usher_team")
    found: list[Problem] = []
    if draft.role and fold(draft.role) not in roles:
        found.append(Problem("role", "role_unknown", NoSuch("role", excerpt(draft.role)).message))
    found += [
        Problem("teams", "team_unknown", NoSuch("team", excerpt(team)).message)
        for team in draft.teams
        if fold(team) not in teams
    ]
    if draft.sub_accounts not in {(), (ALL,)}:
        there = ids_by_key(store, "usher_sub_account")
        found += [
            Problem(
                "sub_accounts",
                "sub_account_unknown",
                NoSuch("sub_account", excerpt(one)).message,
            )
            for one in draft.sub_accounts
            if fold(one) not in there
        ]
    return found + _taken(store, actor, draft, own)


def _taken(store: "Store", actor: Actor, draft: Draft, own: int | None) -> list[Problem]:
    """The conflicts of a checked draft with everybody but the user `own`."""
    wanted = {"email": checks.login_key(draft.email) if draft.email else "",
              "login": checks.login_key(draft.login)}  # fmt: skip
    held = {
        key: holder
        for key, holder in read.holders(store, [key for key in wanted.values() if key]).items()
        if holder.id != own
    }
    visible = bool(access.may(actor, "users.view"))
    found = [
        _problem(field, getattr(draft, field), held[key], visible)
        for field, key in wanted.items()
        if key in held
    ]
    # A login that is one's own e-mail is one conflict, to be mended in one place.
    same = wanted["email"] == wanted["login"]
    return found[:1] if same else found


def in_use_by_hidden(field: str, value: str) -> str:
    """Return the sentence of a conflict with a user whom the actor cannot see."""
    sentence = _("The {field} “{value}” is in use. Ask the owner.")
    return sentence.format(field=label_of(field), value=excerpt(value))


def in_use_by(field: str, value: str, holder: Holder) -> str:
    """Return the sentence of a conflict with a user whom the actor can see."""
    sentence = _("The {field} “{value}” is used by {name} (user {id}, {status}). Choose another.")
    return sentence.format(
        field=label_of(field),
        value=excerpt(value),
        name=holder.name or holder.login,
        id=holder.id,
        status=status_word(holder.status),
    )


def _problem(field: str, value: str, holder: Holder, visible: bool) -> Problem:
    sentence = in_use_by(field, value, holder) if visible else in_use_by_hidden(field, value)
    return Problem(field, f"{field}_taken", sentence, holder if visible else None)
