"""The list of people: what administrators live in."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from shlex import join
from typing import ClassVar

from textual import getters, on
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from store import listing, users
from store.errors import UsherError
from store.undo.acting import Undone
from store.users.acts import Done
from store.users.words import narrowed_by
from store.values import Count, Filters, Page, Place, Status, User, View
from store.wording import _
from tui.commands import Situation
from tui.commands.people import USERS
from tui.moments import grouped
from tui.remedies import on_screen
from tui.safe import safe
from tui.screens.acting import Marked
from tui.screens.entrance import Entrance
from tui.screens.filters import FilterRoom
from tui.screens.person import Person
from tui.screens.room import bindings_of
from tui.screens.user_form import OpenHolder, UserForm
from tui.signs import SIGNS
from tui.visit import Visit
from tui.widgets.column_names import ColumnNames
from tui.widgets.marks import Marks
from tui.widgets.people_list import PAGE, Direction, PeopleList
from tui.widgets.search_field import SearchField, Unit
from tui.widgets.tabs import Tabs
from tui.widgets.told import Told

COUNT_CAP = 1000


class Users(Entrance):
    """Search, filters, the window on the list, and the way to everything that concerns people."""

    ROOM = USERS
    SEEN_FIRST: ClassVar[frozenset[str]] = frozenset({"q"})
    BINDINGS = bindings_of(USERS)

    people = getters.query_one(PeopleList)
    tabs = getters.query_one(Tabs)
    column_names = getters.query_one(ColumnNames)
    search = getters.query_one(SearchField)

    def __init__(self, visit: Visit) -> None:
        super().__init__(f"{visit.account} {SIGNS.dot} {_('People')}", visit.who)
        self.visit = visit
        self.session = visit.session
        self.filters = Filters()
        self.matching = self.total = Count(0)
        self._stood: tuple[Place, int] | None = None
        self._loading = False

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="search-line"):
            yield Static("/ ", id="slash", markup=False)
            yield SearchField(self.leave_search, self.empty_search)
            yield Tabs(id="tabs")
        yield ColumnNames(id="columns")
        yield PeopleList(self.session.store.clock)
        yield Told(id="empty", markup=False)

    def on_mount(self) -> None:
        self.people.focus()
        self.tabs.show(self.filters)
        self._load()

    def on_resize(self) -> None:
        if self.is_mounted:
            self.tabs.show(self.filters)

    def on_screen_resume(self) -> None:
        # Whatever was done elsewhere shows here, without moving what one looks at.
        if self.people.rows:
            self._reload()

    def situation(self) -> Situation:
        mounted = self.is_mounted and self.people.current
        marks = self.people.marks.count(self.matching.number) if mounted else 0
        return Situation(self.visit.actor, mounted or None, marks)

    def command_lines(self) -> tuple[str, ...]:
        words = ["usher", "users", "list", *narrowed_by(self.filters)]
        return (join(words), *super().command_lines())

    @on(SearchField.Changed)
    def search_changed(self, event: SearchField.Changed) -> None:
        self.filters = replace(self.filters, search=event.value)
        if self.people.marks.everybody:
            self.people.marks = Marks()
        self._load()

    def leave_search(self, unit: Unit, steps: int) -> None:
        """Move the focus to the list, unless it is empty."""
        self.set_focus(self.people if self.people.rows else None)
        if unit == "page":
            self.people.action_page(steps)
        else:
            self.people.action_move(steps)

    def empty_search(self) -> None:
        """Show all users again, and keep the cursor on the current one."""
        self._narrow(replace(self.filters, search=""))

    @on(PeopleList.Wanted)
    def more_wanted(self, event: PeopleList.Wanted) -> None:
        if self._loading:
            # What hangs on the page before must not overtake the page that is on its way.
            self.people.give_up()
            return
        down = event.direction is Direction.DOWN
        self.ask(
            partial(
                listing.page,
                self.session,
                self.filters,
                after=event.place if down else None,
                before=None if down else event.place,
                limit=PAGE,
            ),
            partial(self._extend, direction=event.direction),
            group="page",
            refused=self._more_failed,
        )

    @on(PeopleList.Jumped)
    def jump_wanted(self, event: PeopleList.Jumped) -> None:
        self._load(end=event.end)

    @on(PeopleList.Marked)
    def marks_changed(self) -> None:
        self._draw_figure()

    def do_search(self) -> None:
        # At once: what is typed behind the key belongs there.
        self.set_focus(self.search)

    def do_open(self) -> None:
        if self.people.current:
            self.open_person(self.people.current.id)

    def do_edit(self) -> None:
        if self.people.current:
            self.prepare(
                partial(users.show, self.session, self.people.current.id),
                self._edit,
                busy=_("Opening…"),
                opens_screen=True,
            )

    def _edit(self, user: User) -> None:
        self.app.push_screen(UserForm(self.visit, user), self._saved)

    def do_new(self) -> None:
        self.app.push_screen(UserForm(self.visit), self._saved)

    def do_filter(self) -> None:
        self.app.push_screen(FilterRoom(self.visit, self.filters), self._filtered)

    def changed(self, user: User) -> None:
        self._load(at=users.place_of(user), keep=user.id)

    def marked(self) -> Marked | None:
        marks, number = self.people.marks, self.people.marks.count(self.matching.number)
        return Marked(self.filters, marks.ids, marks.everybody, number) if number else None

    def stand(self) -> None:
        top = self.people.top_row
        self._stood = (top.place, self.people.cursor - self.people.top) if top else None

    def acted(self, done: Done) -> None:  # noqa: ARG002  (where one stood matters, not who went)
        """Stay where one stood: who was moved may be far off by now, or in another list."""
        if self._stood:
            place, line = self._stood
            self._load(at=place, line=line)

    def undone(self, undone: Undone) -> None:
        """Go to whom it was about, as after any change of somebody."""
        super().undone(undone)
        if undone.target is not None:
            read = partial(users.show, self.session, undone.target)
            self.ask(read, self.changed, group="person", refused=_nothing)

    def renew(self) -> None:
        if self.people.rows:
            self._reload()
        else:
            self._load()

    def acted_on_many(self) -> None:
        self.people.marks = Marks()
        self._reload()

    def do_mark(self) -> None:
        self.people.toggle()

    def do_mark_range(self) -> None:
        self.people.mark_range()

    def do_mark_all(self) -> None:
        marks = self.people.marks
        self.people.marks = Marks() if marks.count(self.matching.number) else Marks(everybody=True)

    def do_show_all(self) -> None:
        self._show_tab(())

    def do_show_active(self) -> None:
        self._show_tab((Status.ACTIVE,))

    def do_show_pending(self) -> None:
        self._show_tab((Status.PENDING,))

    def do_show_off(self) -> None:
        self._show_tab((Status.INACTIVE,))

    def do_show_blocked(self) -> None:
        self._show_tab((Status.BLOCKED,))

    def do_show_locked(self) -> None:
        self._show_tab((), View.LOCKED)

    def do_show_soon(self) -> None:
        self._show_tab((), View.SOON)

    def do_step_back(self) -> None:
        """Clear marks, then the search, then filters. At the top, do nothing."""
        self._step_back()

    def do_quit(self) -> None:
        """Like `do_step_back`, but at the top, quit."""
        if not self._step_back():
            self.dismiss(None)

    def _step_back(self) -> bool:
        """Take one step back and return whether there was one. The cursor stays on its user."""
        if self.people.marks != Marks():
            self.people.marks = Marks()
        elif self.search.value:
            self.search.clear_silently()
            self.empty_search()
        elif self.filters:
            self._narrow(Filters())
        else:
            return False
        # The next key is for what the user sees now.
        self.show_first()
        return True

    def _narrow(self, filters: Filters) -> None:
        """Apply these filters, and keep the cursor on its user."""
        self.filters = filters
        self.people.marks = Marks()
        self.tabs.show(filters)
        current = self.people.current
        if current:
            self._load(at=current.place, keep=current.id)
        else:
            self._load()

    def open_person(self, number: int) -> None:
        """Show one person's page, whoever they are."""
        self.prepare(
            partial(users.show, self.session, number),
            lambda user: self.app.push_screen(Person(self.visit, user), self.left),
            busy=_("Opening…"),
            opens_screen=True,
        )

    def _show_tab(self, statuses: tuple[Status, ...], view: str = "") -> None:
        self._filtered(replace(self.filters.seen_as(view), statuses=statuses))

    def _filtered(self, filters: Filters | None) -> None:
        if filters is None:
            return
        if filters != self.filters:
            self.filters = filters
            self.people.marks = Marks()
            self.tabs.show(filters)
        self._load()

    def narrowed(self, filters: Filters | None) -> None:
        """Show those of a role, which has been looked up; nothing that narrowed before stands."""
        if filters is not None:
            self.search.value = ""
            self._filtered(filters)

    def _saved(self, outcome: User | OpenHolder | None) -> None:
        if isinstance(outcome, OpenHolder):
            self.open_person(outcome.id)
        elif outcome is not None:
            self.say(f"{SIGNS.done} {_('Saved:')} {outcome.full_name} ({outcome.login})")
            self.changed(outcome)

    def _load(
        self,
        *,
        end: bool = False,
        at: Place | None = None,
        keep: int | None = None,
        line: int = 0,
    ) -> None:
        filters, self._loading = self.filters, True
        self.ask(
            partial(listing.page, self.session, filters, at=at, end=end, limit=PAGE),
            partial(self._show, filters=filters, end=end, keep=keep, line=line),
            group="page",
            refused=self._failed,
            busy=_("Searching…") if filters else _("Loading…"),
            replaces=True,
        )
        self._count()

    def _reload(self) -> None:
        """Load what one looks at anew, in place."""
        top, current = self.people.top_row, self.people.current
        if top and current:
            self._load(at=top.place, keep=current.id)

    def _count(self) -> None:
        """The capped count at once, the exact one when it is there (STORE)."""
        count = partial(listing.count, self.session, self.filters)
        self.ask(partial(count, cap=COUNT_CAP), self._counted, group="count", refused=_nothing)
        self.ask(partial(listing.count, self.session, cap=COUNT_CAP), self._totalled,
                 group="total", refused=_nothing)  # fmt: skip

    def _counted(self, count: Count) -> None:
        self.matching = count
        self._draw_figure()
        if count.capped:
            exact = partial(listing.count, self.session, self.filters, cap=None)
            self.ask(exact, self._counted, group="count", refused=_nothing)

    def _totalled(self, count: Count) -> None:
        self.total = count
        self._draw_figure()
        if count.capped:
            exact = partial(listing.count, self.session, cap=None)
            self.ask(exact, self._totalled, group="total", refused=_nothing)

    def _show(
        self, page: Page, *, filters: Filters, end: bool, keep: int | None, line: int
    ) -> None:
        self._loading = False
        self.people.view = filters.shows
        self.column_names.show(filters.shows)
        self.people.show(page, search=filters.search, end=end, keep=keep, line=line)
        self._draw_empty("" if page.rows else self._why_empty())

    def _extend(self, page: Page, *, direction: Direction) -> None:
        self.people.extend(page, direction)

    def _failed(self, error: UsherError) -> None:
        self._loading = False
        self.people.show(Page(), search="")
        sentence = _("The list could not be read.")
        hint = _("Press any of 1 to 7 to try again.")
        message = on_screen(safe(error.message), self.ROOM)
        self._draw_empty(f"{SIGNS.error} {sentence}\n\n  {message}\n\n  {hint}")

    def _more_failed(self, error: UsherError) -> None:
        self.people.give_up()
        self.refuse(error)

    def _why_empty(self) -> str:
        if self.filters == Filters().seen_as(View.LOCKED):
            return _("Nobody is locked.\n\n  1  everybody")
        if self.filters == Filters().seen_as(View.SOON):
            return _("Nobody will be locked out within the next days.\n\n  1  everybody")
        if self.filters == Filters(statuses=(Status.PENDING,)):
            return _("Nobody is pending.\n\n  i  invite many\n  1  everybody")
        if self.filters:
            return _("No user matches.\n\n  Shorten the search, or press esc to see all users.")
        return _("There is nobody here yet.\n\n  n  create a user\n  I  bring in many from a file")

    def _draw_empty(self, sentence: str) -> None:
        self.query_one("#empty", Told).update(Content(sentence))
        self.set_class(bool(sentence), "-empty")
        if sentence and not self.search.has_focus:
            self.set_focus(None)
        elif not sentence and self.focused is None:
            self.people.focus()

    def _draw_figure(self) -> None:
        matching, total = _figure(self.matching), _figure(self.total)
        marked = self.people.marks.count(self.matching.number)
        marks = f"{grouped(marked)} {_('marked')} {SIGNS.dot} " if marked else ""
        narrowed = f"{matching} {_('of')} {total}" if self.filters else total
        self.heading.show(figure=marks + narrowed)


def _figure(count: Count) -> str:
    return f"{grouped(count.number)}+" if count.capped else grouped(count.number)


def _nothing(error: UsherError) -> None:
    """A count, or somebody, that could not be had: the list itself says what is wrong."""
