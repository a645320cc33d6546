"""What one person may do: every permission, where it comes from, and changing it over the role.

What is changed stays on the screen until F2, which first shows what comes of it. The preview is
made by the very rule that the store goes by.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from shlex import join

from textual import getters, on
from textual.content import Content
from textual.widget import Widget

from store.access import Actor, copying, explaining, holding, overrides
from store.access.explaining import Grounds
from store.access.overrides import WORDS, Foreseen
from store.values import Altered, Copied, Right, Row, Source, User
from store.wording import _, ngettext
from tui import rights
from tui.commands import Situation
from tui.commands.permissions import PERMISSIONS
from tui.dialogs.act import Act
from tui.dialogs.confirm import Confirm
from tui.dialogs.question import Answer, Question
from tui.granting import in_short
from tui.safe import fit
from tui.screens.room import Room, bindings_of
from tui.signs import SIGNS
from tui.visit import Visit
from tui.widgets.lines import Line
from tui.widgets.permission_grid import Mark, PermissionGrid
from tui.widgets.words import Words

MARK = 8
"""Cells of the widest mark: a sign, a word, and the sign of what is not saved."""
NEXT: dict[bool | None, bool | None] = {None: True, True: False, False: None}
NEXT_OF_ADMIN: dict[bool | None, bool | None] = {None: False, True: False, False: None}
"""What the key makes of each; an admin holds everything, so they are allowed nothing."""


class Told(Line):
    """A line of text that is said anew."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.said = ""

    def say(self, said: str) -> None:
        """Say something else."""
        if said != self.said:
            self.said = said
            self.refresh()

    def text(self, width: int) -> Content:
        return Content(fit(f" {self.said}", width))


