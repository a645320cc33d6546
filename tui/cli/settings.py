"""`usher settings`: what can be set for the whole account."""

import click
from click.shell_completion import CompletionItem

from store import settings
from store.session import Session
from store.setting_values import Setting
from store.wording import _, ngettext
from tui.cli import output
from tui.cli.options import READS, WRITES, Noun, with_request
from tui.cli.output import Column
from tui.cli.request import Request
from tui.signs import SIGNS

settings_noun = Noun(
    "settings",
    help=_("Settings of the account: list, set."),
    example="usher settings list\nusher settings set ssh.key_is_enough yes",
)


@settings_noun.command(
    "list",
    takes=READS,
    short_help=_("List all settings with their values."),
    help=_(
        "List all settings with their values, the defaults and the bounds, and where each comes "
        "from; what was changed has a sign. JSON also says what each means."
    ),
    example="usher settings list --json",
)
@with_request
def list_settings(request: Request) -> None:
    with request.session() as session:
        found = settings.listed(session).values()
        ignored = settings.ignored_values(session.store)
    if request.json:
        output.listing([setting.as_json() for setting in found], len(found))
        return
    columns = [
        Column(" ", whole=True),
        Column(_("setting"), whole=True),
        Column(_("value")),
        Column(_("unit"), spare=True),
        Column(_("default"), spare=True),
        Column(_("bounds"), spare=True),
        Column(_("source"), spare=True),
    ]
    output.table(columns, map(_cells, found))
    if ignored:
        sentence = ngettext(
            "{n} stored value is not allowed and is ignored: {keys}. See: usher doctor settings",
            "{n} stored values are not allowed and are ignored: {keys}. See: usher doctor settings",
            len(ignored),
        )
        output.say(sentence.format(n=len(ignored), keys=", ".join(one.key for one in ignored)))


def _cells(setting: Setting) -> list[str]:
    bounds = "|".join(setting.choices)
    if setting.least is not None:
        bounds = f"{setting.least}-{setting.most}"
    return [
        SIGNS.marked if setting.changed else " ",
        setting.key,
        setting.value,
        setting.unit,
        setting.default,
        bounds,
        setting.source,
    ]


def _suggest(
    _ctx: click.Context, _param: click.Parameter, beginning: str
) -> list[CompletionItem[str]]:
    return [CompletionItem(name) for name in settings.names() if name.startswith(beginning)]


@settings_noun.command(
    "set",
    takes=WRITES,
    help=_("Change one setting; only the owner does."),
    example="usher settings set ssh.key_is_enough yes",
)
@click.argument("key", metavar="KEY", shell_complete=_suggest)
@click.argument("value", metavar="VALUE")
@with_request
def set_setting(request: Request, key: str, value: str) -> None:
    def tell(_session: Session, written: str) -> None:
        if request.json:
            output.put_json({"key": key, "value": written})
        else:
            output.say(_("{key} is now: {value}").format(key=key, value=written))

    request.act(lambda session: settings.change(session, key, value), tell)
