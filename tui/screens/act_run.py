"""An act on many people: batch by batch, to be stopped between two, and then who was done."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from shlex import join

from textual import getters
from textual.timer import Timer
from textual.widget import Widget

from store.errors import UsherError
from store.users import many, telling
from store.users.outcomes import Outcomes
from store.wording import _
from tui import acting
from tui.commands import Situation
from tui.commands.status import OUTCOMES, words_of
from tui.dialogs.confirm import Confirm
from tui.moments import grouped
from tui.screens.import_stage import LOOK_SECONDS, TOO_LATE
from tui.screens.room import Room, bindings_of
from tui.signs import SIGNS
from tui.visit import Visit
from tui.widgets.ledger import Ledger, LedgerLine
from tui.widgets.words import Words
from tui.work import Work

WORDS = {
    "wrong_status": _("left as it is"),
    "owner_status": _("the owner"),
    "not_allowed": _("not allowed"),
    "not_found": _("not found"),
    "not_locked": _("not locked"),
    "already_confirmed": _("left as it is"),
    "no_email": _("no address"),
    "owns_records": _("owns records"),
    "is_leaving": _("leaving"),
    "not_selectable": _("left as it is"),
    "same_person": _("left as it is"),
}
"""A refusal in the ledger; why stands beside it."""
NAMED = 20
"""People whom the command on this screen names; of more it names the filters' command."""


class ActRun(Room[Outcomes]):
    """Gives back what became of each, or None where it could not begin."""

    ROOM = OUTCOMES
    STOPS = True
    BINDINGS = bindings_of(OUTCOMES)

    words = getters.query_one(Words)
    ledger = getters.query_one(Ledger)

    def __init__(
        self,
        visit: Visit,
        verb: str,
        whom: Sequence[int],
        reason: str,
        heir: int | None = None,
    ) -> None:
        title = f"{acting.YES[verb]} {acting.people(len(whom))}"
        super().__init__(f"{visit.account} {SIGNS.dot} {title}", visit.who)
        self.visit, self.verb, self.whom, self.heir = visit, verb, whom, heir
        self.session = visit.session.because(reason)
        self.work = Work()
        self.outcomes: Outcomes | None = None
        self._order: Sequence[int] = ()
        self._only_refused = False
        self._timer: Timer | None = None
        self._said = ""
        self._begun = visit.session.store.clock()
        self._ended: datetime | None = None

    def body(self) -> Iterable[Widget]:
        yield Words("")
        yield Ledger(self._told, word=16, who=28)

    def on_mount(self) -> None:
        self._timer = self.set_interval(LOOK_SECONDS, self._look)
        self._look()
        self.write(
            self.act,
            self._over,
            refused=self._failed,
            busy=_("The line may drop: who is done is done."),
        )

    def act(self) -> Outcomes:
        """In a thread: do it to all of them, as long as nobody stops it."""
        return many.act(
            self.session,
            self.verb,
            self.whom,
            None if self.heir is None else (self.heir, {}),
            progress=self.work.tell,
            cancelled=lambda: self.work.stopping,
        )

    def abandon(self) -> None:
        self.work.stop()

    @property
    def working(self) -> bool:
        """Whether it still goes on."""
        return self._timer is not None

    def keys(self) -> tuple[tuple[str, str], ...]:
        shown = super().keys()
        if self.working or not self.is_mounted:
            return (*(pair for pair in shown if pair[0] == "?"), ("esc", _("stop")))
        return shown

    def situation(self) -> Situation:
        return Situation(self.visit.actor)

    def command_lines(self) -> tuple[str, ...]:
        named = [str(number) for number in self.whom[:NAMED]]
        more = ["…"] if len(self.whom) > NAMED else []
        to = ["--transfer-to", str(self.heir)] if self.heir else []
        because = ["--reason", self.session.reason] if self.session.reason else []
        return (join([*words_of(self.verb).split(), *named, *to, *because]) + "".join(more),)

    def do_only_refused(self) -> None:
        """Between all of them and the refused alone."""
        if self.outcomes is None:
            return
        self._only_refused = not self._only_refused
        self.ledger.show(self._order[: self.outcomes.failed] if self._only_refused else self._order)
        if self._only_refused and not self.outcomes.failed:
            self.say(_("Nobody was refused."))

    def do_back(self) -> None:
        """Out when it is over; before that, ask whether it is to stop."""
        if self._just_over():
            self.say(_("It was over by then: this is what became of them."))
        elif not self.working:
            self.dismiss(self.outcomes)
        elif not self.work.stopping:
            question = Confirm(
                _("Stop it?"),
                _("It goes on while you read this. Who is done stays done; nobody is half done."),
                _("Stop it"),
            )
            self.app.push_screen(question, self._answered)

    def _answered(self, stop: bool | None) -> None:
        if stop and self.working:
            self.work.stop()
            self._look()

    def _just_over(self) -> bool:
        """Whether a key that was meant to stop something long may have come too late."""
        now, ended = self.session.store.clock(), self._ended
        return ended is not None and ended - self._begun > TOO_LATE > now - ended

    def _look(self) -> None:
        """Say how far it is, where that has changed."""
        if self.work.stopping:
            said = _("Stopping after these people…")
        else:
            sentence = _("{n} of {total} so far, {percent} %.")
            said = sentence.format(
                n=grouped(self.work.rows),
                total=grouped(len(self.whom)),
                percent=self.work.percent,
            )
        if said != self._said:
            self._said = said
            self.words.say(said)

    def _over(self, outcomes: Outcomes) -> None:
        self.outcomes = outcomes
        self._end()
        self.words.say(self._outcome(outcomes))
        self._order = outcomes.refused_first()
        self.ledger.show(self._order)
        self.add_class("-over")
        self.ledger.focus()

    def _failed(self, error: UsherError) -> None:
        self._end()
        self.words.say(f"{SIGNS.error} {error.message}")

    def _end(self) -> None:
        self._ended = self.session.store.clock()
        if self._timer:
            self._timer.stop()
            self._timer = None
        self.key_line.keys = self.keys()
        self.key_line.refresh()

    def _outcome(self, outcomes: Outcomes) -> str:
        said = _("{done} {outcome}, {failed} refused.").format(
            done=grouped(outcomes.done),
            outcome=_(telling.OUTCOMES[self.verb]),
            failed=grouped(outcomes.failed),
        )
        rest = len(self.whom) - len(outcomes)
        if outcomes.stopped:
            why = _("It could not go on: {why}").format(why=outcomes.stopped)
            said = f"{said} {SIGNS.error} {why}"
        if rest:
            said += " " + _("{n} were not reached.").format(n=grouped(rest))
        return said

    def _told(self, place: int) -> LedgerLine:
        if self.outcomes is None:
            return LedgerLine("", "", "")
        one = self.outcomes[place]
        sign = SIGNS.done if one.done else SIGNS.blocked
        word = _(one.outcome) if one.done else WORDS.get(one.outcome, one.outcome)
        who = f"{one.who} ({one.user})" if one.user else one.who
        return LedgerLine(sign, word, who, one.message)
