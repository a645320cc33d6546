"""Waiting in tests until the screens are still: known from their queues, not guessed by a clock.

Textual takes a process for idle that has slept for 20 ms three times a key. Most of what the tests
of the screens took was that sleep; and on a busy machine it was over too early.
"""

import asyncio
from time import monotonic

import textual.app
import textual.pilot
from textual._context import active_app
from textual.app import App
from textual.message_pump import MessagePump
from textual.screen import Screen

TURNS = 2
"""So many times in a row nothing is under way before it counts: one step may lead to another."""


PATIENCE = 10.0
"""Seconds after which it goes on all the same: a clock or a spinner may never be still."""


async def idle(min_sleep: float = 0, max_sleep: float = 1) -> None:
    """Return when no message waits or is being handled, and nothing is to be laid out or drawn.

    A program that ends has nothing more to wait for."""
    app, until, still = active_app.get(), monotonic() + PATIENCE, 0
    while still < TURNS and monotonic() < until and not app._exit:
        await asyncio.sleep(0)
        if not _is_still(app):
            still = 0
            await asyncio.sleep(0.001)
            continue
        # Whatever is being handled now is done when this comes back, and may have pushed a screen.
        await textual.pilot.Pilot(app)._wait_for_screen(PATIENCE)
        still = still + 1 if _is_still(app) else 0


def _is_still(app: App[object]) -> bool:
    pumps: list[MessagePump] = [app]
    for screen in app.screen_stack:
        pumps += screen.walk_children(with_self=True)
    return not (
        app._resize_event
        or any(pump.message_queue_size or pump._next_callbacks for pump in pumps)
        or any(map(_is_unsettled, app.screen_stack[-1:]))
    )


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
    """Let Textual's own pilot wait like this."""
    for module in (textual.app, textual.pilot):
        setattr(module, "wait_for_idle", idle)  # noqa: B010  (it is not theirs to export)
