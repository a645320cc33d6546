"""What people own, on the walk: records, hand-overs, cards, photos, the account itself."""

from collections.abc import Iterator
from pathlib import Path

from store import users
from store.models import RecordRow
from store.opening import open_store
from store.session import operator_session
from tests.e2e.step import ENTER, ESC, F2, TAB, Step
from tests.pictures import face
from tui.screens.employee import EmployeePage
from tui.screens.employee_form import EmployeeForm
from tui.screens.employees import EmployeesRoom
from tui.screens.leaving import HandingOver, Leaving
from tui.screens.ownership import Ownership
from tui.screens.ownership_form import OwnershipForm
from tui.screens.photo import PhotoRoom
from tui.screens.photo_form import PhotoForm
from tui.screens.records import Records


def owning_elsewhere(database: Path) -> None:
    """The platform gives the second one of the list something."""
    store = open_store(f"sqlite:///{database}")
    session = operator_session(store)
    grace = users.show(session, "grace.abernathy194").id
    with store.write(session):
        RecordRow.create(kind="client", ref="1", owner=grace)
        RecordRow.create(kind="task", ref="2", owner=grace)
    store.close()


def carding() -> Iterator[Step]:
    """Employees and their cards."""
    yield Step("employees", "P", "screen", ("[1 all]", "Ольга"), shows=EmployeesRoom)
    yield Step("the next one", "j", "down")
    yield Step("a card", ENTER, "screen", ("· Employee 2",), shows=EmployeePage)
    yield Step("to edit it", "e", "screen", ("currency", "Save"), shows=EmployeeForm)
    yield Step("back to the card", ESC, "back", ("· Employee 2",))
    yield Step("back to the employees", "q", "back", ("[1 all]",))
    yield Step("those who wait", "2", "page", ("n makes one",))
    yield Step("back to the list", "q", "back to the full list", ("Abernathy, Grace",))


def showing(home: Path) -> Iterator[Step]:
    """One's own photo."""

    def write() -> None:
        (home / "face.png").write_bytes(face())

    yield Step("my profile", "m", "", ("Lately",))
    yield Step("no photo", "v", "screen", ("There is no photo",), before=write, shows=PhotoRoom)
    yield Step("from a file", "e", "screen", ("Which PNG",), shows=PhotoForm)
    # How often a long path is drawn while it is typed depends on the machine.
    yield Step("a path", f"{home}/face.png", "", ("face.png",))
    yield Step("drawn", F2, "a photo", ("pixels", "▀"))
    yield Step("back to the profile", "q", "back", ("Lately",))
    yield Step("drawn again", "v", "a photo", ("pixels", "▀"))
    yield Step("removed", "x", "dialog over the list", ("Remove the photo",))
    yield Step("yes", "y", "a photo goes", ("There is no photo",))
    yield Step("back to the profile", "q", "back", ("Lately",))
    yield Step("back to the list", "q", "back to the full list", ("Abernathy, Grace",))


def belonging() -> Iterator[Step]:
    """What somebody owns, and to whom some of it could go."""
    yield Step("somebody active", "j", "down")
    yield Step("records", "d", "screen", ("Records", "client "), shows=Records)
    yield Step("the next one", "j", "down")
    yield Step("marked", " ", "cell", ("1 marked",))
    yield Step("which ones", "f", "dialog", ("Which records?",))
    yield Step("all", ESC, "dialog of eleven lines closes", without="Which records?")
    yield Step("to whom", "t", "screen", ("Who gets 1 record",))
    yield Step("to nobody", ESC, "back", ("1 marked",))
    yield Step("unmarked", "q", "cell", without="1 marked")
    yield Step("back to the list", "q", "back to the full list", ("Abernathy, Grace",))
    yield Step("to the first", "k", "down")


def leaving(database: Path) -> Iterator[Step]:
    """A leaver in one plan, and a hand-over alone."""

    def owning() -> None:
        owning_elsewhere(database)

    yield Step("to the second one", "gj", "", ("▸  ● active",))
    yield Step("leave", "x", "screen", ("Leaves", "client"), before=owning, shows=Leaving)
    yield Step("for good", TAB, "scroll", ("‹Remove›",))
    yield Step("to whom", ENTER, "screen", ("Who gets everything?",))
    yield Step("this one", ENTER, "back", ("✓ ",))
    yield Step("leaving asks", ESC, "dialog", ("Drop this plan?",))
    yield Step("back to the list", "y", "back to the full list", ("Abernathy, Grace",))
    yield Step("hand over", "t", "screen", ("Hand over", "client"), shows=HandingOver)
    yield Step("back to the list", "q", "back to the full list", ("Abernathy, Grace",))


def whose() -> Iterator[Step]:
    """Whose the account is."""
    yield Step("ownership", "o", "screen", ("Ownership", "is not absent"), shows=Ownership)
    yield Step("to whom", "t", "dialog of eleven lines", ("Who is to own",))
    yield Step("the first", ENTER, "screen", ("Give the account away",), shows=OwnershipForm)
    yield Step("a character", "E", "a character for a hint", ("account         E",))
    yield Step("leaving asks", ESC, "dialog", ("Drop what was typed?",))
    yield Step("yes", "y", "back", ("is not absent",))
    yield Step("back to the list", "q", "back to the full list", ("Abernathy, Grace",))
