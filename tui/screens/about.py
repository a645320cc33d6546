"""What one does about a person, from the list and from their page alike.

Each of these opens a screen of its own, or asks and then acts; what came of it is shown by
`changed`, in the way of the screen on which it was done.
"""

from textual.screen import ScreenResultType

from store.values import Row, User
from tui.screens.history import History
from tui.screens.room import Room
from tui.visit import Visit


class AboutPerson(Room[ScreenResultType]):
    """The frame of a screen that shows people, one of whom is concerned."""

    visit: Visit

    def concerned(self) -> Row | User | None:
        """The person under the cursor or on the page; None where there is nobody."""
        situation = self.situation()
        return situation.target if situation else None

    def changed(self, user: User) -> None:
        """Show a person as they are after an act."""
        raise NotImplementedError

    def do_history(self) -> None:
        person = self.concerned()
        if person:
            self.app.push_screen(History(self.visit, person.id, person.full_name))

    def do_why(self) -> None:
        from tui.screens.why import Why  # noqa: PLC0415  (when somebody cannot come in)

        person = self.concerned()
        if person:
            self.app.push_screen(Why(self.visit, person), self._after_why)

    def _after_why(self, user: User | None) -> None:
        if user:
            self.changed(user)

    def do_profile(self) -> None:
        from tui.screens.profile import Profile  # noqa: PLC0415  (one's profile is a person's page)

        self.app.push_screen(Profile(self.visit))
