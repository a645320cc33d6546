"""Creating a user: checked whole, written whole, with the letter that invites them."""


from typing import TYPE_CHECKING

from store import access, checks, settings
from store.access import Actor
from store.errors import Invalid, Problem
from store.listing.folding import fold
from store.mail import outbox
from store.named import ids_by_key
from store.policy import passwords
from store.users import read, uniqueness
from store.users.words import command_of
from store.users.writing import NewPerson, insert, named_ids
from store.values import Draft, User
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store
    from store.session import Session


def create(session: "Session", draft: Draft, *, password: str | None = None) -> User:
    """Make a pending user; with an e-mail, queue the letter that invites them (S0, S2).

    A password given here is temporary: 72 hours, changed at first use, and it confirms the user
    (DESIGN 3.4). It is never mailed.

    Raises:
        Invalid: fields cannot be taken; a conflict names the holder.
        NotAllowed: the actor may not create users.
    """
    store = session.store
    actor = access.require(session, "users.create")
    current = settings.load(store)
    draft, problems = checks.checked(
        draft, current.users_required, password_given=password is not None
    )
    if password is not None:
        name = settings.account_name(store) or ""
        problems += passwords.problems(password, person=draft, account=name, settings=current)
    if problems:
        with store.read():
            raise Invalid([*problems, *clashes(store, actor, draft)])
    password_hash = store.hash(password) if password is not None else None
    with store.write(session, members=draft.admin) as unit:
        actor = access.require(session, "users.create")
        found = clashes(store, actor, draft)
        if found:
            raise Invalid(found)
        role_id, team_ids = named_ids(store, draft)
        person = NewPerson(
            draft=draft,
            role_id=role_id,
            team_ids=team_ids,
            password_hash=password_hash,
            temporary=password_hash is not None,
            confirmed=password_hash is not None,
            command=command_of("create", None, draft),
        )
        (number,) = insert(unit, [person])
        if draft.email:
            outbox.queue(unit, "invitation", number, draft.email, draft.language)
        return read.load(store, [number])[0]


def clashes(
    store: "Store", actor: Actor, draft: Draft, own: int | None = None
) -> list[Problem]:
    """What only the database can tell: unknown roles and teams, taken logins and e-mails."""
    roles, teams = ids_by_key(store, "usher_role"), ids_by_key(store, "usher_team")
    found: list[Problem] = []
    if draft.role and fold(draft.role) not in roles:
        found.append(Problem("role", "role_unknown", _unknown(draft.role, "usher roles")))
    found += [
        Problem("teams", "team_unknown", _unknown(team, "usher teams"))
        for team in draft.teams
        if fold(team) not in teams
    ]
    return found + uniqueness.problems(store, actor, draft, own)


def _unknown(name: str, noun: str) -> str:
    return _("There is no “{name}”. See: {noun} list").format(name=name, noun=noun)
