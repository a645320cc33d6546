"""Which rows of a module somebody sees."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from store.values.people import Named


class Sees(StrEnum):
    """Nothing of a module, everything, or what the limits of a `Scope` leave."""

    NOTHING = "nothing"
    EVERYTHING = "everything"
    LIMITED = "limited"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which rows of `module` the person with the id `user` sees.

    The limits count where `sees` is `LIMITED`: with `own_teams_only` the rows of the members of
    `teams` and their own; and rows of no sub-account, or of one of `sub_accounts`, unless they
    have `all_sub_accounts`. Both must let a row through.
    """

    user: int
    module: str
    sees: Sees
    own_teams_only: bool = False
    teams: tuple[Named, ...] = ()
    all_sub_accounts: bool = False
    sub_accounts: tuple[Named, ...] = ()

    def shows(
        self,
        owner: int | None,
        teams_of_owner: Collection[int] = (),
        sub_account: int | str | None = None,
    ) -> bool:
        """Whether they see a row of this owner, in this sub-account, by its id or its name."""
        if self.sees is not Sees.LIMITED:
            return self.sees is Sees.EVERYTHING
        return self._in_reach(sub_account) and (
            not self.own_teams_only
            or owner == self.user
            or any(team.id in teams_of_owner for team in self.teams)
        )

    def _in_reach(self, sub_account: int | str | None) -> bool:
        if self.all_sub_accounts or sub_account in {None, ""}:
            return True
        return any(sub_account in {one.id, one.name} for one in self.sub_accounts)
