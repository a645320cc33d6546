"""What makes Usher light on a slow line: a driver that sends only what changed.

A terminal is a grid of cells that one paints by sending it characters, and sequences that begin
with escape (`ESC`): go to row 5, column 9; write red from now on; erase to the end of the line;
scroll lines 4 to 20 up by one. Textual, the library that draws the screens, describes in full
every part of the screen that *may* have changed. On a fast line nobody notices; on a modem a key
that moves a cursor by one line would cost a second.

So between Textual and the terminal stands a second screen, in memory:

    Textual ──writes──▶ parse ──draws──▶ target grid ──▶ difference ──▶ terminal
                                             what it shall show │ what it shows
                                                                ▼
    keys ◀── keyboard ◀─────────── answers ◀─────────────── pace asks

- `parse` takes apart what Textual writes and draws it into the *target* grid.
- `difference` holds a second grid, of what the terminal shows, and finds the shortest sequence
  from the one to the other (`styles`: from one pen to the next; `cursor`: from one place to
  another; `scrolling`: what has only moved).
- `pace` asks the terminal whether it has got all that, and lets the next frame wait for the answer.
  What is drawn meanwhile is drawn into memory; what is sent then is the newest state. So holding a
  key down never fills the line with the past.
- `writer` is the thread that does this, so that the program never waits for the line.
- `keyboard` splits the input into keys, pastes and responses of the terminal. `sequences` maps
  escape sequences to keys. `line_driver` connects all of it to Textual.

With `USHER_DRIVER=stock` Textual's own driver is used, to compare.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.driver import Driver

    from tui.colours import Depth
    from tui.terminal_state import TerminalState


def driver_class(
    environment: Mapping[str, str], depth: "Depth", terminal: "TerminalState"
) -> "type[Driver] | None":
    """Return the driver to give to the application; None is Textual's own."""
    if environment.get("USHER_DRIVER") == "stock":
        return None
    from tui.driver.line_driver import LineDriver  # noqa: PLC0415  (brings textual)

    return type("ThisDriver", (LineDriver,), {"DEPTH": depth, "TERMINAL": terminal})
