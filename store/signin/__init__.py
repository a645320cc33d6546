"""Coming in and going out: the gates, sign-in, one's own password and a forgotten one, sessions."""

from store.signin.accepting import accept
from store.signin.by_code import purpose_of
from store.signin.confirming import confirm_email, send_confirmation
from store.signin.forgotten import forgot, reset
from store.signin.own_password import change as change_password
from store.signin.own_password import prove
from store.signin.sessions import sign_out
from store.signin.sign_in import SignedIn, sign_in, sign_in_by_key
from store.signin.standing import heard, resume, still_open
from store.signin.why import Explanation, why

__all__ = [
    "Explanation",
    "SignedIn",
    "accept",
    "change_password",
    "confirm_email",
    "forgot",
    "heard",
    "prove",
    "purpose_of",
    "reset",
    "resume",
    "send_confirmation",
    "sign_in",
    "sign_in_by_key",
    "sign_out",
    "still_open",
    "why",
]
