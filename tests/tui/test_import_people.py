"""Importing on screen: which file, what its headings mean, the rehearsal, the run, what came of it.

Real files, a real store. Work is held up by the store's own lock, so nothing waits for a clock.
"""

import csv
import json
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from store import listing, teams
from store.exchange import importing, mappings, reading
from store.exchange.headings import COLUMNS
from store.exchange.importing import Failure, ImportSummary
from store.session import Session
from store.values import Filters, User
from tests.conftest import PASSWORD, FakeClock, session_of
from tests.tui.driving import LARGE, SMALL, settled
from tests.tui.one_screen import NOTHING, Seat, sit, visit_of
from tests.tui.test_hostile_text import HOSTILE, judge
from tui.screens import room
from tui.screens.import_columns import ImportColumns
from tui.screens.import_people import ImportPeople
from tui.screens.import_reasons import by_reason
from tui.screens.import_rehearsal import ImportRehearsal
from tui.screens.import_run import ImportRun
from tui.screens.import_stage import ImportOrder
from tui.screens.locked import Locked
from tui.screens.users import Users

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

DATA = Path(__file__).parents[1] / "data"
MARIA = ("Maria", "Silva", "maria@acme.com", "maria", "", "", "", "Salesperson", "North", "")
RUI = ("Rui", "Simões", "rui@acme.com", "rui", "", "", "", "Salesperson", "North", "")
GERMAN = ("Vorname", "Nachname", "E-Mail", "Login", "Tel", "Land", "lang", "role", "team", "job")
Write = Callable[..., Path]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home folder, which is the current one."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(folder))
    return folder


@pytest.fixture
def write(home: Path) -> Write:
    """A CSV file of rows in the home folder."""

    def write(
        *rows: Sequence[str],
        header: Sequence[str] = COLUMNS,
        name: str = "people.csv",
        delimiter: str = ",",
    ) -> Path:
        with (home / name).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, delimiter=delimiter).writerows([header, *rows])
        return home / name

    return write


@pytest.fixture
def session(owner: Session) -> Session:
    """The owner, with a team North."""
    teams.create(owner, "North")
    return owner


def many(number: int) -> list[tuple[str, ...]]:
    """So many people of whom nobody is there yet."""
    return [
        (f"Maria {n}", "Silva", f"m{n}@acme.com", f"m{n}", "", "", "", "Salesperson", "North", "")
        for n in range(number)
    ]


def people(session: Session) -> int:
    """How many there are, but for the owner."""
    return listing.count(session, Filters(), cap=None).number - 1


def words(seat: Seat) -> str:
    """The screen as one line of words."""
    return " ".join(seat.text.replace("│", " ").split())


async def open_file(seat: Seat, path: str) -> None:
    await seat.press("ctrl+u")
    await seat.type(path)
    await seat.press("enter")


@contextmanager
def held(session: Session) -> Iterator[Callable[[], None]]:
    """Somebody else writes, so that an import waits; what is given lets it go on."""
    begun, go_on = threading.Event(), threading.Event()

    def write() -> None:
        with session.store.write(session):
            begun.set()
            go_on.wait(20)

    thread = threading.Thread(target=write)
    thread.start()
    begun.wait(20)
    try:
        yield go_on.set
    finally:
        go_on.set()
        thread.join()


def run_of(session: Session, path: Path, rows: int) -> ImportRun:
    return ImportRun(visit_of(session), ImportOrder(path, {}), rows)


# -- the whole way


def test_a_file_comes_in_from_the_list_and_its_people_are_there(owner: Session, home: Path) -> None:
    shutil.copy(DATA / "people.csv", home)
    expected = json.loads((DATA / "people.expected.json").read_text(encoding="utf-8"))
    new, failed = expected["created"], len(expected["failed"])

    async def steps(seat: Seat) -> None:
        await seat.press("I", "p", "tab", "enter")
        assert "10 headings, separated by commas." in seat.text
        await seat.press("down", "space", "f2")
        assert "5 000 rows were looked at. Nothing has been written yet." in seat.text
        assert seat.line("new: created as pending").split()[:3] == ["✓", "4", "960"]
        assert seat.line("left out, and kept").split()[:2] == ["✕", str(failed)]
        assert people(owner) == 0
        await seat.press("f2")
        assert "5 000 rows are done." in seat.text
        assert people(owner) == new
        assert "home/people.failed.csv" in words(seat).replace(" ", "")
        await seat.press("f2")
        assert "4 961" in seat.text.splitlines()[0]
        assert "pending" in seat.text

    sit(Users(visit_of(owner)), steps)
    with (home / "people.failed.csv").open(encoding="utf-8", newline="") as stream:
        assert len(list(csv.reader(stream))) == 1 + failed


