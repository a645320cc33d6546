"""Importing on screen: the rehearsal, the run, and what stops them."""

from collections.abc import Callable
from pathlib import Path

from store.exchange import importing
from store.exchange.options import Options
from store.session import Session
from store.values import User
from tests.conftest import PASSWORD, FakeClock, session_of
from tests.tui.driving import painted, settled
from tests.tui.importing.conftest import (
    MARIA,
    RUI,
    Write,
    held,
    many,
    open_file,
    people,
    run_of,
    words,
)
from tests.tui.one_screen import NOTHING, Seat, sit, visit_of
from tui.screens.import_people import ImportPeople
from tui.screens.import_rehearsal import ImportRehearsal
from tui.screens.import_run import ImportRun
from tui.screens.locked import Locked


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


def test_a_failure_names_the_switch_that_would_help_and_no_flag(
    session: Session, write: Write
) -> None:
    write((*MARIA[:8], "South", ""), (*RUI[:2], "olga@acme.com.ua", *RUI[3:]))

    async def steps(seat: Seat) -> None:
        await open_file(seat, "people.csv")
        await seat.press("f2")
        assert "Tick “known people” before the rehearsal" in words(seat)
        await seat.press("down")
        assert "Tick “missing teams” before the rehearsal" in words(seat)
        assert "--" not in words(seat)
        await seat.press("q", "down", "space", "down", "space", "f2")
        assert "Tick" not in seat.text

    sit(ImportPeople(visit_of(session)), steps)


def test_the_rehearsal_can_be_given_up(session: Session, write: Write) -> None:
    path = write(*many(3000))
    stage = ImportRehearsal(visit_of(session), path, Options())

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
            await seat.pilot.press("escape")
            await painted(seat.pilot)
            await seat.pilot.press("y")
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
    gone = Path("gone.csv")

    async def steps(seat: Seat) -> None:
        assert "▲ gone.csv cannot be read (no such file or directory)." in seat.text
        await seat.press("f2", "enter", "q")

    assert sit(ImportRehearsal(visit_of(owner), gone, Options()), steps) is None
    assert sit(ImportRun(visit_of(owner), gone, Options(), 1), steps) is None


def test_whoever_may_not_import_is_told(owner: Session, make_user: Callable[..., User]) -> None:
    standard = session_of(owner.store, make_user(password=PASSWORD))
    path = Path("people.csv")
    path.write_text("email\nana@acme.com\n", "utf-8")

    async def steps(seat: Seat) -> None:
        assert "▲" in seat.text
        assert "rows were looked at" not in seat.text

    sit(ImportRehearsal(visit_of(standard), path, Options()), steps)
