"""Driving the screens in tests: keys in, text out, no sleeping."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from textual import events
from textual.app import App
from textual.cache import LRUCache
from textual.css.model import RuleSet
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from tui.sheet import Sheet
from tui.typed_ahead import TypedAhead

NAMED = {"\r": "enter", "\x1b": "escape"}
"""Keys whose characters have other names in Textual."""
SMALL, LARGE = (80, 24), (132, 40)
PARSED: LRUCache[tuple[object, ...], list[RuleSet]] = LRUCache(1024)
"""The style sheet is the same for all: parsing it is a third of what it takes to open a screen."""


def drive(
    app: App[Any], steps: Callable[[Pilot[Any]], Awaitable[None]], size: tuple[int, int] = SMALL
) -> None:
    """Run an application without a terminal and do something with it."""
    if isinstance(app.stylesheet, Sheet):
        app.stylesheet._parse_cache = PARSED

    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            await steps(pilot)
            await settled(pilot)

    asyncio.run(run())


def type_ahead(app: App[Any], text: str) -> None:
    """Type faster than the program answers, as on a slow line: it keeps the order by itself."""
    driver = app._driver
    assert driver is not None
    for letter in text:
        name = NAMED.get(letter) or (letter if letter.isalnum() else _character_to_key(letter))
        key = events.Key(name, letter)
        key.set_sender(app)
        driver.send_message(key)


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until nothing is under way: no message, and no worker that one may have started."""
    await pilot.pause()
    # Where the program has ended, one that was cancelled stays among them for good.
    while workers := [one for one in pilot.app.workers if not one.is_finished]:
        for worker in workers:
            # One that a newer one takes the place of, or whose screen has gone, is done as well.
            with suppress(WorkerCancelled):
                await worker.wait()
        await pilot.pause()
    await painted(pilot)


async def painted(pilot: Pilot[Any]) -> None:
    """Wait until the top screen has been painted, even during a request."""
    while pilot.app.is_running and not _painted(pilot.app):
        await pilot.pause()


def _painted(app: App[Any]) -> bool:
    """Return whether the top screen has been painted, and so counts as seen."""
    screen = app.screen_stack[-1] if app.screen_stack else None
    if not isinstance(screen, TypedAhead):
        return True
    # After a refusal, keys count only once it was painted.
    sights = screen.sight, getattr(screen, "_unheard", None)
    return all(sight is None or sight.painted for sight in sights)


def text_of(app: App[Any]) -> str:
    """What stands on the screen, line by line, without trailing space."""
    lines = app.screen._compositor.render_strips()
    return "\n".join(line.text.rstrip() for line in lines)
