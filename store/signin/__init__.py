"""Coming in and going out: the gates, sign-in, one's own password, sessions."""

from store.signin.own_password import change as change_password
from store.signin.own_password import prove
from store.signin.sessions import end as sign_out
from store.signin.sign_in import SignedIn, sign_in, sign_in_by_key
from store.signin.why import Explanation, why

__all__ = [
    "Explanation",
    "SignedIn",
    "change_password",
    "prove",
    "sign_in",
    "sign_in_by_key",
    "sign_out",
    "why",
]
