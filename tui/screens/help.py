"""The keys of a screen, made from the registry; and what means the same everywhere."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from store.wording import _
from tui.commands import PRINTED, in_room
from tui.commands.registry import REGISTRY
from tui.safe import fit
from tui.widgets.lines import Heading, KeyLine
from tui.widgets.reading import Reading

MOVING = (
    ("↑ ↓ j k", _("one line up or down")),
    ("PgUp PgDn", _("one page up or down")),
    ("g G Home End", _("to the first, to the last")),
    (_("Cyrillic"), _("a letter is the key at its place, but where text is typed")),
)
"""Keys that no command stands for: they belong to whatever one looks at."""


class Help(ModalScreen[None]):
    """Which key does what here. Any of the keys that lead back leads back."""

    BINDINGS = [("escape,q,question_mark,f1", "dismiss_help", "")]

    def __init__(self, room: str) -> None:
        super().__init__()
        self.room = room

    def compose(self) -> ComposeResult:
        yield Heading(_("Help"))
        with Vertical(id="body"):
            yield Reading()
        yield KeyLine((("q", _("back")),))

    def on_mount(self) -> None:
        commands = in_room(self.room, REGISTRY)
        lines = [_line(" ".join(PRINTED.get(key, key) for key in c.keys), c.help) for c in commands]
        moving = [_line(keys, what) for keys, what in MOVING]
        reading = self.query_one(Reading)
        reading.show([*lines, "", *moving])
        reading.focus()

    def action_dismiss_help(self) -> None:
        self.dismiss(None)


def _line(keys: str, what: str) -> Content:
    return Content.assemble((fit(keys, 18), "bold"), what)
