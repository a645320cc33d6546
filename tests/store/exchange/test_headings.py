"""Headings that are not the columns' names: mapped, suggested, previewed, saved."""

from pathlib import Path

import pytest

from store import audit
from store.errors import Invalid, NotAllowed, Refused
from store.exchange import mappings
from store.exchange.headings import COLUMNS, columns_of, suggested
from store.exchange.importing import Options, import_people, plan
from store.exchange.reading import Row, preview
from store.session import Session
from tests.conftest import session_of
from tests.store.exchange.conftest import MARIA, Write, everybody

GIVEN = {"Given": "first_name", "Mail": "email", "Notes": ""}


def refusal(headings: list[str], mapping: dict[str, str]) -> Refused:
    with pytest.raises(Refused) as refused:
        columns_of(headings, mapping)
    assert len(refused.value.message) < 1000
    return refused.value


def test_a_heading_is_a_column_by_its_name_or_by_the_mapping() -> None:
    headings = [" given ", "LAST_NAME", "Mail", "notes", "error"]
    assert columns_of(headings, GIVEN) == ("first_name", "last_name", "email", "", "")


@pytest.mark.parametrize(
    ("headings", "mapping", "code", "words"),
    [
        (["email", "Notes"], {}, "columns_unknown", ["notes", "Known columns are"]),
        (["email", "frist_name"], {}, "columns_unknown", ["did you mean first_name"]),
        (["email"], {"Mail": "login"}, "columns_unknown", ["no column “Mail”", "It has: “email”"]),
        (["Mail"], {"Mail": "e_mail"}, "columns_unknown", ["e_mail", "did you mean email"]),
        (["Mail"], {"Mail": "owner"}, "columns_unknown", ["owner"]),
        (["Mail", "email"], {"Mail": "email"}, "columns_twice", ["email"]),
        (["a", "b"], {"a": "email", "b": "email"}, "columns_twice", ["email"]),
        (["a", "A"], {"a": "email"}, "columns_twice", ["email"]),
        (["a"], {"a": "email", "A ": "login"}, "columns_twice", ["a"]),
        (["x"] * 65, {"x": ""}, "columns_too_many", ["65"]),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(
    headings: list[str], mapping: dict[str, str], code: str, words: list[str]
) -> None:
    refused = refusal(headings, mapping)
    assert refused.name == code
    assert all(word in refused.message for word in words)


def test_what_is_left_out_need_not_be_there_and_may_be_there_twice() -> None:
    assert columns_of(["email", "x", "x"], {"x": "", "Fax": ""}) == ("email", "", "")


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("E-mail", "email"),
        ("First name", "first_name"),
        ("Last-Name", "last_name"),
        ("Fist Name", "first_name"),
        ("Teams", "team"),
        ("LOGIN", "login"),
        ("Telefon", ""),
        ("error", ""),
        ("", ""),
        ("x" * 100_000, ""),
    ],
)
def test_the_nearest_column_is_suggested(heading: str, column: str) -> None:
    assert suggested([heading]) == {heading: column}


def test_a_column_is_suggested_for_the_nearest_of_its_headings_alone() -> None:
    assert suggested(["E-mail 2", "E-mail", "Mail"]) == {
        "E-mail 2": "",
        "E-mail": "email",
        "Mail": "",
    }
    assert list(suggested(list(COLUMNS)).values()) == list(COLUMNS)


def test_a_file_is_imported_with_its_own_headings(session: Session, write: Write) -> None:
    path = write(
        "Maria;Silva;maria@acme.com;North;Manager;tall",
        header="Given;last_name;Mail;Team;role;notes",
    )
    with pytest.raises(Refused):
        import_people(session, path)
    assert plan(session, path, Options(columns=GIVEN)).created == 1
    assert import_people(session, path, Options(columns=GIVEN)).created == 1
    assert everybody(session.store)[-1].full_name == "Maria Silva"
    failed = write(
        "Maria;;m@acme.com;North;Manager;tall", header="Given;last_name;Mail;Team;role;notes"
    )
    failed_file = import_people(session, failed, Options(columns=GIVEN)).failed_file
    assert failed_file is not None
    assert failed_file.read_text(encoding="utf-8").splitlines()[0] == (
        "Given;last_name;Mail;Team;role;notes;error"
    )
    again = import_people(session, failed_file, Options(columns=GIVEN))
    assert [one.code for one in again.failed] == ["required"]


