"""Letters leave while the program is open: in a thread of its own, of which nobody sees anything.

One letter at a time and none where none is due; soon after one was queued here, else every few
seconds, for those that others have queued or that wait for another try (DESIGN 3.12).
"""

from threading import Event, Thread

from store.database import Store
from store.errors import UsherError
from store.mail import outbox
from store.presence import has_account

EVERY_SECONDS = 10.0
SOON_SECONDS = 1.0
"""How long after a letter was queued: until the screen that queued it has been painted."""
GRACE_SECONDS = 0.5
"""How long the end of the program waits for a letter that is on its way; it is sent again by
whoever comes next, when its lease has run out."""


class Delivering:
    """Delivers from `begin` to `end`."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._over = Event()
        self._thread = Thread(target=self._run, daemon=True, name="usher-mail")

    def begin(self) -> None:
        self._thread.start()

    def end(self) -> None:
        """Begin with no further letter."""
        self._over.set()
        self.store.queued.set()
        self._thread.join(GRACE_SECONDS)

    def _run(self) -> None:
        before = ""
        while not self._over.is_set():
            if self.store.queued.wait(EVERY_SECONDS):
                self._over.wait(SOON_SECONDS)
            self.store.queued.clear()
            trouble = self._deliver()
            if trouble and trouble != before:
                self.store.log.warning("letters wait: %s", trouble)
            before = trouble

    def _deliver(self) -> str:
        """What is due; gives the reason where it stays."""
        try:
            if self._over.is_set() or not has_account(self.store):
                return ""
            if not outbox.waiting(self.store):
                return ""
            # What letters are made of takes 50 ms to import, and most who come in queue none.
            from store.mail import delivery  # noqa: PLC0415  (see above)

            return delivery.deliver(self.store, stop=self._over.is_set).trouble
        except UsherError as error:
            # A database that is away is the business of whoever presses a key.
            return error.name