class Permissions(Room["User"]):
    """Gives back the person as saved; None where nothing was."""

    ROOM = PERMISSIONS
    BINDINGS = bindings_of(PERMISSIONS)

    grid = getters.query_one(PermissionGrid)
    above = getters.query_one("#above", Told)
    below = getters.query_one("#below", Told)

    def __init__(self, visit: Visit, person: Row | User) -> None:
        super().__init__(f"{person.full_name} {SIGNS.dot} {_('Permissions')}", visit.who)
        self.visit, self.person, self.session = visit, person, visit.session
        self.grounds: Grounds | None = None
        self.wanted: dict[str, bool | None] = {}

    def body(self) -> Iterable[Widget]:
        if self.person.owner:
            yield Words(_("The owner holds every permission; there is nothing to change."))
            return
        yield Told("above")
        yield PermissionGrid(MARK)
        yield Told("below")

    def on_mount(self) -> None:
        if not self.person.owner:
            self.grid.focus()
            read = partial(explaining.grounds, self.session, self.person.id)
            self.ask(read, self._show, group="rights", busy=_("Looking…"))

    def situation(self) -> Situation:
        return Situation(self.visit.actor, self.person)

    def command_lines(self) -> tuple[str, ...]:
        """First what would do the same as F2."""
        who = str(self.person.id)
        save = []
        for allowed, verb in WORDS.items():
            mine = [name for name, wanted in self.wanted.items() if wanted is allowed]
            save += [join(["usher", "access", verb, who, *mine])] if mine else []
        permission = None if self.person.owner else self.grid.current
        why = (f"usher access show {who} --why {permission}",) if permission else ()
        return (*save, *why, f"usher access show {who}")

    @on(PermissionGrid.Moved)
    def _moved(self) -> None:
        self._say_below()

    def do_cycle(self) -> None:
        permission = self.grid.current
        if self.grounds and permission:
            self._want((permission,), self._next(self.grounds, permission))

    def do_cycle_module(self) -> None:
        """What is next for the cell under the cursor, for all of its module."""
        permission, module = self.grid.current, self.grid.module
        if self.grounds and permission and module:
            self._want(module.permissions, self._next(self.grounds, permission))

    def do_save_permissions(self) -> None:
        if not self.wanted:
            self.say(_("Nothing has been changed."))
        elif self.grounds:
            self._ask_whether_to_save(self.grounds.user, self._foreseen(self.grounds))

    def do_why_permission(self) -> None:
        from tui.screens.reasons import Reasons  # noqa: PLC0415  (once in a while)

        if self.grounds and self.grid.current:
            self.app.push_screen(Reasons(self.visit, self.person, self.grid.current))

    def do_copy_access(self) -> None:
        if self.wanted:
            self.say(f"{SIGNS.error} {_('Save with F2 what is changed here, or go back first.')}")
        else:
            title = _("Whose access is {name} to get?").format(name=self.person.full_name)
            self._choose(title, self._foresee_copy)

    def do_compare(self) -> None:
        title = _("With whom is {name} to be compared?").format(name=self.person.full_name)
        self._choose(title, self._compare)

    def do_back(self) -> None:
        if self.wanted:
            question = Confirm(
                _("Drop what was changed?"), _("Nothing of it has been saved yet."), _("Drop it")
            )
            self.app.push_screen(question, self._dropped)
        else:
            self.dismiss(None)

    def _dropped(self, drop: bool | None) -> None:
        if drop:
            self.dismiss(None)

    def _next(self, grounds: Grounds, permission: str) -> bool | None:
        now = self.wanted.get(permission, grounds.facts.overrides.get(permission))
        return (NEXT_OF_ADMIN if self.person.admin else NEXT)[now]

    def _want(self, permissions: Iterable[str], then: bool | None) -> None:
        """Let this stand for these; what is stored already is no change."""
        for permission in permissions:
            self.wanted[permission] = then
            if self.grounds and then is self.grounds.facts.overrides.get(permission):
                del self.wanted[permission]
        self._draw()

    def _show(self, grounds: Grounds) -> None:
        self.grounds = grounds
        self.above.say(rights.belongings(grounds.user))
        self.grid.show(grounds.modules, self._marks(grounds))
        self._draw()

    def _foreseen(self, grounds: Grounds) -> Foreseen:
        return overrides.foresee(Actor.of(self.visit.actor), grounds, self.wanted)

    def _draw(self) -> None:
        if self.grounds:
            self.grid.put(self._marks(self.grounds))
            number = len(self.wanted)
            unsaved = ngettext("{n} not saved", "{n} not saved", number).format(n=number)
            self.heading.show(figure=f"{SIGNS.marked} {unsaved}" if number else "")
            self._say_below()

    def _marks(self, grounds: Grounds) -> dict[str, Mark]:
        facts = self._foreseen(grounds).facts
        return {
            right.permission: _mark(
                right, facts.overrides.get(right.permission), right.permission in self.wanted
            )
            for right in holding.rights(facts, grounds.catalogue)
        }

    def _say_below(self) -> None:
        """The permission under the cursor: what stands, why, and what it would become."""
        grounds, permission = self.grounds, self.grid.current
        if grounds is None or permission is None:
            return
        closed = grounds.catalogue[permission]
        now = holding.decide(grounds.facts, permission, admin_only=closed)
        said = rights.sign_and_source(now)
        if permission in self.wanted:
            then = holding.decide(self._foreseen(grounds).facts, permission, admin_only=closed)
            said = f"{rights.in_short(now)} {SIGNS.more} {rights.in_short(then)}"
        self.below.say(f"{permission}  {said}")

    def _ask_whether_to_save(self, user: User, foreseen: Foreseen) -> None:
        # What matters most stands first: a dialog holds eight lines.
        sentences = rights.refused(self._short(foreseen.beyond), self._short(foreseen.needed))
        sentences += self._told(foreseen)
        title = _("Change what {name} may do?").format(name=user.full_name)
        if foreseen.beyond or foreseen.needed:
            back: Answer[None] = Answer(_("Back"), None)
            self.app.push_screen(Question(title, " ".join(sentences), (back,)))
        else:
            self.app.push_screen(Act(title, " ".join(sentences), _("Save")), self._save)

    def _told(self, change: Foreseen | Altered) -> list[str]:
        return rights.told(
            self._short(change.gained), self._short(change.lost), self._short(change.idle)
        )

    def _short(self, permissions: Sequence[str]) -> list[str]:
        return in_short(permissions, self.grounds.modules) if self.grounds else []

    def _save(self, reason: str | None) -> None:
        if reason is not None:
            session = self.session.because(reason)
            put = partial(overrides.put, session, self.person.id, dict(self.wanted))
            self.write(put, self._saved)

    def _saved(self, altered: Altered) -> None:
        self.dismiss(altered.user)

    def _choose(self, title: str, then: Callable[[Row], None]) -> None:
        from tui.screens.choose_person import ChoosePerson  # noqa: PLC0415  (once in a while)

        def chosen(row: Row | None) -> None:
            if row:
                then(row)

        self.app.push_screen(ChoosePerson(self.visit, title, self.person.id), chosen)

    def _foresee_copy(self, source: Row) -> None:
        self.prepare(
            partial(copying.foresee, self.session, self.person.id, source.id),
            partial(self._ask_whether_to_copy, source),
            busy=_("Looking what will happen…"),
        )

    def _ask_whether_to_copy(self, source: Row, copied: Copied) -> None:
        title = _("Give {name} the access of {other}?")
        sentences = [*map(rights.left_out, copied.left_out), f"{rights.belongings(copied.user)}."]
        sentences += self._told(copied.altered)
        dialog = Act(
            title.format(name=copied.user.full_name, other=source.full_name),
            " ".join(sentences),
            _("Copy"),
        )
        self.app.push_screen(dialog, partial(self._copy, source.id))

    def _copy(self, source: int, reason: str | None) -> None:
        if reason is not None:
            session = self.session.because(reason)
            self.write(
                partial(copying.copy, session, self.person.id, source),
                lambda copied: self.dismiss(copied.user),
            )

    def _compare(self, other: Row) -> None:
        from tui.screens.comparison import Comparison  # noqa: PLC0415  (once in a while)

        self.app.push_screen(Comparison(self.visit, self.person, other))


def _mark(right: Right, override: bool | None, unsaved: bool) -> Mark:
    """Whether they hold it, by its sign; what stands for it, by its word."""
    if right.source in {Source.ADMIN, Source.DENIED}:
        word = _("held") if right.allowed else _("deny")
    elif override is not None:
        word = _("allow") if override else _("deny")
    elif right.source is Source.ADMIN_ONLY:
        word = _("closed")
    else:
        word = _("role")
    denied = override is False and not right.allowed
    sign = SIGNS.done if right.allowed else SIGNS.blocked if denied else SIGNS.nothing
    return Mark(sign, word + SIGNS.marked * unsaved)
