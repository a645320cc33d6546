"""The open sessions of one person: one's own, or those of somebody whom one looks after."""

from collections.abc import Iterable, Sequence
from functools import partial

from textual import getters
from textual.widget import Widget

from store.signin import sessions
from store.values import OpenSession, Row, User
from store.wording import _, ngettext
from tui.commands import Situation
from tui.commands.sessions import SESSIONS
from tui.dialogs.confirm import Confirm
from tui.moments import ago, when
from tui.screens.room import bindings_of
from tui.screens.undoing import Undoing
from tui.signs import SIGNS
from tui.visit import Visit
from tui.widgets.ledger import Ledger, LedgerLine
from tui.widgets.words import Words


class SessionLedger(Ledger[OpenSession]):
    """A session a line; from where exactly the one under the cursor is stands in full below."""

    def below(self) -> list[str]:
        here = self.current
        return ["", f"   {here.id} {SIGNS.dot} {here.origin}"] if here else []


class Sessions(Undoing[None]):
    """Where somebody is signed in, since when, and when each was last heard of."""

    ROOM = SESSIONS
    BINDINGS = bindings_of(SESSIONS)

    words = getters.query_one(Words)
    ledger = getters.query_one(SessionLedger)

    def __init__(self, visit: Visit, person: Row | User) -> None:
        super().__init__(f"{person.full_name} {SIGNS.dot} {_('Sessions')}", visit.who)
        self.visit, self.person, self.session = visit, person, visit.session

    def body(self) -> Iterable[Widget]:
        yield Words("")
        yield SessionLedger(self._told, word=9, who=24)

    def on_mount(self) -> None:
        self.ledger.focus()
        self._read()

    def situation(self) -> Situation:
        return Situation(self.visit.actor, self.person)

    def command_lines(self) -> tuple[str, ...]:
        here = self.ledger.current
        show = f"usher users sessions {self.person.id}"
        one = (f"{show} --end {here.id}",) if here else ()
        return (show, *one, *super().command_lines())

    def do_end_session(self) -> None:
        here = self.ledger.current
        if here is None:
            self.say(f"{SIGNS.error} {_('There is no session to end.')}")
        elif here.this:
            self.say(f"{SIGNS.error} {_('You sit in this one; q leads out of it.')}")
        else:
            question = Confirm(
                _("End this session of {name}?").format(name=self.person.full_name),
                _("{door}, {origin}. Whoever sits there loses what is not saved.").format(
                    door=here.door, origin=here.address or here.origin
                ),
                _("End it"),
            )
            self.app.push_screen(question, partial(self._answered, here.id))

    def do_end_sessions(self) -> None:
        number = sum(not one.this for one in self.ledger.items)
        if not number:
            self.say(f"{SIGNS.error} {_('There is no other session to end.')}")
            return
        consequence = ngettext(
            "{n} session ends. Whoever sits there loses what is not saved.",
            "{n} sessions end. Whoever sits there loses what is not saved.",
            number,
        )
        question = Confirm(
            _("End all other sessions of {name}?").format(name=self.person.full_name)
            if self.person.id == self.session.user
            else _("End all sessions of {name}?").format(name=self.person.full_name),
            consequence.format(n=number),
            _("End them"),
        )
        self.app.push_screen(question, partial(self._answered, None))

    def _answered(self, number: int | None, yes: bool | None) -> None:
        if yes:
            self.write(partial(sessions.end, self.session, self.person.id, number), self._ended)

    def _ended(self, ended: Sequence[OpenSession]) -> None:
        sentence = ngettext("{n} session has ended.", "{n} sessions have ended.", len(ended))
        self.say(f"{SIGNS.done} {sentence.format(n=len(ended))}")
        self._read()

    def renew(self) -> None:
        self._read()

    def _read(self) -> None:
        read = partial(sessions.sessions_of, self.session, self.person.id)
        self.ask(read, self._show, group="sessions", busy=_("Looking…"), replaces=True)

    def _show(self, found: Sequence[OpenSession]) -> None:
        count = ngettext("{n} session", "{n} sessions", len(found)).format(n=len(found))
        self.heading.show(figure=f"{count} {SIGNS.dot} {self.visit.zone}")
        self.words.say(
            _("Where {name} is signed in. Screens give word every 15 seconds.").format(
                name=self.person.full_name
            )
            if found
            else _("{name} is signed in nowhere. There is nothing to end.").format(
                name=self.person.full_name
            )
        )
        self.ledger.show(found)

    def _told(self, one: OpenSession) -> LedgerLine:
        since = _("since {day}").format(day=when(one.started, self.visit.zone))
        told = [since]
        if one.this:
            told.append(_("this one"))
        elif one.seen > one.started:
            told.append(_("heard of: {ago}").format(ago=ago(one.seen, self.session.store.clock())))
        return LedgerLine(SIGNS.active, one.door, one.address or one.origin, ", ".join(told))
