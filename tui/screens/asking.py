"""Call the store from a screen, and decide about keys pressed before it has answered.

There are three kinds of requests. `ask` reads what the screen shows. `prepare` reads what a dialog
or another screen needs before it opens. It is canceled when the user moves on, so that nothing
opens late. `write` changes something, and always shows its result.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, Generic, TypeVar

from textual import getters
from textual.screen import ScreenResultType
from textual.widgets import Input

from store.errors import PasswordNeeded, SessionEnded, UsherError
from store.wording import _
from tui.messages import SessionOver
from tui.signs import SIGNS
from tui.typed_ahead import IGNORED, KeysFreed, Sight, TypedAhead, Verdict
from tui.widgets.lines import MessageLine
from tui.work import Work

Answer = TypeVar("Answer")

PATIENCE = 0.5
"""Seconds before the screen shows that a request is running."""

ANSWERS = frozenset({"y", "enter"})
"""Keys meant for the dialog about to open. They count there once the user saw it."""
LEAVING = frozenset({"escape", "q"})

PREPARE, WRITE = "prepare", "write"


@dataclass(eq=False, slots=True)
class Request(Generic[Answer]):
    """One call of the store. `told` is when the user could see that it takes a while; `took_over`
    is whether that was said of a request before it, which it has overtaken."""

    call: Callable[[], Answer]
    then: Callable[[Answer], object]
    refused: Callable[[UsherError], object]
    group: str
    busy: str
    told: Sight | None = None
    took_over: bool = False

    def considered(self, moment: float) -> bool:
        """Return whether the user saw that the request takes a while before pressing the key."""
        return self.told is not None and self.told.before(moment)


@dataclass(eq=False, slots=True)
class Preparation:
    """A request whose answer opens a screen or a dialog.

    A screen takes keys typed ahead, and a dialog does not. `work` is stopped when the request is
    canceled.
    """

    request: Request[Any]
    opens_screen: bool
    work: Work | None
    proving: bool = False


class Asking(TypedAhead[ScreenResultType]):
    """The part of a screen that asks the store."""

    STOPS: ClassVar[bool] = False
    """Whether the screen handles esc itself during a write."""

    message_line = getters.query_one(MessageLine)

    def __init__(self) -> None:
        super().__init__()
        self._newest: dict[str, Request[Any]] = {}
        self._turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._preparation: Preparation | None = None
        self._replacing: Request[Any] | None = None
        self._unheard: Sight | None = None
        self._writing = False
        self._waiting: list[Callable[[], object]] = []

    def say(self, sentence: str) -> None:
        """Show a sentence until the next key."""
        self.message_line.say(sentence)

    def refuse(self, error: UsherError) -> None:
        """Show why something was refused."""
        self.say(f"{SIGNS.error} {error.message}")

    def ask(
        self,
        call: Callable[[], Answer],
        then: Callable[[Answer], object],
        *,
        group: str,
        refused: Callable[[UsherError], object] | None = None,
        busy: str = "",
        replaces: bool = False,
    ) -> None:
        """Call the store in a thread, and pass its answer to `then` on the event loop.

        In a group only the newest request counts. An older one that still waits never calls the
        store, and the answer of one that runs is dropped. With `replaces`, the answer is the list
        that keys act on, so keys wait for it.
        """
        request = Request(call, then, refused or self.refuse, group, busy)
        if replaces:
            self._replacing = request
        self._send(request)

    def prepare(
        self,
        call: Callable[[], Answer],
        then: Callable[[Answer], object],
        *,
        refused: Callable[[UsherError], object] | None = None,
        busy: str = "",
        opens_screen: bool = False,
        work: Work | None = None,
    ) -> None:
        """Read what a dialog, or with `opens_screen` another screen, needs before it opens.

        esc, another key or another screen cancels the request, and then nothing opens. A long call
        checks `work` to find out that it can stop.
        """
        self.give_up()
        if self._writing:
            return
        request = Request(call, then, refused or self.refuse, PREPARE, busy or _("Looking…"))
        self._preparation = Preparation(request, opens_screen, work)
        self._send(request)

    def give_up(self) -> bool:
        """Cancel the running preparation, and return whether there was one."""
        preparation, self._preparation = self._preparation, None
        if preparation is None:
            return False
        self._newest.pop(PREPARE, None)
        if preparation.work:
            preparation.work.stop()
        if preparation.request.told:
            self.message_line.clear()
        return True

    def write(
        self,
        call: Callable[[], Answer],
        then: Callable[[Answer], object],
        *,
        refused: Callable[[UsherError], object] | None = None,
        busy: str = "",
    ) -> None:
        """Run an action that changes something. A second one is ignored while it runs."""
        self.give_up()
        if self._writing:
            return
        self._writing = True

        def done(answer: Answer) -> None:
            self._writing = False
            self.when_on_top(partial(then, answer))

        def stopped(error: UsherError) -> None:
            self._writing = False
            self.when_on_top(partial(refused or self.refuse, error))

        self._send(Request(call, done, stopped, WRITE, busy or _("Saving…")))

    def when_on_top(self, step: Callable[[], object]) -> None:
        """Run `step` now, or once no other screen covers this one."""
        if self.is_active:
            step()
        else:
            self._waiting.append(step)

    def on_screen_resume(self) -> None:
        waiting, self._waiting = self._waiting, []
        for step in waiting:
            step()

    def on_screen_suspend(self) -> None:
        if self._preparation and not self._preparation.proving:
            self.give_up()

    def verdict(self, key: str, moment: float) -> Verdict:
        preparation = self._preparation
        if preparation:
            if key == "escape" or preparation.request.considered(moment):
                self.give_up()
            elif preparation.opens_screen or key in ANSWERS:
                return Verdict.HOLD
            else:
                self.give_up()
                self.say(_("Canceled because another key was pressed. Try again."))
                self.ignore_keys()
                return Verdict.DROP
        if self._unheard and not self._unheard.before(moment):
            self.tell_dropped()
            return Verdict.DROP
        self._unheard = None
        if not isinstance(self.focused, Input):
            if self._writing and key in LEAVING and not self.STOPS:
                return Verdict.DROP
            if self._waits_for_list(key, moment):
                return Verdict.HOLD
        return super().verdict(key, moment)

    def after_refusal(self) -> None:
        """Decide about keys pressed before a refusal could be seen. In a list, they still act."""

    def ignore_keys(self) -> None:
        """Drop keys pressed before the user could see the current message."""
        self._unheard = Sight(self)

    def tell_dropped(self) -> None:
        if not self.message_line.sentence:
            self.say(IGNORED)

    def free_keys(self) -> None:
        """Release held keys, after the messages that an answer has posted."""
        self.app.screen.post_message(KeysFreed())

    def _waits_for_list(self, key: str, moment: float) -> bool:
        """Return whether a key must wait for the list that it acts on."""
        request = self._replacing
        return request is not None and key != "escape" and not request.considered(moment)

    def _send(self, request: Request[Any]) -> None:
        overtaken = self._newest.get(request.group)
        request.took_over = bool(overtaken and (overtaken.told or overtaken.took_over))
        self._newest[request.group] = request
        self.run_worker(self._answer(request))

    def _is_newest(self, request: Request[Any]) -> bool:
        return self._newest.get(request.group) is request

    def _say_busy(self, request: Request[Any]) -> None:
        if not self._is_newest(request):
            return
        cancels = self._preparation and self._preparation.request is request
        sentence = f"{request.busy} {_('Press esc to cancel.')}" if cancels else request.busy
        self.message_line.cover(sentence)
        request.told = Sight(self)

    async def _answer(self, request: Request[Answer]) -> None:
        waiting = None
        if request.busy:
            waiting = self.set_timer(PATIENCE, partial(self._say_busy, request))
        try:
            async with self._turns[request.group]:
                if not self._is_newest(request):
                    return
                answer = await asyncio.to_thread(request.call)
        except SessionEnded as error:
            self.app.post_message(SessionOver(error.message))
        except PasswordNeeded as error:
            if self._is_newest(request):
                self.message_line.clear()
                self.when_on_top(partial(self._prove, error, request))
        except UsherError as error:
            self._conclude(request, partial(request.refused, error), refused=True)
        else:
            self._conclude(request, partial(request.then, answer))
        finally:
            if waiting:
                waiting.stop()

    def _conclude(
        self, request: Request[Any], step: Callable[[], object], *, refused: bool = False
    ) -> None:
        """Use an answer, if the request is still the newest."""
        if not self._is_newest(request):
            return
        del self._newest[request.group]
        if refused:
            self.message_line.clear()
        elif request.told or request.took_over:
            # A notice such as "Saved" outlives the list that is loaded after it.
            self.message_line.uncover()
        if self._preparation and self._preparation.request is request:
            self._preparation = None
            if not self.is_active:
                return
        if self._replacing is request:
            self._replacing = None
        step()
        if refused:
            self.after_refusal()
        self.free_keys()

    def _prove(self, error: PasswordNeeded, request: Request[Any]) -> None:
        """Ask the user for the password again, then repeat the request."""
        from tui.screens.prove import Prove  # noqa: PLC0415  (a form is a room itself)

        preparation = self._preparation if request.group == PREPARE else None
        if preparation:
            preparation.proving = True

        def proved(yes: bool | None) -> None:
            if preparation:
                preparation.proving = False
            if yes:
                self.run_worker(self._answer(request))
            else:
                self._conclude(request, partial(request.refused, error), refused=True)

        self.app.push_screen(Prove(error.session), proved)
