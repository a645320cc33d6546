"""What is said of records: how many there are of each kind."""

from store.values import Counts
from tui.moments import grouped
from tui.signs import SIGNS


def by_kind(counts: Counts) -> str:
    """`client 12 · deal 3`."""
    return f" {SIGNS.dot} ".join(
        f"{kind} {grouped(sum(states.values()))}" for kind, states in counts.items()
    )