def test_the_second_time_everybody_is_there_already(session: Session, write: Write) -> None:
    write(MARIA, RUI)

    async def steps(seat: Seat) -> None:
        await open_file(seat, "people.csv")
        await seat.press("f2", "f2", "f2")
        assert seat.app.result.created == 2
        seat.app.push_screen(ImportPeople(visit_of(session)))
        await settled(seat.pilot)
        await open_file(seat, "~/people.csv")
        await seat.press("f2")
        assert seat.line("already here").split()[:2] == ["–", "2"]
        await seat.press("enter")
        assert "No row fails." in seat.text
        await seat.press("f2")
        assert "everybody is already here just so" in seat.text

    sit(ImportPeople(visit_of(session)), steps)
    assert people(session) == 2


def test_mended_failures_are_the_only_new_ones(session: Session, write: Write, home: Path) -> None:
    write(MARIA, (*RUI[:7], "Nobody", *RUI[8:]))

    async def steps(seat: Seat) -> None:
        await open_file(seat, "people.csv")
        await seat.press("f2", "f2", "f2")
        failed = home / "people.failed.csv"
        failed.write_text(failed.read_text("utf-8").replace("Nobody", "Support"), "utf-8")
        seat.app.push_screen(ImportPeople(visit_of(session)))
        await settled(seat.pilot)
        await open_file(seat, "people.failed.csv")
        assert "11 headings" in seat.text
        assert "left out:" not in seat.text
        await seat.press("f2", "f2")
        assert seat.line("new: pending").split()[:2] == ["✓", "1"]

    assert sit(ImportPeople(visit_of(session)), steps).created == 1
    assert people(session) == 2


def test_one_goes_back_step_by_step(session: Session, write: Write) -> None:
    write(MARIA)

    async def steps(seat: Seat) -> None:
        await open_file(seat, "people.csv")
        await seat.press("f2", "q")
        assert "1 of 10" in seat.text
        await seat.press("right", "escape")
        assert seat.field("file") == "people.csv"
        await seat.press("escape")

    assert sit(ImportPeople(visit_of(session)), steps) is None
    assert people(session) == 0


# -- which file


def test_tab_completes_as_far_as_there_is_one_way(session: Session, home: Path) -> None:
    (home / "people").mkdir()
    for name in ("people/march.csv", "people/may.csv", "other.csv", ".hidden"):
        (home / name).write_text("x")

    async def steps(seat: Seat) -> None:
        assert [seat.line(name).strip() for name in ("other.csv", "people/")] == [
            "other.csv",
            "people/",
        ]
        assert ".hidden" not in seat.text
        await seat.press("p", "tab")
        assert seat.field("file") == "people/"
        assert "march.csv" in seat.text
        await seat.press("tab")
        assert seat.field("file") == "people/ma"
        await seat.press("y")
        assert "march.csv" not in seat.text
        await seat.press("tab")
        assert seat.field("file") == "people/may.csv"
        await seat.press("x", "tab")
        assert "There is nothing here that begins so." in seat.text

    sit(ImportPeople(visit_of(session)), steps)


def test_home_hidden_and_absolute_paths_are_completed(session: Session, home: Path) -> None:
    (home / "people.csv").write_text("x")
    (home / ".hidden.csv").write_text("x")

    async def steps(seat: Seat) -> None:
        await seat.press("~", "tab")
        assert seat.field("file") == "~/people.csv"
        await seat.press("ctrl+u", ".", "h", "tab")
        assert seat.field("file") == ".hidden.csv"
        await seat.press("ctrl+u")
        await seat.type(f"{home}/p")
        await seat.press("tab")
        assert str(seat.app.shown.typed) == f"{home}/people.csv"  # type: ignore[attr-defined]

    sit(ImportPeople(visit_of(session)), steps)


