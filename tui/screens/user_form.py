"""A new user, or a change to one: the fields, who is in the way, and what two changed at once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import partial
from shlex import quote
from typing import Any, ClassVar

from textual import on
from textual.widget import Widget

from store import access, checks, names, sub_accounts, teams, users
from store.access import copying, roles
from store.errors import Invalid, NotFound, Problem, Refused, Stale, UsherError
from store.policy import passwords
from store.session import Session
from store.users import acts, many, read
from store.users.acts import Done
from store.users.words import command_of
from store.values import ALL, Draft, Holder, LeftOut, Named, Role, Status, User
from store.wording import _
from tui import rights
from tui.commands import Situation
from tui.commands.forms import USER_FORM
from tui.consequences import for_screens
from tui.dialogs.choose import Option
from tui.dialogs.conflict import Conflict, WayOut
from tui.dialogs.question import Answer, Question
from tui.dialogs.show_once import handing_over
from tui.remedies import on_screen
from tui.screens.form_room import FormRoom, twice
from tui.screens.merge import Merge
from tui.screens.role_permissions import Opened, RolePermissions, opened
from tui.screens.room import bindings_of
from tui.screens.user_fields import DRAFT, GENERATED, LABELS, TYPED, specs
from tui.signs import SIGNS
from tui.visit import Visit
from tui.widgets.fields import Field, Kind, NamedField
from tui.widgets.form import Form


@dataclass(frozen=True, slots=True)
class OpenHolder:
    """Instead of saving, the page of the user who holds what was wanted is to be opened."""

    id: int


@dataclass(frozen=True, slots=True)
class Ways:
    """The options in a conflict, and the old and new login if a release changes it."""

    ways: set[WayOut]
    renamed: tuple[str, str] | None = None


class UserForm(FormRoom["User | OpenHolder"]):
    """Gives back the user as saved, whose page to open instead, or None when one went back."""

    ROOM = USER_FORM
    BINDINGS = bindings_of(USER_FORM)
    FOLLOWS: ClassVar[Mapping[str, str]] = {"email": "login"}

    def __init__(self, visit: Visit, user: User | None = None) -> None:
        title = f"{user.full_name} ({user.id})" if user else _("New user")
        super().__init__(title, visit.who)
        self.visit, self.session, self.user = visit, visit.session, user

    def body(self) -> Iterable[Widget]:
        values = asdict(Draft.of(self.user)) if self.user else {}
        yield Form(
            specs(self.visit.actor, self.user, self.visit.settings), values, ("save", _("Save"))
        )

    def situation(self) -> Situation:
        return Situation(self.visit.actor, self.user)

    def on_mount(self) -> None:
        self._show_secrets()
        self.ask(self._read_options, self._offer, group="options")

    def command_lines(self) -> tuple[str, ...]:
        """The command that does what this form would do now; no password stands in it."""
        if self.user is None:
            source = self._source()
            words = f" --copy-access-from {quote(source)}" if source else ""
            return (command_of("create", None, self._draft()) + words,)
        changed = tuple(self._changes())
        return (command_of("edit", self.user.id, self._draft(), changed),) if changed else ()

    @on(Field.Changed, "#field-credentials")
    def _credentials(self) -> None:
        self._show_secrets()

    @on(Field.Wanted)
    def _wanted(self, event: Field.Wanted) -> None:
        """Make the role, team or sub-account that was named, and choose it."""
        event.stop()
        self.write(
            partial(_MAKE[event.field.spec.name], self.session, event.text),
            partial(self._made, event.field),
            refused=self._not_made,
        )

    def save(self) -> None:
        if self.user is None:
            self._create()
            return
        changes = self._changes()
        if changes:
            self._edit(self.user, changes)
        else:
            self.say(_("Nothing has been changed."))

    def refuse(self, error: UsherError) -> None:
        if isinstance(error, NotFound | Refused) and self._source():
            problem = Problem("copy_access_from", error.name, error.message)
            self.show_problems((problem,))
            return
        super().refuse(error)
        if isinstance(error, Invalid):
            held = next((problem for problem in error.problems if problem.holder), None)
            if held:
                self._offer_holder(held)

    def do_form_as_command(self) -> None:
        self.do_as_command()

    def _create(self) -> None:
        values = self.form.values
        password: str | None = None
        if values["credentials"] == TYPED:
            problems = twice(values)
            if problems:
                self.show_problems(problems)
                return
            password = values["password"]
        elif values["credentials"] == GENERATED:
            password = passwords.generate(self.visit.settings)
        shown = password if values["credentials"] == GENERATED else ""
        draft, source = self._draft(), self._source() or None

        def create() -> tuple[User, tuple[LeftOut, ...]]:
            left_out = copying.for_new(self.session, draft, source).left_out if source else ()
            made = users.create(self.session, draft, password=password, copy_access_from=source)
            return made, left_out

        self.write(create, partial(self._created, shown))

    def _created(self, shown: str | None, made: tuple[User, tuple[LeftOut, ...]]) -> None:
        user, left_out = made
        if left_out:
            title = _("{name} is created, without all of the access")
            read: Answer[None] = Answer(_("I have read it"), None)
            told = " ".join(map(rights.left_out, left_out))
            dialog = Question(title.format(name=user.full_name), told, (read,))
            self.app.push_screen(dialog, lambda _nothing: self._hand_over(shown, user))
        else:
            self._hand_over(shown, user)

    def _hand_over(self, shown: str | None, user: User) -> None:
        if not shown:
            self.finish(user)
            return
        dialog = handing_over(user, shown, self.visit.settings.password_temporary_hours)
        self.app.push_screen(dialog, lambda _nothing: self._leave_with(user))

    def _edit(self, user: User, changes: Mapping[str, Any]) -> None:
        self.write(
            partial(acts.edit, self.session, user.id, changes, version=user.version),
            self._edited,
            refused=self._not_edited,
        )

    def _edited(self, done: Done) -> None:
        """Show what the change ended in a dialog, because the message line is too short."""
        ended = for_screens(done)
        if not ended:
            self.finish(done.user)
            return
        title = _("Saved: {name}").format(name=done.user.full_name)
        read: Answer[None] = Answer(_("Close"), None)
        dialog = Question(title, ended, (read,))
        self.app.push_screen(dialog, lambda _nothing: self._leave_with(done.user))

    def _not_edited(self, error: UsherError) -> None:
        if isinstance(error, Stale) and self.user:
            merge = Merge(Draft.of(self.user), self._draft(), error.theirs, self.visit.who)
            self.app.push_screen(merge, partial(self._merged, error.theirs))
        else:
            self.refuse(error)

    def _merged(self, theirs: User, chosen: dict[str, Any] | None) -> None:
        """Go on from what stands there now, with what is to stand of one's own."""
        if chosen is None:
            return
        self.user = theirs
        for name, value in asdict(replace(Draft.of(theirs), **chosen)).items():
            self.form.set_value(name, value)
        if chosen:
            self._edit(theirs, chosen)
        else:
            self.finish(theirs)

    def _offer_holder(self, problem: Problem) -> None:
        holder, field = problem.holder, problem.field
        if holder and holder.status is Status.INACTIVE:
            self.prepare(
                partial(self._ways_out, holder, field, str(self.form.values[field])),
                partial(self._show_conflict, holder, field),
            )
        elif holder:
            self._show_conflict(holder, field, Ways({WayOut.OPEN}))

    def _ways_out(self, holder: Holder, field: str, value: str) -> Ways:
        """Return the actor's options for a conflict with a deactivated user (S1)."""
        actor = access.actor_of(self.session)
        user = users.show(self.session, holder.id)
        subject = read.subject_of(user)
        ways, renamed = {WayOut.OPEN}, None
        if access.may(actor, "users.restore", subject):
            ways.add(WayOut.RESTORE)
        # Releasing another address would not resolve the conflict.
        helps = field == "email" and checks.same_email(user.email, value)
        if helps and access.may(actor, "users.release", subject):
            ways.add(WayOut.RELEASE)
            foreseen = many.foresee_one(self.session, "release", holder.id)
            renamed = foreseen.only.changes.get("login") if foreseen.only else None
        return Ways(ways, renamed)

    def _show_conflict(self, holder: Holder, field: str, found: Ways) -> None:
        value = str(self.form.values[field])
        dialog = Conflict(
            holder, LABELS[field].capitalize(), value, found.ways, renamed=found.renamed
        )
        self.app.push_screen(dialog, partial(self._holder_answered, holder, field))

    def _holder_answered(self, holder: Holder, field: str, way: WayOut | None) -> None:
        if way is WayOut.OPEN:
            self.dismiss(OpenHolder(holder.id))
        elif way is WayOut.RESTORE:
            self.write(
                partial(users.restore, self.session, holder.id),
                lambda user: self.finish(OpenHolder(user.id)),
            )
        elif way is WayOut.RELEASE:
            self.write(
                partial(acts.do, self.session, "release", holder.id),
                partial(self._released, field),
            )

    def _released(self, field: str, done: Done) -> None:
        self.form.fields[field].show_problems(())
        sentence = (
            _("Released. The login of {name} is now {login}. Press F2 to save.")
            if "login" in done.changes
            else _("Released. {name} has no email address now. Press F2 to save.")
        )
        told = sentence.format(name=done.user.full_name, login=done.user.login)
        self.say(f"{SIGNS.done} {told}")

    def _leave_with(self, user: User) -> None:
        self.finish(user)

    def _source(self) -> str:
        """Whose access a new user is to get, as it was typed."""
        return str(self.form.values.get("copy_access_from", "")).strip()

    def _draft(self) -> Draft:
        values = self.form.values
        return Draft(**{name: values[name] for name in DRAFT})

    def _changes(self) -> dict[str, Any]:
        """What differs from the user as the form was opened with."""
        before = asdict(Draft.of(self.user)) if self.user else {}
        values = self.form.values
        return {name: values[name] for name in DRAFT if values[name] != before.get(name)}

    def _show_secrets(self) -> None:
        if self.user is None:
            typed = self.form.values["credentials"] == TYPED
            for name in ("password", "again"):
                self.form.show_field(name, typed)

    def _read_options(self) -> dict[str, tuple[Option, ...]]:
        """What can be chosen; in a thread, for the names of countries take long to load."""
        return {
            "role": _by_name(roles.names(self.session)),
            "teams": _by_name(teams.names(self.session)),
            "sub_accounts": (
                (ALL, _("all of them")),
                *_by_name(sub_accounts.names(self.session)),
            ),
            "country": tuple(names.countries().items()),
            "language": tuple(names.languages().items()),
            "currency": tuple(names.currencies().items()),
        }

    def _offer(self, options: Mapping[str, tuple[Option, ...]]) -> None:
        for name, offered in options.items():
            self.form.offer(name, offered)

    def _made(self, field: Field, made: Named | Role) -> None:
        """Choose it; a new role leads on to what it permits, and from there back here."""
        if isinstance(field, NamedField):
            field.offer(sorted([*(field.options or ()), (made.name, made.name)]))
            several = field.spec.kind is Kind.SEVERAL
            field.changed((*field.codes, made.name) if several else made.name)
        if isinstance(made, Role):
            look = partial(opened, self.session, made.id)
            self.prepare(look, self._tick, busy=_("Opening…"), opens_screen=True)

    def _tick(self, found: Opened) -> None:
        self.app.push_screen(RolePermissions(self.visit, found), partial(self._ticked, found.role))

    def _ticked(self, made: Role, saved: Role | None) -> None:
        if saved is None:
            sentence = _("The role {role} permits nothing yet: R in the list of people.")
            self.say(sentence.format(role=made.name))

    def _not_made(self, error: UsherError) -> None:
        problems = error.problems if isinstance(error, Invalid) else ()
        sentences = [problem.message for problem in problems] or [error.message]
        told = " ".join(on_screen(sentence, self.ROOM) for sentence in sentences)
        self.say(f"{SIGNS.error} {told}")


_MAKE: Mapping[str, Callable[[Session, str], Named | Role]] = {
    "role": roles.create,
    "teams": teams.create,
    "sub_accounts": sub_accounts.create,
}
"""What makes one of a name that is typed into a field."""


def _by_name(named: Iterable[Named]) -> tuple[Option, ...]:
    return tuple((one.name, one.name) for one in named)
