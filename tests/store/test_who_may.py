"""Who may move whom: the matrix of DESIGN 3.6, a test a cell, on both engines."""

import pytest

from store import audit
from store.database import Store
from store.errors import NotAllowed, NotFound, Refused
from store.models import UserRow
from store.session import Session, operator_session
from store.users.acts import VERBS
from tests.conftest import NOON, session_of
from tests.store.standing import MakeUser, activate, made

ACTORS = ("owner", "admin", "standard", "operator", "operator with a reason")
SUBJECTS = ("standard", "admin", "self", "owner")
START = {
    "block": "active", "unblock": "blocked", "deactivate": "active", "restore": "inactive",
    "remove": "active", "release": "inactive", "confirm": "active", "unlock": "active",
}  # fmt: skip
CELLS = [
    (verb, actor, subject)
    for verb in START
    for actor in ACTORS
    for subject in SUBJECTS
    # The operator is nobody's user, and the owner stands among the subjects by that name.
    if subject != "self" or actor in {"admin", "standard"}
]
ON_ADMINS = {"confirm", "unlock"}
"""What any admin may do to an admin; the rest is the owner's (S1, CHECKLIST F48)."""


def allowed(verb: str, actor: str, subject: str) -> bool:
    """The matrix of DESIGN 3.6."""
    if actor == "standard":
        return False
    if subject == "owner":
        return verb == "unlock" and actor in {"owner", "operator with a reason"}
    if subject == "self":
        return verb == "unlock"
    if subject == "standard":
        return True
    return {
        "owner": True,
        "admin": verb in ON_ADMINS,
        "operator": False,
        "operator with a reason": True,
    }[actor]


@pytest.mark.parametrize(("verb", "actor", "subject"), CELLS)
def test_who_may_do_it_to_whom(
    store: Store, owner: Session, make_user: MakeUser, verb: str, actor: str, subject: str
) -> None:
    admin = {"admin": True, "role": "", "teams": ()}
    actors = {
        "owner": lambda: owner,
        "admin": lambda: session_of(store, activate(owner, make_user(**admin))),
        "standard": lambda: session_of(store, activate(owner, make_user())),
        "operator": lambda: operator_session(store),
        "operator with a reason": lambda: operator_session(store).because("a test"),
    }
    session = actors[actor]()
    if subject in {"standard", "admin"}:
        fields = admin if subject == "admin" else {}
        target = made(owner, make_user, START[verb], **fields).id
    else:
        target = int((session if subject == "self" else owner).user or 0)
    with store.write(owner):
        changes = {"attempts": 6, "locked_at": NOON} if verb == "unlock" else {}
        if verb == "confirm" and subject != "owner":
            changes = {"confirmed_at": None}
        if changes:
            UserRow.update(**changes).where(UserRow.id == target).execute()
    if allowed(verb, actor, subject):
        VERBS[verb](session, target)
        assert (audit.history(owner, target)[0].verb, audit.history(owner, target)[0].actor) == (
            verb,
            session.name,
        )
        return
    with pytest.raises((NotAllowed, NotFound, Refused)):
        VERBS[verb](session, target)


def test_an_id_that_one_may_not_see_answers_like_one_that_is_not_there(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    """CHECKLIST F49."""
    session = session_of(store, activate(owner, make_user()))
    other = make_user()
    messages = set()
    for verb in VERBS:
        for number in (other.id, 4711):
            with pytest.raises(NotFound) as refused:
                VERBS[verb](session, number)
            messages.add(refused.value.message.replace(str(number), "N"))
    assert len(messages) == 1
