"""The name of the account, typed by whoever is about to change its owner (S4)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from shlex import join
from typing import ClassVar

from textual.widget import Widget

from store.errors import Problem, UsherError
from store.session import Session
from store.values import Ownership
from store.wording import _
from tui.commands.forms import OWNERSHIP_FORM
from tui.dialogs.confirm import Confirm
from tui.screens.form_room import FormRoom
from tui.screens.room import bindings_of
from tui.visit import Visit
from tui.widgets.fields import FieldSpec, Kind
from tui.widgets.form import Form
from tui.widgets.words import Words

ACCOUNT, ALSO = "account", "also"


@dataclass(frozen=True, slots=True)
class Deed:
    """A change of the owner: what it is called and what is told of it, and how it is done.

    `do` takes the session, the name that was typed, and whether what `also` offers is wanted;
    `consequence` takes what it comes to, and the latter.
    """

    title: str
    told: str
    do: Callable[[Session, str, bool], Ownership]
    question: str
    consequence: Callable[[Ownership, bool], str]
    yes: str
    words: str
    also: str = ""


class OwnershipForm(FormRoom[Ownership]):
    """Gives back how the ownership stands then; None when one went back."""

    ROOM = OWNERSHIP_FORM
    BINDINGS = bindings_of(OWNERSHIP_FORM)
    NAMED: ClassVar[Mapping[str, str]] = {"save": _("go on")}
    KEPT = _("Nothing has been done: the account has the owner that it had.")

    def __init__(self, visit: Visit, deed: Deed) -> None:
        super().__init__(deed.title, visit.who)
        self.visit, self.deed = visit, deed

    def body(self) -> Iterable[Widget]:
        yield Words(self.deed.told)
        specs = [FieldSpec(ACCOUNT, _("account"), hint=_("its name"))]
        if self.deed.also:
            specs.append(FieldSpec(ALSO, _("old owner"), Kind.CHECK, hint=self.deed.also))
        yield Form(specs, {}, ("save", _("Go on")))

    def command_lines(self) -> tuple[str, ...]:
        typed, also = self._typed()
        words = [*self.deed.words.split(), "--account", typed or "NAME"]
        return (join([*words, "--deactivate-old"] if also else words),)

    def save(self) -> None:
        self.prepare(self._rehearse, self._ask, busy=_("Looking what will happen…"))

    def do_form_as_command(self) -> None:
        self.do_as_command()

    def refuse(self, error: UsherError) -> None:
        if error.name == "account_name_wrong":
            self.show_problems((Problem(ACCOUNT, error.name, error.message),))
        else:
            super().refuse(error)

    def _rehearse(self) -> Ownership:
        """In a thread: the same as the act, of which nothing stays."""
        session = self.visit.session
        with session.store.rehearse(session):
            return self.deed.do(session, *self._typed())

    def _ask(self, foreseen: Ownership) -> None:
        _typed, also = self._typed()
        title = self.deed.question.format(account=foreseen.account, name=foreseen.name)
        question = Confirm(title, self.deed.consequence(foreseen, also), self.deed.yes)
        self.app.push_screen(question, self._answered)

    def _answered(self, yes: bool | None) -> None:
        if yes:
            self.write(partial(self.deed.do, self.visit.session, *self._typed()), self.finish)

    def _typed(self) -> tuple[str, bool]:
        values = self.form.values
        return str(values[ACCOUNT]), bool(values.get(ALSO))
