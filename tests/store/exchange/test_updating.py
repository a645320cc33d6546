"""Importing with `update`: changing those who are there."""

from dataclasses import replace
from pathlib import Path

import pytest

from store import audit, listing, teams, users
from store.errors import Conflict
from store.exchange import importing
from store.exchange.importing import ImportSummary, Options, import_people, plan
from store.models import EmployeeRow, Identifier, LetterRow
from store.session import Session, operator_session
from store.values import Draft, Filters, User
from tests.conftest import session_of
from tests.store.exchange.conftest import MARIA, RUI, Write, everybody, faults, many, shape

ANA = Draft("Ana", "Costa", "ana", "ana@acme.com", admin=True)


def update(session: Session, path: Path) -> ImportSummary:
    """What the import did, which is what its plan said."""
    planned = plan(session, path, Options(update=True, create_teams=True))
    summary = import_people(session, path, Options(update=True, create_teams=True))
    assert shape(planned) == {**shape(summary), "failed_file": None}
    return summary


def counts(summary: ImportSummary) -> tuple[int, int, int, list[tuple[int, str]]]:
    return summary.created, summary.updated, summary.unchanged, faults(summary)


def maria(session: Session) -> User:
    return users.show(session, "maria")


@pytest.fixture
def there(session: Session, write: Write) -> Session:
    """The owner's session, with Maria and Rui in the account."""
    import_people(session, write(MARIA, RUI, name="first.csv"))
    return session


def test_only_the_columns_of_the_file_are_changed(there: Session, write: Write) -> None:
    """DESIGN 5: and those who are not there are created."""
    before = maria(there)
    path = write(
        "maria,Souza,+380671234567,Manager",
        "rui,Simões,,",
        "eva,Lima,,Support",
        header="login,last_name,phone,role",
    )
    assert counts(update(there, path)) == (0, 1, 0, [(3, "required"), (4, "required")])
    expected = replace(before, last_name="Souza", phone="+380671234567", role="Manager", version=2)
    assert maria(there) == expected


def test_a_person_is_found_by_login_else_by_the_address(there: Session, write: Write) -> None:
    path = write(
        "maria,maria.silva@acme.com,Chefe",
        ",RUI@acme.com,Diretor",
        header="login,email,position",
    )
    assert counts(update(there, path)) == (0, 2, 0, [])
    _olga, first, second = everybody(there.store)
    assert (first.login, first.email, first.position) == ("maria", "maria.silva@acme.com", "Chefe")
    # Another spelling is the same address, and the stored one stays (DESIGN 3.5).
    assert (second.login, second.email, second.position) == ("rui", "rui@acme.com", "Diretor")


def test_everything_that_hangs_on_a_person_follows(there: Session, write: Write) -> None:
    """An import writes the same as an edit: identifiers, teams, record, index, history."""
    row = "maria,María,Nova,nova@acme.com,South|North"
    path = write(row, header="login,first_name,last_name,email,team")
    assert counts(update(there, path)) == (0, 1, 0, [])
    user = maria(there)
    assert (user.teams, user.version) == (("North", "South"), 2)

    def found(search: str, team: str = "") -> list[int]:
        return [one.id for one in listing.page(there, Filters(search=search, team=team)).rows]

    assert found("nova", "South") == found("nova@acme", "North") == [user.id]
    assert found("silva") == found("maria@acme.com") == []
    with there.store.read():
        keys = {one.key for one in Identifier.select().where(Identifier.user == user.id)}
        card = EmployeeRow.get(EmployeeRow.user == user.id)
        # She has never signed in, so the old address may never have been hers.
        assert not LetterRow.select().count()
    assert keys == {"maria", "nova@acme.com"}
    assert (card.first_name, card.email_key) == ("María", "nova@acme.com")
    (entry,) = audit.history(there, user.id, limit=1)
    assert (entry.verb, entry.command) == ("edit", f"usher import {path} --create-teams --update")
    assert list(entry.changes) == ["first_name", "last_name", "email", "teams"]
    assert entry.changes["email"] == ("maria@acme.com", "nova@acme.com")
    assert entry.changes["teams"] == (["North"], ["South", "North"])
    assert audit.verify(there.store) is None


def test_a_row_that_says_what_is_stored_changes_nothing(there: Session, write: Write) -> None:
    """Whatever its spelling: no version, no entry."""
    before = maria(there)
    entries = len(audit.history(there, limit=100))
    path = write(MARIA.replace("Salesperson", "SALESPERSON").replace("Maria", " Maria "), RUI)
    assert counts(update(there, path)) == (0, 0, 2, [])
    assert maria(there) == before
    assert len(audit.history(there, limit=100)) == entries


