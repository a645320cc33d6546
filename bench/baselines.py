"""What the slow line is measured against: a list of people in curses, and one in stock Textual.

    python -m bench.baselines curses|textual FILE

Both show the lines of a file under a heading, search as one types, open a dialog (`d`) and another
screen (`n`), and end with `q`: what a list of people must do, and no more.
"""

import curses
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

HEADING = "People"
QUESTION = "Drop what was typed?"
FORM = ("first name", "last name", "e-mail", "login", "phone", "country", "role", "teams")


class Curses:
    """The list in curses, drawn as its library knows best."""

    def __init__(self, screen: "curses.window", people: list[str]) -> None:
        self.screen, self.everybody, self.people = screen, people, people
        self.top = self.cursor = 0
        self.search = ""

    def run(self) -> None:
        curses.curs_set(1)
        typing = False
        while True:
            self.draw(typing)
            key = self.screen.get_wch()
            if typing:
                typing = self.typed(key)
            elif key == "q":
                return
            elif key == "/":
                typing = True
            elif key == "d":
                self.dialog()
            elif key == "n":
                self.form()
            else:
                self.moved(key)

    @property
    def page(self) -> int:
        return self.screen.getmaxyx()[0] - 5

    def moved(self, key: int | str) -> None:
        steps = {"j": 1, "k": -1, curses.KEY_DOWN: 1, curses.KEY_UP: -1,
                 curses.KEY_NPAGE: self.page, curses.KEY_PPAGE: -self.page}  # fmt: skip
        last = max(len(self.people) - 1, 0)
        self.cursor = min(max(self.cursor + steps.get(key, 0), 0), last)
        self.top = min(max(self.top, self.cursor - self.page + 1), self.cursor)

    def typed(self, key: int | str) -> bool:
        if key in {"\x1b", "\n"}:
            return False
        if isinstance(key, str):
            self.search = self.search[:-1] if key in {"\x7f", "\b"} else self.search + key
        self.people = [one for one in self.everybody if self.search.lower() in one.lower()]
        self.top = self.cursor = 0
        return True

    def draw(self, typing: bool) -> None:
        screen = self.screen
        height, width = screen.getmaxyx()
        screen.erase()
        screen.insnstr(0, 1, f"{HEADING}   {len(self.people)}", width - 2)
        screen.insnstr(1, 1, f"/ {self.search}", width - 2)
        for row, line in enumerate(self.people[self.top : self.top + self.page]):
            here = self.top + row == self.cursor
            look = curses.A_REVERSE if here else curses.A_NORMAL
            screen.insnstr(row + 3, 1, line, width - 2, look)
        screen.insnstr(height - 1, 1, "enter open  n new  / search  d drop  q back", width - 2)
        if typing:
            screen.move(1, 3 + len(self.search))
        else:
            screen.move(3 + self.cursor - self.top, 0)
        screen.refresh()

    def dialog(self) -> None:
        window = curses.newwin(9, 60, 7, 10)
        window.box()
        window.addstr(1, 2, QUESTION)
        window.addstr(3, 2, "Nothing of it has been saved yet.")
        window.addstr(5, 2, "> Cancel      Drop it")
        window.get_wch()
        self.screen.touchwin()

    def form(self) -> None:
        self.screen.erase()
        self.screen.addstr(0, 1, "New user")
        for row, label in enumerate(FORM):
            self.screen.addstr(row + 2, 3, f"{label:16}[ ]")
        self.screen.get_wch()


def run_textual(people: list[str]) -> None:
    """The list as Textual's own DataTable, with header, footer and its own driver."""
    from textual.app import App, ComposeResult  # noqa: PLC0415
    from textual.screen import ModalScreen, Screen  # noqa: PLC0415
    from textual.widgets import (  # noqa: PLC0415
        Button,
        DataTable,
        Footer,
        Header,
        Input,
        Label,
    )

    class Question(ModalScreen[None]):
        BINDINGS = [("escape", "dismiss", "back")]

        def compose(self) -> ComposeResult:
            yield Label(QUESTION)
            yield Button("Cancel")
            yield Button("Drop it")

    class Form(Screen[None]):
        BINDINGS = [("escape", "dismiss", "back")]

        def compose(self) -> ComposeResult:
            yield Header()
            for label in FORM:
                yield Input(placeholder=label)
            yield Footer()

    class People(App[None]):
        TITLE = HEADING
        BINDINGS = [("q", "quit", "back"), ("slash", "search", "search"), ("n", "new", "new"),
                    ("d", "drop", "drop"), ("j", "down", "down"),
                    ("escape", "list", "list")]  # fmt: skip

        def compose(self) -> ComposeResult:
            yield Header()
            yield Input(placeholder="search")
            yield DataTable(cursor_type="row")
            yield Footer()

        def on_mount(self) -> None:
            table = self.query_one(DataTable[Any])
            table.add_column(HEADING)
            self.show(people)
            table.focus()

        def show(self, found: Iterable[str]) -> None:
            table = self.query_one(DataTable[Any])
            table.clear()
            table.add_rows([one] for one in found)

        def on_input_changed(self, event: Input.Changed) -> None:
            self.show(one for one in people if event.value.lower() in one.lower())

        def action_down(self) -> None:
            self.query_one(DataTable[Any]).action_cursor_down()

        def action_search(self) -> None:
            self.query_one(Input).focus()

        def action_list(self) -> None:
            self.query_one(DataTable[Any]).focus()

        def action_new(self) -> None:
            self.push_screen(Form())

        def action_drop(self) -> None:
            self.push_screen(Question())

    People().run()


def main(which: str, file: str) -> None:
    """Show the lines of this file."""
    people = Path(file).read_text(encoding="utf-8").splitlines()
    if which == "curses":
        os.environ.setdefault("ESCDELAY", "25")
        # Without `curses.wrapper`, which begins with colours and sends them ever again.
        screen = curses.initscr()
        curses.noecho()
        curses.cbreak()
        screen.keypad(True)
        try:
            Curses(screen, people).run()
        finally:
            curses.endwin()
    else:
        run_textual(people)


if __name__ == "__main__":
    main(*sys.argv[1:])
