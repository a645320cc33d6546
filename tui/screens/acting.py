"""Moving people from where they stand, from the list and from a person's page alike.

A key is rehearsed first, in a thread: who is concerned, what it will end, who is refused. Then it
asks, and only then it acts. What a mark of everybody means is fixed before the rehearsal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from textual.screen import ScreenResultType

from store.leaving import plan
from store.leaving.leave import ENDS
from store.leaving.plan import Plan
from store.mail import own_settings
from store.users import acts, many, owning
from store.users.acts import Done
from store.users.many import Foreseen
from store.users.outcomes import Outcomes
from store.values import Filters, Row, Status, User
from store.wording import _
from tui import acting
from tui.commands.status import VERBS, possible
from tui.dialogs.act import Act
from tui.dialogs.question import Answer, Question
from tui.moments import grouped
from tui.screens.undoing import Undoing
from tui.signs import SIGNS
from tui.work import Work

KEYS = {
    "block": "b",
    "unblock": "u",
    "deactivate": "d",
    "remove": "x",
    "revoke": "v",
    "restore": "r",
    "resend": "s",
}
"""By which an act is chosen of those that one key may mean."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Whoever is marked: some ids, or all whom the filters show but these; so many."""

    filters: Filters
    ids: frozenset[int]
    everybody: bool
    number: int


@dataclass(frozen=True, slots=True)
class Choice:
    """An act that a key may mean, for those who are marked, and what was foreseen of it."""

    verb: str
    whom: Sequence[int]
    foreseen: Foreseen
    heir: int | None = None

    @property
    def owners(self) -> int:
        """How many are left as they are because they own something."""
        return self.foreseen.refused[owning.WORDS]


