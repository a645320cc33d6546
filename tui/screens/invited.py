"""The ledger after sending: who is invited, and why the others are not."""

from store.wording import _
from tui.commands.invitations import INVITED
from tui.screens.invite_stage import InviteStage
from tui.screens.room import bindings_of


class Invited(InviteStage[None]):
    """Nothing can be changed any more; the letters are queued, and delivered by themselves."""

    ROOM = INVITED
    BINDINGS = bindings_of(INVITED)
    SENT = True

    def figures(self) -> str:
        waiting = _("Their letters are queued.") if self.ledger.invited else ""
        return f"{super().figures()} {waiting}".rstrip()

    def do_to_the_list(self) -> None:
        self.dismiss(None)
