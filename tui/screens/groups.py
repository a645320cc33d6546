"""Teams and sub-accounts: who is grouped with whom, and what that lets them see."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual import getters
from textual.widget import Widget

from store import sub_accounts, teams
from store.errors import UsherError
from store.named import command
from store.session import Session
from store.values import Filters, Team
from store.wording import _, ngettext
from tui.commands import Situation
from tui.commands.groups import GROUPS
from tui.dialogs.choose import Choose, Picked
from tui.dialogs.confirm import Confirm
from tui.moments import grouped
from tui.screens.role_name import RoleName
from tui.screens.room import bindings_of
from tui.screens.undoing import Undoing
from tui.signs import SIGNS
from tui.visit import Visit
from tui.widgets.group_lines import Group, GroupLines, people_in


@dataclass(frozen=True, slots=True)
class Part:
    """Teams or sub-accounts: the verbs, and what is said of them."""

    noun: str
    title: str
    listed: Callable[[Session], Sequence[Any]]
    create: Callable[[Session, str], Group]
    rename: Callable[[Session, int, str], Group]
    delete: Callable[[Session, int, int | None], Group]
    new: str
    made: str
    successor: str
    along: str
    """What comes into a successor beside people."""
    nothing: str


TEAMS = Part(
    "team",
    _("teams"),
    teams.listed,
    teams.create,
    lambda session, which, name: teams.edit(session, which, name=name),
    teams.delete,
    _("New team"),
    _("Its members see all clients, until you say otherwise with the space bar."),
    _("Which team do the people of {name} come into?"),
    "",
    _("There is no team yet. n makes one; people come into it in their form."),
)
SUB_ACCOUNTS = Part(
    "sub_account",
    _("sub-accounts"),
    sub_accounts.listed,
    sub_accounts.create,
    lambda session, which, name: sub_accounts.edit(session, which, name=name),
    sub_accounts.delete,
    _("New sub-account"),
    _("Admins reach it at once; others are granted it in their form."),
    _("Which one instead of {name}?"),
    _("What records are in it come along."),
    _("There is no sub-account yet. n makes one; without any, everything is one account."),
)


class Groups(Undoing[Filters]):
    """Gives back what shows those who are in a team; None when one went back."""

    ROOM = GROUPS
    BINDINGS = bindings_of(GROUPS)

    lines = getters.query_one(GroupLines)

    def __init__(self, visit: Visit) -> None:
        title = f"{visit.account} {SIGNS.dot} {_('Teams and sub-accounts')}"
        super().__init__(title, visit.who)
        self.visit, self.session = visit, visit.session
        self.part = TEAMS

    def body(self) -> Iterable[Widget]:
        yield GroupLines()

    def on_mount(self) -> None:
        self.lines.focus()
        self._load()

    def situation(self) -> Situation:
        return Situation(self.visit.actor)

    def command_lines(self) -> tuple[str, ...]:
        one, noun = self.lines.current, self.part.noun
        every = (command(noun, "list"), command(noun, "create", "NAME"))
        if one is None:
            return every
        successor = ("--to", "NAME") if people_in(one) else ()
        own = (command(noun, "edit", one.name, _other_way(one)),) if isinstance(one, Team) else ()
        return (
            command(noun, "show", one.name),
            command(noun, "edit", one.name, "--name", "NAME"),
            *own,
            command(noun, "delete", one.name, *successor),
            *every,
        )

    def do_other_part(self) -> None:
        self.part = SUB_ACCOUNTS if self.part is TEAMS else TEAMS
        self.lines.cursor = self.lines.top = 0
        self._load()

    def do_who_is_in(self) -> None:
        one = self.lines.current
        if isinstance(one, Team):
            self.dismiss(Filters(team=one.name))
        elif one:
            sentence = _("The list shows no sub-account. A person's page tells theirs.")
            self.say(f"{SIGNS.error} {sentence}")

    def do_new_group(self) -> None:
        part = self.part
        form = RoleName(
            self.visit,
            part.new,
            part.made,
            partial(part.create, self.session),
            partial(command, part.noun, "create"),
        )
        self.app.push_screen(form, self._saved)

    def do_rename_group(self) -> None:
        one, part = self.lines.current, self.part
        if one:
            form = RoleName(
                self.visit,
                _("Another name for {name}").format(name=one.name),
                _("Who is in it, and what they see, stays as it is."),
                partial(part.rename, self.session, one.id),
                partial(command, part.noun, "edit", one.name, "--name"),
                one.name,
            )
            self.app.push_screen(form, self._saved)

    def do_own_clients(self) -> None:
        one = self.lines.current
        if not isinstance(one, Team):
            sentence = _("Only a team limits what people see of each other; tab leads there.")
            self.say(f"{SIGNS.error} {sentence}")
            return
        less = not one.own_clients_only
        people = ngettext("{n} person", "{n} people", one.members).format(n=grouped(one.members))
        consequence = (
            _("{people} will see the clients of their own teams alone, and their own.")
            if less
            else _("{people} will see all clients, unless another team of theirs limits that.")
        )
        question = Confirm(
            _("Change what the team {name} sees?").format(name=one.name),
            consequence.format(people=people),
            _("Change it"),
        )
        self.app.push_screen(question, partial(self._see, one, less))

    def do_delete_group(self) -> None:
        """Ask for another one where anything is in it, and say what comes of it."""
        if one := self.lines.current:
            self._rehearse_deletion(one, None)

    def _see(self, one: Team, less: bool, yes: bool | None) -> None:
        if yes:
            change = partial(teams.edit, self.session, one.id, own_clients_only=less)
            self.write(change, self._saved)

    def _successor(self, one: Group, picked: Picked | None) -> None:
        if picked and picked.key:
            self._rehearse_deletion(one, int(picked.key))

    def _rehearse_deletion(self, one: Group, successor: int | None) -> None:
        """What would refuse it is heard before one is asked."""

        def rehearse() -> None:
            with self.session.store.rehearse(self.session):
                self.part.delete(self.session, one.id, successor)

        asking = partial(self._ask_deletion, one, successor)
        occupied = partial(self._ask_successor, one)
        self.prepare(rehearse, lambda _nothing: asking(), refused=occupied)

    def _ask_successor(self, one: Group, error: UsherError) -> None:
        others = [(str(other.id), other.name) for other in self.lines.items if other is not one]
        if others and error.name == f"{self.part.noun}_in_use":
            title = self.part.successor.format(name=one.name)
            self.app.push_screen(Choose(title, others), partial(self._successor, one))
        else:
            self.refuse(error)

    def _ask_deletion(self, one: Group, successor: int | None) -> None:
        heir = next((other for other in self.lines.items if other.id == successor), None)
        consequence = _("Nobody is in it.")
        if heir and people_in(one):
            sentence = ngettext(
                "{n} person comes into {name} at once.",
                "{n} people come into {name} at once.",
                people_in(one),
            )
            consequence = sentence.format(n=grouped(people_in(one)), name=heir.name)
        if heir and self.part.along:
            consequence = f"{consequence} {self.part.along}"
        question = Confirm(_("Delete {name}?").format(name=one.name), consequence, _("Delete it"))
        self.app.push_screen(question, partial(self._delete, one, successor))

    def _delete(self, one: Group, successor: int | None, yes: bool | None) -> None:
        if yes:
            delete = partial(self.part.delete, self.session, one.id, successor)
            self.write(delete, self._deleted)

    def _deleted(self, one: Group) -> None:
        self.say(f"{SIGNS.done} {_('Deleted:')} {one.name}")
        self._load()

    def _saved(self, one: Group | None) -> None:
        if one:
            self.say(f"{SIGNS.done} {_('Saved:')} {one.name}")
            self._load(one.id)

    def renew(self) -> None:
        self._load()

    def _load(self, at: int | None = None) -> None:
        part = self.part
        read = partial(part.listed, self.session)
        show = partial(self._show, part, at)
        self.ask(read, show, group="groups", busy=_("Looking…"), replaces=True)

    def _show(self, part: Part, at: int | None, found: Sequence[Group]) -> None:
        parts = (
            f"‹{one.title}: {len(found)}›" if one is part else one.title
            for one in (TEAMS, SUB_ACCOUNTS)
        )
        self.heading.show(figure="  ".join(parts))
        self.lines.show(found, at=at, nothing=part.nothing)


def _other_way(team: Team) -> str:
    return teams.OWN[not team.own_clients_only]
