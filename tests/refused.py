"""People whom no door lets in, for every reason there is; their logins are of one length."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from store import users
from store.models import UserRow
from store.session import Session
from store.values import Draft, Status

RIGHT = "seven quiet herons at dusk"
"""The password of all of them."""
UNKNOWN, MISTYPES = "unknown", "mistype"
"""Nobody's login, and one whose password is given wrongly."""

Changes = Mapping[str, Any]


def states(now: datetime) -> dict[str, Changes]:
    """Login to what keeps its person out (DESIGN 3.2, gates 2 to 6)."""
    return {
        MISTYPES: {},
        "lockedp": {"attempts": 6, "attempted_at": now, "locked_at": now},
        "lockedi": {"idle_from": now - timedelta(days=90, seconds=1)},
        "inactiv": {"status": Status.INACTIVE},
        "blocked": {"status": Status.BLOCKED},
        "pendexp": {
            "status": Status.PENDING,
            "password_temporary": True,
            "password_set_at": now - timedelta(hours=72, seconds=1),
        },
        "unconfd": {"status": Status.PENDING, "confirmed_at": None},
        "nopassw": {"status": Status.PENDING, "password_hash": None},
    }


SIMULATOR = "simonly"
"""Somebody who may enter the simulator alone: refused at the platform's door (gate 7)."""


def plant(owner: Session) -> None:
    """Make all of them."""
    now = owner.store.now()
    for login, changes in (*states(now).items(), (SIMULATOR, {"simulator_only": True})):
        draft = Draft(first_name="Maria", last_name="Silva", login=login, role="Support",
                      teams=("North",))  # fmt: skip
        user = users.create(owner, draft, password=RIGHT)
        usual = {"status": Status.ACTIVE, "password_temporary": False}
        with owner.store.write(owner):
            UserRow.update(**{**usual, **changes}).where(UserRow.id == user.id).execute()


def tries(now: datetime) -> list[tuple[str, str]]:
    """Login and password of every refusal at any door: the right password but where it is typed
    wrongly."""
    wrong = {UNKNOWN, MISTYPES}
    logins = [UNKNOWN, *states(now)]
    return [(login, "a wrong one" if login in wrong else RIGHT) for login in logins]
