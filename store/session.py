"""One signed-in person, or the operator: what every verb takes."""

import os
import pwd
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from store.values import Door, Origin

if TYPE_CHECKING:
    from store.database import Store


@dataclass(frozen=True, slots=True)
class Session:
    """Actor, door, origin and store. `user` is None for the operator; `row` is its session row.

    `reason` goes into the audit entries of the verbs that are called with this session.
    """

    store: "Store"
    user: int | None
    name: str
    door: Door
    origin: Origin
    row: int | None = None
    reason: str = ""

    @property
    def operator(self) -> bool:
        return self.user is None

    def because(self, reason: str) -> "Session":
        """The same session, acting for a reason."""
        return replace(self, reason=reason)


def operator_session(store: "Store") -> Session:
    """Whoever runs commands on the host as the OS user who owns the data folder (DESIGN 1)."""
    origin = origin_of_process()
    return Session(store, None, f"host:{origin.os_user}", Door.USHER, origin)


def origin_of_process() -> Origin:
    """The host user, the SSH client's address and the terminal of this process.

    The user is the one that the kernel knows, not what `LOGNAME` says.
    """
    try:
        terminal = os.ttyname(0)
    except OSError:
        terminal = ""
    connection = os.environ.get("SSH_CONNECTION", "").split()
    try:
        user = pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        user = str(os.geteuid())
    return Origin(user, connection[0] if connection else "", terminal)
