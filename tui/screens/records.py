"""What somebody owns on the platform, and giving some of it to somebody else."""

import shlex
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

from textual import getters, on
from textual.widget import Widget

from store.errors import UsherError
from store.records import listing
from store.records.assign import MOST, assign
from store.values import (
    Assignment,
    Counts,
    RecordFilters,
    RecordPage,
    Row,
    Status,
    User,
)
from store.wording import _, ngettext
from tui.commands import Situation
from tui.commands.records import RECORDS
from tui.dialogs.choose import Choose, Picked
from tui.dialogs.confirm import Confirm
from tui.moments import grouped
from tui.records import by_kind
from tui.screens.choose_person import ChoosePerson
from tui.screens.room import Room, bindings_of
from tui.signs import SIGNS
from tui.visit import Visit
from tui.widgets.marks import Marks
from tui.widgets.record_lines import Key, RecordLines, key_of
from tui.widgets.words import Words

PAGE = 200
"""Records read at a time."""

Refs = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of somebody's records."""

    counts: Counts
    page: RecordPage


class Records(Room[None]):
    """A person's records by kind; those that are marked are given to somebody."""

    ROOM = RECORDS
    BINDINGS = bindings_of(RECORDS)

    words = getters.query_one(Words)
    lines = getters.query_one(RecordLines)

    def __init__(self, visit: Visit, person: Row | User) -> None:
        super().__init__(f"{person.full_name} {SIGNS.dot} {_('Records')}", visit.who)
        self.visit, self.session, self.person = visit, visit.session, person
        self.filters = RecordFilters(owner=person.id)
        self.counts: Counts = {}

    def body(self) -> Iterable[Widget]:
        yield Words("")
        yield RecordLines()

    def on_mount(self) -> None:
        self.lines.focus()
        self._read()

    def situation(self) -> Situation:
        return Situation(self.visit.actor, self.person)

    def command_lines(self) -> tuple[str, ...]:
        words = ["usher", "records", "list", "--owner", str(self.person.id)]
        words += ["--kind", self.filters.kind] if self.filters.kind else []
        words += ["--state", self.filters.state] if self.filters.state else []
        marks, refs = self.lines.marks, Refs()
        if not marks.everybody:
            refs = _by_kind(sorted(marks.ids))
        giving = (
            shlex.join(["usher", "records", "assign", kind, *some]) + " --to WHO"
            for kind, some in refs.items()
        )
        return (shlex.join(words), *giving)

    @property
    def matching(self) -> int:
        """How many there are of what is shown."""
        return sum(
            number
            for kind, states in self.counts.items()
            for state, number in states.items()
            if self.filters.kind in {"", kind} and self.filters.state in {"", state}
        )

    @on(RecordLines.Wanted)
    def more_wanted(self, event: RecordLines.Wanted) -> None:
        self.ask(
            partial(listing.listed, self.session, self.filters, after=event.place, limit=PAGE),
            self.lines.extend,
            group="records",
            refused=self._more_failed,
        )

    @on(RecordLines.Marked)
    def marks_changed(self) -> None:
        marked = self.lines.marks.count(self.matching)
        marks = f"{grouped(marked)} {_('marked')} {SIGNS.dot} " if marked else ""
        self.heading.show(figure=marks + grouped(self.matching))

    def do_mark_record(self) -> None:
        self.lines.toggle()

    def do_mark_record_range(self) -> None:
        self.lines.mark_range()

    def do_mark_all_records(self) -> None:
        marked = self.lines.marks.count(self.matching)
        self.lines.mark(Marks() if marked else Marks(everybody=True))

    def do_filter_records(self) -> None:
        numbers = {kind: sum(states.values()) for kind, states in self.counts.items()}
        options = [("", f"{_('all')} {grouped(sum(numbers.values()))}")]
        for kind, states in self.counts.items():
            options.append((kind, f"{kind} {grouped(numbers[kind])}"))
            # The states of one kind at a time: on a slow line a long dialog is dear.
            options += [
                (f"{kind} {state}", f"{kind} {SIGNS.dot} {state} {grouped(number)}")
                for state, number in states.items()
                if state and kind == self.filters.kind
            ]
        chosen = f"{self.filters.kind} {self.filters.state}".strip()
        self.app.push_screen(Choose(_("Which records?"), options, chosen={chosen}), self._filtered)

    def do_assign_records(self) -> None:
        number = self.lines.marks.count(self.matching)
        if not number:
            sentence = _("Mark records with the space bar first, or all of them with *.")
            self.say(f"{SIGNS.error} {sentence}")
            return
        title = ngettext(
            "Who gets {n} record of {name}?", "Who gets {n} records of {name}?", number
        )
        title = title.format(n=grouped(number), name=self.person.full_name)
        active = (Status.ACTIVE,)
        choose = ChoosePerson(self.visit, title, self.person.id, statuses=active)
        self.app.push_screen(choose, self._chosen)

    def do_back(self) -> None:
        """One step at a time: marks, then the filter, then out."""
        if self.lines.marks != Marks():
            self.lines.mark(Marks())
        elif self.filters.kind:
            self._filtered(Picked(("",)))
        else:
            self.dismiss(None)

    def _filtered(self, picked: Picked | None) -> None:
        if picked is not None:
            kind, _blank, state = picked.key.partition(" ")
            self.filters = replace(self.filters, kind=kind, state=state)
            self._read()

    def _chosen(self, heir: Row | None) -> None:
        if heir:
            looking = partial(self._rehearse, self.lines.marks, heir)
            self.prepare(looking, partial(self._ask, heir), busy=_("Looking what will happen…"))

    def _rehearse(self, marks: Marks[Key], heir: Row) -> Refs:
        """In a thread: which records these are; what would refuse it is heard before one is asked.

        Raises:
            UsherError: it would be refused.
        """
        refs = _by_kind(sorted(marks.ids) if not marks.everybody else self._all_but(marks))
        with self.session.store.rehearse(self.session):
            assign(self.session, refs, heir.id)
        return refs

    def _all_but(self, marks: Marks[Key]) -> list[Key]:
        """Everything that matches, up to one more than is assigned at once."""
        found: list[Key] = []
        page = listing.listed(self.session, self.filters, limit=PAGE)
        while True:
            found += [key for one in page.records if (key := key_of(one)) in marks]
            if page.next is None or len(found) > MOST:
                return found
            page = listing.listed(self.session, self.filters, after=page.next, limit=MOST)

    def _ask(self, heir: Row, refs: Refs) -> None:
        number = sum(map(len, refs.values()))
        title = ngettext("Give {n} record to {name}?", "Give {n} records to {name}?", number)
        what = by_kind({kind: {"": len(some)} for kind, some in refs.items()})
        sentence = _("{what}. From {owner} to {name} ({id}), at once.")
        question = Confirm(
            title.format(n=grouped(number), name=heir.full_name),
            sentence.format(
                what=what, owner=self.person.full_name, name=heir.full_name, id=heir.id
            ),
            _("Give them"),
        )
        self.app.push_screen(question, partial(self._give, heir, refs))

    def _give(self, heir: Row, refs: Refs, yes: bool | None) -> None:
        if yes:
            self.write(partial(assign, self.session, refs, heir.id), self._given)

    def _given(self, done: Assignment) -> None:
        sentence = ngettext(
            "{n} record is now {name}'s.", "{n} records are now {name}'s.", done.number
        )
        told = sentence.format(n=grouped(done.number), name=done.to.full_name)
        self.say(f"{SIGNS.done} {told}")
        self._read()

    def _read(self) -> None:
        busy = _("Reading the records…")
        self.ask(self._records, self._show, group="records", busy=busy, replaces=True)

    def _records(self) -> Read:
        page = listing.listed(self.session, self.filters, limit=PAGE)
        return Read(listing.counts(self.session, self.person.id), page)

    def _show(self, found: Read) -> None:
        self.counts = found.counts
        self.lines.show(found.page)
        shown = f"{self.filters.kind} {self.filters.state}".strip()
        if found.page.records:
            self.words.say(f"‹{shown}›  {by_kind(self.counts)}" if shown else by_kind(self.counts))
        elif shown:
            self.words.say(_("There is nothing of this. f shows the rest."))
        else:
            self.words.say(
                _("{name} owns nothing on the platform. Records come from a file, with: usher"
                  " records import FILE").format(name=self.person.full_name)
            )  # fmt: skip

    def _more_failed(self, error: UsherError) -> None:
        self.lines.give_up()
        self.refuse(error)


def _by_kind(keys: Iterable[Key]) -> Refs:
    found: Refs = {}
    for kind, ref in keys:
        found.setdefault(kind, []).append(ref)
    return found
