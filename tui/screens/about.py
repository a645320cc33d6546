"""What one does about a person, from the list and from their page alike.

Each of these opens a screen of its own, or asks and then acts; what came of it is shown by
`changed`, in the way of the screen on which it was done.
"""

from functools import partial

from textual.screen import ScreenResultType

from store.leaving import plan
from store.leaving.plan import Plan
from store.users.acts import Done
from store.values import User
from store.wording import _
from tui.handing_over import named, still_shut
from tui.screens.acting import Acting
from tui.screens.history import History
from tui.signs import SIGNS


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

    def do_hand_over(self) -> None:
        """Of one person at a time: each has kinds of their own."""
        self.stand()
        marked, person = self.marked(), self.concerned()
        if marked:
            sentence = _("One person at a time; take the marks off, or use x to let them leave.")
            self.say(f"{SIGNS.error} {sentence}")
        elif person:
            plan_of = partial(plan.plan, self.visit.session, person.id)
            self.prepare(plan_of, self._hand_over, opens_screen=True)

    def _hand_over(self, found: Plan) -> None:
        if found.number or found.under_way:
            from tui.screens.leaving import HandingOver  # noqa: PLC0415  (once in a while)

            self.app.push_screen(HandingOver(self.visit, found), self._gone)
        else:
            sentence = _("{name} owns nothing.").format(name=found.user.full_name)
            self.say(f"{SIGNS.error} {sentence}")

    def do_sessions(self) -> None:
        from tui.screens.sessions import Sessions  # noqa: PLC0415  (few people look at sessions)

        person = self.concerned()
        if person:
            self.app.push_screen(Sessions(self.visit, person))

    def do_records(self) -> None:
        from tui.screens.records import Records  # noqa: PLC0415  (once in a while)

        person = self.concerned()
        if person:
            self.app.push_screen(Records(self.visit, person))

    def do_permissions(self) -> None:
        from tui.screens.permissions import Permissions  # noqa: PLC0415  (once in a while)

        person = self.concerned()
        if person:
            self.app.push_screen(Permissions(self.visit, person), self._rights_saved)

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

    def do_set_password(self) -> None:
        """A temporary one for somebody else; one's own is changed."""
        person = self.concerned()
        if person and person.id == self.visit.actor.id:
            from tui.screens.change_password import ChangePassword  # noqa: PLC0415  (seldom)

            self.app.push_screen(ChangePassword(self.visit.session), self._password_changed)
        elif person:
            from tui.screens.set_password import SetPassword  # noqa: PLC0415  (seldom)

            self.app.push_screen(SetPassword(self.visit, person), self._password_set)

    def do_rename(self) -> None:
        person = self.concerned()
        if person:
            from tui.screens.rename import Rename  # noqa: PLC0415  (seldom)

            self.app.push_screen(Rename(self.visit, person), self._renamed)

    def _rights_saved(self, user: User | None) -> None:
        if user:
            sentence = _("Saved: what {name} may do.").format(name=named(user))
            self.say(f"{SIGNS.done} {sentence}")
            self.changed(user)

    def _password_changed(self, changed: bool | None) -> None:
        if changed:
            self.say(f"{SIGNS.done} {_('Your password has been changed.')}")

    def _password_set(self, user: User | None) -> None:
        if user:
            sentence = _("The password of {name} is set.").format(name=named(user))
            self.say(f"{SIGNS.done} {sentence} {still_shut(user)}".rstrip())
            self.changed(user)

    def _renamed(self, user: User | None) -> None:
        if user:
            sentence = _("{name} now signs in as {login}.")
            told = sentence.format(name=named(user), login=user.login)
            self.say(f"{SIGNS.done} {told} {still_shut(user)}".rstrip())
            self.changed(user)
