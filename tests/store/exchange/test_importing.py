"""Importing people from a CSV file: what becomes of each row."""

import json
import shutil
from pathlib import Path
from random import Random

import pytest

from store import audit, teams
from store.errors import NotAllowed, Refused
from store.exchange import importing
from store.exchange.importing import Options, import_people, plan
from store.models import LetterRow, UserRow
from store.session import Session, operator_session
from store.values import Draft, Status
from tests.conftest import session_of
from tests.csv_files import rows_of
from tests.store.exchange.conftest import (
    MARIA,
    RUI,
    Write,
    everybody,
    faults,
    many,
    shape,
)

DATA = Path(__file__).parents[2] / "data"


# What people.csv must give


def test_people_csv_gives_what_is_expected_and_a_second_time_nothing(
    owner: Session, tmp_path: Path
) -> None:
    """S4, DESIGN 3.11: the acceptance test; importing a file twice creates nothing."""
    path = tmp_path / "people.csv"
    shutil.copyfile(DATA / "people.csv", path)
    expected = json.loads((DATA / "people.expected.json").read_text(encoding="utf-8"))

    planned = shape(plan(owner, path, Options(create_teams=True)))
    first = shape(import_people(owner, path, Options(create_teams=True)))
    second = shape(import_people(owner, path, Options(create_teams=True)))

    assert (first["rows"], first["created"]) == (expected["rows"], expected["created"])
    assert [(one["line"], one["code"]) for one in first["failed"]] == [
        (one["line"], one["code"]) for one in expected["failed"]
    ]
    assert planned == {**first, "failed_file": None}
    assert (second["created"], second["unchanged"]) == (0, expected["created"])
    assert second["failed"] == first["failed"]
    assert len(rows_of(tmp_path / "people.failed.csv")) == 1 + len(expected["failed"])
    with owner.store.read():
        assert UserRow.select().count() == 1 + expected["created"]
    assert audit.verify(owner.store) is None


def test_the_summary_has_the_settled_shape(session: Session, write: Write) -> None:
    """DESIGN 5."""
    path = write(MARIA, "Rui,,rui@acme.com,,,,,Salesperson,North,")
    assert shape(import_people(session, path)) == {
        "rows": 2,
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "failed": [
            {"line": 3, "code": "required", "message": "The last name is missing."},
        ],
        "failed_file": str(path.with_name("people.failed.csv")),
    }


# What a row becomes


def test_imported_people_are_pending_and_get_no_letter(session: Session, write: Write) -> None:
    """DESIGN 3.11."""
    path = write("María,Silva,Maria@ACME.com,,+55 11 90653-0767,br,PT,salesperson,North,Chefe")
    assert import_people(session, path).created == 1
    person = everybody(session.store)[-1]
    assert Draft.of(person) == Draft(
        first_name="María",
        last_name="Silva",
        login="Maria@acme.com",
        email="Maria@acme.com",
        phone="+5511906530767",
        country="BR",
        language="pt",
        role="Salesperson",
        teams=("North",),
        position="Chefe",
    )
    assert (person.status, person.confirmed) == (Status.PENDING, False)
    with session.store.read():
        assert LetterRow.select().count() == 0