def test_the_arrows_choose_and_enter_looks_into_a_folder(session: Session, write: Write) -> None:
    Path("a").mkdir()
    write(MARIA, name="a/people.csv")
    Path("b").mkdir()

    async def steps(seat: Seat) -> None:
        await seat.press("down", "down")
        assert seat.field("file") == "b/"
        await seat.press("up")
        assert seat.field("file") == "a/"
        await seat.press("enter")
        assert seat.field("file") == "a/people.csv"
        await seat.press("enter")
        assert "1 of 10" in seat.text

    sit(ImportPeople(visit_of(session)), steps)


def _utf16(path: Path) -> None:
    path.write_text("first_name,last_name\nАна,Сілва\n", encoding="utf-16")


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (Path.mkdir, "not a file of rows but a folder or a device"),
        (os.mkfifo, "not a file of rows but a folder or a device"),
        (_utf16, "Line 1 is not UTF-8"),
        (Path.touch, "The file is empty."),
        (lambda _path: None, "cannot be read (no such file or directory)"),
        (lambda path: path.write_text("a," * 100), "There are 101 columns; at most 64 are read."),
    ],
    ids=["folder", "pipe", "utf-16", "empty", "nothing", "columns"],
)
def test_a_file_that_is_refused_says_why_at_the_field(
    session: Session, home: Path, make: Callable[[Path], Any], sentence: str
) -> None:
    make(home / "x.csv")

    async def steps(seat: Seat) -> None:
        await open_file(seat, "x.csv")
        assert sentence in words(seat)
        assert seat.line("▲").startswith(" " * 19)
        await seat.press("backspace")
        assert "▲" not in seat.text
        await seat.press("escape")

    assert sit(ImportPeople(visit_of(session)), steps) is None


# -- what the headings mean


def test_unknown_headings_are_named_and_given_a_field(session: Session, write: Write) -> None:
    write(MARIA, header=GERMAN, delimiter=";")

    async def steps(seat: Seat) -> None:
        await open_file(seat, "people.csv")
        assert "10 headings, separated by semicolons." in seat.text
        assert "are left out: “Vorname”, “Nachname”," in words(seat)
        assert seat.line("becomes").split()[1:5] == ["▸", "▲", "left", "out"]
        await seat.press("enter")
        await seat.type("first")
        await seat.press("enter")
        assert seat.line("becomes").split()[1:4] == ["▸", "first", "name"]
        await seat.press("right", "enter")
        await seat.type("last")
        await seat.press("enter", "ctrl+o")
        assert "--column Vorname=first_name" in words(seat)
        await seat.press("escape", "f2", "f2", "f2")

    assert sit(ImportPeople(visit_of(session)), steps).created == 1


def test_a_field_comes_from_one_heading(session: Session, write: Write) -> None:
    write(MARIA)

    async def steps(seat: Seat) -> None:
        await open_file(seat, "people.csv")
        await seat.press("right", "enter")
        await seat.type("first")
        assert "first name (now from “first_name”)" in seat.text
        await seat.press("enter")
        assert "“first_name” is left out now." in seat.text
        assert seat.line("becomes").split()[1:6] == ["▲", "left", "out", "▸", "first"]
        await seat.press("enter")
        await seat.type("leave")
        await seat.press("enter")
        assert "2 are left out: “first_name”, “last_name”" in words(seat)
        await seat.press("escape", "enter")
        assert "1 of 10" not in seat.text
        await seat.press("escape", "y")
        assert "Which CSV file?" in seat.text

    sit(ImportPeople(visit_of(session)), steps)


def test_headings_are_saved_by_name_and_used_again(session: Session, write: Write) -> None:
    path = write(MARIA, header=GERMAN)

    async def steps(seat: Seat) -> None:
        await seat.press("enter")
        await seat.type("first")
        await seat.press("enter", "up", "up")
        await seat.press("P", *"ersonio", "enter")
        assert "✓ Saved for the next file." in seat.text
        assert seat.field("saved headings").startswith("Personio")
        await seat.press("escape", "y")

    preview = reading.preview(path)
    sit(ImportColumns(visit_of(session), path, preview), steps)
    assert mappings.saved(session)["Personio"]["Vorname"] == "first_name"

    async def again(seat: Seat) -> None:
        assert "first name" not in seat.text
        await seat.press("up", "up", "enter", "down", "enter")
        assert seat.line("becomes").split()[1:3] == ["first", "name"]
        await seat.press("down", "down", "enter")
        await seat.type("phone")
        await seat.press("enter")
        assert seat.field("saved headings").startswith("none")

    sit(ImportColumns(visit_of(session), path, preview), again)


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [("login", "there is nothing to save"), ("x" * 101, "▲ A heading is too long: at most 100")],
)
def test_what_cannot_be_saved_is_refused_in_words(
    session: Session, write: Write, heading: str, sentence: str
) -> None:
    path = write((), header=("email", heading))

    async def steps(seat: Seat) -> None:
        await seat.press("up", "up", *"Personio", "enter")
        assert sentence in seat.text
        assert seat.field("saved headings").startswith("none")

    sit(ImportColumns(visit_of(session), path, reading.preview(path)), steps)
    assert mappings.saved(session) == {}


