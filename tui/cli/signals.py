"""How a command that works for long is stopped: nothing half is left behind."""

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
