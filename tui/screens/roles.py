"""The roles: what each permits, how many have it, and the way to changing that."""

from collections.abc import Iterable
from functools import partial

from textual import getters
from textual.widget import Widget

from store.access import modules, roles
from store.named import command
from store.values import CopiedRole, Filters, Module, Role
from store.wording import _, ngettext
from tui.commands import Situation
from tui.commands.roles import ROLES
from tui.dialogs.choose import Choose, Picked
from tui.dialogs.confirm import Confirm
from tui.granting import gain_and_lose
from tui.moments import grouped
from tui.screens.role_name import RoleName
from tui.screens.role_permissions import Opened, RolePermissions, opened
from tui.screens.room import bindings_of
from tui.screens.undoing import Undoing
from tui.signs import SIGNS
from tui.visit import Visit
from tui.widgets.role_lines import RoleLines

Read = tuple[tuple[Role, ...], tuple[Module, ...]]


class Roles(Undoing[Filters]):
    """Gives back what shows those who have a role; None when one went back."""

    ROOM = ROLES
    BINDINGS = bindings_of(ROLES)

    lines = getters.query_one(RoleLines)

    def __init__(self, visit: Visit) -> None:
        super().__init__(f"{visit.account} {SIGNS.dot} {_('Roles')}", visit.who)
        self.visit, self.session = visit, visit.session

    def body(self) -> Iterable[Widget]:
        yield RoleLines()

    def on_mount(self) -> None:
        self.lines.focus()
        self._load()

    def situation(self) -> Situation:
        return Situation(self.visit.actor)

    def command_lines(self) -> tuple[str, ...]:
        one = self.lines.current
        if one is None:
            return super().command_lines()
        return (
            command("role", "show", one.name),
            command("role", "copy", one.name, "NAME"),
            command("role", "delete", one.name, *(("--to", "ROLE") if one.people else ())),
            *super().command_lines(),
        )

    def do_open_role(self) -> None:
        one = self.lines.current
        if one:
            self._prepare_to_open(one.id)

    def do_new_role(self) -> None:
        form = RoleName(
            self.visit,
            _("New role"),
            _("It permits nothing yet; what it is to permit is ticked next."),
            partial(roles.create, self.session),
            partial(command, "role", "create"),
        )
        self.app.push_screen(form, self._made)

    def do_copy_role(self) -> None:
        one = self.lines.current
        if one:
            form = RoleName(
                self.visit,
                _("A copy of {role}").format(role=one.name),
                _("It permits what {role} does. What you lack is left out.").format(role=one.name),
                partial(roles.copy, self.session, one.id),
                partial(command, "role", "copy", one.name),
            )
            self.app.push_screen(form, self._copied)

    def do_rename_role(self) -> None:
        one = self.lines.current
        if one:
            form = RoleName(
                self.visit,
                _("Another name for {role}").format(role=one.name),
                _("What it permits, and who has it, stays as it is."),
                lambda name: roles.edit(self.session, one.id, name=name),
                partial(command, "role", "edit", one.name, "--name"),
                one.name,
            )
            self.app.push_screen(form, self._saved)

    def do_delete_role(self) -> None:
        """Ask for the role of those who have it, where anybody does, and say what comes of it."""
        one = self.lines.current
        if one is None:
            return
        if not one.people:
            self._confirm_deletion(one, None)
            return
        title = _("Which role do they get who have {role}?").format(role=one.name)
        others = [(str(role.id), role.name) for role in self.lines.items if role.id != one.id]
        self.app.push_screen(Choose(title, others), partial(self._successor, one))

    def do_who_has(self) -> None:
        one = self.lines.current
        if one:
            self.dismiss(Filters(role=one.name))

    def renew(self) -> None:
        self._load()

    def _load(self, at: int | None = None) -> None:
        show = partial(self._show, at=at)
        busy = _("Reading the roles…")
        self.ask(self._read, show, group="roles", busy=busy, replaces=True)

    def _read(self) -> Read:
        return roles.listed(self.session), modules.listed(self.session)

    def _show(self, found: Read, at: int | None) -> None:
        number = ngettext("{n} role", "{n} roles", len(found[0])).format(n=len(found[0]))
        self.heading.show(figure=number)
        self.lines.show(*found, at=at)

    def _prepare_to_open(self, role_id: int) -> None:
        look = partial(opened, self.session, role_id)
        self.prepare(look, self._open, busy=_("Opening…"), opens_screen=True)

    def _open(self, found: Opened) -> None:
        self.app.push_screen(RolePermissions(self.visit, found), self._saved)

    def _made(self, role: Role | None) -> None:
        """On to what it permits, which is what one makes a role for."""
        if role:
            self._prepare_to_open(role.id)
            self._load(role.id)

    def _copied(self, copied: CopiedRole | None) -> None:
        if copied is None:
            return
        self._saved(copied.role)
        if copied.left_out:
            sentence = _("Left out, for the owner has denied it to you: {permissions}.")
            left_out = sentence.format(permissions=", ".join(copied.left_out))
            self.say(f"{SIGNS.error} {left_out}")

    def _saved(self, role: Role | None) -> None:
        if role:
            self.say(f"{SIGNS.done} {_('Saved:')} {role.name}")
            self._load(role.id)

    def _successor(self, one: Role, picked: Picked | None) -> None:
        if picked and picked.key:
            self._confirm_deletion(one, int(picked.key))

    def _confirm_deletion(self, one: Role, successor: int | None) -> None:
        """What would refuse it is heard before one is asked."""

        def rehearse() -> None:
            with self.session.store.rehearse(self.session):
                roles.delete(self.session, one.id, successor)

        asking = partial(self._ask_deletion, one, successor)
        self.prepare(rehearse, lambda _nothing: asking())

    def _ask_deletion(self, one: Role, successor: int | None) -> None:
        heir = next((role for role in self.lines.items if role.id == successor), None)
        consequence = _("Nobody has it.")
        if heir:
            sentence = ngettext(
                "{n} person gets the role {role} at once.",
                "{n} people get the role {role} at once.",
                one.people,
            )
            told = sentence.format(n=grouped(one.people), role=heir.name)
            modules_ = self.lines.modules
            consequence = f"{told} {gain_and_lose(one.permissions, heir.permissions, modules_)}"
        title = _("Delete the role {role}?").format(role=one.name)
        question = Confirm(title, consequence, _("Delete it"))
        self.app.push_screen(question, partial(self._delete, one, successor))

    def _delete(self, one: Role, successor: int | None, yes: bool | None) -> None:
        if yes:
            self.write(partial(roles.delete, self.session, one.id, successor), self._deleted)

    def _deleted(self, role: Role) -> None:
        self.say(f"{SIGNS.done} {_('Deleted:')} {role.name}")
        self._load()
