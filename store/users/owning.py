"""That nobody goes while they own something: the new owner is asked for whenever there is a record
(S0, S4, DESIGN 3.1)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from store.policy.transitions import Impossible, Problem, escaped
from store.records import holdings
from store.values import User
from store.wording import _, grouped, ngettext

if TYPE_CHECKING:
    from store.database import Store

VERBS = frozenset({"deactivate", "remove", "revoke"})
"""What is refused while somebody owns anything that is not handed over with it."""
WORDS = _("owning records without a recipient")
"""The refusal as it is said of several."""


class OwnsRecords(Impossible):
    """They own something, and nobody is named to whom it goes."""

    def __init__(self, user: User, owned: Mapping[str, int]) -> None:
        number = sum(owned.values())
        kinds = ", ".join(f"{grouped(many)} {kind}" for kind, many in owned.items())
        what = ngettext("{n} record ({kinds})", "{n} records ({kinds})", number)
        sentence = _(
            "{name} owns {what}. Transfer the records first: usher records transfer "
            "--from {id} --to WHO"
        ).replace("{what}", escaped(what.format(n=grouped(number), kinds=kinds)))
        super().__init__(Problem("owns_records", sentence, WORDS), user)
        self.data["records"] = dict(owned)


def check(store: "Store", user: User) -> None:
    """See that somebody owns nothing, as is needed before they go.

    Raises:
        OwnsRecords: they do; the sentence says what, and how it is handed over.
    """
    owned = holdings.number_of(store, user.id)
    if owned:
        raise OwnsRecords(user, owned)
