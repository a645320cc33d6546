"""Writing the ledger of a batch of invitations to a file: where to."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.widget import Widget

from store.errors import Problem
from store.exchange.ledgers import write_ledger
from store.invitations.checking import Ledger
from store.wording import _
from tui import paths
from tui.commands.forms import LEDGER_FILE
from tui.screens.file_room import FileRoom
from tui.screens.room import bindings_of
from tui.visit import Visit
from tui.widgets.fields import FieldSpec
from tui.widgets.form import Form
from tui.widgets.words import Words


class LedgerFile(FileRoom[Path]):
    """Gives back where it was written to; None when one went back."""

    ROOM = LEDGER_FILE
    BINDINGS = bindings_of(LEDGER_FILE)
    NAMED: ClassVar[dict[str, str]] = {"save": _("write")}
    KEPT = _("Nothing has been written.")

    def __init__(self, visit: Visit, ledger: Ledger) -> None:
        super().__init__(_("The ledger as a file"), visit.who)
        self.visit, self.ledger = visit, ledger

    def body(self) -> Iterable[Widget]:
        today = self.visit.session.store.clock().astimezone(self.visit.zone)
        yield Words(
            _(
                "Every address with what became of it. The file is made on the server, where Usher"
                " runs; nobody else may read it."
            )
        )
        yield Form(
            (FieldSpec("path", _("file")),),
            {"path": f"invitations-{today:%Y-%m-%d}.csv"},
            ("save", _("Write the file")),
        )

    def save(self) -> None:
        if self.form.values["path"]:
            self.write_file()
        else:
            sentence = _("Give the file a name.")
            self.show_problems((Problem("path", "required", sentence),))

    def write_file(self, *, replace: bool = False) -> None:
        path = paths.expanded(self.form.values["path"])
        self.write(
            partial(write_ledger, path, self.ledger, replace=replace),
            self.finish,
            refused=self.not_written,
            busy=_("Writing…"),
        )
