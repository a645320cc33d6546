"""Keys one at a time: the next one is dealt out when the one before it has acted.

Textual hands a key to whatever has the focus when the key arrives. Where many arrive at once, as
after a stall of the line, that is too early: in `olga`, tab, password the tab has not yet moved the
focus, and the password would stand readable in the field for the login. So each key is followed by
a message that comes back up behind it, and the next key waits for that. The message goes round
twice: the second time it comes up behind whatever the key itself has posted.

The top screen decides about each key before it is dispatched (`typed_ahead`). It can hold keys
until it has the data they act on, or drop a key typed before the user could see the screen.
"""

import asyncio
from collections import deque
from typing import Any

from textual import events, on
from textual.app import App
from textual.message import Message
from textual.widget import Widget

from tui.layouts import as_latin
from tui.typed_ahead import KeysFreed, TypedAhead, Verdict

LONGEST = 0.5
"""Seconds after which a key that was never heard of again holds up the others no longer."""
PARTS = 5
"""In so many parts that time is waited for: a machine that stands still lets one of them pass."""
ROUNDS = 2


class KeyDone(Message, namespace="keys"):
    """A message that follows a key. When it arrives the last time, the key has been handled."""

    def __init__(self, number: int, rounds: int) -> None:
        super().__init__()
        self.number, self.rounds = number, rounds


class KeysInOrder(App[None]):
    """An application that acts on each key before it looks at the next."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._keys: deque[events.Key | events.Paste] = deque()
        self._number = 0
        self._target: Widget | None = None
        self._waiting: asyncio.TimerHandle | None = None
        self._held = False

    def hold_keys(self) -> None:
        """Keep what is typed from now on: the screen that it is meant for is not there yet."""
        self._held = True

    async def release_keys(self) -> None:
        """Deal out what was kept: the screen is there, and has said where keys go."""
        self._held = False
        await self.deal()

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self._keys.append(event)
            await self.deal()
        else:
            await super().on_event(event)

    async def on_keys_key_done(self, done: KeyDone) -> None:
        if done.number != self._number:
            return
        if done.rounds and self._follow(done.rounds):
            return
        self._go_on()
        await self.deal()

    @on(KeysFreed)
    async def deal_freed(self) -> None:
        """Dispatch keys that the top screen has held."""
        await self.deal()

    async def deal(self) -> None:
        """Dispatch waiting keys, as far as the top screen allows."""
        while self._keys and self.screen_stack and not self._held and self._waiting is None:
            if not self.screen.is_mounted:
                # What has just been opened is still being made; it says when it is there.
                self._number += 1
                self._wait(PARTS)
                done = KeyDone(self._number, 0)
                self.screen.call_later(self.post_message, done)
                return
            event = self._next_key()
            if event is None:
                return
            self._target = self.focused or self.screen
            self._number += 1
            self._wait(PARTS)
            if isinstance(event, events.Key):
                event = self._meant(event)
            await super().on_event(event)
            if not self._follow(ROUNDS):
                self._go_on()

    def _next_key(self) -> events.Key | events.Paste | None:
        """Return the next key that acts. A key that acts at once drops held keys before it."""
        held = 0
        while held < len(self._keys):
            event = self._keys[held]
            verdict = self._verdict(event)
            if verdict is Verdict.HOLD:
                held += 1
                continue
            for _key in range(held + 1):
                self._keys.popleft()
            if verdict is Verdict.ACT:
                return event
            held = 0
        return None

    def _verdict(self, event: events.Key | events.Paste) -> Verdict:
        screen = self.screen
        if not isinstance(screen, TypedAhead):
            return Verdict.ACT
        key = self._meant(event).key if isinstance(event, events.Key) else ""
        return screen.verdict(key, event.time)

    def _meant(self, event: events.Key) -> events.Key:
        """Return the key as the focused widget takes it: as text, or by its position."""
        target = self.focused or self.screen
        return event if target.check_consume_key(event.key, event.character) else as_latin(event)

    def _follow(self, rounds: int) -> bool:
        """Post a message after the key, or after what the key has posted."""
        target = self._target
        if not self.screen_stack:
            return False  # The program has ended.
        if target is None or not target.is_attached or target.screen is not self.screen:
            # The key has closed its screen, so the screen behind it handles what comes next.
            target = self.screen
        return target.post_message(KeyDone(self._number, rounds - 1))

    def _wait(self, parts: int) -> None:
        """Wait for the newest key to act; after all the parts it counts as done."""
        if parts:
            loop = asyncio.get_running_loop()
            self._waiting = loop.call_later(LONGEST / PARTS, self._wait, parts - 1)
        else:
            self.post_message(KeyDone(self._number, 0))

    def _go_on(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
