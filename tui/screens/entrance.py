"""From the list of people to every other room, and what one comes back with."""

from store.exchange.exporting import ExportSummary
from store.exchange.importing import ImportSummary
from store.values import Filters
from store.wording import _
from tui.moments import grouped
from tui.screens.about import AboutPerson
from tui.screens.export import Export, told
from tui.screens.import_people import ImportPeople
from tui.signs import SIGNS


class Entrance(AboutPerson[None]):
    """The frame of the screen that leads to all others."""

    filters: Filters

    def narrowed(self, filters: Filters | None) -> None:
        """Show those whom somebody has chosen elsewhere, of a role or of a team."""
        raise NotImplementedError

    def left(self, sentence: str | None) -> None:
        """Say what whoever comes back from a room has to say, if anything."""
        if sentence:
            self.say(sentence)

    def do_settings(self) -> None:
        from tui.screens.settings import Settings  # noqa: PLC0415  (once in a while)

        self.app.push_screen(Settings(self.visit))

    def do_ownership(self) -> None:
        from tui.screens.ownership import Ownership  # noqa: PLC0415  (once in years)

        self.app.push_screen(Ownership(self.visit), self._owned)

    def do_outbox(self) -> None:
        from tui.screens.outbox import Outbox  # noqa: PLC0415  (once in a while)

        self.app.push_screen(Outbox(self.visit))

    def do_roles(self) -> None:
        from tui.screens.roles import Roles  # noqa: PLC0415  (once in a while)

        self.app.push_screen(Roles(self.visit), self.narrowed)

    def do_groups(self) -> None:
        from tui.screens.groups import Groups  # noqa: PLC0415  (once in a while)

        self.app.push_screen(Groups(self.visit), self.narrowed)

    def do_employees(self) -> None:
        from tui.screens.employees import EmployeesRoom  # noqa: PLC0415  (once in a while)

        self.app.push_screen(EmployeesRoom(self.visit))

    def do_invite(self) -> None:
        from tui.screens.invite import Invite  # noqa: PLC0415  (once in a while)

        self.app.push_screen(Invite(self.visit), self._invited)

    def do_export(self) -> None:
        self.app.push_screen(Export(self.visit, self.filters), self._exported)

    def do_import_people(self) -> None:
        self.app.push_screen(ImportPeople(self.visit), self._imported)

    def _owned(self, _nothing: None) -> None:
        self.rename_actor(self.visit.who)

    def _exported(self, summary: ExportSummary | None) -> None:
        if summary:
            self.say(told(summary))

    def _invited(self, sentence: str | None) -> None:
        self.left(sentence)
        self.renew()

    def _imported(self, summary: ImportSummary | None) -> None:
        if summary:
            sentence = _("{n} created, {changed} changed, {failed} failed.").format(
                n=grouped(summary.created),
                changed=grouped(summary.updated),
                failed=grouped(len(summary.failed)),
            )
            self.say(f"{SIGNS.done} {_('Imported:')} {sentence}")
            self.renew()