def test_known_people_change_only_when_that_is_chosen(session: Session, write: Write) -> None:
    write(MARIA)

    async def steps(seat: Seat) -> None:
        await open_file(seat, "people.csv")
        await seat.press("f2", "f2", "f2")
        write((*MARIA[:9], "Head"))
        seat.app.push_screen(ImportPeople(visit_of(session)))
        await settled(seat.pilot)
        await open_file(seat, "people.csv")
        await seat.press("f2")
        assert "e-mail taken" in seat.text
        assert "with other data" not in seat.text
        await seat.press("q", "down", "down", "space", "f2")
        assert seat.line("with other data: changed").split()[:2] == ["✓", "1"]

    sit(ImportPeople(visit_of(session)), steps)


def test_rows_that_cannot_be_taken_apart_say_so(session: Session, home: Path) -> None:
    (home / "people.csv").write_text("first_name,email\nAna\nRui,rui@acme.com\n", "utf-8")

    async def steps(seat: Seat) -> None:
        await open_file(seat, "people.csv")
        assert "▲ This row has 1 cells" in seat.line("line 2")
        assert "rui@acme.com" in seat.line("line 3")

    sit(ImportPeople(visit_of(session)), steps)


def test_sixty_four_headings_are_reached_by_the_arrows(session: Session, write: Write) -> None:
    headings = [f"column {n}" for n in range(64)]
    path = write([str(n) for n in range(64)], header=headings)

    async def steps(seat: Seat) -> None:
        for number in range(64):
            assert f"column {number}" in seat.line("   heading  ")
            assert f"{number + 1} of 64" in seat.text
            judge(seat.text, SMALL)
            await seat.press("right")
        await seat.press("right", *["left"] * 70)
        assert "1 of 64" in seat.text

    sit(ImportColumns(visit_of(session), path, reading.preview(path)), steps)


# -- the rehearsal and the run


def test_failures_stand_by_reason_and_enter_shows_their_lines(
    session: Session, write: Write
) -> None:
    write(MARIA, ("A", "B", "x@@y", *MARIA[3:]), ("C", "D", "no", *MARIA[3:]), RUI[:3])

    async def steps(seat: Seat) -> None:
        await open_file(seat, "people.csv")
        await seat.press("f2")
        assert seat.line("e-mail malformed").split()[:6] == [
            "▸",
            "✕",
            "e-mail",
            "malformed",
            "2",
            "rows",
        ]
        assert "1 row" in seat.line("number of cells")
        await seat.press("enter")
        assert seat.line("line 3").split()[1:4] == ["✕", "e-mail", "malformed"]
        assert "line 4" in seat.text
        assert "Write it like name@example.com." in words(seat)
        await seat.press("q", "down", "enter")
        assert "line 5" in seat.text

    sit(ImportPeople(visit_of(session)), steps)


def test_the_rehearsal_can_be_given_up(session: Session, write: Write) -> None:
    path = write(*many(3000))
    stage = ImportRehearsal(visit_of(session), ImportOrder(path, {}))

    async def steps(seat: Seat) -> None:
        seat.app.push_screen(stage)
        await seat.pilot.press("escape")
        await settled(seat.pilot)
        assert stage.work.stopping
        assert "Which CSV file?" in seat.text

    sit(ImportPeople(visit_of(session)), steps)
    assert people(session) == 0


def test_progress_is_told_in_words_and_only_when_it_moved(session: Session, write: Write) -> None:
    stage = run_of(session, write(MARIA), 20_000)

    async def steps(seat: Seat) -> None:
        stage.work.tell(12_500, 0.624)
        stage.look()
        await seat.pilot.pause()
        assert "Importing: 12 500 of 20 000 rows are in, 62 %." in seat.text
        stage.words.say("as it was")
        stage.look()
        await seat.pilot.pause()
        assert "as it was" in seat.text

    sit(stage, steps)


