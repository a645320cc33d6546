"""Confirmed addresses: each is confirmed once by its user, in whatever spelling (DESIGN 3.9).

They are kept per user and canonical address. Another user who takes over a freed address inherits
nothing. `usher_user.email_confirmed_at` says it of the address that the user has now.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from store import checks
from store.models import ConfirmedAddress, UserRow

if TYPE_CHECKING:
    from store.database import Store, Unit


def confirm(unit: "Unit", user_id: int) -> None:
    """Record that the user has proved to read the mail of their present address."""
    row = UserRow.get_by_id(user_id)
    if not row.email:
        return
    ConfirmedAddress.insert(
        user=user_id, key=checks.email_key(row.email), confirmed=unit.now
    ).on_conflict_ignore().execute()
    if row.email_confirmed_at is None:
        UserRow.update(email_confirmed_at=unit.now).where(UserRow.id == user_id).execute()


def restore(store: "Store", changed: Iterable[tuple[int, str]]) -> None:
    """Mark new addresses as confirmed if their users confirmed them before, else as unconfirmed.

    `changed` are users by their ids, each with the address they have now; empty is none.
    """
    store.sql_many(
        "UPDATE usher_user SET email_confirmed_at = (SELECT c.confirmed"
        " FROM usher_confirmed_address c WHERE c.user_id = usher_user.id AND c.key = ?)"
        " WHERE id = ?",
        [(checks.email_key(email), user_id) for user_id, email in changed],
    )
