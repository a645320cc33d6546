"""Which sub-accounts somebody reaches, and what a team lets see, as people read it."""

from store.values import ALL, Team, User
from store.wording import _


def reach_of(user: User) -> str:
    """Their sub-accounts; nothing for a standard user without any."""
    if user.admin:
        return _("all of them, as every admin")
    return _("all of them") if user.sub_accounts == (ALL,) else ", ".join(user.sub_accounts)


def what_they_see(team: Team) -> str:
    """Which clients the members of a team see."""
    return _("clients of their own teams") if team.own_clients_only else _("all clients")
