"""Nobody gives what they lack, by creating, editing or importing (DESIGN 3.6, CHECKLIST F47)."""

from pathlib import Path

import pytest

from store import audit, users
from store.access import Actor, ceiling
from store.database import Store
from store.errors import NotAllowed
from store.exchange.importing import import_people
from store.exchange.options import Options
from store.models import Override
from store.session import Session
from store.values import Draft
from tests.conftest import NOON, session_of
from tests.store.standing import MakeUser, activate

DELETE = "tasks.delete"
"""What a salesperson may do, and an admin of these tests may not."""


@pytest.fixture
def bounded(store: Store, owner: Session, make_user: MakeUser) -> Session:
    """An admin to whom the owner has denied one thing."""
    admin = activate(owner, make_user(admin=True, role="", teams=()))
    with store.write(owner):
        Override.create(user=admin.id, permission=DELETE, allowed=False, at=NOON)
    return session_of(store, admin)


def draft(**fields: object) -> Draft:
    person = {"first_name": "Rui", "last_name": "Costa", "email": "rui@acme.com.ua",
              "teams": ("North",), **fields}  # fmt: skip
    return Draft(**person)  # type: ignore[arg-type]


def test_only_what_is_gained_counts_and_only_what_the_actor_lacks() -> None:
    actor = Actor(1, "anna", admin=True, denied=frozenset({"a.view", "b.view"}))
    held = frozenset({"a.view"})
    assert ceiling.beyond(actor, held, held | {"b.view", "c.view"}) == ("b.view",)
    assert ceiling.beyond(actor, held, held) == ()
    assert ceiling.beyond(Actor(None, "host:root"), frozenset(), held) == ()


def test_nobody_creates_somebody_who_may_do_more(owner: Session, bounded: Session) -> None:
    """CHECKLIST F47, F50."""
    with pytest.raises(NotAllowed, match=DELETE) as refused:
        users.create(bounded, draft(role="Salesperson"))
    assert refused.value.as_json()["permissions"] == [DELETE]
    (entry, *_older) = audit.history(owner)
    assert (entry.verb, entry.changes) == ("denied", {"permission": (None, DELETE)})
    assert users.create(bounded, draft(role="Support")).role == "Support"


def test_nobody_gives_a_role_that_permits_more(bounded: Session, make_user: MakeUser) -> None:
    """Whoever has it already may be edited in all else."""
    support, salesperson = make_user(role="Support"), make_user(role="Salesperson")
    with pytest.raises(NotAllowed, match=DELETE):
        users.edit(bounded, support.id, {"role": "Salesperson"})
    assert users.edit(bounded, salesperson.id, {"role": "Manager"}).role == "Manager"
    assert users.edit(bounded, support.id, {"role": "Read only"}).role == "Read only"


def test_who_lacks_anything_makes_nobody_an_admin(bounded: Session, make_user: MakeUser) -> None:
    with pytest.raises(NotAllowed, match=DELETE):
        users.create(bounded, draft(admin=True))
    with pytest.raises(NotAllowed, match=DELETE):
        users.edit(bounded, make_user(role="Support").id, {"admin": True})


def test_a_file_gives_no_more_than_whoever_imports_it_holds(
    bounded: Session, make_user: MakeUser, tmp_path: Path
) -> None:
    support = make_user(role="Support")
    path = tmp_path / "people.csv"
    path.write_text(
        "first_name,last_name,email,role,team\n"
        "Rui,Costa,rui@acme.com.ua,Salesperson,North\n"
        "Ana,Reis,ana@acme.com.ua,Support,North\n"
        f"Maria,Silva,{support.email},Manager,North\n"
    )
    summary = import_people(bounded, path, Options(update=True))
    assert summary.created == 1
    assert [(fail.line, fail.code) for fail in summary.failed] == [
        (2, "not_allowed"),
        (4, "not_allowed"),
    ]
    assert DELETE in summary.failed[0].message
