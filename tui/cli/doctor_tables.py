"""`usher doctor tables`: whether all that belongs to users is known here."""

import click

from store.errors import Refused
from store.upkeep.foreign import Leaning, Loose, leaning
from store.wording import _, ngettext
from tui.cli import output
from tui.cli.doctor import doctor_noun
from tui.cli.options import PLAIN, with_request
from tui.cli.output import Column
from tui.cli.request import Request
from tui.moments import grouped


@doctor_noun.command(
    "tables",
    takes=PLAIN,
    short_help=_("Check the platform's own tables."),
    help=_(
        "Find the tables of the platform whose rows belong to users and that nobody declared in "
        "the setting records.tables, and rows of the declared ones that name nobody, or somebody "
        "who has left. Exit code 3 if there are any."
    ),
    example="usher doctor tables\nusher doctor tables --json",
)
@click.pass_context
@with_request
def check_tables(request: Request, ctx: click.Context) -> None:
    found = leaning(request.store())
    if request.json:
        output.put_json(
            {
                "ok": found.ok,
                "undeclared": [one.as_json() for one in found.undeclared],
                "loose": [one.as_json() for one in found.loose],
            }
        )
    else:
        _print(found)
    if not found.ok:
        ctx.exit(Refused.exit_code)


def _print(found: Leaning) -> None:
    if found.ok:
        output.say(_("All that belongs to users is declared, and belongs to somebody."))
    if found.undeclared:
        output.say(
            _("Rows of these belong to users, and are handed over by nobody. Declare them:"
              " docs/platform.md")
        )  # fmt: skip
        output.table(
            (Column(_("table")), Column(_("column"))),
            ([one.table, one.column] for one in found.undeclared),
        )
    for one in found.loose:
        output.say(_loose(one))
    if found.loose:
        output.say(_("Give them to somebody: usher records assign KIND REF… --to WHO"))


def _loose(one: Loose) -> str:
    pattern = ngettext(
        "{n} row of “{table}” belongs to {whom}: {kind} {refs}",
        "{n} rows of “{table}” belong to {whom}: {kind} {refs}",
        one.number,
    )
    whom = {
        "missing": _("nobody who is known"),
        "removed": _("somebody removed"),
        "inactive": _("somebody inactive"),
    }[one.status]
    more = ", …" if one.number > len(one.refs) else ""
    return pattern.format(
        n=grouped(one.number), kind=one.kind, table=one.table, whom=whom,
        refs=", ".join(one.refs) + more,
    )  # fmt: skip
