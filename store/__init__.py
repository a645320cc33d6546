"""Usher's rules: people, how they come in, what is known of them. Usable without a screen.

Public, under semantic versioning: `open_store`, `sign_in`, `operator_session` and the errors.
"""

from typing import TYPE_CHECKING, Any

from store.errors import UsherError
from store.opening import open_store
from store.session import Session, operator_session

if TYPE_CHECKING:
    from store.signin.sign_in import sign_in

__all__ = ["Session", "UsherError", "open_store", "operator_session", "sign_in"]


def __getattr__(name: str) -> Any:
    """`sign_in`, when it is asked for: most who open the store sign nobody in."""
    if name != "sign_in":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from store.signin.sign_in import sign_in  # noqa: PLC0415  (that is what this function is for)

    return sign_in
