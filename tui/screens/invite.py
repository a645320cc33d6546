"""Inviting many, first step: their addresses, and what all of them are to be."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import ClassVar

from textual import on
from textual.widget import Widget

from store import sub_accounts, teams
from store.access import modules, roles
from store.errors import Problem, UsherError
from store.invitations import checking
from store.invitations.addresses import Asked, addresses, loaded
from store.invitations.checking import Ledger, Offer
from store.invitations.sending import command_of
from store.values import ALL, Named
from store.wording import _
from tui import inviting, paths
from tui.commands import Situation
from tui.commands.forms import INVITE
from tui.dialogs.choose import Option
from tui.screens.file_room import OF_THE_PATH
from tui.screens.form_room import FormRoom
from tui.screens.invite_ledger import InviteLedger
from tui.screens.invite_stage import NAMED
from tui.screens.room import bindings_of
from tui.signs import SIGNS
from tui.visit import Visit
from tui.widgets.fields import Field, FieldSpec, Kind
from tui.widgets.form import Form
from tui.widgets.lines_field import LinesField
from tui.widgets.words import Words

TYPED_MAX = 100_000
"""Letters that are typed or pasted: some two thousand addresses with names."""
OF_A_FILE = OF_THE_PATH | {"file_too_long", "not_utf8", "not_csv"}
"""Refusals that another file would avoid."""
OF_USERS = ("role", "teams", "modules", "sub_accounts")
"""What admins do not need: they hold and reach everything."""


class Invite(FormRoom[str]):
    """Gives back how many were invited, in a sentence; None when one went back."""

    ROOM = INVITE
    BINDINGS = bindings_of(INVITE)
    AUTO_FOCUS = "ManyLines"
    NAMED: ClassVar[Mapping[str, str]] = {"save": _("look at them")}
    KEPT = _("Nobody has been invited yet.")

    def __init__(self, visit: Visit) -> None:
        super().__init__(f"{visit.account} {SIGNS.dot} {_('Invite')}", visit.who)
        self.visit, self.session = visit, visit.session

    def body(self) -> Iterable[Widget]:
        yield Words(
            _(
                "Paste or type addresses in any shape, with names or without. Nothing is sent"
                " before you have seen what becomes of each."
            )
        )
        yield Form(
            (
                LinesField(FieldSpec("addresses", _("addresses")), longest=TYPED_MAX),
                FieldSpec("path", _("or a file"), hint=_("on the server")),
                FieldSpec("admin", _("admin"), Kind.CHECK, hint=_("manages people"), opens=True),
                FieldSpec("role", _("role"), Kind.CHOICE, options=None),
                FieldSpec("teams", _("teams"), Kind.SEVERAL, options=None),
                FieldSpec("modules", _("modules"), Kind.SEVERAL, _("all of each"), options=None),
                FieldSpec("sub_accounts", _("sub-accounts"), Kind.SEVERAL, options=None),
            ),
            {},
            ("save", _("Look at them")),
        )

    def situation(self) -> Situation:
        return Situation(self.visit.actor)

    def on_mount(self) -> None:
        self.ask(self._read_options, self._offer_options, group="options")

    def command_lines(self) -> tuple[str, ...]:
        """The command that does the same; of many addresses it names the first."""
        values = self.form.values
        found = [one.address for one in addresses(values["addresses"])]
        file = ["--file", values["path"]] if values["path"] else []
        more = " …" if len(found) > NAMED else ""
        return (command_of([*found[:NAMED], *file], self._offer()) + more,)

    def do_form_as_command(self) -> None:
        self.do_as_command()

    @on(Field.Changed, "#field-admin")
    def _of_another_kind(self) -> None:
        for name in OF_USERS:
            self.form.show_field(name, not self.form.values["admin"])

    def save(self) -> None:
        values, offer = self.form.values, self._offer()
        if not values["addresses"].strip() and not values["path"]:
            sentence = _("Paste or type an address, or name a file.")
            self.show_problems((Problem("addresses", "required", sentence),))
            return

        def look() -> Ledger:
            asked = addresses(values["addresses"])
            if values["path"]:
                asked += loaded(self.session, paths.expanded(values["path"]))
            return checking.check(self.session, asked, offer)

        self.prepare(
            look, partial(self._looked, offer), busy=_("Looking at them…"), opens_screen=True
        )

    def refuse(self, error: UsherError) -> None:
        if error.name in OF_A_FILE:
            self.show_problems((Problem("path", error.name, error.message),))
        else:
            super().refuse(error)

    def _looked(self, offer: Offer, ledger: Ledger) -> None:
        if not ledger.lines:
            sentence = _("There is no address in it.")
            field = "addresses" if self.form.values["addresses"].strip() else "path"
            self.show_problems((Problem(field, "required", sentence),))
            return
        asked = tuple(line.asked for line in ledger.lines)
        self.app.push_screen(
            InviteLedger(self.visit, ledger, offer), partial(self._came_back, asked)
        )

    def _came_back(
        self, before: tuple[Asked, ...], outcome: Ledger | tuple[Asked, ...] | None
    ) -> None:
        """Out when they are invited; else what was mended there stands here."""
        if isinstance(outcome, Ledger):
            self.finish(f"{SIGNS.done} {inviting.figures(outcome, sent=True)}")
        elif outcome is not None and outcome != before:
            self.form.set_value("addresses", inviting.as_text(outcome))
            self.form.set_value("path", "")

    def _offer(self) -> Offer:
        values = self.form.values
        if values["admin"]:
            return Offer(admin=True)
        return Offer(**{name: values[name] for name in OF_USERS})

    def _read_options(self) -> dict[str, tuple[Option, ...]]:
        """What can be chosen: names, and of the modules those that are not for admins alone."""
        session = self.session
        usable = (one.name for one in modules.listed(session) if not one.admin_only)
        return {
            "role": _by_name(roles.names(session)),
            "teams": _by_name(teams.names(session)),
            "modules": tuple((name, name) for name in usable),
            "sub_accounts": (
                (ALL, _("all of them")),
                *_by_name(sub_accounts.names(session)),
            ),
        }

    def _offer_options(self, options: Mapping[str, tuple[Option, ...]]) -> None:
        for name, offered in options.items():
            self.form.offer(name, offered)


def _by_name(named: Iterable[Named]) -> tuple[Option, ...]:
    return tuple((one.name, one.name) for one in named)