# The preview


def test_a_preview_shows_the_first_rows_as_they_are_read(write: Write) -> None:
    path = write("'+380671234567;maria@acme.com", "a", *["1;2"] * 30, header="\ufeffTel;E-mail")
    seen = preview(path, limit=3)
    assert (seen.headings, seen.delimiter, seen.encoding) == (("Tel", "E-mail"), ";", "utf-8-sig")
    assert [row.cells for row in seen.rows] == [
        ("+380671234567", "maria@acme.com"),
        ("a",),
        ("1", "2"),
    ]
    assert [row.fault.code if row.fault else "" for row in seen.rows] == ["", "field_count", ""]
    assert seen.suggested == {"Tel": "", "E-mail": "email"}
    assert seen.unknown == ("Tel", "E-mail")
    known = preview(write(MARIA))
    assert (known.unknown, known.encoding, known.delimiter) == ((), "utf-8", ",")
    assert known.rows == (Row(2, tuple(MARIA.split(","))),)


@pytest.mark.parametrize("name", ["server.key", "people", ".bashrc", "people.csv.gz"])
def test_whoever_is_signed_in_reads_only_what_is_named_as_rows(tmp_path: Path, name: str) -> None:
    """They came in without a shell: a preview must not show them the server's other files."""
    path = tmp_path / name
    path.write_text("email,login\na,b\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        preview(path)
    assert refused.value.name == "file_unreadable"
    assert preview(path, any_ending=True).rows


# What is saved


def test_a_mapping_is_saved_replaced_and_removed(owner: Session) -> None:
    assert mappings.saved(owner) == {}
    mappings.save(owner, "  CRM  of %_\\ ", GIVEN)
    mappings.save(owner, "ERP", {"A": "email"})
    mappings.save(owner, "ERP", {"Б": "login"})
    mappings.save(owner, "ERP", {"Б": "login"})
    assert mappings.saved(owner) == {"CRM of %_\\": GIVEN, "ERP": {"Б": "login"}}
    mappings.remove(owner, "CRM of %_\\")
    assert mappings.saved(owner) == {"ERP": {"Б": "login"}}
    entries = audit.history(owner, limit=4)
    assert [entry.verb for entry in entries] == [
        "remove_mapping", "save_mapping", "save_mapping", "save_mapping",
    ]  # fmt: skip
    assert entries[1].changes == {"ERP": ({"A": "email"}, {"Б": "login"})}
    assert audit.verify(owner.store) is None


@pytest.mark.parametrize(
    ("name", "columns", "error"),
    [
        (" ", {"A": "email"}, Invalid),
        ("x" * 101, {"A": "email"}, Invalid),
        ("x\x1b", {"A": "email"}, Invalid),
        ("x", {"A" * 101: "email"}, Invalid),
        ("x", {"A": "owner"}, Refused),
        ("x", {"A": "email", "B": "email"}, Refused),
        ("x", {str(number): "" for number in range(65)}, Refused),
    ],
)
def test_a_mapping_that_could_not_be_used_is_not_saved(
    owner: Session, name: str, columns: dict[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        mappings.save(owner, name, columns)
    assert mappings.saved(owner) == {}


def test_a_mapping_that_is_not_there_is_refused_by_name(owner: Session) -> None:
    mappings.save(owner, "CRM", GIVEN)
    for verb in (mappings.named, mappings.remove):
        with pytest.raises(Refused) as refused:
            verb(owner, "ERP")
        assert "CRM" in refused.value.message


def test_mappings_are_for_those_who_may_import(session: Session, write: Write) -> None:
    import_people(session, write(MARIA))
    maria = session_of(session.store, everybody(session.store)[-1])
    mappings.save(session, "CRM", GIVEN)
    with pytest.raises(NotAllowed):
        mappings.saved(maria)
    with pytest.raises(NotAllowed):
        mappings.save(maria, "CRM", GIVEN)
    with pytest.raises(NotAllowed):
        mappings.remove(maria, "CRM")
