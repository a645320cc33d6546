"""What the simulator asks of those who come in by it alone (S0, DESIGN 3.5)."""

from collections.abc import Collection

from store.access.catalogue import NEEDED_BY_SIMULATOR


def missing(permissions: Collection[str]) -> tuple[str, ...]:
    """What of it is not among these; pure."""
    return tuple(needed for needed in NEEDED_BY_SIMULATOR if needed not in permissions)
