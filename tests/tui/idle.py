"""Waiting in tests until the screens are still: known from their queues, not guessed by a clock.

Textual takes a process for idle that has slept for 20 ms three times a key, and asks every widget
by a message whether it is done. Most of what the tests of the screens took was that; and on a busy
machine it was over too early.
"""

import asyncio
from time import monotonic

import textual.app
import textual.pilot
import textual.screen
from textual._context import active_app
from textual._queue import Queue
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.screen import Screen

TURNS = 2
"""So many times in a row nothing is under way before it counts: one step may lead to another."""


FRAME = 0.001
"""Seconds between two frames: a sixtieth of a second is for eyes, and was a third of each test."""
PATIENCE = 10.0
"""Seconds after which it goes on all the same: a clock or a spinner may never be still."""


async def idle(min_sleep: float = 0, max_sleep: float = 1) -> None:
    """Return when no message waits or is being handled, and nothing is to be laid out or drawn.

    A program that ends has nothing more to wait for.
    """
    app, until, still = active_app.get(), monotonic() + PATIENCE, 0
    while still < TURNS and monotonic() < until and not _is_over(app):
        await asyncio.sleep(0)
        if _is_still(app):
            still += 1
        else:
            still = 0
            await asyncio.sleep(0.001)


async def _wait_for_screen(pilot: Pilot[object], timeout: float = PATIENCE) -> bool:
    await idle()
    return not pilot.app._exception


def _is_over(app: App[object]) -> bool:
    return bool(app._exit or app._exception)


def _is_still(app: App[object]) -> bool:
    pumps: list[MessagePump] = [app]
    for screen in app.screen_stack:
        pumps += screen.walk_children(with_self=True)
    return not (
        app._resize_event
        or getattr(app, "_keys", None)
        or not all(map(_rests, pumps))
        or any(map(_is_unsettled, app.screen_stack[-1:]))
    )


def _rests(pump: MessagePump) -> bool:
    """Whether it waits for a message: then none waits for it, and it handles none."""
    queue: Queue[Message | None] = pump._message_queue
    return not queue.values and not pump._next_callbacks and bool(queue.ready_event._waiters)


def _is_unsettled(screen: Screen[object]) -> bool:
    return bool(
        # One that was only just pushed has drawn nothing yet.
        not screen._compositor.size
        or screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._dirty_widgets
        or screen._callbacks
    )


def install() -> None:
    """Let Textual's own pilot wait like this, and what has changed be drawn at once."""
    for module in (textual.app, textual.pilot):
        setattr(module, "wait_for_idle", idle)  # noqa: B010  (it is not theirs to export)
    setattr(textual.screen, "UPDATE_PERIOD", FRAME)  # noqa: B010  (as above)
    setattr(Pilot, "_wait_for_screen", _wait_for_screen)  # noqa: B010  (as above)
