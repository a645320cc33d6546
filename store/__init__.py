"""Usher's rules: people, how they come in, what is known of them. Usable without a screen.

Public, under semantic versioning (DESIGN rule 9): the names in `__all__`. docs/platform.md
tells what they are for, with an example.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from store.errors import Invalid, SessionEnded, SignInRefused, UsherError
from store.opening import open_store
from store.session import Session, operator_session
from store.values import Door, Origin

if TYPE_CHECKING:
    from store.signin import change_password, resume, sign_out, still_open
    from store.signin.sign_in import SignedIn, sign_in

__all__ = [
    "Door",
    "Invalid",
    "Origin",
    "Session",
    "SessionEnded",
    "SignInRefused",
    "SignedIn",
    "UsherError",
    "change_password",
    "open_store",
    "operator_session",
    "resume",
    "sign_in",
    "sign_out",
    "still_open",
]

LATER = frozenset({"SignedIn", "change_password", "resume", "sign_in", "sign_out", "still_open"})
"""What is imported when it is asked for: most who open the store sign nobody in."""


def __getattr__(name: str) -> Any:
    """One of the names that stand in `store.signin`."""
    if name not in LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("store.signin"), name)
