"""How a command that works for long is stopped: nothing half is left behind."""

import os
import select
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType


@contextmanager
def stopped_at_once() -> Iterator[None]:
    """Let a signal that ends the program end it as ctrl+c does."""
    caught = [
        number
        for number in (signal.SIGTERM, signal.SIGHUP)
        if signal.getsignal(number) is signal.SIG_DFL
    ]
    for number in caught:
        signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number in caught:
            signal.signal(number, signal.SIG_DFL)


@contextmanager
def stopped_between_steps() -> Iterator[Callable[[], bool]]:
    """Let ctrl+c end the work after the step it is at, the second one at once.

    Gives what the work asks between two steps: whether it is to stop there.
    """
    stopping = Event()

    def stop(number: int, frame: FrameType | None) -> None:
        if stopping.is_set():
            signal.default_int_handler(number, frame)
        stopping.set()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield stopping.is_set
    finally:
        signal.signal(signal.SIGINT, before)


class Ending:
    """Whether a signal has asked for the end; whoever waits is woken by it."""

    def __init__(self) -> None:
        self.asked = False
        self._woken, self._wake = os.pipe()

    def __call__(self, *_signal: object) -> None:
        self.asked = True
        os.write(self._wake, b".")

    def wait(self, seconds: float) -> None:
        """Wait so long, or until the end is asked for."""
        select.select([self._woken], [], [], seconds)


@contextmanager
def ended_by_signal() -> Iterator[Ending]:
    """Let ctrl+c and whatever ends a service end the work between two steps of it."""
    ending = Ending()
    before = {number: signal.signal(number, ending) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield ending
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
