"""Usher's rules: people, how they come in, what is known of them. Usable without a screen.

Public, under semantic versioning: `open_store`, `sign_in`, `operator_session` and the errors.
"""

from store.errors import UsherError
from store.opening import open_store
from store.session import Session, operator_session
from store.signin import sign_in

__all__ = ["Session", "UsherError", "open_store", "operator_session", "sign_in"]
