"""Threads that wait until a test opens a gate, to delay answers."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

Answer = TypeVar("Answer")


class Gate(ThreadPoolExecutor):
    """The threads of an event loop. Calls wait while the gate is shut."""

    def __init__(self) -> None:
        super().__init__()
        self._open = threading.Event()
        self._open.set()
        self.waiting = 0
        """Calls that wait at the gate."""
        asyncio.get_running_loop().set_default_executor(self)

    def submit(self, call: Callable[..., Answer], /, *args: Any, **options: Any) -> Future[Answer]:
        self.waiting += not self._open.is_set()

        def behind_the_gate() -> Answer:
            assert self._open.wait(30), "nobody has opened the gate"
            return call(*args, **options)

        return super().submit(behind_the_gate)

    def shut(self) -> None:
        """Make calls wait from now on."""
        self.waiting = 0
        self._open.clear()

    def open(self) -> None:
        """Release all waiting calls."""
        self._open.set()
