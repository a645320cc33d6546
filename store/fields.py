"""Column types that behave alike on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from peewee import Field, TextField

FIELD_TYPES = {
    "sqlite": {"UTC": "TEXT", "FOLDED": "TEXT"},
    "postgresql": {"UTC": "TIMESTAMPTZ", "FOLDED": 'TEXT COLLATE "C"'},
}
"""Types that peewee does not know, per engine; handed to the database at opening."""


if TYPE_CHECKING:
    _Moment = Field[datetime]
else:
    _Moment = Field  # only peewee's stubs are generic


class UtcField(_Moment):
    """An aware moment in UTC: fixed-width text on SQLite, so that it sorts as time does.

    Refuses naive values, which would silently mean another zone on another host.
    """

    field_type = "UTC"

    def db_value(self, value: datetime | None) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return utc_text(value)

    def python_value(self, value: Any) -> datetime | None:
        return utc_moment(value)


class FoldedField(TextField):
    """Text compared by code point on both engines; that of names is folded in Python."""

    field_type = "FOLDED"


def utc_text(value: datetime) -> str:
    """The fixed-width form, understood by both engines."""
    # Not by strftime, which does not pad a year of fewer than four digits.
    text = value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")
    return f"{text}Z"


def utc_moment(value: Any) -> datetime | None:
    """What either engine returned, as an aware moment in UTC."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return datetime.fromisoformat(value)
