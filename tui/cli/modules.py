"""`usher access modules`: the parts of the platform, and what can be done in each."""

import click

from store.access import modules
from store.session import Session
from store.values import Module, Withdrawn
from store.wording import _
from tui.cli import output, suggesting
from tui.cli.options import READS, WRITES, Noun, with_request
from tui.cli.output import Column
from tui.cli.request import Request

modules_noun = Noun(
    "modules",
    short_help=_("The modules of the platform and their actions."),
    help=_("Modules of the platform: list, add, edit, remove."),
    example="usher access modules list\nusher access modules add invoices --action view",
)


@modules_noun.command(
    "list",
    takes=READS,
    short_help=_("List the modules with their actions."),
    help=_("List the modules with their actions: each action of a module is a permission."),
    example="usher access modules list --json",
)
@with_request
def list_modules(request: Request) -> None:
    with request.session() as session:
        found = modules.listed(session)
    if request.json:
        output.listing([one.as_json() for one in found], len(found))
        return
    columns = [
        Column(_("module"), whole=True),
        Column(_("for"), whole=True),
        Column(_("actions")),
    ]
    output.table(columns, map(_cells, found))


def _cells(one: Module) -> list[str]:
    return [one.name, _("admins only") if one.admin_only else _("all"), " ".join(one.actions)]


@modules_noun.command(
    "add",
    takes=WRITES,
    short_help=_("Make a module of your own platform known."),
    help=_(
        "Make a module of your own platform known, with its actions. It is open to no standard "
        "user until a role permits it. Only the owner does this."
    ),
    example="usher access modules add invoices --action view --action send",
)
@click.argument("name", metavar="NAME")
@click.option(
    "--action",
    "actions",
    multiple=True,
    metavar="A",
    help=_("What can be done in it: a word of a-z, digits and _; may be repeated."),
)
@click.option("--admin-only", is_flag=True, help=_("Close it to standard users for good."))
@with_request
def add_module(request: Request, name: str, actions: tuple[str, ...], admin_only: bool) -> None:
    def tell(_session: Session, module: Module) -> None:
        if request.json:
            output.put_json(module.as_json())
        else:
            told = _("Added {module}: {permissions}.")
            output.say(told.format(module=name, permissions=", ".join(module.permissions)))

    request.act(lambda session: modules.add(session, name, actions, admin_only=admin_only), tell)


@modules_noun.command(
    "edit",
    takes=WRITES,
    short_help=_("Give a module actions, or take some away."),
    help=_(
        "Give a module more actions, or take away such as were added. What permits or denies "
        "them in roles and to people goes with them. Only the owner does this."
    ),
    example="usher access modules edit invoices --add-action print --remove-action send",
)
@click.argument("name", metavar="NAME", shell_complete=suggesting.modules)
@click.option(
    "--add-action", "added", multiple=True, metavar="A", help=_("One more; may be repeated.")
)
@click.option(
    "--remove-action", "removed", multiple=True, metavar="A", help=_("One less; may be repeated.")
)
@with_request
def edit_module(
    request: Request, name: str, added: tuple[str, ...], removed: tuple[str, ...]
) -> None:
    if not added and not removed:
        raise click.UsageError(_("Say what is to change: --add-action or --remove-action."))

    def tell(_session: Session, done: Withdrawn) -> None:
        actions = ", ".join(done.module.actions)
        _tell(request, _("{module} has: {actions}.").format(module=name, actions=actions), done)

    request.act(lambda session: modules.edit(session, name, add=added, remove=removed), tell)


@modules_noun.command(
    "remove",
    takes=WRITES,
    short_help=_("Forget a module of your own platform."),
    help=_(
        "Forget a module that was added. What permits or denies something of it, in roles and "
        "to people, goes with it. Only the owner does this."
    ),
    example="usher access modules remove invoices --dry-run",
)
@click.argument("name", metavar="NAME", shell_complete=suggesting.modules)
@with_request
def remove_module(request: Request, name: str) -> None:
    def tell(_session: Session, done: Withdrawn) -> None:
        _tell(request, _("Removed {module}.").format(module=name), done)

    request.act(lambda session: modules.remove(session, name), tell)


def _tell(request: Request, sentence: str, done: Withdrawn) -> None:
    if request.json:
        output.put_json(done.as_json())
        return
    output.say(sentence)
    if done.roles or done.people:
        taken = _("Roles that permitted something of it: {roles}; people with overrides: {people}.")
        output.say(taken.format(roles=done.roles, people=done.people))
