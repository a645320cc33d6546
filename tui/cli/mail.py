"""`usher mail`: the outbox, where it goes, and sending what is in it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from store.errors import NoSuch, UsherError
from store.mail import letters, outbox
from store.numbers import id_number
from store.session import Session
from store.values import Letter
from store.wording import _, ngettext
from tui.cli import cursor, output, signals
from tui.cli.options import PLAIN, READS, WRITES, Noun, with_request
from tui.cli.output import Column, Zone
from tui.cli.request import Request, zone_of
from tui.exits import PARTLY_DONE

if TYPE_CHECKING:
    from store.mail.delivery import Delivered

LIMIT_MAX = 100_000
EVERY = 5.0
"""Seconds between two looks at the outbox."""

mail_noun = Noun(
    "mail",
    help=_("Letters: list, show, send, settings, deliver, resend, test, password."),
    example="usher mail list --state parked\nusher mail deliver",
    later={
        "send": "tui.cli.writing:send",
        "settings": "tui.cli.writing:own_settings",
    },
)


def _letter(word: str) -> int:
    number = id_number(word)
    if number is None:
        raise NoSuch("letter", word)
    return number


letter_argument = click.argument("word", metavar="ID")


@mail_noun.command(
    "list",
    takes=READS,
    short_help=_("List the letters of the letters."),
    help=_(
        "List the letters of the outbox, the newest first, with what became of each: queued, "
        "sending, sent, or parked with the reason."
    ),
    example="usher mail list --state parked",
)
@click.option(
    "--state",
    type=click.Choice(outbox.STATES),
    help=_("Only the letters in this state."),
)
@cursor.paged(LIMIT_MAX, id_number)
@with_request
def list_letters(request: Request, state: str | None, limit: int, after: int | None) -> None:
    with request.session() as session:
        # One more than is shown says whether anything is left.
        found = letters.listed(session, state, limit + 1, before=after)
        following = found[limit - 1].id if len(found) > limit else None
        found, total = found[:limit], letters.count(session, state)
        if request.json:
            word = str(following) if following else None
            output.listing([letter.as_json() for letter in found], total, word)
            return
        from store.mail import server  # noqa: PLC0415  (it brings all that letters are made of)

        output.say(server.where(session))
        _print(found, zone_of(session))
        output.say(_("{shown} of {total}").format(shown=len(found), total=total))
        if following:
            output.say(_("More: --after {place}").format(place=following))


@mail_noun.command(
    "show",
    takes=READS,
    short_help=_("Show a letter without its code."),
    help=_("Show a letter with its headers and its text; dots stand where its code would."),
    example="usher mail show 17",
)
@letter_argument
@with_request
def show_letter(request: Request, word: str) -> None:
    with request.session() as session:
        shown = letters.show(session, _letter(word))
        if request.json:
            output.put_json(shown.as_json())
            return
        zone, letter = zone_of(session), shown.letter
        known = [
            (_("state"), letter.state),
            (_("kind"), letter.kind),
            (_("to"), letter.to),
            (zone.named(_("sent")), zone.written(letter.sent)),
            (zone.named(_("next try")), zone.written(letter.waits)),
            (_("error"), letter.error or "–"),
        ]
        output.details([*known, *shown.headers])
        output.say("")
        output.say_indented(shown.text.rstrip())


@mail_noun.command(
    "deliver",
    takes=PLAIN,
    short_help=_("Send the letters that are due."),
    help=_(
        "Send the letters that are due, once; with --watch every few seconds, as a service, which "
        "says nothing but what goes wrong. Any number may run at once. Exit code 8 if some could "
        "not be sent."
    ),
    example="usher mail deliver\nusher mail deliver --watch",
)
@click.option("--watch", is_flag=True, help=_("Go on until a signal ends it."))
@click.pass_context
@with_request
def deliver(request: Request, ctx: click.Context, watch: bool) -> None:
    from store.mail import delivery  # noqa: PLC0415  (it brings all that letters are made of)

    store = request.store()
    with signals.ended_by_signal() as ending:
        if watch:
            _watch(lambda: delivery.deliver(store, stop=lambda: ending.asked), ending)
            return
        done = delivery.deliver(store, stop=lambda: ending.asked)
    if request.json:
        output.put_json(done.as_json())
    else:
        output.say(*_told(done))
    if done.later or done.parked:
        ctx.exit(PARTLY_DONE)


def _watch(deliver_once: Callable[[], "Delivered"], ending: signals.Ending) -> None:
    """Deliver until the end; the same trouble is told once."""
    before = ""
    while not ending.asked:
        try:
            done = deliver_once()
            trouble = done.trouble
            if done.parked:
                output.complain(_parked(done.parked))
        except UsherError as error:
            trouble = error.message
        if trouble and trouble != before:
            output.complain(trouble)
        before = trouble
        if not ending.asked:
            ending.wait(EVERY)


def _told(done: "Delivered") -> list[str]:
    lines = [ngettext("{n} letter was sent.", "{n} letters were sent.", done.sent)]
    lines[0] = lines[0].format(n=done.sent)
    if done.later:
        sentence = ngettext(
            "{n} letter is tried again later.", "{n} letters are tried again later.", done.later
        )
        lines.append(sentence.format(n=done.later))
    if done.parked:
        lines.append(_parked(done.parked))
    return [*lines, *filter(None, (done.trouble,))]


def _parked(number: int) -> str:
    sentence = ngettext(
        "{n} letter is parked. See: usher mail list --state parked",
        "{n} letters are parked. See: usher mail list --state parked",
        number,
    )
    return sentence.format(n=number)


@mail_noun.command(
    "resend",
    takes=WRITES,
    short_help=_("Send a letter again."),
    help=_(
        "Queue a letter again that is parked or was sent, or try one at once that waits. Where "
        "its code has ended, whatever sent it sends a new one."
    ),
    example="usher mail resend 17",
)
@letter_argument
@with_request
def resend_letter(request: Request, word: str) -> None:
    def tell(_session: Session, letter: Letter) -> None:
        if request.json:
            output.put_json(letter.as_json())
        else:
            output.say(_("Letter {id} to {to} is queued.").format(id=letter.id, to=letter.to))

    request.act(lambda session: letters.resend(session, _letter(word)), tell)


@mail_noun.command(
    "test",
    takes=READS,
    short_help=_("Try out whether letters arrive."),
    help=_("Send a letter to ADDRESS at once, and print what the server says to it."),
    example="usher mail test olga@acme.com.ua",
)
@click.argument("address", metavar="ADDRESS")
@with_request
def test_mail(request: Request, address: str) -> None:
    from store.mail import server  # noqa: PLC0415  (it brings all that letters are made of)

    with request.session() as session:
        words = server.test(session, address)
        if request.json:
            output.put_json({"to": address, "answer": words})
            return
        output.say(server.where(session))
        output.say(_("The answer: {words}").format(words=words))


@mail_noun.command(
    "password",
    takes=WRITES,
    short_help=_("Keep the password of the mail server."),
    help=_(
        "Keep the password with which mail.smtp_user signs in, in a file of the data folder that "
        "nobody else can read. It comes by stdin or by a prompt."
    ),
    example="usher mail password --password-stdin < smtp-password.txt",
)
@with_request
def set_password(request: Request) -> None:
    from store.mail import server  # noqa: PLC0415  (it brings all that letters are made of)

    def tell(_session: Session, _nothing: None) -> None:
        if request.json:
            output.put_json({"kept": True})
        else:
            output.say(_("The password is kept. Try it: usher mail test ADDRESS"))

    def verb(session: Session) -> None:
        # On stdin it stands behind the password of whoever acts.
        password = request.passwords.next(_("Password of the mail server"), twice=True)
        server.set_password(session, password)

    request.act(verb, tell)


def _print(found: list[Letter], zone: Zone) -> None:
    columns = [
        Column(_("id"), right=True),
        Column(_("state"), whole=True),
        Column(_("kind"), whole=True),
        Column(_("to")),
        Column(zone.named(_("created")), whole=True, spare=True),
        Column(_("error"), spare=True),
    ]
    rows = (
        [
            str(one.id), one.state, one.kind, one.to, zone.written(one.created),
            one.error,
        ]
        for one in found
    )  # fmt: skip
    output.table(columns, rows)