class Acting(Undoing[ScreenResultType]):
    """The frame of a screen from which people are moved."""

    def concerned(self) -> Row | User | None:
        """The person under the cursor or on the page; None where there is nobody."""
        situation = self.situation()
        return situation.target if situation else None

    def marked(self) -> Marked | None:
        """Whoever is marked; None where nobody is, or nobody can be."""
        return None

    def stand(self) -> None:
        """Remember where one is, before anything is done that may move it."""

    def acted(self, done: Done) -> None:
        """Show what came of an act on one person."""
        raise NotImplementedError

    def acted_on_many(self) -> None:
        """Show the people as they are after an act on the marked."""

    def do_block(self) -> None:
        self._begin("block")

    def do_put_out(self) -> None:
        """Who owns something, or is leaving already, leaves by a plan; anybody else at once."""
        person = self.concerned()
        if self.marked() or person is None or person.id == self.visit.actor.id:
            self._begin("put_out")
            return
        self.stand()
        self.prepare(partial(plan.plan, self.visit.session, person.id), self._leave)

    def _leave(self, found: Plan) -> None:
        under_way = found.under_way and found.under_way.leaves
        if (found.number or under_way) and not all(found.against[verb] for verb in ENDS):
            from tui.screens.leaving import Leaving  # noqa: PLC0415  (most own nothing)

            self.app.push_screen(Leaving(self.visit, found), self._gone)
        else:
            self._begin("put_out")

    def _gone(self, done: Done | None) -> None:
        if done:
            self._done(done)

    def do_restore(self) -> None:
        self._begin("restore")

    def do_confirm_user(self) -> None:
        self._begin("confirm_user")

    def do_confirm_address(self) -> None:
        self._begin("confirm_address")

    def do_write_mail(self) -> None:
        """To the marked, or to the one who is concerned, once one's own address is confirmed."""
        marked, person = self.marked(), self.concerned()
        if marked or person:
            self.prepare(partial(self._whom, marked, person), self._write_to, opens_screen=True)

    def _whom(self, marked: Marked | None, person: Row | User | None) -> Sequence[int]:
        """In a thread: the ids of those who are to be written to.

        Raises:
            Refused: one's own address is not confirmed; the sentence says the way (S4).
        """
        session = self.visit.session
        own_settings.require_address(session)
        if marked:
            return many.marked(session, marked.filters, marked.ids, everybody=marked.everybody)
        return [person.id] if person else []

    def _write_to(self, whom: Sequence[int]) -> None:
        from tui.screens.write_mail import WriteMail  # noqa: PLC0415  (once in a while)

        self.app.push_screen(WriteMail(self.visit, whom), self._ran)

    def do_unlock(self) -> None:
        self._begin("unlock")

    def _begin(self, command: str) -> None:
        self.stand()
        marked, person = self.marked(), self.concerned()
        if marked:
            work = Work()
            self.prepare(
                partial(self._look_at, VERBS[command], marked, work), self._choose, work=work
            )
        elif person:
            verbs = possible(command, person)
            if len(verbs) > 1 and person.id != self.visit.actor.id:
                self._ask_which(verbs, person)
            else:
                # Where nothing is possible, the rehearsal says why.
                self._rehearse(person.id, (verbs or VERBS[command])[0])

    def _ask_which(self, verbs: Sequence[str], person: Row | User) -> None:
        answers: list[Answer[str | None]] = [Answer(_("Cancel"), None)]
        answers += [Answer(acting.YES[verb], verb, KEYS[verb]) for verb in verbs]
        sentence = _("Deactivating can be undone.")
        title = _("{name} leaves: how?").format(name=f"{person.full_name} ({person.id})")
        self.app.push_screen(Question(title, sentence, answers), partial(self._chosen, person.id))

    def _chosen(self, number: int, verb: str | None) -> None:
        if verb:
            self._rehearse(number, verb)

    def _rehearse(self, number: int, verb: str) -> None:
        self.prepare(
            partial(many.foresee_one, self.visit.session, verb, number),
            partial(self._ask, verb, number),
            busy=_("Looking what will happen…"),
        )

    def _ask(self, verb: str, number: int, foreseen: Foreseen) -> None:
        dialog = Act(
            acting.title(verb, foreseen), acting.consequence(verb, foreseen), acting.YES[verb]
        )
        self.app.push_screen(dialog, partial(self._act, verb, number))

    def _act(self, verb: str, number: int, reason: str | None) -> None:
        if reason is not None:
            session = self.visit.session.because(reason)
            self.write(partial(acts.do, session, verb, number), self._done)

    def _done(self, done: Done) -> None:
        self.acted(done)
        self.say(f"{SIGNS.done} {acting.told(done)}")

    def _look_at(self, verbs: Sequence[str], marked: Marked, work: Work) -> list[Choice]:
        """In a thread: who that is, and what each act would do to them."""
        session = self.visit.session
        whom = many.marked(session, marked.filters, marked.ids, everybody=marked.everybody)
        return [
            Choice(verb, whom, many.foresee(session, verb, whom, cancelled=lambda: work.stopping))
            for verb in verbs
        ]

    def _choose(self, choices: list[Choice]) -> None:
        """Go on with the one that does something; of several ask which."""
        useful = [one for one in choices if one.foreseen.acts[one.verb] or one.owners]
        if not useful:
            self.say(f"{SIGNS.error} {acting.nothing(choices[0].foreseen)}")
        elif len(useful) == 1:
            self._chosen_of_many(useful[0])
        else:
            answers: list[Answer[Choice | None]] = [Answer(_("Cancel"), None)]
            answers += [
                Answer(
                    acting.so_many(one.verb, one.foreseen.done + one.owners),
                    one,
                    KEYS[one.verb],
                    acting.YES[one.verb],
                )
                for one in useful
            ]
            title = _("Which is meant, of {n} marked?").format(n=grouped(len(choices[0].whom)))
            sentence = _("Those whom it cannot be done to stay as they are.")
            self.app.push_screen(Question(title, sentence, answers), self._chosen_of_many)

    def _chosen_of_many(self, choice: Choice | None) -> None:
        if choice and choice.owners:
            answers: list[Answer[bool | None]] = [
                Answer(_("Cancel"), None),
                Answer(_("All to one person"), True, "t", _("to one")),
                Answer(_("Leave these as they are"), False, "l", _("leave")),
            ]
            title = _("Who gets the records of {people}?")
            self.app.push_screen(
                Question(title.format(people=acting.people(choice.owners)), "", answers),
                partial(self._with_heir, choice),
            )
        elif choice:
            self._ask_many(choice)

    def _with_heir(self, choice: Choice, wanted: bool | None) -> None:
        from tui.screens.choose_person import ChoosePerson  # noqa: PLC0415  (once in a while)

        def chosen(row: Row | None) -> None:
            if row:
                work, busy = Work(), _("Looking what will happen…")
                look = partial(self._look_with_heir, choice, row.id, work)
                self.prepare(look, self._ask_many, busy=busy, work=work)

        if wanted:
            title = _("Who gets everything?")
            screen = ChoosePerson(self.visit, title, 0, statuses=(Status.ACTIVE,))
            self.app.push_screen(screen, chosen)
        elif wanted is False:
            self._ask_many(choice)

    def _look_with_heir(self, choice: Choice, heir: int, work: Work) -> Choice:
        """In a thread: the same, with somebody who gets what they own."""
        session, verb, whom = self.visit.session, choice.verb, choice.whom
        found = many.foresee(session, verb, whom, (heir, {}), cancelled=lambda: work.stopping)
        return Choice(verb, whom, found, heir)

    def _ask_many(self, choice: Choice) -> None:
        verb, foreseen = choice.verb, choice.foreseen
        if not foreseen.done:
            self.say(f"{SIGNS.error} {acting.nothing(foreseen)}")
            return
        dialog = Act(
            acting.title(verb, foreseen), acting.consequence(verb, foreseen), acting.YES[verb]
        )
        self.app.push_screen(dialog, partial(self._act_on_many, choice))

    def _act_on_many(self, choice: Choice, reason: str | None) -> None:
        from tui.screens.act_run import ActRun  # noqa: PLC0415  (most acts are on one person)

        if reason is not None:
            run = ActRun(self.visit, choice.verb, choice.whom, reason, choice.heir)
            self.app.push_screen(run, self._ran)

    def _ran(self, outcomes: Outcomes | None) -> None:
        self.acted_on_many()
        if outcomes:
            sentence = _("{done} done, {failed} refused.")
            done, failed = outcomes.done, outcomes.failed
            self.say(f"{SIGNS.done} {sentence.format(done=grouped(done), failed=grouped(failed))}")
