"""What one's own mail bears, on the profile (S4, DESIGN 3.9)."""

from collections.abc import Iterable
from functools import partial

from textual.widget import Widget

from store.mail import own_settings
from store.values import OwnMail
from store.wording import _
from tui.commands import Situation
from tui.commands.forms import OWN_MAIL
from tui.screens.form_room import FormRoom
from tui.screens.room import bindings_of
from tui.visit import Visit
from tui.widgets.fields import FieldSpec
from tui.widgets.form import Form
from tui.widgets.lines_field import LinesField
from tui.widgets.words import Words


class OwnMailForm(FormRoom[OwnMail]):
    """Gives back what was saved; None when one went back."""

    ROOM = OWN_MAIL
    BINDINGS = bindings_of(OWN_MAIL)
    KEPT = _("Your mail settings stay as they are.")

    def __init__(self, visit: Visit, own: OwnMail) -> None:
        super().__init__(_("My mail"), visit.who)
        self.visit, self.session, self.own = visit, visit.session, own

    def body(self) -> Iterable[Widget]:
        yield Words(
            _(
                "Letters that you write to people bear this. Empty is your own name, your own "
                "address, and no signature."
            )
        )
        signature = FieldSpec("signature", _("signature"))
        yield Form(
            (
                FieldSpec("sender_name", _("sender's name")),
                FieldSpec("reply_to", _("answers to"), hint=_("an address")),
                LinesField(signature, self.own.signature, longest=own_settings.SIGNATURE_MAX),
            ),
            {"sender_name": self.own.sender_name, "reply_to": self.own.reply_to},
            ("save", _("Save")),
        )

    def situation(self) -> Situation:
        return Situation(self.visit.actor)

    def command_lines(self) -> tuple[str, ...]:
        return (own_settings.command_of(self._typed()),)

    def do_form_as_command(self) -> None:
        self.do_as_command()

    def save(self) -> None:
        self.write(partial(own_settings.change, self.session, self._typed()), self.finish)

    def _typed(self) -> OwnMail:
        return OwnMail(**self.form.values)
