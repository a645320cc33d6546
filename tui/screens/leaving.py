"""One plan for somebody who leaves: what they own, who gets it, what ends, what is in the way."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from shlex import join

from textual import getters
from textual.timer import Timer
from textual.widget import Widget

from store import users
from store.errors import NotFound, UsherError
from store.leaving import batches, plan
from store.leaving.leave import ENDS, Left, leave
from store.leaving.plan import Plan
from store.records.transferring import HandedOver, transfer
from store.session import Session
from store.users.acts import Done
from store.users.owning import OwnsRecords
from store.values import HandOver, Row, Status, User
from store.wording import _
from tui import acting, leaving
from tui.commands import Situation
from tui.commands.leaving import HANDING_OVER, LEAVING
from tui.dialogs.act import Act
from tui.dialogs.confirm import Confirm
from tui.leaving import ALL
from tui.moments import grouped
from tui.screens.import_stage import LOOK_SECONDS
from tui.screens.room import Room, bindings_of
from tui.signs import SIGNS
from tui.visit import Visit
from tui.widgets.option_lines import OptionLines
from tui.widgets.words import Words
from tui.work import Work

MOST_LINES = 10
"""Of kinds that are shown at once, so that what ends with them has room below."""


class HeirLines(OptionLines, can_focus=True):
    """A line for everything and one for each kind."""


class HandingOver(Room[Done]):
    """To whom goes what somebody owns; gives back what was done, None when nothing was."""

    ROOM = HANDING_OVER
    BINDINGS = bindings_of(HANDING_OVER)
    VERBS: tuple[str, ...] = ("transfer",)

    lines = getters.query_one(HeirLines)

    def __init__(self, visit: Visit, found: Plan) -> None:
        super().__init__("", visit.who)
        self.visit, self.plan, self.session = visit, found, visit.session
        self.verb = next((verb for verb in self.VERBS if not found.against[verb]), self.VERBS[0])
        if found.under_way and found.under_way.verb in self.VERBS:
            self.verb = found.under_way.verb
        self.kinds = [ALL, *found.owned]
        self.chosen: dict[str, Row] = {}
        self.work = Work()
        self._timer: Timer | None = None
        self._begun: HandedOver | None = None

    def body(self) -> Iterable[Widget]:
        yield Words("")
        yield HeirLines()
        yield Words("")

    def on_mount(self) -> None:
        self.lines.styles.height = min(len(self.kinds), MOST_LINES)
        self.lines.focus()
        self._draw()

    def situation(self) -> Situation:
        return Situation(self.visit.actor, self.plan.user)

    def command_lines(self) -> tuple[str, ...]:
        return (join(leaving.flags(self.verb, self.plan.user.id, self.chosen)),)

    def abandon(self) -> None:
        self.work.stop()

    def do_choose_heir(self) -> None:
        from tui.screens.choose_person import ChoosePerson  # noqa: PLC0415  (not for everybody)

        if self._begun:
            return
        kind = self.kinds[self.lines.cursor]
        title = _("Who gets what is {kind}?") if kind else _("Who gets everything?")
        screen = ChoosePerson(
            self.visit, title.format(kind=kind), self.plan.user.id, statuses=(Status.ACTIVE,)
        )
        self.app.push_screen(screen, partial(self._choose, kind))

    def do_nobody_gets_it(self) -> None:
        self.chosen.pop(self.kinds[self.lines.cursor], None)
        self._draw()

    def do_go_ahead(self) -> None:
        """Rehearse it; then ask."""
        if not self._begun:
            self.prepare(
                partial(plan.foresee, self.session, self.verb, self.plan.user.id, *self._heirs()),
                self._ask,
                refused=self._not_yet,
                busy=_("Looking what will happen…"),
            )

    def do_back(self) -> None:
        if self._begun:
            self._leave_it_to_others()
        elif self.chosen:
            question = Confirm(_("Drop this plan?"), _("Nothing has happened yet."), _("Drop it"))
            self.app.push_screen(question, self._dropped)
        else:
            self.dismiss(None)

    def _heirs(self) -> tuple[int | None, dict[str, int]]:
        everything = self.chosen.get(ALL)
        kinds = {kind: row.id for kind, row in self.chosen.items() if kind != ALL}
        return (everything.id if everything else None, kinds)

    def _dropped(self, yes: bool | None) -> None:
        if yes:
            self.dismiss(None)

    def _choose(self, kind: str, row: Row | None) -> None:
        if row:
            self.chosen[kind] = row
            self._draw()

    def _ask(self, foreseen: Left | HandedOver) -> None:
        dialog = Act(
            leaving.title(self.verb, self.plan.user),
            leaving.consequence(self.verb, foreseen, self.chosen),
            acting.YES[self.verb],
        )
        self.app.push_screen(dialog, self._act)

    def _not_yet(self, error: UsherError) -> None:
        if isinstance(error, OwnsRecords):
            kinds = ", ".join(f"{grouped(n)} {kind}" for kind, n in error.data["records"].items())
            self.say(f"{SIGNS.error} {_('Nobody gets this yet: {what}.').format(what=kinds)}")
        else:
            self.refuse(error)

    def _act(self, reason: str | None) -> None:
        if reason is not None:
            self.write(partial(self._do, self.session.because(reason)), self._done)

    def _do(self, session: Session) -> Left | HandedOver:
        number = self.plan.user.id
        if self.verb == "transfer":
            return transfer(session, number, *self._heirs())
        return leave(session, self.verb, number, *self._heirs())

    def _done(self, done: Left | HandedOver) -> None:
        handed = done.handed if isinstance(done, Left) else done
        if handed.under_way is None:
            ended = leaving.ended(self.verb, handed.user, handed)
            self.dismiss(done.done if isinstance(done, Left) else ended)
            return
        self._begun = handed
        self._timer = self.set_interval(LOOK_SECONDS, self._look)
        self._tell(handed.under_way)
        self._look()
        self.ask(self._through, self._over, group="batches", refused=self._failed)

    def _through(self) -> Plan | User:
        """In a thread: batch by batch; a plan of what is left, or the person as they are then."""
        number, store = self.plan.user.id, self.session.store
        if batches.carry_on(
            store, number, progress=self._tell, cancelled=lambda: self.work.stopping
        ):
            return plan.plan(self.session, number)
        try:
            return users.show(self.session, number)
        except NotFound:
            return replace(self.plan.user, status=Status.REMOVED)

    def _tell(self, one: HandOver) -> None:
        self.work.tell(one.moved, one.moved / max(one.total, 1))

    def _look(self) -> None:
        total = self._begun.under_way.total if self._begun and self._begun.under_way else 0
        self._words(0).say(leaving.how_far(self.work.rows, total, self.work.percent))
        self._words(1).say(_("esc leaves this screen; it goes on by itself."))

    def _over(self, found: Plan | User) -> None:
        self._end()
        if isinstance(found, User):
            self.dismiss(leaving.ended(self.verb, found, self._begun))
            return
        self._begun, self.plan = None, found
        self._draw()
        if found.under_way and found.under_way.stopped:
            self.say(f"{SIGNS.error} {found.under_way.stopped}")

    def _failed(self, error: UsherError) -> None:
        self._end()
        self.refuse(error)

    def _end(self) -> None:
        if self._timer:
            self._timer.stop()
            self._timer = None

    def _leave_it_to_others(self) -> None:
        """The program goes on with it; this screen need not be looked at."""
        self._end()
        if self._begun:
            user = self._begun.user
            self.dismiss(Done(user, "leaving" if self.verb in ENDS else "transfer", {}))

    def _words(self, place: int) -> Words:
        return list(self.query(Words))[place]

    def _draw(self) -> None:
        self.heading.show(title=self._title_now(), figure=self._figure())
        self._words(0).say(self._above())
        self._words(1).say(leaving.below(self.plan, self.verb))
        self.lines.show(leaving.lines(self.plan, self.chosen), self.lines.cursor)

    def _title_now(self) -> str:
        user = self.plan.user
        return f"{user.full_name} ({user.id}) {SIGNS.dot} {_('Hand over')}"

    def _figure(self) -> str:
        return ""

    def _above(self) -> str:
        return _("Enter chooses who gets what stands on a line. Lines without anybody stay.")


class Leaving(HandingOver):
    """The same with the end of it: deactivated, or removed for good."""

    ROOM = LEAVING
    BINDINGS = bindings_of(LEAVING)
    VERBS = tuple(ENDS)

    def do_other_way(self) -> None:
        if not self._begun:
            others = [verb for verb in self.VERBS if verb != self.verb]
            self.verb = others[0]
            self._draw()

    def _title_now(self) -> str:
        user = self.plan.user
        return f"{user.full_name} ({user.id}) {SIGNS.dot} {_('Leaves')}"

    def _figure(self) -> str:
        return "  ".join(
            f"‹{acting.YES[verb]}›" if verb == self.verb else acting.YES[verb] for verb in ENDS
        )

    def _above(self) -> str:
        sentence = _("Enter chooses who gets what stands on a line; nothing may be left.")
        return f"{acting.WHAT[self.verb]} {sentence}"
