"""Coming in and going out: the gates, sign-in, one's own password and a forgotten one, sessions."""

from store.signin.forgotten import forgot, reset
from store.signin.own_password import change as change_password
from store.signin.own_password import prove
from store.signin.sessions import end as sign_out
from store.signin.sign_in import SignedIn, sign_in, sign_in_by_key

__all__ = [
    "SignedIn",
    "change_password",
    "forgot",
    "prove",
    "reset",
    "sign_in",
    "sign_in_by_key",
    "sign_out",
]
