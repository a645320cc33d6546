"""`usher roles`: what each permits, who has it, and changing that for all who do."""

from collections.abc import Collection, Iterable

import click

from store.access import modules, roles
from store.session import Session
from store.values import CopiedRole, Module, Role
from store.wording import _, ngettext
from tui.cli import output, suggesting
from tui.cli.options import READS, WRITES, Noun, with_request
from tui.cli.output import Column
from tui.cli.request import Request
from tui.moments import grouped
from tui.signs import SIGNS

roles_noun = Noun(
    "roles",
    help=_("Roles: list, show, create, edit, copy, delete."),
    example="usher roles list\nusher roles edit Salesperson --permit clients.delete",
)

PERMIT = _("Permit this, like clients.edit, or clients.* for all of a module; may be repeated.")


@roles_noun.command(
    "list",
    takes=READS,
    short_help=_("List the roles by name."),
    help=_("List the roles by name: how much each permits, and how many people have it."),
    example="usher roles list --json",
)
@with_request
def list_roles(request: Request) -> None:
    with request.session() as session:
        found = roles.listed(session)
    if request.json:
        output.listing([role.as_json() for role in found], len(found))
    elif found:
        columns = (
            Column(_("id"), right=True),
            Column(_("name")),
            Column(_("permissions"), right=True),
            Column(_("people"), right=True),
            Column(_("ready-made"), whole=True, spare=True),
        )
        output.table(columns, map(_cells, found))
    else:
        output.say(_("There are none. Make one with: usher roles create NAME"))


def _cells(role: Role) -> list[str]:
    permitted, ready = str(len(role.permissions)), _("yes") if role.ready_made else _("no")
    return [str(role.id), role.name, permitted, grouped(role.people), ready]


@roles_noun.command(
    "show",
    takes=READS,
    short_help=_("Show what a role permits."),
    help=_("Show what a role permits, module by module, and how many people have it."),
    example="usher roles show Salesperson",
)
@click.argument("which", metavar="ROLE", shell_complete=suggesting.roles)
@with_request
def show_role(request: Request, which: str) -> None:
    with request.session() as session:
        role = roles.show(session, which)
        every = modules.listed(session)
    if request.json:
        output.put_json(role.as_json())
        return
    output.details(
        (
            (_("id"), str(role.id)),
            (_("name"), role.name),
            (_("ready-made"), _("yes") if role.ready_made else _("no")),
            (_("people"), grouped(role.people)),
        )
    )
    output.say("")
    columns = (
        Column(_("module"), whole=True),
        Column(_("permits")),
        Column(_("does not permit"), spare=True),
        Column("", whole=True, spare=True),
    )
    output.table(columns, (_permitted(module, role.permissions) for module in every))


def _permitted(module: Module, permitted: Collection[str]) -> list[str]:
    return [
        module.name,
        _actions(module, permitted, inside=True),
        _actions(module, permitted, inside=False),
        _("admins only") if module.admin_only else "",
    ]


def _actions(module: Module, permitted: Collection[str], *, inside: bool) -> str:
    pairs = zip(module.actions, module.permissions, strict=True)
    found = [action for action, permission in pairs if (permission in permitted) is inside]
    return " ".join(found) or SIGNS.nothing


@roles_noun.command(
    "create",
    takes=WRITES,
    short_help=_("Create a role."),
    help=_("Create a role; without --permit it permits nothing yet."),
    example='usher roles create "Account manager" --permit "clients.*" --permit reports.view',
)
@click.argument("name", metavar="NAME")
@click.option(
    "--permit", multiple=True, help=PERMIT, shell_complete=suggesting.permissions, metavar="P"
)
@with_request
def create_role(request: Request, name: str, permit: tuple[str, ...]) -> None:
    def tell(session: Session, role: Role) -> None:
        if request.json:
            output.put_json(role.as_json())
            return
        output.say(_("Created {id}, {name}.").format(id=role.id, name=role.name))
        _say_idle(session, role.permissions)

    request.act(lambda session: roles.create(session, name, permit), tell)