def test_each_person_has_an_audit_entry_with_the_command_that_was_given(
    session: Session, write: Write
) -> None:
    """DESIGN 3.13."""
    path = write(MARIA, RUI)
    import_people(session, path, Options(create_teams=True, update=True))
    created = audit.history(session, limit=2)
    assert [entry.verb for entry in created] == ["create", "create"]
    assert {entry.command for entry in created} == {f"usher import {path} --create-teams --update"}
    assert created[1].changes["first_name"] == (None, "Maria")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("Maria\x07,,a@b,адmin,12,QO,xx,Wizard,Nowhere", "field_count"),
        ("Maria\x07,,a@b,адmin,12,QO,xx,Wizard,Nowhere," + "x" * 101, "control_characters"),
        ("Maria,,a@b,адmin,12,QO,xx,Wizard,Nowhere," + "x" * 101, "too_long"),
        ("Maria,,a@b,адmin,12,QO,xx,Wizard,Nowhere,", "required"),
        ("Maria,Silva,a@b,адmin,12,QO,xx,Wizard,Nowhere,", "email_invalid"),
        ("Maria,Silva,m@acme.com,адmin,12,QO,xx,Wizard,Nowhere,", "login_invalid"),
        ("Maria,Silva,m@acme.com,m,12,QO,xx,Wizard,Nowhere,", "phone_invalid"),
        ("Maria,Silva,m@acme.com,m,,QO,xx,Wizard,Nowhere,", "country_unknown"),
        ("Maria,Silva,m@acme.com,m,,,xx,Wizard,Nowhere,", "language_unknown"),
        ("Maria,Silva,olga@acme.com.ua,m,,,,Wizard,Nowhere,", "role_unknown"),
        ("Maria,Silva,olga@acme.com.ua,m,,,,Manager,North|Nowhere,", "team_unknown"),
        ("Maria,Silva,olga@acme.com.ua,m,,,,Manager,North,", "email_taken"),
        ("Maria,Silva,m@acme.com,olga,,,,Manager,North,", "login_taken"),
        ("Maria,Silva,m@acme.com,OLGA@acme.com.ua,,,,Manager,North,", "login_taken"),
    ],
)
def test_the_first_fault_of_a_row_is_its_code(
    session: Session, write: Write, row: str, code: str
) -> None:
    """DESIGN 3.11: in the order of the rules."""
    assert faults(import_people(session, write(row))) == [(2, code)]


def test_the_earlier_of_two_rows_stays_and_the_later_fails(session: Session, write: Write) -> None:
    """STORE.md, Data: by the e-mail or by the login, in any spelling, across both (S4)."""
    path = write(
        MARIA,
        "Ana,Silva,MARIA@ACME.COM,ana,,,,Manager,North,",
        "Ana,Silva,ana@acme.com,ＭＡＲＩＡ,,,,Manager,North,",
        "Ana,Silva,ana@acme.com,maria@acme.com,,,,Manager,North,",
        MARIA,
    )
    duplicate = "duplicate_in_file"
    expected = [(3, duplicate), (4, duplicate), (5, duplicate), (6, duplicate)]
    assert faults(plan(session, path)) == expected
    assert faults(import_people(session, path)) == expected


def test_a_row_that_fails_reserves_nothing(session: Session, write: Write) -> None:
    """DESIGN 3.11: neither its identifiers nor a team that only it would have made."""
    path = write(
        "Maria,Silva,maria@acme.com,maria,,,,Wizard,South,",
        "Maria,Silva,maria@acme.com,olga,,,,Manager,South,",
        MARIA,
    )
    summary = import_people(session, path, Options(create_teams=True))
    assert (summary.created, faults(summary)) == (1, [(2, "role_unknown"), (3, "login_taken")])
    assert [team.name for team in teams.listed(session)] == ["North"]


def test_duplicates_are_found_over_any_distance(session: Session, write: Write) -> None:
    """Rows further apart than a batch."""
    others = [
        f"Rui,Simões {number},rui{number}@acme.com,,,,,Salesperson,North,"
        for number in range(importing.BATCH)
    ]
    path = write(MARIA, *others, MARIA)
    last = [(importing.BATCH + 3, "duplicate_in_file")]
    assert faults(plan(session, path)) == last
    assert faults(import_people(session, path)) == last


def test_a_row_that_says_what_is_stored_is_unchanged(session: Session, write: Write) -> None:
    """DESIGN 3.11, CHECKLIST K68; the columns that a file does not have are not compared."""
    import_people(session, write(MARIA))
    again = write(
        " Maria ,Silva,SALESPERSON,north|North,maria@acme.com,maria",
        "Maria,Silva,Salesperson,North,olga@acme.com.ua,maria",
        header="first_name,last_name,role,team,email,login",
    )
    summary = import_people(session, again)
    assert (summary.unchanged, faults(summary)) == (1, [(3, "duplicate_in_file")])


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (MARIA.replace("Silva", "Souza"), "email_taken"),
        (MARIA.replace("Salesperson", "Manager"), "email_taken"),
        (MARIA.replace("North", "North|South"), "email_taken"),
        (MARIA.replace(",maria,", ",,"), "email_taken"),
        (MARIA.replace("maria@", "m@"), "login_taken"),
        (MARIA.replace(",maria,", ",olga,"), "email_taken"),
    ],
)
def test_a_row_that_says_something_else_is_a_conflict(
    session: Session, write: Write, row: str, code: str
) -> None:
    teams.create(session, "South")
    import_people(session, write(MARIA))
    assert faults(import_people(session, write(row))) == [(2, code)]


