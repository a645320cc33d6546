"""Why somebody can or cannot sign in: every gate, and the key that opens those that are shut."""

from collections.abc import Iterable
from functools import partial

from textual import getters
from textual.content import Content
from textual.widget import Widget

from store import signin, users
from store.signin import Explanation
from store.values import Door, Row, User
from store.wording import _
from tui import gates
from tui.commands import Situation
from tui.commands.people import WHY
from tui.commands.why import opening
from tui.safe import fit, safe, width
from tui.screens.about import AboutPerson
from tui.screens.room import bindings_of
from tui.screens.user_form import OpenHolder, UserForm
from tui.signs import SIGNS
from tui.visit import Visit
from tui.widgets.reading import Reading

DOORS = tuple(Door)
NAME = 16
KEY = 4
"""Cells of a gate's name, and of the key at the end of its line."""


class Why(AboutPerson["User | None"]):
    """Gives back the person as they are now where something was done; else None."""

    ROOM = WHY
    BINDINGS = bindings_of(WHY)

    reading = getters.query_one(Reading)

    def __init__(self, visit: Visit, person: Row | User) -> None:
        super().__init__(_question(person), visit.who)
        self.visit, self.person = visit, person
        self.door = DOORS[0]
        self.found: Explanation | None = None
        self.altered: User | None = None

    def body(self) -> Iterable[Widget]:
        yield Reading()

    def on_mount(self) -> None:
        self.reading.focus()
        self.heading.show(figure=str(self.visit.zone))
        self._read()

    def on_resize(self) -> None:
        self._draw()

    def situation(self) -> Situation:
        return Situation(self.visit.actor, self.person)

    def command_lines(self) -> tuple[str, ...]:
        """First what opens the first gate that is shut."""
        opens = self.found.shut.opens if self.found and self.found.shut else ""
        asks = f"usher users why {self.person.id} --door {self.door}"
        return tuple(line for line in (opens, asks) if line)

    def changed(self, user: User) -> None:
        self.person = self.altered = user
        self._read()

    def renew(self) -> None:
        self._read()

    def do_back(self) -> None:
        self.dismiss(self.altered)

    def do_next_door(self) -> None:
        self._go_to(1)

    def do_previous_door(self) -> None:
        self._go_to(-1)

    def do_edit(self) -> None:
        self.prepare(
            partial(users.show, self.visit.session, self.person.id),
            lambda user: self.app.push_screen(UserForm(self.visit, user), self._saved),
            busy=_("Opening…"),
            opens_screen=True,
        )

    def _saved(self, outcome: User | OpenHolder | None) -> None:
        if isinstance(outcome, User):
            self.say(f"{SIGNS.done} {_('Saved.')}")
            self.changed(outcome)

    def _go_to(self, step: int) -> None:
        self.door = DOORS[(DOORS.index(self.door) + step) % len(DOORS)]
        self._read()

    def _read(self) -> None:
        self.ask(
            partial(signin.why, self.visit.session, self.person.id, self.door),
            self._show,
            group="why",
            busy=_("Looking…"),
        )

    def _show(self, found: Explanation) -> None:
        self.found, self.person = found, found.user
        self.heading.show(title=_question(found.user))
        self._draw()

    def _draw(self) -> None:
        if self.found is None or not self.is_mounted:
            return
        columns = max(self.size.width - 2, 40)
        lines: list[Content | str] = [*self._verdict(self.found, columns), ""]
        keys = {command.key for command in self.commands()}
        for said in gates.said(self.found, self.visit.zone):
            shut = not said.gate.passed and said.gate.passed is not None
            key = opening(said.gate.gate, self.found.facts.status) if shut else ""
            lines += _gate_lines(said, key if key in keys else "", columns)
        self.reading.show([*lines, "", *self._opener(columns)])

    def _verdict(self, found: Explanation, columns: int) -> list[Content]:
        """Yes or no, and at which door; two lines where one is too short."""
        yes = f"{gates.sign_of(found)} {gates.headline(found)}"
        named = [f"‹{door}›" if door is self.door else str(door) for door in DOORS]
        doors = f"{_('door')}  {'  '.join(named)}"
        gap = columns - width(yes) - width(doors)
        verdict = Content.styled(yes, "bold")
        if gap < 2:
            return [verdict, Content(fit(doors, columns).rstrip())]
        return [Content.assemble(verdict, " " * gap, doors)]

    def _opener(self, columns: int) -> list[Content]:
        shut = self.found.shut if self.found else None
        if shut is None or not shut.opens:
            return []
        hint = f"ctrl+o  {_('copy')}"
        command = fit(safe(shut.opens), columns - len(hint) - 2)
        return [Content.assemble(Content.styled(command, "bold"), f"  {hint}")]


def _question(person: Row | User) -> str:
    return _("Why can't {name} sign in?").format(name=person.full_name)


def _gate_lines(said: gates.Said, key: str, columns: int) -> list[Content]:
    """One gate: its sign, its name, the sentence, and at the end the key that opens it."""
    lead = f"  {said.sign} {fit(said.name, NAME)} "
    room = max(columns - width(lead) - KEY, 20)
    first, *rest = [line.plain.rstrip() for line in Content(safe(said.sentence)).wrap(room)] or [""]
    style = "" if said.gate.passed is not False else "bold"
    lines = [
        Content.assemble(
            Content.styled(lead, style), fit(first, room), Content.styled(key.rjust(KEY), "bold")
        ).rstrip()
    ]
    return lines + [Content(" " * width(lead) + line) for line in rest]
