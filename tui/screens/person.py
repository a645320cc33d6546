"""One person: everything known, and what happened to them last."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from textual import getters
from textual.content import Content
from textual.widget import Widget

from store import audit, names, users
from store.errors import Invalid, UsherError
from store.invitations import pending
from store.leaving import standing as leaving
from store.records import listing
from store.undo.acting import Undone
from store.undo.people import MAKING
from store.users.acts import Done
from store.values import AuditEntry, HandOver, Invitation, Status, User
from store.wording import _
from tui import acting, invited, records, undoing
from tui.commands import Situation
from tui.commands.people import PERSON
from tui.locks import sign_and_word, told
from tui.moments import ago, when
from tui.reach import reach_of
from tui.safe import fit
from tui.screens.about import AboutPerson
from tui.screens.history import summary
from tui.screens.room import bindings_of
from tui.screens.user_form import OpenHolder, UserForm
from tui.signs import SIGNS
from tui.visit import Visit
from tui.widgets.reading import Reading

RECENT = 8
"""How many entries of the history stand on the page itself."""
LABEL = 13


@dataclass(frozen=True, slots=True)
class Further:
    """What the page tells besides the person: what happened last, how the invitation of somebody
    pending stands, how far it is with what they hand over, what they own."""

    entries: Sequence[AuditEntry] = ()
    invitation: Invitation | None = None
    under_way: HandOver | None = None
    owns: str = ""


class Person(AboutPerson[str]):
    """What an administrator wants to know before doing anything to somebody.

    Gives back what is to be said of them where there is nobody any more to be shown.
    """

    ROOM = PERSON
    BINDINGS = bindings_of(PERSON)

    reading = getters.query_one(Reading)

    def __init__(self, visit: Visit, user: User) -> None:
        super().__init__(_heading(user), visit.who)
        self.visit, self.user = visit, user
        self.further = Further()

    def body(self) -> Iterable[Widget]:
        yield Reading()

    def on_mount(self) -> None:
        self.reading.focus()
        self.heading.show(figure=str(self.visit.zone))
        self.show(self.user)

    def on_resize(self) -> None:
        self._draw()

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        if self.further.entries:
            # Back from another room: what was done there shows here, unless it was to remove them.
            self._read_further(refused=_quietly)

    def situation(self) -> Situation:
        return Situation(self.visit.actor, self.user)

    def do_edit(self) -> None:
        self.app.push_screen(UserForm(self.visit, self.user), self._saved)

    def do_keys(self) -> None:
        from tui.screens.keys import Keys  # noqa: PLC0415  (few people look at keys)

        self.app.push_screen(Keys(self.visit, self.user))

    def do_photo(self) -> None:
        from tui.screens.photo import PhotoRoom  # noqa: PLC0415  (drawn only when asked for)

        self.app.push_screen(PhotoRoom(self.visit, self.user))

    def changed(self, user: User) -> None:
        self.show(user)

    def acted(self, done: Done) -> None:
        if done.verb in acting.GONE:
            self.dismiss(f"{SIGNS.done} {acting.told(done)}")
        else:
            super().acted(done)

    def undone(self, undone: Undone) -> None:
        if undone.target == self.user.id and undone.verb in MAKING:
            self.dismiss(f"{SIGNS.done} {undoing.told(undone, self.ROOM)}")
        else:
            super().undone(undone)

    def renew(self) -> None:
        self.ask(partial(users.show, self.visit.session, self.user.id), self.show, group="person")

    def show(self, user: User) -> None:
        """Show a person as they are now, and fetch what happened to them."""
        self.user = user
        self.heading.show(title=_heading(user))
        self._draw()
        self._read_further()

    def _read_further(self, refused: Callable[[UsherError], object] | None = None) -> None:
        self.ask(partial(self._read, self.user), self._show_more, group="more", refused=refused)

    def _read(self, user: User) -> Further:
        """In a thread: what the page tells besides the person."""
        session = self.visit.session
        invited = user.status is Status.PENDING
        try:
            owns = records.by_kind(listing.counts(session, user.id))
        except Invalid as error:
            # A table of the platform has changed; the person is shown all the same.
            owns = f"{SIGNS.error} {error.problems[0].message}"
        return Further(
            audit.history(session, user.id, RECENT),
            pending.find(session, user.id) if invited else None,
            leaving.of(session.store, user.id),
            owns,
        )

    def _saved(self, outcome: User | OpenHolder | None) -> None:
        if isinstance(outcome, OpenHolder):
            self.ask(partial(users.show, self.visit.session, outcome.id), self.show, group="person")
        elif outcome is not None:
            self.say(f"{SIGNS.done} {_('Saved.')}")
            self.show(outcome)

    def _show_more(self, further: Further) -> None:
        self.further = further
        self._draw()

    def _draw(self) -> None:
        if not self.is_mounted:
            return
        columns = max(self.size.width - 2, 40)
        lines: list[Content | str] = [
            *_facts(self.user, self.visit, columns, self.further),
            "",
        ]
        lines.append(Content.styled(_("Lately"), "bold"))
        lines += [summary(entry, self.visit, columns) for entry in self.further.entries]
        self.reading.show(lines)


def _quietly(error: UsherError) -> None:
    """What was there before stays; whatever one does next says what is wrong."""


def _heading(user: User) -> str:
    return f"{user.full_name} {SIGNS.dot} {user.id}"


def _facts(
    user: User,
    visit: Visit,
    columns: int,
    further: Further,
) -> list[Content]:
    """Two facts a line where they are short, so that the page and the history fit on a screen."""
    now, invitation = visit.session.store.now(), further.invitation
    seen = when(user.last_seen, visit.zone)
    if user.last_seen:
        seen += f" ({ago(user.last_seen, now)})"
    standing = _("owner") if user.owner else _("admin") if user.admin else _("standard user")
    card = user.employee
    lines: list[tuple[tuple[str, str], ...]] = [
        (
            (_("status"), sign_and_word(user.status)),
            (_("id"), str(user.id)),
        ),
        *([((_("locked"), f"{SIGNS.locked} {told(user.held, now)}"),)] if user.held else []),
        *([((_("invitation"), invited.told(invitation, now)),)] if invitation else []),
        *([((_("leaving"), leaving.told(further.under_way)),)] if further.under_way else []),
        ((_("login"), user.login),),
        ((_("e-mail"), _email(user)),),
        ((_("phone"), user.phone), (_("position"), user.position)),
        (
            (_("standing"), standing + f" {SIGNS.dot} {_('simulator')}" * user.simulator_only),
            (_("role"), user.role),
        ),
        ((_("teams"), ", ".join(user.teams)),),
        *([((_("sub-accounts"), reach),)] if (reach := reach_of(user)) else []),
        (
            (_("country"), names.countries().get(user.country, user.country)),
            (_("language"), names.languages().get(user.language, user.language)),
        ),
        (
            (_("password"), _password(user, now)),
            (_("confirmed"), _("yes") if user.confirmed else _("not yet")),
        ),
        (
            (_("last seen"), seen),
            (_("created"), when(user.created, visit.zone)),
        ),
        (
            (_("currency"), names.currencies().get(card.currency, card.currency)),
            (_("number"), card.number),
        ),
        *([((_("address"), card.address),)] if card.address else []),
        *([((_("notes"), card.notes),)] if card.notes else []),
        *([((_("records"), further.owns),)] if further.owns else []),
    ]
    return [_line(facts, columns) for facts in lines]


def _line(facts: tuple[tuple[str, str], ...], columns: int) -> Content:
    room = columns // len(facts) - LABEL
    parts = [
        Content.assemble(
            Content.styled(fit(name, LABEL), _QUIET),
            Content.styled(fit(text or SIGNS.nothing, room), "" if text else _QUIET),
        )
        for name, text in facts
    ]
    return Content("").join(parts).rstrip()


def _email(user: User) -> str:
    if not user.email:
        return ""
    return f"{user.email} ({_('confirmed') if user.email_confirmed else _('not confirmed')})"


def _password(user: User, now: datetime) -> str:
    kind = _PASSWORDS[user.password]
    if user.password == "none" or user.password_until is None:  # noqa: S105
        return kind
    if user.password_until < now:
        gone = ago(user.password_until, now)
        return _("{kind}, expired {gone} ago").format(kind=kind, gone=gone)
    left = ago(now, user.password_until)
    return _("{kind}, good for {left}").format(kind=kind, left=left)


_QUIET = "bright_black"
_PASSWORDS = {
    "none": _("none yet"),
    "temporary": _("temporary"),
    "own": _("their own"),
}
