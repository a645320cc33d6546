"""One signed-in person, or the operator: what every verb takes."""

import os
import pwd
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from store.errors import NotAllowed
from store.values import Door, Origin
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store


NOBODY = 0
"""The id of a visitor who is not known, or not yet: no user has it."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Whoever reached this process through `usher ssh`: from where, and by whose key if by any."""

    address: str = ""
    key: str = ""
    """The fingerprint of the key that sshd has verified; empty where none is known."""
    user: int | None = None
    login: str = ""


_guest: Guest | None = None
"""A fact about the process, as its OS user is: known once, before anything is opened."""


def came_by_ssh(guest: Guest) -> None:
    """From now on this process acts for somebody at the other end of a line, never for the host."""
    global _guest  # noqa: PLW0603  (see above)
    _guest = guest


def guest_of_process() -> Guest | None:
    """Who came through `usher ssh`; None in a process that somebody started on the host."""
    return _guest


@dataclass(slots=True)
class Proof:
    """When the person of a session last gave their password; None where a key was enough.

    `only_password` is gate 8: all they may do is to choose a new one (CHECKLIST D37).
    """

    at: datetime | None = None
    only_password: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """Actor, door, origin and store. `user` is None for the operator; `row` is its session row.

    `reason` goes into the audit entries of the verbs that are called with this session.

    Raises:
        NotAllowed: it would be the operator's, in a process that came through `usher ssh`.
    """

    store: "Store"
    user: int | None
    name: str
    door: Door
    origin: Origin
    row: int | None = None
    reason: str = ""
    proof: Proof = field(default_factory=Proof)

    def __post_init__(self) -> None:
        if self.user is None and _guest is not None:
            raise NotAllowed(
                _(
                    "Over SSH, commands cannot act as the operator. Sign in as a user. Add: "
                    "--as LOGIN --password-stdin"
                )
            )

    @property
    def operator(self) -> bool:
        return self.user is None

    def because(self, reason: str) -> "Session":
        """The same session, acting for a reason."""
        return replace(self, reason=reason)


def operator_session(store: "Store") -> Session:
    """Whoever runs commands on the host as the OS user who owns the data folder (DESIGN 1).

    Raises:
        NotAllowed: this process came through `usher ssh`.
    """
    origin = origin_of_process()
    return Session(store, None, f"host:{origin.os_user}", Door.USHER, origin)


def visitor(store: "Store", user: int | None, name: str, door: Door, origin: Origin) -> Session:
    """Whoever stands before a door and says to be this user; nobody, where it is no user."""
    if user is None:
        return Session(store, NOBODY, "nobody", door, origin)
    return Session(store, user, name, door, origin)


def origin_of_process() -> Origin:
    """The host user, the SSH client's address, the terminal and the key of this process.

    The user is the one that the kernel knows, not what `LOGNAME` says.
    """
    try:
        terminal = os.ttyname(0)
    except OSError:
        terminal = ""
    try:
        user = pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        user = str(os.geteuid())
    if _guest is not None:
        return Origin(user, _guest.address, terminal, _guest.key)
    return Origin(user, client_address(), terminal)


def client_address() -> str:
    """The address of the SSH client, as sshd tells it; empty where there is none."""
    connection = os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_CLIENT", "")
    return next(iter(connection.split()), "")
