"""A form that writes a file: what is wrong with its path, and whether one that is there goes."""

from functools import partial

from textual.screen import ScreenResultType

from store.errors import Problem, UsherError
from store.wording import _
from tui.dialogs.confirm import Confirm
from tui.screens.form_room import FormRoom

OF_THE_PATH = frozenset(
    {"file_ending", "file_exists", "file_unwritable", "file_unreadable", "file_out_of_reach"}
)
"""Refusals that another path would avoid."""


class FileRoom(FormRoom[ScreenResultType]):
    """The frame of a form with a field `path`."""

    def write_file(self, *, replace: bool = False) -> None:
        """Write it; what is refused goes to `not_written`."""
        raise NotImplementedError

    def refuse(self, error: UsherError) -> None:
        if error.name in OF_THE_PATH:
            self.show_problems((Problem("path", error.name, error.message),))
        else:
            super().refuse(error)

    def not_written(self, error: UsherError) -> None:
        """Say why not; where the name is taken, ask whether that file is to go."""
        if error.name != "file_exists":
            self.refuse(error)
            return
        question = Confirm(
            _("Replace the file?"),
            _("{path} is there already. What is in it would be lost.").format(
                path=self.form.values["path"]
            ),
            _("Replace it"),
        )
        self.app.push_screen(question, partial(self._answered, error))

    def _answered(self, error: UsherError, replace: bool | None) -> None:
        if replace:
            self.write_file(replace=True)
        else:
            self.refuse(error)
