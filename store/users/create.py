"""Creating a user: checked whole, written whole, with the letter that invites them."""

from typing import TYPE_CHECKING

from store import access, checks, generated, invitations, settings
from store.access import ceiling, simulator
from store.errors import Invalid, Problem
from store.mail import credentials
from store.policy import passwords
from store.users import read
from store.users.clashes import clashes_of
from store.users.words import command_of
from store.users.writing import Names, NewPerson, insert
from store.values import Draft, User

if TYPE_CHECKING:
    from store.database import Store
    from store.session import Session


def create(
    session: "Session",
    draft: Draft,
    *,
    password: str | None = None,
    copy_access_from: int | str | None = None,
) -> User:
    """Make a pending user; with an e-mail, queue the letter that invites them (S0, S2).

    A password given here is temporary: 72 hours, changed at first use, and it confirms the user
    (DESIGN 3.4). It is never mailed. With both, whichever is used first ends the other. Without
    one, where the account mails credentials, the letter brings a generated one instead.
    With `copy_access_from` the access that the draft leaves open is that of somebody else; what
    is left out of it tells `access.copying.for_new`.

    Raises:
        Invalid: fields cannot be taken; a conflict names the holder.
        NotAllowed: the actor may not create users, or would give what they lack, or may not
            change rights where access is copied.
        NotFound, Refused: there is nobody, or nothing, to copy access from.
        PasswordNeeded: an admin is made or access is copied, and the actor's password was not
            given just now.
    """
    from store.access import copying  # noqa: PLC0415  (copying stands on people itself)

    store = session.store
    actor = access.require(session, "users.create")
    taken = None
    if copy_access_from is not None:
        taken = copying.for_new(session, draft, copy_access_from)
        draft = taken.draft
    current = settings.load(store)
    mailed = password is None and credentials.by_letter(current, draft.email)
    draft, problems = checks.checked(
        draft, current.users_required, password_given=mailed or password is not None
    )
    if taken:
        problems = taken.explain(problems)
    if password is not None:
        name = settings.account_name(store) or ""
        problems += passwords.problems(password, person=draft, account=name, settings=current)
    if problems:
        with store.read():
            raise Invalid([*problems, *_clashes(store, actor, draft)])
    drawn = generated.draw(store) if mailed else None
    password = drawn.text if drawn else password
    password_hash = store.hash(password) if password is not None else None
    with store.write(session, members=draft.admin) as unit:
        actor = access.require(session, "users.create")
        if draft.admin:
            access.require_proof(session)
        ceiling.check_draft(session, actor, draft)
        found = _clashes(store, actor, draft)
        if found:
            raise Invalid(found)
        names = Names.of(store)
        role_id, team_ids = names.ids(draft)
        person = NewPerson(
            draft=draft,
            role_id=role_id,
            team_ids=team_ids,
            sub_account_ids=names.sub_account_ids(draft),
            password_hash=password_hash,
            temporary=password_hash is not None,
            confirmed=password_hash is not None,
            command=command_of("create", None, draft) + (taken.words if taken else ""),
        )
        (number,) = insert(unit, [person])
        if taken:
            copying.give_to_new(unit, number, taken)
        if drawn:
            credentials.send_password(unit, "created", number, draft.email, draft.language, drawn)
        elif draft.email:
            invitations.put(unit, number, draft.email, draft.language)
        return read.load(store, [number])[0]


def _clashes(store: "Store", actor: access.Actor, draft: Draft) -> list[Problem]:
    problem = simulator.problem_of(store, draft, simulator.DECIDING)
    return clashes_of(store, actor, draft) + ([problem] if problem else [])
