"""The account's settings: defaults, bounds, and where each comes from.

Read as one snapshot; policy functions take the snapshot and never the database.
"""

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from store.database import Store


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default. A field `a_b` is the setting that is stored as `a.b`."""

    display_time_zone: str = "UTC"
    password_min_length: int = 12
    """Code points; never below 8 (CHECKLIST A4)."""
    password_max_age_days: int = 120
    """After so many days a new one must be chosen (S0); 0 is never."""
    password_temporary_hours: int = 72
    """How long a password set by somebody else may be used (S0, CHECKLIST D37)."""
    session_idle_minutes: int = 15
    """After so many idle minutes the screen locks (CHECKLIST E39)."""
    session_absolute_hours: int = 12
    """After so many hours one signs in anew (CHECKLIST E39)."""
    users_required: str = "first_name last_name email|password role team"
    """What a form must hold; `a|b` is one of them (S1)."""
    profile_self_edit: str = "phone photo language country"
    """What a standard user may change of the own profile (S1, S4)."""

    @property
    def time_zone(self) -> "ZoneInfo":
        from zoneinfo import ZoneInfo  # noqa: PLC0415  (only tables and screens write local times)

        return ZoneInfo(self.display_time_zone)

    @property
    def session_idle(self) -> timedelta:
        return timedelta(minutes=self.session_idle_minutes)

    @property
    def session_absolute(self) -> timedelta:
        return timedelta(hours=self.session_absolute_hours)


def stored_name(field_name: str) -> str:
    """`password_min_length` is stored, and named to people, as `password.min_length`."""
    return field_name.replace("_", ".", 1)


def load(store: "Store") -> Settings:
    """The settings as they stand now, in one read."""
    with store.read():
        stored: dict[str, str] = dict(store.sql("SELECT key, value FROM usher_setting"))
    defaults = asdict(Settings())
    given: dict[str, Any] = {
        name: type(default)(stored[stored_name(name)])
        for name, default in defaults.items()
        if stored_name(name) in stored
    }
    return Settings(**given)


def account_name(store: "Store") -> str | None:
    """The account's name; None where set-up has yet to be done."""
    with store.read():
        rows = store.sql("SELECT name FROM usher_account")
    return str(rows[0][0]) if rows else None
