"""Addresses that users have confirmed, each once in any spelling (DESIGN 3.9).

They are stored per user and canonical address, so another user of a released address must confirm
it again. `usher_user.email_confirmed_at` is for the user's current address.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from store import checks
from store.models import ConfirmedAddress, UserRow

if TYPE_CHECKING:
    from store.database import Store, Unit


def confirm(unit: "Unit", user_id: int) -> None:
    """Record that the user has confirmed the current address."""
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

    `changed` has user ids with their new addresses. An empty address means none.
    """
    store.sql_many(
        "UPDATE usher_user SET email_confirmed_at = (SELECT c.confirmed"
        " FROM usher_confirmed_address c WHERE c.user_id = usher_user.id AND c.key = ?)"
        " WHERE id = ?",
        [(checks.email_key(email), user_id) for user_id, email in changed],
    )
