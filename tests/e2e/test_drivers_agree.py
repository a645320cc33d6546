"""Our driver and Textual's own show the same: cell by cell and style by style."""

import random
from pathlib import Path

import pytest

from store import users
from store.opening import open_store
from store.session import operator_session
from store.upkeep import examples
from store.values import Draft
from tests.e2e.seat import Seat
from tests.e2e.step import (
    CTRL_O,
    CTRL_U,
    DOWN,
    END,
    ENTER,
    ESC,
    F1,
    LEFT,
    PAGE_DOWN,
    PAGE_UP,
    RIGHT,
    TAB,
    UP,
    make_people,
)

SIZES = ((80, 24), (120, 40), (61, 17), (97, 30), (50, 10))
OPENING = ("n", "e", "f", "l", "m", "E", "I", "?", ":", CTRL_O, ENTER, F1)
MOVING = (DOWN, UP, PAGE_DOWN, PAGE_UP, END, "G", "g", "j", "k", " ", "V", "*", "1", "2", "3")
TYPING = ("/", "ш", "ев", "a", "中", "\x7f", CTRL_U, TAB, LEFT, RIGHT, "é", "👍", ESC)
STRANGERS = (
    ("Zoë", "中文字符"),
    ("e\u0301a\u0308", "Вели\u0306кий"),
    ("한국", "이름 긴 이름 아주 긴 이름"),
    ("👍🏽", "❤\ufe0f Heart"),
    ("☰", "䷀ Kreativ"),
)
"""People whose names take more cells, or fewer, than characters."""

STEPS = 45


def make_strangers(database: Path) -> None:
    """Names that terminals differ about, at the beginning of the list."""
    store = open_store(f"sqlite:///{database}")
    session = operator_session(store)
    for number, (first, last) in enumerate(STRANGERS):
        draft = Draft(
            first_name=first, last_name=f"Aa {last}", login=f"stranger{number}",
            email=f"s{number}@example.com", role="Support", teams=("North",),
        )  # fmt: skip
        users.create(session, draft)
    store.close()


class Pair:
    """Two terminals with the same person before them: one driver each."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.ours, self.stock = (
            Seat(size=size),
            Seat(size=size, environment={"USHER_DRIVER": "stock"}),
        )

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter((self.ours, self.stock))

    def press(self, keys: str) -> None:
        for seat in self:
            seat.send(keys)

    def resize(self, size: tuple[int, int]) -> None:
        for seat in self:
            seat.resize(*size)

    def until(self, *words: str) -> None:
        for seat in self:
            seat.until(*words)

    def agree(self) -> None:
        """Both come to show the same."""

        def same() -> bool:
            self.stock.read(0)
            return self.ours.judge.cells == self.stock.judge.cells

        for seat in self:
            seat.quiet(0.12)
        try:
            self.ours.wait(same, "the same screen", 10)
        except AssertionError:
            raise AssertionError(self.difference()) from None

    def difference(self) -> str:
        """The cells that differ, and both screens."""
        cells = [
            f"row {row}, column {column}: {ours} for {stock}"
            for row, lines in enumerate(
                zip(self.ours.judge.cells, self.stock.judge.cells, strict=True)
            )
            for column, (ours, stock) in enumerate(zip(*lines, strict=True))
            if ours != stock
        ]
        return "\n".join([*cells[:10], self.ours.text, self.stock.text])

    def close(self) -> None:
        for seat in self:
            seat.child.close(force=True)


@pytest.mark.timeout(200)
@pytest.mark.parametrize(
    "seed", [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (2, 3))]
)
def test_a_random_walk_shows_the_same(database: Path, seed: int) -> None:
    make_people(database)
    make_strangers(database)
    chance = random.Random(seed)  # noqa: S311  (a test)
    pair = Pair((80, 24))
    try:
        pair.until("Sign in with")
        pair.agree()
        pair.press(f"olga{TAB}{examples.PASSWORD}{ENTER}")
        pair.until("Aa")
        pair.agree()
        done: list[object] = []
        for _step in range(STEPS):
            if chance.random() < 0.1:
                size = chance.choice(SIZES)
                done.append(size)
                pair.resize(size)
            else:
                keys = chance.choice(chance.choice((OPENING, MOVING, MOVING, TYPING, TYPING)))
                done.append(keys)
                pair.press(keys)
            try:
                pair.agree()
            except AssertionError as error:
                raise AssertionError(f"after {done}:\n{error}") from None
    finally:
        pair.close()