def test_unknown_teams_are_made_when_asked_for(session: Session, write: Write) -> None:
    """DESIGN 5, --create-teams: once, whatever their spelling."""
    path = write(MARIA.replace("North", "South| east |SOUTH"), RUI.replace("North", "East|north||"))
    assert faults(import_people(session, path)) == [(2, "team_unknown"), (3, "team_unknown")]
    assert import_people(session, path, Options(create_teams=True)).created == 2
    assert [team.name for team in teams.listed(session)] == ["east", "North", "South"]
    assert [set(user.teams) for user in everybody(session.store)[1:]] == [
        {"South", "east"},
        {"east", "North"},
    ]


def test_no_team_is_made_of_a_name_that_cannot_be_seen(session: Session, write: Write) -> None:
    path = write(MARIA.replace("North", "So\u202euth"), RUI.replace("North", "\u0301"))
    expected = [(2, "team_unknown"), (3, "team_unknown")]
    assert faults(plan(session, path, Options(create_teams=True))) == expected
    assert faults(import_people(session, path, Options(create_teams=True))) == expected


def test_only_who_may_create_users_imports(session: Session, write: Write) -> None:
    """ASVS 8.2.1."""
    path = write(MARIA, RUI)
    import_people(session, path)
    maria = session_of(session.store, everybody(session.store)[1])
    for verb in (plan, import_people):
        with pytest.raises(NotAllowed):
            verb(maria, path)
    assert import_people(operator_session(session.store), path).unchanged == 2


def test_columns_stand_in_any_order_and_any_case(session: Session, write: Write) -> None:
    path = write(
        '"North",Salesperson,maria@acme.com,Silva,Maria',
        header='TEAM,Role,"Email", last_name,First_Name',
    )
    assert import_people(session, path).created == 1
    assert everybody(session.store)[-1].full_name == "Maria Silva"


def test_a_protected_phone_is_a_phone(session: Session, write: Write) -> None:
    """CHECKLIST K69."""
    import_people(session, write("Maria,'-Silva,m@acme.com,,'+380671234567,,,Manager,North,"))
    person = everybody(session.store)[-1]
    assert (person.last_name, person.phone) == ("-Silva", "+380671234567")


def test_of_a_file_with_a_wrong_byte_far_down_nothing_is_imported(
    session: Session, write: Write
) -> None:
    """CHECKLIST K68: UTF-8, else a clear refusal."""
    path = write(*many(importing.BATCH + 1))
    with path.open("ab") as stream:
        stream.write(b"Jos\xe9")
    with pytest.raises(Refused):
        import_people(session, path)
    assert len(everybody(session.store)) == 1


def test_whatever_the_rows_each_is_in_the_summary_once(session: Session, write: Write) -> None:
    """CHECKLIST F7, K68: no exception, rows = created + unchanged + failed, in their order."""
    chance = Random(5)  # noqa: S311  (the same ones in every run)
    signs = list(MARIA + "\",;\t\n'=\x00\x1b\u2028\ufeff\u0430@.|+1é") * 2
    nasty = ["".join(chance.sample(signs, chance.randrange(80))) for _number in range(1500)]
    summary = import_people(session, write(*nasty, *many(3)), Options(create_teams=True))
    assert summary.rows == summary.created + summary.unchanged + len(summary.failed)
    lines = [failure.line for failure in summary.failed]
    assert len(lines) > 500
    assert lines == sorted(set(lines))
    assert summary.created >= 3


def test_a_plan_writes_nothing(session: Session, write: Write) -> None:
    """DESIGN 2: the dry run of an import is the validation alone."""
    path = write(MARIA.replace("North", "South"), "bad")
    before = len(audit.history(session, limit=1000))
    summary = plan(session, path, Options(create_teams=True))
    assert (summary.created, len(summary.failed), summary.failed_file) == (1, 1, None)
    assert len(everybody(session.store)) == 1
    assert len(audit.history(session, limit=1000)) == before
    assert [team.name for team in teams.listed(session)] == ["North"]
    assert sorted(one.name for one in path.parent.glob("*.csv")) == ["people.csv"]
