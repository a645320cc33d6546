"""Employees there and back: what was exported imports to the same (DESIGN 3.11, S4)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from store import audit
from store.employees import changing, exchange, reading
from store.errors import NotAllowed, Refused
from store.session import Session
from store.values import User
from tests.conftest import session_of
from tests.csv_files import rows_of
from tests.store.standing import activate

Make = Callable[..., User]
HEADER = ",".join(exchange.COLUMNS)


def _file(folder: Path, *lines: str, header: str = HEADER) -> Path:
    path = folder / "cards.csv"
    path.write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    return path


def test_what_was_exported_changes_nothing_when_it_is_imported(
    owner: Session, make_user: Make, tmp_path: Path
) -> None:
    admin = activate(owner, make_user(admin=True, role="", teams=()))
    make_user(currency="EUR", notes="=1+1")
    changing.create(owner, {"first_name": "Тарас", "number": "'7", "address": "a, b"})
    changing.create(owner, {"email": "X@acme.com.ua"})
    path = tmp_path / "out.csv"
    assert exchange.export_employees(owner, path).rows == 5
    rows = rows_of(path)
    assert rows[0] == list(exchange.COLUMNS)
    assert rows[3][7] == "'=1+1"
    entry = audit.history(owner)[0]
    assert (entry.verb, entry.command) == ("export_employees", f"usher employees export {path}")
    entries = audit.count(owner)
    # An admin may not change the owner, and need not: nothing is to change.
    summary = exchange.import_employees(session_of(owner.store, admin), path)
    assert (summary.rows, summary.unchanged) == (5, 5)
    assert audit.count(owner) == entries


def test_a_row_makes_changes_or_links_a_card_and_says_why_it_cannot(
    owner: Session, make_user: Make, tmp_path: Path
) -> None:
    user, other = make_user(), make_user(number="99")
    waits = changing.create(owner, {"last_name": "Waiting"})
    path = _file(
        tmp_path,
        ",iva@acme.com.ua,Іва,Нова,eur,1,,,",
        ",,No,Address,,2,,,",
        f"{waits.id},,Other,Name,,3,,,{user.login}",
        f",{other.email},{other.first_name},{other.last_name},UAH,4,,,",
        ",IVA@acme.com.ua,Iva,Nova,,,,,",
        "4711,,A,B,,,,,",
        ",,A,B,,,,,nobody",
        ",,A,B,XYZ,,,,",
        f",,Another,Name,,,,,{other.id}",
        ",,too,few",
    )
    dry = exchange.plan(owner, path)
    summary = exchange.import_employees(owner, path)
    assert dry.as_json() | {"failed_file": None} == summary.as_json() | {"failed_file": None}
    assert dry.failed == summary.failed
    assert (summary.created, summary.updated) == (2, 2)
    assert [(one.line, one.code) for one in summary.failed] == [
        (6, "duplicate_in_file"),
        (7, "employee_unknown"),
        (8, "user_unknown"),
        (9, "currency_unknown"),
        (10, "duplicate_in_file"),
        (11, "field_count"),
    ]
    linked = reading.show(owner, user.login)
    assert (linked.id, linked.number, linked.full_name) == (waits.id, "3", user.full_name)
    assert reading.show(owner, other.login).currency == "UAH"
    again = exchange.import_employees(owner, _file(tmp_path, *path.read_text().splitlines()[1:5]))
    assert (again.rows, again.unchanged) == (4, 3)
    assert [one.code for one in again.failed] == ["linked"]


def test_a_row_of_a_users_card_does_not_change_what_the_user_is_called(
    owner: Session, make_user: Make, tmp_path: Path
) -> None:
    user = make_user()
    header = "user,last_name,number"
    summary = exchange.import_employees(owner, _file(tmp_path, f"{user.id},Other,5", header=header))
    assert [one.code for one in summary.failed] == ["linked"]
    assert reading.show(owner, user.login).number == ""


def test_only_who_may_export_users_takes_employees_along(
    owner: Session, make_user: Make, tmp_path: Path
) -> None:
    standard = session_of(owner.store, activate(owner, make_user()))
    with pytest.raises(NotAllowed):
        exchange.export_employees(standard, tmp_path / "out.csv")
    with pytest.raises(Refused):
        exchange.import_employees(owner, _file(tmp_path, "x", header="surname"))