def test_the_run_asks_before_it_stops_and_keeps_what_is_written(
    session: Session, write: Write
) -> None:
    path = write(*many(2 * importing.BATCH))
    run = run_of(session, path, 2 * importing.BATCH)

    async def steps(seat: Seat) -> None:
        with held(session) as go_on:
            seat.app.push_screen(run, seat.app._collect)
            await seat.pilot.press("f2")
            assert "the import is not over yet" in seat.text
            await seat.pilot.press("escape")
            assert "Stop the import?" in seat.text
            assert "What has been written stays" in words(seat)
            await seat.pilot.press("escape")
            assert not run.work.stopping
            await seat.pilot.press("escape", "y")
            assert "Stopping after these rows…" in seat.text
            await seat.pilot.press("escape")
            assert "Stop the import?" not in seat.text
            go_on()
            await settled(seat.pilot)
        assert "Stopped after 1 000 of 2 000 rows. What was written stays." in words(seat)
        await seat.press("f2")

    summary = sit(ImportPeople(visit_of(session)), steps)
    assert (summary.created, people(session)) == (importing.BATCH, importing.BATCH)


def test_it_may_end_while_one_is_asked_whether_to_stop(session: Session, write: Write) -> None:
    run = run_of(session, write(MARIA), 1)

    async def steps(seat: Seat) -> None:
        with held(session) as go_on:
            seat.app.push_screen(run)
            await seat.pilot.press("escape")
            go_on()
            await settled(seat.pilot)
        assert "Stop the import?" in seat.text
        await seat.press("y")
        assert "1 row is done." in seat.text

    sit(ImportPeople(visit_of(session)), steps)
    assert people(session) == 1


def test_a_key_that_would_stop_it_and_comes_too_late_leaves_the_summary(
    session: Session, write: Write, clock: FakeClock
) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("escape")
        assert "It was over by then" in seat.text
        assert seat.app.result is NOTHING
        clock.forward(seconds=1)
        await seat.press("escape")

    assert sit(run_of(session, write(MARIA), 1), steps).created == 1


def test_the_screen_may_lock_meanwhile_and_the_import_goes_on(
    session: Session, write: Write
) -> None:
    run = run_of(session, write(*many(50)), 50)

    async def steps(seat: Seat) -> None:
        with held(session) as go_on:
            seat.app.push_screen(run)
            seat.app.push_screen(Locked(session, "olga"))
            await seat.pilot.pause()
            go_on()
            await settled(seat.pilot)
        assert people(session) == 50
        assert isinstance(seat.app.screen, Locked)
        assert "50" not in seat.text
        await seat.type(PASSWORD)
        await seat.press("enter")
        assert "50 rows are done." in seat.text

    sit(ImportPeople(visit_of(session)), steps)


def test_a_screen_that_goes_away_lets_the_work_end_with_its_batch(
    session: Session, write: Write
) -> None:
    run = run_of(session, write(*many(2 * importing.BATCH)), 2 * importing.BATCH)

    async def steps(seat: Seat) -> None:
        with held(session) as go_on:
            seat.app.push_screen(run)
            await seat.pilot.pause()
            await seat.app.pop_screen()
            assert run.work.stopping
            go_on()

    sit(ImportPeople(visit_of(session)), steps)
    assert people(session) <= importing.BATCH


def test_what_cannot_go_on_says_why(owner: Session, make_user: Callable[..., User]) -> None:
    gone = ImportOrder(Path("gone.csv"), {})

    async def steps(seat: Seat) -> None:
        assert "▲ gone.csv cannot be read (no such file or directory)." in seat.text
        await seat.press("f2", "enter", "q")

    assert sit(ImportRehearsal(visit_of(owner), gone), steps) is None
    assert sit(ImportRun(visit_of(owner), gone, 1), steps) is None


def test_whoever_may_not_import_is_told(owner: Session, make_user: Callable[..., User]) -> None:
    standard = session_of(owner.store, make_user(password=PASSWORD))
    path = Path("people.csv")
    path.write_text("email\nana@acme.com\n", "utf-8")

    async def steps(seat: Seat) -> None:
        assert "▲" in seat.text
        assert "rows were looked at" not in seat.text

    sit(ImportRehearsal(visit_of(standard), ImportOrder(path, {})), steps)