@roles_noun.command(
    "edit",
    takes=WRITES,
    short_help=_("Change what a role is called and permits."),
    help=_(
        "Change what a role is called and what it permits, at once for all who have it. What is "
        "both permitted and forbidden is forbidden."
    ),
    example=(
        "usher roles edit Salesperson --permit clients.delete --forbid 'reports.*'\n"
        "usher roles edit Salesperson --name Sales"
    ),
)
@click.argument("which", metavar="ROLE", shell_complete=suggesting.roles)
@click.option("--name", metavar="NAME", help=_("Call it this."))
@click.option(
    "--permit", multiple=True, help=PERMIT, shell_complete=suggesting.permissions, metavar="P"
)
@click.option(
    "--forbid",
    multiple=True,
    help=_("Do not permit this any more; may be repeated."),
    shell_complete=suggesting.permissions,
    metavar="P",
)
@with_request
def edit_role(
    request: Request, which: str, name: str | None, permit: tuple[str, ...], forbid: tuple[str, ...]
) -> None:
    if name is None and not permit and not forbid:
        raise click.UsageError(_("Say what is to change: --name, --permit or --forbid."))

    def tell(session: Session, role: Role) -> None:
        if request.json:
            output.put_json(role.as_json())
            return
        sentence = ngettext(
            "{name} permits {n} thing. People who have it: {people}.",
            "{name} permits {n} things. People who have it: {people}.",
            len(role.permissions),
        )
        told = sentence.format(name=role.name, n=len(role.permissions), people=grouped(role.people))
        output.say(told)
        _say_idle(session, set(role.permissions) - before)

    before: set[str] = set()

    def change(session: Session) -> Role:
        before.update(roles.show(session, which).permissions)
        return roles.edit(session, which, name=name, permit=permit, forbid=forbid)

    request.act(change, tell)


@roles_noun.command(
    "copy",
    takes=WRITES,
    short_help=_("Create a role that permits what another one does."),
    help=_("Create a role that permits what another one does. What you lack is left out."),
    example='usher roles copy Salesperson "Senior salesperson"',
)
@click.argument("which", metavar="ROLE", shell_complete=suggesting.roles)
@click.argument("name", metavar="NAME")
@with_request
def copy_role(request: Request, which: str, name: str) -> None:
    def tell(_session: Session, copied: CopiedRole) -> None:
        role = copied.role
        if request.json:
            output.put_json(copied.as_json())
            return
        output.say(_("Created {id}, {name}.").format(id=role.id, name=role.name))
        if copied.left_out:
            left_out = _("Left out, for the owner has denied it to you: {permissions}.")
            output.say(left_out.format(permissions=", ".join(copied.left_out)))

    request.act(lambda session: roles.copy(session, which, name), tell)


@roles_noun.command(
    "delete",
    takes=WRITES,
    short_help=_("Delete a role."),
    help=_("Delete a role. Whoever has it gets the role that --to names, at once."),
    example="usher roles delete Support --to Salesperson --dry-run",
)
@click.argument("which", metavar="ROLE", shell_complete=suggesting.roles)
@click.option(
    "--to",
    "successor",
    metavar="ROLE",
    help=_("The role of those who had this one."),
    shell_complete=suggesting.roles,
)
@with_request
def delete_role(request: Request, which: str, successor: str | None) -> None:
    def tell(_session: Session, role: Role) -> None:
        if request.json:
            output.put_json(role.as_json())
            return
        output.say(_("Deleted {name}.").format(name=role.name))
        if role.people:
            sentence = ngettext(
                "{n} person has another role now.", "{n} people have another role now.", role.people
            )
            output.say(sentence.format(n=grouped(role.people)))

    request.act(lambda session: roles.delete(session, which, successor), tell)


def _say_idle(session: Session, permitted: Iterable[str]) -> None:
    """Say of what is for admins only that to permit it does nothing."""
    closed = {
        permission
        for module in modules.listed(session)
        if module.admin_only
        for permission in module.permissions
    }
    idle = sorted(closed.intersection(permitted))
    if idle:
        sentence = _("For admins only, so it has no effect: {permissions}.")
        output.say(sentence.format(permissions=", ".join(idle)))
