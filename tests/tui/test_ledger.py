"""The ledger: a window on outcomes, one line each, however many there are."""

from collections.abc import Sequence

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from tests.tui.driving import drive, text_of
from tests.tui.test_hostile_text import HOSTILE, judge
from tui.widgets.ledger import Ledger, LedgerLine

SENTENCE = "This is not an e-mail address that can be used. Write it like name@example.com."


class LedgerApp(App[None]):
    """A ledger over numbers, which remembers the lines that were made."""

    CSS = "Screen { layers: base; scrollbar-size: 0 0; } Ledger { height: 1fr; }"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, items: Sequence[int], message: str = "", word: str = "invited") -> None:
        super().__init__()
        self.items, self.message, self.word = items, message, word
        self.made: set[int] = set()
        self.ledger = Ledger(self.told)

    def compose(self) -> ComposeResult:
        yield self.ledger

    def on_mount(self) -> None:
        self.ledger.show(self.items)
        self.ledger.focus()

    def told(self, item: int) -> LedgerLine:
        self.made.add(item)
        return LedgerLine("✓", self.word, f"person {item}", self.message)


def shown(app: LedgerApp, *keys: str) -> list[str]:
    """The lines of the screen after these keys."""
    texts: list[str] = []

    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press(*keys)
        texts.append(text_of(app))

    drive(app, steps)
    return texts[0].split("\n")


def test_a_line_has_sign_word_who_and_message() -> None:
    lines = shown(LedgerApp(range(2), "active, Salesperson"))
    assert lines[0] == f" ▸ ✓ {'invited':16} {'person 0':28} active, Salesperson"
    assert lines[1] == f"   ✓ {'invited':16} {'person 1':28} active, Salesperson"
    assert not any(lines[2:])


@pytest.mark.parametrize(
    ("keys", "here"),
    [
        (("down", "j", "up"), 1),
        (("pagedown",), 20),
        (("pagedown", "pagedown", "pageup"), 20),
        (("G",), 999_999),
        (("end", "k", "k"), 999_997),
        (("end", "pagedown", "down"), 999_999),
        (("end", "g", "up"), 0),
        (("down", "home", "pageup"), 0),
    ],
)
def test_moves_by_the_keys_of_the_list(keys: tuple[str, ...], here: int) -> None:
    app = LedgerApp(range(1_000_000))
    lines = shown(app, *keys)
    (current,) = (line for line in lines if "▸" in line)
    assert f" person {here} " in f"{current} "
    assert app.ledger.current == here
    assert len(app.made) < 100


def test_what_is_cut_stands_in_full_below() -> None:
    lines = shown(LedgerApp(range(3), SENTENCE), "down")
    assert lines[1].endswith("…")
    assert " ".join(" ".join(lines[-2:]).split()) == SENTENCE
    assert not lines[-3]


def test_what_is_cut_of_whom_it_concerns_is_told_too() -> None:
    lines = shown(LedgerApp(range(1), "", "a word that is longer than its column"))
    assert "a word that is longer than its column: person 0" in lines[-2]


def test_one_of_ten_thousand_letters_is_cut_again() -> None:
    lines = shown(LedgerApp(range(1), "n " * 10_000))
    assert lines[-1].endswith("…")


def test_nothing_is_no_line() -> None:
    app = LedgerApp(())
    assert not any(shown(app, "down", "pagedown", "end"))
    assert app.ledger.current is None


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_is_shown_and_not_obeyed(kind: str) -> None:
    lines = shown(LedgerApp(range(3), HOSTILE[kind], HOSTILE[kind]), "down")
    judge("\n".join(lines), (80, 24))
