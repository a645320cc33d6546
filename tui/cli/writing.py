"""`usher mail send` and `usher mail settings`: writing to people, and what one's own mail bears."""

import sys
from dataclasses import replace
from typing import Unpack

import click

from store.mail import own_settings as mail_settings
from store.mail import writing
from store.session import Session
from store.users import many
from store.users.outcomes import Outcomes
from store.values import OwnMail
from store.wording import _
from tui.cli import ledger, output, suggesting
from tui.cli.options import WRITES, Verb, with_request
from tui.cli.request import Request

TEXT_BYTES = 4 * writing.BODY_MAX + 1
"""No text that may be sent takes more."""


@click.command(
    "send",
    cls=Verb,
    takes=WRITES,
    short_help=_("Write to people."),
    help=_(
        "Write to people; the text comes by stdin, behind the password of whoever writes. It "
        "bears their name and signature, so their own address has to be confirmed. A line each "
        "says what became of it; exit code 8 if somebody gets no letter."
    ),
    example=(
        'usher mail send oksana 17 --subject "Monday" --as olga < text.txt\n'
        'usher mail send oksana --subject "Monday" --as olga --dry-run < text.txt'
    ),
)
@click.argument("whom", metavar="WHO…", nargs=-1, required=True, shell_complete=suggesting.people)
@click.option("--subject", required=True, metavar="TEXT", help=_("What it is about."))
@click.pass_context
@with_request
def send(request: Request, ctx: click.Context, whom: tuple[str, ...], subject: str) -> None:
    def act(session: Session, **how: Unpack[many.How]) -> Outcomes:
        return writing.write(session, whom, subject, _text(), **how)

    ledger.do_all(request, ctx, act)


@click.command(
    "settings",
    cls=Verb,
    takes=WRITES,
    short_help=_("Show or change what one's own mail bears."),
    help=_(
        "Show what one's own mail bears, or change it: the sender's name, the address for "
        "answers, the signature. What is not named stays; an empty text is one's own name and "
        "address, and no signature. It can be changed once one's address is confirmed."
    ),
    example=(
        "usher mail settings --as olga\n"
        "usher mail settings --as olga --sender-name Olga --signature $'Olga\\nAcme'"
    ),
)
@click.option("--sender-name", metavar="TEXT", help=_("From whom letters seem to come."))
@click.option("--reply-to", metavar="ADDRESS", help=_("Where answers go."))
@click.option("--signature", metavar="TEXT", help=_("What stands below the text; several lines."))
@with_request
def own_settings(request: Request, /, **given: str | None) -> None:
    changes = {name: value for name, value in given.items() if value is not None}

    def act(session: Session) -> OwnMail:
        current = mail_settings.show(session)
        return mail_settings.change(session, replace(current, **changes)) if changes else current

    def tell(_session: Session, own: OwnMail) -> None:
        if request.json:
            output.put_json(own.as_json())
            return
        output.details(
            (
                (_("sender's name"), own.sender_name or "–"),
                (_("answers to"), own.reply_to or "–"),
                (_("signature"), own.signature.replace("\n", " / ") or "–"),
            )
        )

    request.act(act, tell)


def _text() -> str:
    """The text of a letter, to the end of stdin.

    Raises:
        UsageError: it is not UTF-8, or more than any letter holds.
    """
    if sys.stdin.isatty():
        output.say(_("Write the text, and end it with ctrl+d:"))
    raw = sys.stdin.buffer.read(TEXT_BYTES + 1)
    if len(raw) > TEXT_BYTES:
        raise click.UsageError(_("The text on stdin is too long for a letter."))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise click.UsageError(_("The text on stdin is not UTF-8.")) from error
