"""Big hand-overs go on while the program is open, where nobody else goes on with them.

Whoever began one goes through its batches; only where that came to an end in between, and it has
not moved since the last look, does this take over (DESIGN 3.8).
"""

from threading import Event, Thread

from store.database import Store
from store.errors import UsherError
from store.presence import has_account

EVERY_SECONDS = 10.0
"""Between two looks: in this time whoever goes on with it moves some batches."""
GRACE_SECONDS = 0.5
"""How long the end of the program waits for the batch that is on its way."""


class GoingOn:
    """Looks after hand-overs from `begin` to `end`."""

    def __init__(self, store: Store, every: float = EVERY_SECONDS) -> None:
        self.store, self.every = store, every
        self._over = Event()
        self._seen: dict[int, int] = {}
        self._thread = Thread(target=self._run, daemon=True, name="usher-leaving")

    def begin(self) -> None:
        self._thread.start()

    def end(self) -> None:
        """Begin with no further batch."""
        self._over.set()
        self._thread.join(GRACE_SECONDS)

    def _run(self) -> None:
        while not self._over.wait(self.every):
            try:
                self._look()
            except UsherError as error:
                # A database that is away is the business of whoever presses a key.
                self.store.log.warning("hand-overs wait: %s", error.name)

    def _look(self) -> None:
        if not has_account(self.store):
            return
        from store.leaving import standing  # noqa: PLC0415  (by now somebody has signed in)

        going = {one.user: one.moved for one in standing.pending(self.store) if not one.stopped}
        for number, moved in going.items():
            if self._seen.get(number) == moved:
                from store.leaving import batches  # noqa: PLC0415  (hardly ever)

                batches.carry_on(self.store, number, cancelled=self._over.is_set)
        self._seen = going
