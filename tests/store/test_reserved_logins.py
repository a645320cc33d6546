"""No login can look like the operator, a visitor, a key or an option."""

from functools import partial
from pathlib import Path
from unicodedata import normalize

import pytest

from store import account, audit, checks, users
from store.checks.logins import login_form
from store.checks.text import MalformedError
from store.database import Store
from store.errors import Invalid
from store.exchange.importing import Options, import_people
from store.invitations.addresses import Asked
from store.invitations.checking import Outcome
from store.invitations.sending import send
from store.models import Identifier, UserRow
from store.session import Session, operator_session
from store.upkeep.logins import RESERVED, SAME, BadLogin, bad_logins
from store.values import Draft, User
from tests.conftest import PASSWORD, session_of
from tests.store.standing import MakeUser

RESERVED_LOGINS = (
    "operator", "OPERATOR", "Operátor", "oper\N{CYRILLIC SMALL LETTER A}tor", "0perat0r", "nobody",
    "usher", "USHER", "Ushér", "u\N{CYRILLIC SMALL LETTER DZE}her",
    "\N{GREEK SMALL LETTER UPSILON}sher", "\N{FULLWIDTH LATIN SMALL LETTER U}sher",
    "host:root", "Host:x", "HOST\N{FULLWIDTH COLON}root",
    "host\N{MODIFIER LETTER TRIANGULAR COLON}root",
    "\N{CYRILLIC CAPITAL LETTER EN}\N{CYRILLIC CAPITAL LETTER O}\N{CYRILLIC CAPITAL LETTER DZE}"
    "\N{CYRILLIC CAPITAL LETTER TE}:\N{CYRILLIC CAPITAL LETTER A}",
    "SHA256:47DEQpj8HBSa", "sha256:x", "-", "--", "---", "-x", "--help", "-x@acme.ua", ".", "'",
    "\N{MODIFIER LETTER APOSTROPHE}", "#17", "#100", normalize("NFD", "ópérator"),
)  # fmt: skip
FREE_LOGINS = (
    "operators", "operator@acme.ua", "ushers", "usher@acme.ua", "ysher", "host",
    "hostess", "sha256", "o'neil", "x-", "a.b", "user-17",
    "оператор", "#team", "nobody.knows",
)  # fmt: skip


@pytest.mark.parametrize("login", RESERVED_LOGINS)
def test_a_reserved_login_is_refused_in_every_spelling(login: str) -> None:
    with pytest.raises(MalformedError):
        login_form(login)


@pytest.mark.parametrize("login", FREE_LOGINS)
def test_what_only_resembles_one_is_free(login: str) -> None:
    assert login_form(login) == login
    assert not checks.is_reserved(login)


@pytest.mark.parametrize("login", ["host:root", "Operator", "--", "-x@acme.ua"])
def test_no_way_leads_to_one(
    owner: Session, make_user: MakeUser, tmp_path: Path, login: str
) -> None:
    """Create, rename and import are covered. A new user's address can be the login too."""
    user = make_user(PASSWORD)
    for refuse in (
        partial(make_user, login=login),
        partial(users.rename, owner, user.id, login, "another password 41"),
    ):
        with pytest.raises(Invalid) as error:
            refuse()
        assert ("login", "login_invalid") in [(one.field, one.code) for one in error.value.problems]
    file = tmp_path / "people.csv"
    header = "first_name,last_name,email,login,role,team"
    row = f"Ana,Bell,ana@acme.ua,{login},Salesperson,North"
    file.write_text(f"{header}\n{row}\n", encoding="utf-8")
    for options in (Options(), Options(update=True)):
        found = import_people(owner, file, options)
        assert [one.code for one in found.failed] == ["login_invalid"]


def test_no_address_leads_to_one(owner: Session, make_user: MakeUser) -> None:
    """A login defaults to the email address, also in an invitation."""
    with pytest.raises(Invalid) as error:
        make_user(email="-ana@acme.ua", login="")
    assert [(one.field, one.code) for one in error.value.problems] == [("login", "login_invalid")]
    assert make_user(email="-ana@acme.ua", login="ana").login == "ana"
    (line,) = send(owner, (Asked("-bo@acme.ua"),)).lines
    assert (line.outcome, "cannot begin with" in line.message) == (Outcome.MALFORMED, True)


def test_no_account_begins_with_one(store: Store) -> None:
    olga = Draft(first_name="Olga", last_name="Bakum", login="operator", email="olga@acme.ua")
    with pytest.raises(Invalid) as error:
        account.init(store, "Acme", olga, PASSWORD)
    assert [(one.field, one.code) for one in error.value.problems] == [("login", "login_invalid")]


def from_before(owner: Session, user: User, login: str) -> User:
    """A user who got a login before it was reserved."""
    with owner.store.write(owner):
        UserRow.update(login=login).where(UserRow.id == user.id).execute()
        key = checks.login_key(login)
        Identifier.update(key=key).where(Identifier.key == user.login).execute()
    return users.show(owner, user.id)


def test_one_from_before_never_reads_as_the_operator_in_the_history(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    admin = make_user(PASSWORD, login="rui", admin=True, role="", teams=())
    rui = from_before(owner, admin, "host:root")
    maria = make_user(login="maria")
    users.edit(session_of(store, rui), maria.id, {"position": "Chief"})
    with store.rehearse(session_of(store, rui)) as preview:
        users.edit(session_of(store, rui), maria.id, {"position": "Boss"})
    assert preview.result.entries[0].actor == f"user {rui.id} (host:root)"
    operator = operator_session(store)
    users.edit(operator, maria.id, {"position": "Boss"})
    by_operator, by_user = audit.history(owner, maria.id)[:2]
    assert by_user.actor == f"user {rui.id} (host:root)"
    assert by_operator.actor == operator.name
    assert by_operator.actor.startswith("host:")


def test_one_from_before_is_reported_and_may_still_be_edited(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    assert bad_logins(store) == ()
    rui = from_before(owner, make_user(login="rui"), "host:root")
    assert users.edit(owner, rui.id, {"position": "Chief"}).position == "Chief"
    make_user(login="ilkay")
    second = make_user(login="two")
    with store.write(owner):
        Identifier.update(key="ılkay").where(Identifier.key == "two").execute()
    assert bad_logins(store) == (
        BadLogin(rui.id, "host:root", RESERVED),
        BadLogin(second.id, "ılkay", SAME, users.show(owner, "ilkay").id),
    )
    users.remove(owner, rui.id)
    assert [one.user for one in bad_logins(store)] == [second.id]
