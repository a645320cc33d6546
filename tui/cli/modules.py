"""`usher access modules`: the parts of the platform, and what can be done in each."""

from store.access import modules
from store.values import Module
from store.wording import _
from tui.cli import output
from tui.cli.options import READS, Noun, with_request
from tui.cli.output import Column
from tui.cli.request import Request

modules_noun = Noun(
    "modules",
    short_help=_("The modules of the platform and their actions."),
    help=_("Modules of the platform: list."),
    example="usher access modules list",
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
