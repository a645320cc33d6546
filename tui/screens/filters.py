"""What narrows the list: statuses, role, team, lock."""

from collections.abc import Iterable

from textual.widget import Widget

from store import teams
from store.access import roles
from store.values import Filters, Locked, Status, View
from store.wording import _
from tui.commands import Situation
from tui.commands.forms import FILTERS
from tui.dialogs.choose import Option
from tui.screens.form_room import FormRoom
from tui.screens.room import bindings_of
from tui.visit import Visit
from tui.widgets.fields import FieldSpec, Kind
from tui.widgets.form import Form

STATUSES = tuple(
    (str(status), _(status.value)) for status in Status if status is not Status.REMOVED
)
LOCKS = (
    (str(Locked.ANY), _("locked, by whichever lock")),
    (str(Locked.PASSWORDS), _("locked for wrong passwords")),
    (str(Locked.IDLE), _("locked for being idle")),
    (str(View.SOON), _("soon locked out")),
)


class FilterRoom(FormRoom[Filters]):
    """Gives the filters back, with the search as it was; None when one went back."""

    ROOM = FILTERS
    BINDINGS = bindings_of(FILTERS)
    NAMED = {"save": _("show")}
    KEPT = _("The list stays as it is.")

    def __init__(self, visit: Visit, filters: Filters) -> None:
        super().__init__(_("Whom to show"), visit.who)
        self.visit, self.filters = visit, filters

    def body(self) -> Iterable[Widget]:
        everybody = _("everybody")
        specs = (
            FieldSpec("statuses", _("status"), Kind.SEVERAL, options=STATUSES, nothing=everybody),
            FieldSpec("role", _("role"), Kind.CHOICE, options=None, nothing=everybody),
            FieldSpec("team", _("team"), Kind.CHOICE, options=None, nothing=everybody),
            FieldSpec("lock", _("lock"), Kind.CHOICE, options=LOCKS, nothing=everybody),
        )
        values = {
            "statuses": tuple(map(str, self.filters.statuses)),
            "role": self.filters.role,
            "team": self.filters.team,
            "lock": self.filters.lock or self.filters.view,
        }
        yield Form(specs, values, ("save", _("Show")), ("clear", _("Show everybody")))

    def on_mount(self) -> None:
        self.ask(self._read_options, self._offer, group="options")
        self.form.go("statuses")

    def situation(self) -> Situation:
        return Situation(self.visit.actor)

    def save(self) -> None:
        values = self.form.values
        soon = values["lock"] == View.SOON
        self.finish(
            Filters(
                self.filters.search,
                tuple(map(Status, values["statuses"])),
                values["role"],
                values["team"],
                lock="" if soon else values["lock"],
                view=values["lock"] if soon else "",
            )
        )

    def do_clear(self) -> None:
        self.finish(Filters(search=self.filters.search))

    def _read_options(self) -> dict[str, tuple[Option, ...]]:
        session = self.visit.session
        return {
            "role": tuple((role.name, role.name) for role in roles.names(session)),
            "team": tuple((team.name, team.name) for team in teams.names(session)),
        }

    def _offer(self, options: dict[str, tuple[Option, ...]]) -> None:
        for name, offered in options.items():
            self.form.offer(name, offered)
