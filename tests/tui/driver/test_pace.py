"""How much may be under way: what arrives is never old."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.driver.pace import (
    FIRST_ANSWER,
    KEY_SECONDS,
    LONG_PATIENCE,
    LONGEST_KEY_SECONDS,
    LOST_SECONDS,
    PATIENCE,
    PIECE_SECONDS,
    QUESTION,
    REMEMBERED,
    SMALLEST,
    WHOLE,
    Pace,
)

FAST, MODEM = 1e7, 1200.0
"""Bytes a second."""


class Link:
    """A line of some speed and delay, and the clock."""

    def __init__(self, speed: float, delay: float = 0.3) -> None:
        self.pace, self.speed, self.delay, self.now = Pace(), speed, delay, 100.0

    def frame(self, size: int) -> float:
        """Send a piece of at most this size and wait for its answer; seconds that it took."""
        size = min(size, self.pace.limit)
        assert self.pace.wait(self.now) == 0
        assert self.pace.sending(size, self.now) == QUESTION
        assert self.pace.wait(self.now) > 0
        took = self.delay + size / self.speed
        self.now += took
        self.pace.answered(self.now)
        assert self.pace.wait(self.now) == 0
        return took


def test_the_next_frame_waits_for_the_answer() -> None:
    pace = Pace()
    assert pace.wait(0) == 0
    assert pace.sending(500, 0) == QUESTION
    assert pace.wait(0.4) == pytest.approx(PATIENCE - 0.4)
    pace.answered(0.5)
    assert pace.wait(0.5) == 0


def test_a_terminal_that_never_answers_is_asked_no_more() -> None:
    """LINE: and no frame waits long for it."""
    pace = Pace()
    assert pace.sending(500, 0) == QUESTION
    assert pace.wait(0.4) > 0
    assert pace.wait(PATIENCE) == 0
    assert pace.sending(500, PATIENCE) == ""
    assert pace.wait(PATIENCE) == 0
    assert pace.sending(500, 2.0) == ""
    assert pace.sending(500, 50.0) == ""


def test_a_late_answer_shows_that_the_terminal_does_answer() -> None:
    pace = Pace()
    pace.sending(500, 0)
    pace.sending(500, 2.5)
    pace.answered(3.0)
    assert pace.wait(3.0) == 0
    assert pace.sending(500, 3.0) == QUESTION
    assert pace.wait(6.0) == pytest.approx(LONG_PATIENCE - 3)


def test_a_lost_answer_stops_nothing_for_good() -> None:
    link = Link(MODEM)
    link.frame(400)
    link.pace.sending(400, link.now)
    assert link.pace.wait(link.now + LONG_PATIENCE) == 0
    assert link.pace.sending(400, link.now + LONG_PATIENCE) == QUESTION


def test_on_a_slow_line_a_frame_goes_in_pieces_of_half_a_second() -> None:
    link = Link(MODEM)
    link.frame(30)
    assert link.pace.limit == WHOLE
    link.frame(2000)
    assert link.pace.limit == pytest.approx(MODEM * PIECE_SECONDS, rel=0.1)
    for _piece in range(5):
        took = link.frame(2000)
        assert took <= link.delay + 1.1 * PIECE_SECONDS


def test_on_a_line_that_gets_faster_they_grow_again() -> None:
    link = Link(MODEM)
    link.frame(30)
    link.frame(2000)
    link.speed = FAST
    link.frame(2000)
    assert link.pace.limit == WHOLE


def test_on_a_fast_line_nothing_is_cut() -> None:
    link = Link(FAST, delay=0.6)
    for size in (20, 60_000, 300, 60_000):
        link.frame(size)
        assert link.pace.limit == WHOLE


def test_a_piece_is_never_too_small_to_get_on() -> None:
    link = Link(10.0)
    link.frame(10)
    link.frame(2000)
    assert link.pace.limit == SMALLEST


def test_answers_that_nobody_asked_for_change_nothing() -> None:
    link = Link(MODEM)
    link.frame(30)
    link.frame(2000)
    limit = link.pace.limit
    for _answer in range(1000):
        link.pace.answered(link.now)
    assert link.pace.limit == limit
    assert link.pace.wait(link.now) == 0


def test_after_a_redraw_nothing_is_waited_for() -> None:
    pace = Pace()
    pace.sending(500, 0)
    pace.forget()
    assert pace.wait(0.1) == 0


@given(
    st.lists(st.tuples(st.sampled_from(["send", "answer", "pass"]), st.floats(0, 3)), max_size=30)
)
def test_whatever_happens_one_waits_no_longer_than_patience(
    events: list[tuple[str, float]],
) -> None:
    pace, now = Pace(), 0.0
    for (kind, size), (_next, after) in pairwise([*events, ("pass", 0.0)]):
        if kind == "answer":
            pace.answered(now)
        elif kind == "send" and pace.wait(now) == 0:
            pace.sending(int(size * 1000), now)
        assert 0 <= pace.wait(now) <= LONG_PATIENCE + 1e-9
        assert pace.limit >= SMALLEST
        now += after


def test_an_escape_on_a_fast_line_is_a_key_within_a_tenth_of_a_second() -> None:
    link = Link(FAST, delay=0.02)
    assert link.pace.key_seconds(link.now) == KEY_SECONDS
    link.frame(500)
    assert link.pace.key_seconds(link.now) == KEY_SECONDS


def test_where_an_answer_is_due_or_the_line_is_slow_an_escape_may_yet_become_an_arrow() -> None:
    """Issue 14: `ESC`, 150 ms, `[B`."""
    link = Link(FAST, delay=0.02)
    link.frame(500)
    link.pace.sending(500, link.now)
    assert link.pace.key_seconds(link.now + 0.2) == LONGEST_KEY_SECONDS
    for slow in (Link(FAST, delay=0.3), Link(MODEM, delay=0.05)):
        slow.frame(30)
        slow.frame(2000)
        assert 0.15 < slow.pace.key_seconds(slow.now) <= LONGEST_KEY_SECONDS


def test_an_answer_is_due_until_it_comes_also_where_no_frame_waits_for_it() -> None:
    pace = Pace()
    assert not pace.answer_due(0)
    pace.sending(500, 0)
    pace.forget()
    assert pace.answer_due(1)
    pace.answered(1)
    assert not pace.answer_due(1)


def test_an_answer_that_was_lost_is_due_no_longer() -> None:
    """Otherwise, every later escape would wait for the lost response."""
    link = Link(FAST)
    link.frame(500)
    link.pace.sending(500, link.now)
    link.now += LONG_PATIENCE + 1
    assert not link.pace.answer_due(link.now)
    link.frame(500)
    assert not link.pace.answer_due(link.now)


def test_at_the_end_what_is_due_is_waited_for_and_no_longer_than_an_answer_takes() -> None:
    """Issue 14: another program would read the response as typed text."""
    pace = Pace()
    assert pace.last_wait(0) == 0
    pace.sending(500, 0)
    assert pace.last_wait(0.5) == FIRST_ANSWER - 0.5
    assert pace.last_wait(FIRST_ANSWER) == 0
    pace.answered(0.5)
    assert pace.last_wait(0.5) == 0
    pace.sending(500, 1)
    pace.forget()
    pace.sending(500, 2)
    pace.answered(3)
    assert pace.last_wait(3) == LONG_PATIENCE - 1
    pace.answered(3)
    assert pace.last_wait(3) == 0


def test_nothing_is_waited_for_where_nothing_can_come() -> None:
    pace = Pace()
    pace.sending(500, 0)
    pace.expect_nothing()
    assert pace.last_wait(0) == 0
    assert pace.wait(0) == 0
    assert not pace.answer_due(0)


def test_a_frame_is_seen_when_the_terminal_has_answered_for_it() -> None:
    """A key that confirms something counts only after that."""
    pace = Pace()
    pace.sending(500, 1.0, frame=1)
    assert pace.seen_at(1, 1.2) is None
    pace.answered(1.3)
    assert pace.seen_at(1, 1.4) == 1.3
    pace.sending(500, 1.5, frame=2)
    assert pace.seen_at(1, 1.6) == 1.3
    assert pace.seen_at(2, 1.6) is None
    pace.answered(1.7)
    assert (pace.seen_at(1, 9.0), pace.seen_at(2, 9.0)) == (1.3, 1.7)


def test_a_frame_of_which_a_piece_is_left_has_not_been_seen() -> None:
    pace = Pace()
    pace.sending(400, 1.0, frame=1)
    pace.answered(1.1)
    pace.sending(400, 1.2, frame=1)  # A piece of the second frame: the first one is whole.
    pace.answered(1.3)
    assert pace.seen_at(2, 1.4) is None
    pace.sending(400, 1.4, frame=2)
    pace.answered(1.5)
    assert pace.seen_at(2, 1.6) == 1.5


def test_a_frame_that_changes_nothing_is_seen_with_the_one_before_it() -> None:
    pace = Pace()
    pace.sending(500, 1.0, frame=1)
    pace.same(2, 1.1)
    assert pace.seen_at(2, 1.2) is None
    pace.answered(1.3)
    assert pace.seen_at(2, 1.4) == 1.3
    pace.same(3, 1.5)
    assert pace.seen_at(3, 1.6) == 1.5


def test_with_a_terminal_that_never_answers_a_frame_counts_as_seen_after_the_patience() -> None:
    """Else no key would ever confirm anything there."""
    pace = Pace()
    pace.sending(500, 1.0, frame=1)
    assert pace.seen_at(1, 1.0 + PATIENCE / 2) is None
    assert pace.seen_at(1, 1.0 + PATIENCE) == 1.0 + PATIENCE
    assert pace.sending(500, 5.0, frame=2) == ""
    assert pace.seen_at(2, 5.1) == 5.0


def test_a_terminal_that_answers_has_to_answer_however_long_it_takes() -> None:
    """Issue 14: after a stall of any length, `y` confirms nothing that was not shown."""
    pace = Pace()
    pace.sending(500, 1.0, frame=1)
    pace.answered(1.1)
    pace.sending(500, 2.0, frame=2)
    assert pace.wait(2.0 + LONG_PATIENCE) == 0
    assert pace.seen_at(2, 2.0 + 10 * LONG_PATIENCE) is None
    pace.same(3, 50.0)
    assert pace.seen_at(3, 50.0) is None
    pace.answered(60.0)
    assert (pace.seen_at(2, 61.0), pace.seen_at(3, 61.0)) == (60.0, 60.0)


def test_a_late_answer_says_nothing_of_a_newer_frame() -> None:
    """Answers come in the order of the questions; one that was lost is given up after a while."""
    pace = Pace()
    pace.sending(500, 1.0, frame=1)
    pace.answered(1.1)
    pace.sending(500, 2.0, frame=2)
    pace.sending(500, 13.0, frame=3)
    pace.answered(14.0)
    assert (pace.seen_at(2, 14.0), pace.seen_at(3, 14.0)) == (14.0, None)
    pace.sending(500, 14.5 + LOST_SECONDS, frame=4)
    pace.answered(15.0 + LOST_SECONDS)
    assert pace.seen_at(4, 15.0 + LOST_SECONDS) == 15.0 + LOST_SECONDS


def test_only_the_newest_frames_are_remembered_and_older_ones_were_seen() -> None:
    pace = Pace()
    for frame in range(1, 10 * REMEMBERED):
        pace.sending(500, float(frame), frame=frame)
        pace.answered(frame + 0.5)
    seen = pace.seen_at(1, 9999.0)
    assert seen is not None
    assert seen > 1.5
