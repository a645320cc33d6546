"""The threads in which screens call the store; whoever leaves does not wait for them long."""

from collections.abc import Callable
from concurrent import futures
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

Answer = TypeVar("Answer")

GRACE = 0.3
"""Seconds that threads are given to come to an end when the program does."""


class Threads(ThreadPoolExecutor):
    """Threads that may be left behind in the midst of what they are at.

    What they write is written whole or not at all, so nothing is torn (CHECKLIST I60).
    """

    def __init__(self) -> None:
        super().__init__(thread_name_prefix="usher")
        self._under_way: set[Future[Any]] = set()

    def submit(self, call: Callable[..., Answer], /, *args: Any, **options: Any) -> Future[Answer]:
        future = super().submit(call, *args, **options)
        self._under_way.add(future)
        future.add_done_callback(self._under_way.discard)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002
        """Begin nothing new, and wait a moment at most for what is under way."""
        super().shutdown(wait=False, cancel_futures=True)
        futures.wait(set(self._under_way), GRACE)