@pytest.mark.parametrize(
    "keys",
    [(), ("p", "tab", "enter"), ("p", "tab", "enter", "f2")],
    ids=["file", "columns", "stage"],
)
def test_every_step_has_help(session: Session, write: Write, keys: tuple[str, ...]) -> None:
    write(MARIA)

    async def steps(seat: Seat) -> None:
        await seat.press(*keys, "f1")
        assert seat.text.splitlines()[0].strip().startswith("Help")
        assert "The keys of this screen" in seat.text
        await seat.press("q")

    assert sit(ImportPeople(visit_of(session)), steps) is NOTHING


# -- how it looks, and hostile files


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "132x40"])
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_shown_and_not_obeyed(
    session: Session, home: Path, kind: str, size: tuple[int, int]
) -> None:
    text = HOSTILE[kind]
    name = text.replace("/", "-").replace("\0", "")[:60] + ".csv"
    with (home / name).open("w", encoding="utf-8", newline="") as stream:
        # A heading of several lines is refused as a whole.
        heading = " ".join(text[:5000].split("\n")).replace("\r", " ")
        rows = [[heading, "email", "role"], [text, text, "Support"], ["x", "x@y.zz", text]]
        csv.writer(stream).writerows(rows)

    async def steps(seat: Seat) -> None:
        for keys in (
            ("tab",), ("down",), ("enter",), ("right",), ("enter",), ("escape",), ("left", "enter"),
            ("down", "enter"), ("f2",), ("enter",), ("q",), ("ctrl+o",), ("escape",), ("f2",),
            ("enter",), ("q",),
        ):  # fmt: skip
            await seat.press(*keys)
            judge(seat.text, size)
        assert "done." in seat.text

    sit(ImportPeople(visit_of(session)), steps, size)


SUMMARY = ImportSummary(
    rows=5_412,
    created=5_300,
    updated=12,
    unchanged=80,
    failed=(
        *(Failure(n, "email_invalid", "This is not an e-mail address.") for n in range(2, 19)),
        Failure(40, "email_taken", "In use by user 17 (pending), whose data differ from this row."),
        Failure(41, "role_unknown", "There is no such role. See: usher roles list"),
    ),
    failed_file=Path("/home/olga/people.failed.csv"),
)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "132x40"])
def test_looks(
    session: Session, write: Write, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    write(MARIA, RUI, (*RUI[:2], "x@@y", *RUI[3:]), header=GERMAN, name="march.csv")
    write(MARIA, RUI, name="march.txt")
    Path("old").mkdir()
    shown: dict[str, str] = {}

    async def steps(seat: Seat) -> None:
        async def look(name: str, *keys: str) -> None:
            await seat.press(*keys)
            await settled(seat.pilot)
            shown[name] = seat.text

        await look("which file", "m", "tab")
        await look("refused", *"tsv", "enter")
        await look("headings", *["backspace"] * 3, "c", "tab", "enter")
        await look("a heading", "enter")
        await look("options", "escape", "down", "space", "down", "space", "down")
        await look("rehearsed", "f2")
        await look("lines", "enter")
        await seat.press("q", "f2")
        seat.app.screen.over((SUMMARY, by_reason(SUMMARY.failed)))  # type: ignore[attr-defined]
        await look("done")

    sit(ImportPeople(visit_of(session)), steps, size)
    for name, text in shown.items():
        assert text == snapshot(name=name)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "132x40"])
def test_looks_while_it_works(
    session: Session,
    write: Write,
    snapshot: SnapshotAssertion,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
) -> None:
    monkeypatch.setattr(room, "PATIENCE", 3600)
    run = run_of(session, write(MARIA), 20_000)
    shown: dict[str, str] = {}

    async def steps(seat: Seat) -> None:
        with held(session):
            seat.app.push_screen(run)
            await seat.pilot.pause()
            run.work.tell(12_000, 0.6)
            run.look()
            await seat.pilot.pause()
            shown["running"] = seat.text
            await seat.pilot.press("escape")
            shown["asked"] = seat.text

    sit(ImportPeople(visit_of(session)), steps, size)
    for name, text in shown.items():
        assert text == snapshot(name=name)
