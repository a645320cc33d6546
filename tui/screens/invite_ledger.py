"""The ledger before sending: what will become of each address, to be mended in place."""

from dataclasses import replace
from functools import partial

from store.invitations import checking, sending
from store.invitations.addresses import TYPED_MAX, Asked, addresses
from store.invitations.checking import Ledger, Line, Offer, Outcome
from store.users.acts import Done
from store.wording import _, ngettext
from tui import inviting
from tui.commands.invitations import INVITE_LEDGER
from tui.dialogs.confirm import Confirm
from tui.dialogs.mend import Mend
from tui.moments import grouped
from tui.remedies import on_screen
from tui.screens.invite_stage import InviteStage
from tui.screens.invited import Invited
from tui.screens.room import bindings_of
from tui.signs import SIGNS
from tui.visit import Visit


class InviteLedger(InviteStage["Ledger | tuple[Asked, ...]"]):
    """Gives back the ledger when it was sent, else the addresses as they were mended."""

    ROOM = INVITE_LEDGER
    BINDINGS = bindings_of(INVITE_LEDGER)

    def __init__(self, visit: Visit, ledger: Ledger, offer: Offer) -> None:
        super().__init__(visit, ledger, offer)
        self.session = visit.session

    @property
    def asked(self) -> tuple[Asked, ...]:
        """Whom it is about, as they stand now."""
        return tuple(line.asked for line in self.ledger.lines)

    def do_send_invitations(self) -> None:
        number = self.ledger.invited
        if not number:
            self.say(f"{SIGNS.error} {_('Nobody in this list can be invited.')}")
            return
        title = ngettext("Invite {n} person?", "Invite {n} people?", number)
        question = Confirm(title.format(n=grouped(number)), self._consequence(), _("Invite"))
        self.app.push_screen(question, self._answered)

    def do_mend_address(self) -> None:
        line = self.lines.current
        if line is None:
            return
        mend = Mend(
            _("Mend the address"),
            on_screen(line.message, self.ROOM) or _("Nothing is wrong with it."),
            inviting.address(line),
            longest=TYPED_MAX,
        )
        self.app.push_screen(mend, partial(self._mended, line))

    def do_take_out(self) -> None:
        if self.lines.current:
            self._replace(self.lines.current, ())

    def do_restore_holder(self) -> None:
        line = self.lines.current
        if line and line.holder and line.outcome is Outcome.INACTIVE:
            self._rehearse(line.holder.id, "restore")
        else:
            self.say(f"{SIGNS.error} {_('Nobody inactive has this address.')}")

    def do_back(self) -> None:
        self.dismiss(self.asked)

    def acted(self, done: Done) -> None:  # noqa: ARG002  (everybody is looked at anew)
        self._look_again()

    def _consequence(self) -> str:
        days = self.visit.settings.code_invitation_days
        letter = ngettext(
            "Each gets a letter with a code that is good for {n} day.",
            "Each gets a letter with a code that is good for {n} days.",
            days,
        ).format(n=days)
        become = _("They become: {offer}.").format(offer=inviting.offered(self.offer))
        others = self.ledger.others
        left = ngettext("{n} other gets none.", "{n} others get none.", others)
        return " ".join([letter, become, *([left.format(n=grouped(others))] if others else [])])

    def _answered(self, yes: bool | None) -> None:
        if yes:
            self.write(
                partial(sending.send, self.session, self.asked, self.offer),
                self._sent,
                busy=_("Inviting them…"),
            )

    def _sent(self, ledger: Ledger) -> None:
        self.app.push_screen(
            Invited(self.visit, ledger, self.offer), lambda _nothing: self.dismiss(ledger)
        )

    def _mended(self, line: Line, text: str | None) -> None:
        if text is None:
            return
        found = addresses(text) or (Asked(text, text),)
        old = line.asked
        self._replace(
            line,
            tuple(
                one
                if one.first_name or one.last_name
                else replace(one, first_name=old.first_name, last_name=old.last_name)
                for one in found
            ),
        )

    def _replace(self, line: Line, by: tuple[Asked, ...]) -> None:
        """Put other addresses in the place of one, and look at all of them anew."""
        lines: list[Line] = []
        for one in self.ledger.lines:
            if one is line:
                lines += [replace(line, asked=replace(each, place=one.asked.place)) for each in by]
            else:
                lines.append(one)
        self.ledger = Ledger(tuple(lines))
        self.draw()
        self._look_again()

    def _look_again(self) -> None:
        self.ask(
            partial(checking.check, self.session, self.asked, self.offer),
            self._looked,
            group="check",
            busy=_("Looking at them…"),
        )

    def _looked(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.draw()
