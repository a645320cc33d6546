"""What one role permits: a grid to be ticked, and what that means before it is saved."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from textual import getters, on
from textual.widget import Widget

from store.access import Actor, ceiling, modules, roles
from store.errors import UsherError
from store.named import command
from store.session import Session
from store.values import Module, Role
from store.wording import _, ngettext
from tui.commands import Situation
from tui.commands.roles import ROLE
from tui.dialogs.confirm import Confirm
from tui.granting import gain_and_lose
from tui.moments import grouped
from tui.screens.room import Room, bindings_of
from tui.signs import SIGNS
from tui.visit import Visit
from tui.widgets.permission_grid import Mark, PermissionGrid
from tui.widgets.words import Words

WIDEST = len(f"{SIGNS.ticked} {SIGNS.marked}")


@dataclass(frozen=True, slots=True)
class Opened:
    """A role with all there is to be ticked, read before its screen is shown."""

    role: Role
    modules: tuple[Module, ...]


def opened(session: Session, which: int) -> Opened:
    """Read what the screen of a role shows."""
    return Opened(roles.show(session, which), modules.listed(session))


class RolePermissions(Room[Role]):
    """Gives back the role as it was saved; None when one went back."""

    ROOM = ROLE
    BINDINGS = bindings_of(ROLE)

    grid = getters.query_one(PermissionGrid)
    words = getters.query_one(Words)

    def __init__(self, visit: Visit, found: Opened) -> None:
        self.role, self.modules = found.role, found.modules
        super().__init__(_("Role {role}").format(role=self.role.name), visit.who)
        self.visit, self.session = visit, visit.session
        self.ticked = set(self.role.permissions)

    def body(self) -> Iterable[Widget]:
        yield PermissionGrid(WIDEST)
        yield Words("")

    def on_mount(self) -> None:
        self.grid.focus()
        self.grid.show(self.modules, self._marks())
        self._tell()
        self._draw_figure()

    def situation(self) -> Situation:
        return Situation(self.visit.actor)

    def command_lines(self) -> tuple[str, ...]:
        name = self.role.name
        given, taken = self._changes()
        show = command(roles.NOUN, "show", name)
        return (roles.edit_command(name, name, given, taken), show) if given or taken else (show,)

    @on(PermissionGrid.Moved)
    def _moved(self) -> None:
        self._tell()

    def do_tick(self) -> None:
        one = self.grid.current
        if one:
            self._tick([one], permit=one not in self.ticked)

    def do_tick_module(self) -> None:
        module = self.grid.module
        if module:
            self._tick(module.permissions, permit=not self.ticked.issuperset(module.permissions))

    def do_save_role(self) -> None:
        if not any(self._changes()):
            self.say(_("Nothing has been changed."))
        elif self.role.people:
            self.prepare(self._rehearse, self._confirm, refused=self._refused)
        else:
            self._save()

    def do_back(self) -> None:
        if not any(self._changes()):
            self.dismiss(None)
            return
        sentence = _("The role stays as it is.")
        question = Confirm(_("Drop what was ticked?"), sentence, _("Drop it"))
        self.app.push_screen(question, self._dropped)

    def _tick(self, permissions: Collection[str], *, permit: bool) -> None:
        """Tick or untick these, as far as the actor may give them."""
        before = frozenset(self.role.permissions)
        lacking: tuple[str, ...] = ()
        if permit:
            lacking = ceiling.beyond(Actor.of(self.visit.actor), before, frozenset(permissions))
            self.ticked |= set(permissions) - set(lacking)
        else:
            self.ticked -= set(permissions)
        if lacking:
            self.say(f"{SIGNS.error} {ceiling.told(lacking)}")
        self.grid.put(self._marks())
        self._draw_figure()
        self._tell()

    def _marks(self) -> dict[str, Mark]:
        before = self.role.permissions
        return {
            one: Mark(
                SIGNS.ticked if one in self.ticked else SIGNS.unticked,
                SIGNS.marked if (one in self.ticked) != (one in before) else "",
            )
            for module in self.modules
            for one in module.permissions
        }

    def _changes(self) -> tuple[list[str], list[str]]:
        """What is ticked that was not, and the other way round."""
        before = self.role.permissions
        every = [one for module in self.modules for one in module.permissions]
        given = [one for one in every if one in self.ticked and one not in before]
        return given, [one for one in every if one in before and one not in self.ticked]

    def _draw_figure(self) -> None:
        changed = sum(map(len, self._changes()))
        people = ngettext("{n} person", "{n} people", self.role.people)
        figure = _("{n} of {all} ticked").format(
            n=len(self.ticked), all=sum(len(module.actions) for module in self.modules)
        )
        marks = f" {SIGNS.dot} {SIGNS.marked} {changed} {_('changed')}" if changed else ""
        told = people.format(n=grouped(self.role.people))
        self.heading.show(figure=f"{figure}{marks} {SIGNS.dot} {told}")

    def _tell(self) -> None:
        """What stands in the cell under the cursor, in words."""
        one, module = self.grid.current, self.grid.module
        if one is None or module is None:
            return
        told = [
            _("{it}: permitted.") if one in self.ticked else _("{it}: not permitted."),
        ]
        if (one in self.ticked) != (one in self.role.permissions):
            told.append(_("Not saved yet."))
        if module.admin_only:
            told.append(_("For admins only: to tick it changes nothing for standard users."))
        self.words.say(" ".join(told).format(it=one))

    def _edit(self) -> Role:
        given, taken = self._changes()
        return roles.edit(self.session, self.role.id, permit=given, forbid=taken)

    def _rehearse(self) -> Role:
        with self.session.store.rehearse(self.session):
            return self._edit()

    def _confirm(self, then: Role) -> None:
        """Say what it means for those who have the role."""
        sentence = ngettext("{n} person has it.", "{n} people have it.", then.people)
        consequence = " ".join(
            (
                sentence.format(n=grouped(then.people)),
                gain_and_lose(self.role.permissions, then.permissions, self.modules),
                _("What is allowed or denied to one of them alone stays."),
            )
        )
        title = _("Change the role {role}?").format(role=self.role.name)
        self.app.push_screen(Confirm(title, consequence, _("Save")), self._answered)

    def _answered(self, yes: bool | None) -> None:
        if yes:
            self._save()

    def _save(self) -> None:
        self.write(self._edit, self.dismiss, refused=self._refused)

    def _refused(self, error: UsherError) -> None:
        """In full, for it may list much."""
        self.words.say(f"{SIGNS.error} {error.message}")

    def _dropped(self, drop: bool | None) -> None:
        if drop:
            self.dismiss(None)
