"""Keys one at a time: the next one is dealt out when the one before it has acted.

Textual hands a key to whatever has the focus when the key arrives. Where many arrive at once, as
after a stall of the line, that is too early: in `olga`, tab, password the tab has not yet moved the
focus, and the password would stand readable in the field for the login. So each key is followed by
a message that comes back up behind it, and the next key waits for that.
"""

import asyncio
from collections import deque
from typing import Any

from textual import events
from textual.app import App
from textual.message import Message
from textual.widget import Widget

from tui.layouts import as_latin

LONGEST = 0.5
"""Seconds after which a key that was never heard of again holds up the others no longer."""
PARTS = 5
"""In so many parts that time is waited for: a machine that stands still lets one of them pass."""


class KeyDone(Message, namespace="keys"):
    """Follows a key on its way up; where it arrives, the key has been dealt with."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


class KeysInOrder(App[None]):
    """An application that acts on each key before it looks at the next."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._keys: deque[events.Key | events.Paste] = deque()
        self._number = 0
        self._waiting: asyncio.TimerHandle | None = None
        self._held = False

    def hold_keys(self) -> None:
        """Keep what is typed from now on: the screen that it is meant for is not there yet."""
        self._held = True

    async def release_keys(self) -> None:
        """Deal out what was kept: the screen is there, and has said where keys go."""
        self._held = False
        await self._deal()

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self._keys.append(event)
            await self._deal()
        else:
            await super().on_event(event)

    async def on_keys_key_done(self, done: KeyDone) -> None:
        if done.number == self._number:
            self._go_on()
            await self._deal()

    async def _deal(self) -> None:
        while self._keys and not self._held and self._waiting is None:
            target = self.focused or self.screen
            self._number += 1
            done = KeyDone(self._number)
            self._wait(PARTS)
            if not self.screen.is_mounted:
                # What has just been opened is still being made; it says when it is there.
                self.screen.call_later(self.post_message, done)
                return
            event = self._keys.popleft()
            if isinstance(event, events.Key) and not _types(target, event):
                event = as_latin(event)
            await super().on_event(event)
            if not target.post_message(done):
                self._go_on()

    def _wait(self, parts: int) -> None:
        """Wait for the newest key to act; after all the parts it counts as done."""
        if parts:
            loop = asyncio.get_running_loop()
            self._waiting = loop.call_later(LONGEST / PARTS, self._wait, parts - 1)
        else:
            self.post_message(KeyDone(self._number))

    def _go_on(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None


def _types(target: Widget, event: events.Key) -> bool:
    """Whether this key is text for whatever has the focus."""
    return target.check_consume_key(event.key, event.character)
