"""Long work in a thread: what it tells, and how it is asked to stop."""

from threading import Event


class Work:
    """How far it is. The thread writes it, a screen reads it once a second."""

    def __init__(self) -> None:
        self.rows = 0
        self.part = 0.0
        self._stop = Event()

    @property
    def percent(self) -> int:
        return int(self.part * 100)

    @property
    def stopping(self) -> bool:
        """Whether it is to end with what it is at."""
        return self._stop.is_set()

    def tell(self, rows: int, part: float) -> None:
        """So many rows are done, and this part of all, from 0 to 1."""
        self.rows, self.part = rows, part

    def stop(self) -> None:
        """End with what it is at; what is done by then stays."""
        self._stop.set()
