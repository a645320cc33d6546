"""Undo, wherever something stands that one may have changed: what it means, yes, and it is done."""

from functools import partial

from textual.screen import ScreenResultType

from store import users
from store.session import Session
from store.undo import acting
from store.undo.acting import Undone
from store.wording import _
from tui import undoing
from tui.dialogs.act import Act
from tui.screens.room import Room
from tui.signs import SIGNS
from tui.visit import Visit


class Undoing(Room[ScreenResultType]):
    """The frame of a screen on which one's own last change is put back."""

    visit: Visit

    def renew(self) -> None:
        """Read what stands here anew, and show it in place."""
        raise NotImplementedError

    def undone(self, undone: Undone) -> None:
        """Show what came of an undo."""
        self.say(f"{SIGNS.done} {undoing.told(undone, self.ROOM)}")
        self.renew()

    def do_undo(self) -> None:
        self.prepare(
            partial(acting.foresee, self.visit.session),
            self._ask_whether_to_undo,
            busy=_("Looking what would be put back…"),
        )

    def _ask_whether_to_undo(self, foreseen: Undone) -> None:
        title = _("Undo {what}?").format(what=undoing.what(foreseen))
        fields = "; ".join(undoing.fields(foreseen))
        ends = [one.sentence for one in foreseen.consequences]
        parts = (f"{fields}." if fields else "", undoing.beside(foreseen), *ends)
        dialog = Act(title, " ".join(filter(None, parts)), _("Undo"))
        self.app.push_screen(dialog, partial(self._undo, foreseen.seq))

    def _undo(self, seq: int, reason: str | None) -> None:
        if reason is not None:
            session = self.visit.session.because(reason)
            self.write(partial(self._put_back, session, seq), self.undone)

    def _put_back(self, session: Session, seq: int) -> Undone:
        """In a thread: also what all screens know of oneself and of the account."""
        done = acting.undo(session, seq)
        self.visit.actor = users.show(session, self.visit.actor.id)
        self.visit.read_settings()
        return done
