"""Whose the account is, how that stands, and what may be done about it from here (DESIGN 3.7)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial

from textual import getters
from textual.widget import Widget

from store import users, values
from store.ownership import owner
from store.ownership.absence import cancel, declare_absent
from store.ownership.claiming import claim
from store.ownership.transferring import heirs, transfer
from store.session import Session
from store.values import Holder
from store.wording import _
from tui import ownership
from tui.commands import Situation
from tui.commands.ownership import OWNERSHIP
from tui.dialogs.act import Act
from tui.dialogs.choose import Choose, Picked
from tui.dialogs.confirm import Confirm
from tui.moments import when
from tui.safe import fit, safe
from tui.screens.ownership_form import Deed, OwnershipForm
from tui.screens.room import Room, bindings_of
from tui.signs import SIGNS
from tui.visit import Visit
from tui.widgets.reading import Reading

NAMED = 16


class Ownership(Room[None]):
    """Every admin sees it; the owner gives the account away, the others claim it."""

    ROOM = OWNERSHIP
    BINDINGS = bindings_of(OWNERSHIP)

    reading = getters.query_one(Reading)

    def __init__(self, visit: Visit) -> None:
        super().__init__(f"{visit.account} {SIGNS.dot} {_('Ownership')}", visit.who)
        self.visit, self.session = visit, visit.session
        self._shown: values.Ownership | None = None

    def body(self) -> Iterable[Widget]:
        yield Reading()

    def on_mount(self) -> None:
        self.reading.focus()
        self.heading.show(figure=str(self.visit.zone))
        self.ask(partial(owner.show, self.session), self._show, group="owner", busy=_("Looking…"))

    def situation(self) -> Situation:
        return Situation(self.visit.actor)

    def command_lines(self) -> tuple[str, ...]:
        return ("usher owner show", *super().command_lines())

    def do_transfer_account(self) -> None:
        self.prepare(partial(heirs, self.session), self._choose)

    def do_declare_absent(self) -> None:
        self.prepare(
            partial(_declared, self.session.because(_("to be said"))),
            self._ask_why,
            busy=_("Looking what will happen…"),
        )

    def do_keep_account(self) -> None:
        self.prepare(partial(_may_keep, self.session), self._ask_to_keep)

    def do_claim_account(self) -> None:
        self.prepare(
            partial(_rehearsed, self.session, partial(claim, account=self.visit.account)),
            lambda _foreseen: self._claim(),
            busy=_("Looking what will happen…"),
            opens_screen=True,
        )

    def _choose(self, found: Sequence[Holder]) -> None:
        if not found:
            sentence = _("There is no other active admin. Make one first: e in the list.")
            self.say(f"{SIGNS.error} {sentence}")
            return
        options = [(str(one.id), f"{one.name} ({one.id})") for one in found]
        self.app.push_screen(Choose(_("Who is to own the account?"), options), self._chosen)

    def _chosen(self, picked: Picked | None) -> None:
        if not picked:
            return
        number = int(picked.key)

        def do(session: Session, account: str, _also: bool) -> values.Ownership:
            return transfer(session, number, account)

        deed = Deed(
            title=_("Give the account away"),
            told=_(
                "Another admin will own the account, and you stay an admin: you cannot take it"
                " back. Both of you get a letter. Type the name of the account to show that you"
                " mean it."
            ),
            do=do,
            question=_("Give {account} to {name}?"),
            consequence=lambda then, _also: _(
                "{name} ({id}) holds every permission from then on. You stay an admin."
            ).format(name=then.name, id=then.id),
            yes=_("Give away"),
            words=f"usher owner transfer {number}",
        )
        self.app.push_screen(OwnershipForm(self.visit, deed), self._changed_hands)

    def _claim(self) -> None:
        deed = Deed(
            title=_("Claim the account"),
            told=_(
                "You will own the account, and whoever owned it stays an admin unless you have"
                " them deactivated. Both of you get a letter. Type the name of the account to show"
                " that you mean it."
            ),
            do=lambda session, account, also: claim(
                session,
                account,
                deactivate_old=also,
                transfer_to=session.user if also else None,
            ),
            question=_("Make {account} yours?"),
            consequence=self._after_claim,
            yes=_("Claim"),
            words="usher owner claim",
            also=_("deactivate them"),
        )
        self.app.push_screen(OwnershipForm(self.visit, deed), self._changed_hands)

    def _after_claim(self, then: values.Ownership, deactivated: bool) -> str:
        sentence = (
            _(
                "You hold every permission from then on. {old} ({id}) is deactivated, and what"
                " they own on the platform comes to you."
            )
            if deactivated
            else _("You hold every permission from then on. {old} ({id}) stays an admin.")
        )
        old = self._shown or then
        return sentence.format(old=old.name, id=old.id)

    def _ask_why(self, foreseen: tuple[values.Ownership, bool]) -> None:
        found, written = foreseen
        moment = self._written(found.claimable_from)
        consequence = (
            _(
                "They read the reason in a letter. From {moment} on any admin may claim the"
                " account, unless they sign in or take it back."
            )
            if written
            else _(
                "They have no address for a letter: tell them yourself. From {moment} on any admin"
                " may claim the account, unless they sign in."
            )
        )
        dialog = Act(
            _("Declare {name} absent?").format(name=found.name),
            consequence.format(moment=moment),
            _("Declare"),
        )
        self.app.push_screen(dialog, self._declare)

    def _declare(self, reason: str | None) -> None:
        if reason is not None:
            self.write(
                partial(declare_absent, self.session.because(reason)),
                partial(self._done, _("{name} is declared absent.")),
            )

    def _ask_to_keep(self, found: values.Ownership) -> None:
        if found.absence is None:
            self._show(found)
            sentence = _("{name} is not declared absent: there is nothing to take back.")
            self.say(f"{SIGNS.error} {sentence.format(name=found.name)}")
            return
        question = Confirm(
            _("Take back that {name} is absent?").format(name=found.name),
            _("Nobody may claim the account then, unless it is declared anew."),
            _("Take it back"),
        )
        self.app.push_screen(question, self._keep)

    def _keep(self, yes: bool | None) -> None:
        if yes:
            done = partial(self._done, _("{name} is not declared absent."))
            self.write(partial(cancel, self.session), done)

    def _changed_hands(self, found: values.Ownership | None) -> None:
        if found:
            self._done(_("{name} owns the account now."), found)

    def _stand_anew(self, user: values.User) -> None:
        self.visit.actor = user
        self.rename_actor(self.visit.who)

    def _done(self, sentence: str, found: values.Ownership) -> None:
        self._show(found)
        self.say(f"{SIGNS.done} {sentence.format(name=found.name)}")

    def _show(self, found: values.Ownership) -> None:
        self._shown = found
        actor = self.visit.actor
        if (found.id == actor.id) is not actor.owner:
            # They are owner since they signed in, or no more: their heading and keys say so.
            own = partial(users.show, self.session, actor.id)
            self.ask(own, self._stand_anew, group="own")
        known = ownership.facts(found, self._written)
        lines = [f"{fit(name, NAMED)} {safe(value)}" for name, value in known]
        self.reading.show([*lines, "", safe(ownership.verdict(found, self._written))])

    def _written(self, moment: datetime | None) -> str:
        return when(moment, self.visit.zone)


def _may_keep(session: Session) -> values.Ownership:
    """In a thread: how it stands now, where the person may take an absence back.

    Raises:
        NotAllowed: it was declared by somebody else.
    """
    _rehearsed(session, cancel)
    return owner.show(session)


def _declared(session: Session) -> tuple[values.Ownership, bool]:
    """In a thread: what a declaration comes to, and whether a letter would go out."""
    with session.store.rehearse(session) as preview:
        found = declare_absent(session)
    return found, bool(preview.result.letters)


def _rehearsed(session: Session, verb: Callable[[Session], values.Ownership]) -> values.Ownership:
    """In a thread: what a verb comes to, of which nothing stays."""
    with session.store.rehearse(session):
        return verb(session)
