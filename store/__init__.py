"""Usher's rules: people, how they come in, what is known of them. Usable without a screen.

Public, under semantic versioning (DESIGN rule 9): the names in `__all__`. docs/platform.md
tells what they are for, with an example.
"""

from typing import TYPE_CHECKING

from store.errors import CodeRefused, Invalid, SessionEnded, SignInRefused, UsherError
from store.later import later
from store.opening import open_store
from store.session import Session, operator_session
from store.values import Door, Origin, Scope, Sees

if TYPE_CHECKING:
    from store.access.scope import scope
    from store.ownership.absence import cancel_absence
    from store.signin import accept, change_password, confirm_email, resume, sign_out, still_open
    from store.signin.sign_in import SignedIn, sign_in

__all__ = [
    "CodeRefused",
    "Door",
    "Invalid",
    "Origin",
    "Scope",
    "Sees",
    "Session",
    "SessionEnded",
    "SignInRefused",
    "SignedIn",
    "UsherError",
    "accept",
    "cancel_absence",
    "change_password",
    "confirm_email",
    "open_store",
    "operator_session",
    "resume",
    "scope",
    "sign_in",
    "sign_out",
    "still_open",
]

_SIGNIN = (
    "SignedIn", "accept", "change_password", "confirm_email", "resume", "sign_in",
    "sign_out", "still_open",
)  # fmt: skip
_LATER = {
    **dict.fromkeys(_SIGNIN, "store.signin"),
    "scope": "store.access.scope",
    "cancel_absence": "store.ownership.absence",
}
"""Where that stands for which most do not open the store: who comes in, and what they see."""
if not TYPE_CHECKING:  # to a checker every name would be there
    __getattr__ = later(__name__, _LATER)
