"""Which sub-accounts somebody reaches, as people read it."""

from store.values import ALL, User
from store.wording import _


def reach_of(user: User) -> str:
    """Their sub-accounts; nothing for a standard user without any."""
    if user.admin:
        return _("all of them, as every admin")
    return _("all of them") if user.sub_accounts == (ALL,) else ", ".join(user.sub_accounts)
