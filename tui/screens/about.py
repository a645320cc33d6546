"""What one does about a person, from the list and from their page alike.

Each of these opens a screen of its own, or asks and then acts; what came of it is shown by
`changed`, in the way of the screen on which it was done.
"""

from textual.screen import ScreenResultType

from store.users.acts import Done
from store.values import User
from tui.screens.acting import Acting
from tui.screens.history import History


class AboutPerson(Acting[ScreenResultType]):
    """The frame of a screen that shows people, one of whom is concerned."""

    def changed(self, user: User) -> None:
        """Show a person as they are after an act."""
        raise NotImplementedError

    def acted(self, done: Done) -> None:
        self.changed(done.user)

    def do_history(self) -> None:
        person = self.concerned()
        if person:
            self.app.push_screen(History(self.visit, person.id, person.full_name))

    def do_profile(self) -> None:
        from tui.screens.profile import Profile  # noqa: PLC0415  (one's profile is a person's page)

        self.app.push_screen(Profile(self.visit))
