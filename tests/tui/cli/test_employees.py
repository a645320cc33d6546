"""`usher employees`, in tables, in JSON and in files."""

from pathlib import Path

from store.session import Session
from tests.store.standing import MakeUser
from tests.tui.cli.conftest import Usher


def test_cards_are_made_listed_edited_linked_and_removed(
    usher: Usher, owner: Session, make_user: MakeUser
) -> None:
    user = make_user()
    made = usher("employees", "create", "--first", "Taras", "--number", "7", "--json").json
    assert made == {
        "id": 3, "user": None, "email": None, "first_name": "Taras", "last_name": "",
        "currency": "", "number": "7", "address": "", "notes": "",
    }  # fmt: skip
    assert usher("employees", "list").out.splitlines() == [
        "id  name           e-mail              number  user",
        " 1  Olga Bakum     olga@acme.com.ua               1",
        " 2  Maria Silva 1  maria1@acme.com.ua             2",
        " 3  Taras                              7",
        "3 of 3",
    ]
    page = usher("employees", "list", "--limit", "2", "--json").json
    assert (page["total"], page["next"]) == (3, "2")
    rest = usher("employees", "list", "--after", "2", "--unlinked", "--search", "tar", "--json")
    assert [one["id"] for one in rest.json["items"]] == [3]
    assert "currency    EUR" in usher("employees", "edit", "3", "--currency", "eur").out
    refused = usher("employees", "edit", user.login, "--last", "X", "--json")
    assert (refused.code, refused.json["error"]["code"]) == (3, "linked")
    assert usher("employees", "edit", "3").code == 2
    assert usher("employees", "create", "--currency", "EUR").code == 3
    assert usher("employees", "link", "3", user.login, "--dry-run").code == 0
    assert usher("employees", "link", "3", user.login, "--json").json["user"] == user.id
    assert usher("employees", "show", user.login).out.splitlines()[:2] == [
        "id          3",
        "user        2",
    ]
    assert usher("employees", "remove", "3").code == 3
    assert usher("employees", "unlink", "3").code == 0
    assert usher("employees", "remove", "3").out == "Deleted employee 3, Maria Silva 1.\n"
    assert usher("employees", "show", "3").code == 5


def test_cards_go_to_a_file_and_come_back(usher: Usher, owner: Session, tmp_path: Path) -> None:
    path = tmp_path / "cards.csv"
    assert usher("employees", "export", str(path)).out == f"1 employee written to {path}\n"
    refused = usher("employees", "export", str(path))
    assert refused.code == 3
    assert "--yes" in refused.err
    with path.open("a") as stream:
        stream.write(",taras@acme.com.ua,Taras,,EUR,7,,,\r\n,,,,,,,,\r\n")
    dry = usher("employees", "import", str(path), "--dry-run", "--json")
    assert (dry.code, dry.json["created"], dry.json["unchanged"]) == (8, 1, 1)
    done = usher("employees", "import", str(path))
    assert done.out.splitlines()[0] == (
        "3 rows: 1 created, 0 changed, 1 were there already, 1 bad."
    )
    assert "required" in done.out
