"""`usher doctor files`: check that the data folder and its files are private."""

import click

from store import privacy
from store.errors import Refused
from store.wording import _, ngettext
from tui.cli import output
from tui.cli.doctor import doctor_noun
from tui.cli.options import PLAIN, with_request
from tui.cli.request import Request


@doctor_noun.command(
    "files",
    takes=PLAIN,
    short_help=_("Check who can read or change the data folder."),
    help=_(
        "Check that no other OS user can read or change the database, the key, the emails and all "
        "other files in the data folder, or replace the folder. It changes nothing. Exit code 3 if "
        "any file is not private."
    ),
    example="usher doctor files\nusher doctor files --json",
)
@click.pass_context
@with_request
def check_files(request: Request, ctx: click.Context) -> None:
    folder = request.folder()
    found = list(privacy.exposed(folder)) if folder.is_dir() else []
    if not found:
        # Open the account only then: it may refuse files that the list is about to report.
        request.look().close()
    if request.json:
        items = [{"path": str(one.path), "message": one.sentence} for one in found]
        output.put_json({"ok": not found, "folder": str(folder), "items": items})
    elif not found:
        output.say(_("Only you can read and change {folder}.").format(folder=folder))
    else:
        count = len(found)
        output.say(ngettext("{n} problem found:", "{n} problems found:", count).format(n=count))
        output.say(*(f"  {one.sentence}" for one in found))
    if found:
        ctx.exit(Refused.exit_code)
