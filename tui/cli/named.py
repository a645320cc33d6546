"""`usher teams`: for now plain named things, listed and created."""

from collections.abc import Callable

import click

from store import teams
from store.session import Session
from store.values import Named
from store.wording import _
from tui.cli import output
from tui.cli.options import READS, WRITES, Noun, with_request
from tui.cli.output import Column
from tui.cli.request import Request


def _noun(
    word: str,
    sentences: tuple[str, str, str],
    listed: Callable[[Session], tuple[Named, ...]],
    create: Callable[[Session, str], Named],
    example: str,
) -> Noun:
    about, about_list, about_create = sentences
    noun = Noun(word, help=about, example=f"usher {word} list\n{example}")

    @noun.command("list", takes=READS, help=about_list, example=f"usher {word} list --json")
    @with_request
    def list_all(request: Request) -> None:
        with request.session() as session:
            found = listed(session)
        if request.json:
            output.listing([one.as_json() for one in found], len(found))
        elif found:
            columns = [Column(_("id"), right=True), Column(_("name"))]
            output.table(columns, ([str(one.id), one.name] for one in found))
        else:
            output.say(_("There are none yet."))

    @noun.command("create", takes=WRITES, help=about_create, example=example)
    @click.argument("name", metavar="NAME")
    @with_request
    def create_one(request: Request, name: str) -> None:
        def tell(_session: Session, made: Named) -> None:
            if request.json:
                output.put_json(made.as_json())
            else:
                output.say(_("Created {id}, {name}.").format(id=made.id, name=made.name))

        request.act(lambda session: create(session, name), tell)

    return noun


teams_noun = _noun(
    "teams",
    (_("Teams: list, create."), _("List the teams by name."), _("Create a team.")),
    teams.listed,
    teams.create,
    "usher teams create North",
)