def test_an_empty_cell_empties_a_field_but_never_the_login(there: Session, write: Write) -> None:
    first = write("maria,+380671234567,Chefe", header="login,phone,position")
    import_people(there, first, Options(update=True))
    path = write(",maria@acme.com,,", header="login,email,phone,position")
    assert counts(update(there, path)) == (0, 1, 0, [])
    user = maria(there)
    assert (user.login, user.phone, user.position) == ("maria", "", "")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("maria,maria@acme.com,Silva,12,Wizard,North", "phone_invalid"),
        ("maria,maria@acme,Silva,12,Wizard,North", "email_invalid"),
        ("maria,maria@acme.com,,12,Wizard,North", "required"),
        ("maria,maria@acme.com,Silva,,,North", "required"),
        ("maria,maria@acme.com,Silva,,Manager,", "required"),
        ("maria,maria@acme.com,Silva,,Wizard,North", "role_unknown"),
        ("maria,maria@acme.com,Silva,,Manager,No\u202ewhere", "team_unknown"),
        ("maria,rui@acme.com,Silva,,Manager,North", "email_taken"),
        ("maria,rui,Silva,,Manager,North", "email_invalid"),
        ("marie,maria@acme.com,Silva,,Manager,North", "not_allowed"),
        ("maria\x07,maria@acme.com,Silva,,Manager,North", "control_characters"),
    ],
)
def test_a_row_that_cannot_be_taken_changes_nothing(
    there: Session, write: Write, row: str, code: str
) -> None:
    before = everybody(there.store)
    path = write(row, header="login,email,last_name,phone,role,team")
    assert counts(update(there, path)) == (0, 0, 0, [(2, code)])
    assert everybody(there.store) == before


def test_a_person_is_changed_by_one_row_of_a_file(there: Session, write: Write) -> None:
    """The earlier row counts, by whichever identifier the later one finds the same person."""
    path = write(
        ",maria@acme.com,Chefe",
        "MARIA,maria@acme.com,Diretora",
        "maria,,Diretora",
        header="login,email,position",
    )
    duplicate = "duplicate_in_file"
    assert counts(update(there, path)) == (0, 1, 0, [(3, duplicate), (4, duplicate)])
    assert maria(there).position == "Chefe"


def test_what_an_earlier_row_gives_up_a_later_one_may_take(there: Session, write: Write) -> None:
    """Whether they stand in one batch or far from each other."""
    filler = many(importing.BATCH)
    path = write(
        "Maria,Silva,m2@acme.com,maria,,,,Salesperson,North,",
        "Rui,Simões,maria@acme.com,rui,,,,Salesperson,North,",
        *filler,
        "Eva,Lima,rui@acme.com,eva,,,,Salesperson,North,",
    )
    assert counts(update(there, path)) == (len(filler) + 1, 2, 0, [])
    assert [users.show(there, one).email for one in ("maria", "rui", "eva")] == [
        "m2@acme.com",
        "maria@acme.com",
        "rui@acme.com",
    ]
    assert counts(update(there, path)) == (0, 0, len(filler) + 3, [])
    assert audit.verify(there.store) is None


def test_nobody_changes_what_is_not_theirs_to_change(there: Session, write: Write) -> None:
    """DESIGN 3.6: an admin never another admin's rights or address, nor anything of the owner."""
    ana = session_of(there.store, users.create(there, ANA))
    users.create(there, replace(ANA, first_name="Eva", login="eva", email="eva@acme.com"))
    header = "login,email,position,role"
    path = write(
        "eva,eva@acme.com,Chefe,",
        "eva2,eva2@acme.com,Chefe,",
        "olga,olga@acme.com.ua,Boss,",
        "ana,ana@acme.com,Me,",
        header=header,
    )
    done = import_people(ana, path, Options(update=True))
    assert counts(done) == (0, 2, 0, [(3, "required"), (4, "not_allowed")])
    assert "Only the owner can do this to the owner" in done.failed[1].message
    path = write("eva,eva@acme.com,,Manager", "ana,ana@acme.com,,Manager", header=header)
    done = import_people(ana, path, Options(update=True))
    assert faults(done) == [(2, "not_allowed"), (3, "not_allowed")]
    assert [one.message for one in done.failed] == [
        "Only the owner can change the role of an admin.",
        "You cannot change your own role. Ask another admin.",
    ]
    path = write("eva,new@acme.com,,", header=header)
    assert faults(import_people(ana, path, Options(update=True))) == [(2, "not_allowed")]
    assert counts(update(there, path)) == (0, 1, 0, [])


def test_the_operator_changes_an_admin_only_for_a_reason(there: Session, write: Write) -> None:
    """DESIGN 3.6."""
    users.create(there, ANA)
    operator = operator_session(there.store)
    path = write("ana,Chefe", "olga,Boss", "maria,Chefe", header="login,position")
    done = import_people(operator, path, Options(update=True))
    assert counts(done) == (0, 1, 0, [(2, "not_allowed"), (3, "not_allowed")])
    assert "--reason" in done.failed[0].message
    assert counts(update(operator.because("new titles"), path)) == (0, 2, 1, [])


def test_an_edit_that_comes_between_is_not_overwritten(there: Session, write: Write) -> None:
    """Only what the file says is written, and a form that was opened before it is stale."""
    path = write("maria,Chefe", header="login,position")
    user = maria(there)
    users.edit(there, "maria", {"phone": "+380671234567"})
    assert counts(update(there, path)) == (0, 1, 0, [])
    assert maria(there).phone == "+380671234567"
    with pytest.raises(Conflict):
        users.edit(there, user.id, {"position": "x"}, version=user.version + 1)


def test_many_are_changed_over_batches(session: Session, write: Write) -> None:
    teams.create(session, "East")
    rows = many(2 * importing.BATCH + 5)
    import_people(session, write(*rows))
    changed = [row.replace("North", "East") for row in rows]
    assert counts(update(session, write(*rows[:10], *changed[10:]))) == (0, len(rows) - 10, 10, [])
    assert listing.count(session, Filters(team="East"), 5000).number == len(rows) - 10
    assert audit.verify(session.store) is None
