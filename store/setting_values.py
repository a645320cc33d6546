"""What may be written into a setting, and how it is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.errors import Invalid, Problem
from store.wording import _

if TYPE_CHECKING:
    from store.settings import Settings

BOUNDS: Mapping[str, tuple[int, int]] = {
    "code_reset_minutes": (5, 1440),
    "code_resets_a_day": (1, 50),
    "code_invitation_days": (1, 30),
    "invitations_batch": (1, 2000),
    "invitations_a_day": (1, 100_000),
    "lockout_attempts": (1, 20),
    "lockout_idle_days": (0, 3650),
    "lockout_timed_minutes": (1, 1440),
    "lockout_timed_most_hours": (1, 168),
    "lockout_source_attempts": (10, 100_000),
    "lockout_source_minutes": (1, 1440),
    "password_history": (0, 24),
    "password_min_length": (8, 128),
    "password_max_age_days": (0, 3650),
    "password_temporary_hours": (1, 720),
    "session_idle_minutes": (2, 60),
    "session_absolute_hours": (1, 24),
}
"""The least and the most of each number."""

YES, NO = "yes", "no"

Value = str | int | bool


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as people see it: what stands there, what would without anybody's doing, and
    what it means. `least` and `most` are for numbers alone."""

    key: str
    value: str
    default: str
    least: int | None
    most: int | None
    unit: str
    source: str
    meaning: str
    advice: str

    @property
    def changed(self) -> bool:
        return self.value != self.default

    @property
    def flag(self) -> bool:
        """Whether it is yes or no."""
        return self.default in {YES, NO}

    def as_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "value": self.value,
            "default": self.default,
            "least": self.least,
            "most": self.most,
            "source": self.source,
            "meaning": self.meaning,
            "unit": self.unit or None,
            "advice": self.advice or None,
        }


def written(value: Value) -> str:
    """A value as it is stored, and as people write it."""
    if isinstance(value, bool):
        return YES if value else NO
    return str(value)


def read(default: Value, text: str) -> Value:
    """A value as it was stored."""
    if isinstance(default, bool):
        return text == YES
    return int(text) if isinstance(default, int) else text


def checked(key: str, name: str, old: Value, text: str) -> Value:
    """The value that was typed for the setting `key`, which is the field `name`.

    Raises:
        Invalid: it is none.
    """
    if isinstance(old, bool):
        if text in {YES, NO}:
            return text == YES
        raise _invalid(key, _("Say yes or no."))
    if isinstance(old, int):
        least, most = BOUNDS[name]
        if text.isascii() and text.isdigit() and least <= int(text[:9]) <= most:
            return int(text)
        sentence = _("Give a number from {least} to {most}.")
        raise _invalid(key, sentence.format(least=least, most=most))
    _check_text(key, name, text)
    return text


def check_together(key: str, settings: "Settings") -> None:
    """What each may be by itself, but not beside the others.

    Raises:
        Invalid: `key`, which has just been changed, does not go with another one.
    """
    longest = settings.lockout_timed_most_hours * 60
    if settings.lockout_timed_minutes > longest:
        sentence = _(
            "The first lock would be longer than the longest: lockout.timed_minutes is {first},"
            " lockout.timed_most_hours {most}, which is {longest} minutes. Change the other first."
        )
        raise _invalid(
            key,
            sentence.format(
                first=settings.lockout_timed_minutes,
                most=settings.lockout_timed_most_hours,
                longest=longest,
            ),
        )


def _check_text(key: str, name: str, text: str) -> None:
    if name == "password_remind_days":
        if not all(
            word.isascii() and word.isdigit() and 0 < int(word[:4]) < 366 for word in text.split()
        ):
            raise _invalid(key, _("Give numbers of days from 1 to 365, for example: 14 7 1"))
        return
    if name == "display_time_zone":
        from zoneinfo import available_timezones  # noqa: PLC0415  (hardly ever asked for)

        if text not in available_timezones():
            raise _invalid(key, _("Give a zone by its IANA name, for example Europe/Kyiv."))
        return
    from store.access import FIELDS  # noqa: PLC0415  (rights depend on settings)

    alternatives = name == "users_required"
    known = FIELDS | ({"password", "team"} if alternatives else set())
    words = text.replace("|", " ").split() if alternatives else text.split()
    unknown = [word for word in words if word not in known]
    if unknown:
        sentence = _("“{word}” is no field. Known are: {fields}")
        fields = ", ".join(sorted(known))
        raise _invalid(key, sentence.format(word=unknown[0], fields=fields))


def _invalid(key: str, sentence: str) -> Invalid:
    return Invalid([Problem(key, "setting_invalid", sentence)])
