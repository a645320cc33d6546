"""The thread that sends: the newest state and nothing of the past, and it keeps nobody waiting."""

import os
import select
from collections.abc import Iterator
from threading import Timer
from time import monotonic

import pytest

from tests.tui.driver.judge import Judge
from tui.driver.pace import QUESTION
from tui.driver.styles import Styles
from tui.driver.writer import FAREWELL, Writer

WIDTH, HEIGHT = 80, 24
PATIENCE = 10.0


class Line:
    """A writer, and a terminal at the other end of a pipe."""

    def __init__(self) -> None:
        self.out, into = os.pipe()
        self.into = os.fdopen(into, "w", encoding="utf-8")
        self.writer = Writer(self.into, Styles())
        self.judge = Judge(WIDTH, HEIGHT)

    def show(self, words: str, row: int = 1) -> None:
        """A frame in which these words stand."""
        self.writer.draw(f"\x1b[{row};1H{words:<{WIDTH}}")
        self.writer.flush()

    def begin(self) -> None:
        """A terminal that is known to answer owes an answer."""
        self.show("nothing yet")
        self.arrive()
        self.writer.answered(1)
        self.show("one")
        self.arrive()

    def arrive(self, end: str = QUESTION) -> str:
        """What comes until this has come."""
        text, limit = "", monotonic() + PATIENCE
        while not text.endswith(end):
            ready = select.select([self.out], [], [], max(limit - monotonic(), 0))[0]
            assert ready, f"nothing more than {text!r}"
            text += os.read(self.out, 65536).decode()
        self.judge.feed(text.replace(QUESTION, ""))
        return text

    @property
    def first_line(self) -> str:
        return self.judge.text.splitlines()[0]


@pytest.fixture
def line() -> Iterator[Line]:
    one = Line()
    one.writer.start()
    yield one
    one.writer.stop()
    one.into.close()
    os.close(one.out)


def test_what_was_drawn_over_before_it_could_be_sent_is_never_sent(line: Line) -> None:
    line.show("one")
    line.arrive()
    for words in ("two", "three", "four"):
        line.show(words)
    line.writer.answered(1)
    sent = line.arrive()
    assert line.first_line == "four"
    assert "two" not in sent
    assert "thr" not in sent


def test_a_frame_that_changes_nothing_sends_nothing(line: Line) -> None:
    line.show("one")
    line.arrive()
    line.writer.answered(1)
    line.show("one")
    line.writer.draw("\x07")
    assert line.arrive("\x07") == "\x07"


def test_what_is_no_drawing_waits_for_no_answer(line: Line) -> None:
    line.show("one")
    line.arrive()
    line.writer.draw("\x1b]52;c;b2xnYQ==\x07")
    assert line.arrive("\x07") == "\x1b]52;c;b2xnYQ==\x07"


def test_a_terminal_of_another_size_gets_all_anew(line: Line) -> None:
    line.begin()
    line.judge = Judge(WIDTH, HEIGHT - 4)
    line.writer.resize(WIDTH, HEIGHT - 4)
    assert "\x1b[2J" in line.arrive()
    assert line.first_line == "one"


def test_the_same_size_once_more_costs_nothing(line: Line) -> None:
    line.show("one")
    line.arrive()
    line.writer.answered(1)
    line.writer.resize(WIDTH, HEIGHT)
    line.writer.draw("\x07")
    assert line.arrive("\x07") == "\x07"


def test_to_redraw_waits_for_no_answer(line: Line) -> None:
    """ctrl+l mends a terminal of which nobody knows what it got."""
    line.begin()
    line.writer.redraw()
    assert "\x1b[2J" in line.arrive()


def test_a_terminal_that_is_given_back_gets_no_frame(line: Line) -> None:
    line.show("one")
    line.arrive()
    line.writer.answered(1)
    line.writer.hold()
    line.show("two")
    line.writer.draw("\x1b[?1049l")
    assert line.arrive("l") == "\x1b[?1049l"


def test_the_end_waits_for_the_answers_that_are_due(line: Line) -> None:
    """Issue 14: otherwise the shell gets them."""
    line.begin()
    line.writer.hold()
    answer = Timer(0.1, line.writer.answered, (1,))
    begun = monotonic()
    answer.start()
    line.writer.wait_for_answers(PATIENCE)
    assert 0.1 <= monotonic() - begun < PATIENCE / 2
    assert not line.writer.answer_due()
    line.writer.wait_for_answers(PATIENCE)
    assert monotonic() - begun < PATIENCE / 2


def test_the_end_waits_for_no_answer_longer_than_it_may(line: Line) -> None:
    line.begin()
    begun = monotonic()
    line.writer.wait_for_answers(0.1)
    assert 0.1 <= monotonic() - begun < PATIENCE / 2
    line.writer.wait_for_answers(PATIENCE)
    assert monotonic() - begun < PATIENCE / 2


def test_the_end_waits_for_no_answer_of_a_line_that_is_gone(line: Line) -> None:
    line.begin()
    gone = Timer(0.1, line.writer.expect_no_answer)
    begun = monotonic()
    gone.start()
    line.writer.wait_for_answers(PATIENCE)
    assert monotonic() - begun < PATIENCE / 2


def test_it_is_known_whether_the_last_sequences_went_out(line: Line) -> None:
    line.show("one")
    line.arrive()
    line.writer.draw("\x1b[?1049l")
    assert line.writer.stop()
    line.writer.draw("\x1b[?25h")
    assert not line.writer.stop()


def test_a_line_that_takes_nothing_keeps_nobody_waiting() -> None:
    """LINE: gone within two seconds after the line drops; whoever draws never waits."""
    line = Line()
    line.writer.start()
    begun = monotonic()
    for number in range(100):
        line.writer.draw("\x1b]52;c;" + "x" * 10_000 + "\x07")
        line.show(str(number))
    assert not line.writer.stop()
    assert monotonic() - begun < FAREWELL + 0.5
    os.close(line.out)
    line.into.close()


def test_a_terminal_that_is_gone_ends_the_thread() -> None:
    line = Line()
    os.close(line.out)
    line.writer.start()
    line.show("one")
    line.writer.stop()
    assert not line.writer.running
    line.into.close()


def test_an_answer_is_also_about_what_was_drawn_since_and_looks_the_same(line: Line) -> None:
    """Issue 14: a key behind the answer in one packet was pressed by someone who saw it."""
    line.begin()
    line.show("one")
    line.writer.answered(1)
    behind_the_answer = monotonic()
    seen = line.writer.seen_at(line.writer.drawn)
    assert seen is not None
    assert seen <= behind_the_answer


def test_a_frame_has_been_seen_when_the_terminal_has_answered(line: Line) -> None:
    line.begin()
    line.writer.answered(1)
    line.show("two")
    frame = line.writer.drawn
    line.arrive()
    assert line.writer.seen_at(frame) is None
    before = monotonic()
    line.writer.answered(1)
    seen = line.writer.seen_at(frame)
    assert seen is not None
    assert before <= seen <= monotonic()


def test_a_frame_drawn_while_an_answer_is_awaited_has_not_been_seen_with_that_answer(
    line: Line,
) -> None:
    line.begin()
    line.show("two")
    frame = line.writer.drawn
    line.writer.answered(1)
    line.arrive()
    assert line.writer.seen_at(frame) is None
    line.writer.answered(1)
    assert line.writer.seen_at(frame) is not None
