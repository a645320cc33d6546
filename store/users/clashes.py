"""What only the database can tell of a draft: names that nobody gave, what someone else holds.

A login and an e-mail belong to one person, across both fields (S1, S4).

A conflict names the holder where the actor may see them, else whom to ask.
"""

from typing import TYPE_CHECKING

from store import access, checks
from store.access import Actor
from store.errors import Problem
from store.listing.folding import fold
from store.named import ids_by_key
from store.users import read
from store.values import ALL, Draft, Holder
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store


def clashes_of(store: "Store", actor: Actor, draft: Draft, own: int | None = None) -> list[Problem]:
    """What only the database can tell: names that nobody gave, taken logins and e-mails."""
    roles, teams = ids_by_key(store, "usher_role"), ids_by_key(store, "usher_team")
    found: list[Problem] = []
    if draft.role and fold(draft.role) not in roles:
        found.append(Problem("role", "role_unknown", _unknown(draft.role, "usher roles")))
    found += [
        Problem("teams", "team_unknown", _unknown(team, "usher teams"))
        for team in draft.teams
        if fold(team) not in teams
    ]
    if draft.sub_accounts not in {(), (ALL,)}:
        there = ids_by_key(store, "usher_sub_account")
        found += [
            Problem("sub_accounts", "sub_account_unknown", _unknown(one, "usher sub-accounts"))
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
    found = [_problem(field, held[key], visible) for field, key in wanted.items() if key in held]
    # A login that is one's own e-mail is one conflict, to be mended in one place.
    same = wanted["email"] == wanted["login"]
    return found[:1] if same else found


def _problem(field: str, holder: Holder, visible: bool) -> Problem:
    code = f"{field}_taken"
    if not visible:
        return Problem(field, code, _("In use; ask the owner."))
    sentence = _("In use by {name} (user {id}, {status}).").format(
        name=holder.name, id=holder.id, status=holder.status
    )
    return Problem(field, code, sentence, holder)


def _unknown(name: str, noun: str) -> str:
    return _("There is no “{name}”. See: {noun} list").format(name=name, noun=noun)
