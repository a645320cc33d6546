"""What may be written into a setting, and how it is written."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from store.errors import Invalid, Problem
from store.numbers import whole_number
from store.wording import _

if TYPE_CHECKING:
    from store.settings import Settings

BOUNDS: Mapping[str, tuple[int, int]] = {
    "code_reset_minutes": (5, 1440),
    "code_resets_a_day": (1, 50),
    "code_confirmation_days": (1, 30),
    "code_invitation_days": (1, 30),
    "invitations_batch": (1, 2000),
    "invitations_a_day": (1, 100_000),
    "lockout_attempts": (1, 20),
    "lockout_idle_days": (0, 3650),
    "lockout_timed_minutes": (1, 1440),
    "lockout_timed_most_hours": (1, 168),
    "lockout_source_attempts": (10, 100_000),
    "lockout_source_minutes": (1, 1440),
    "mail_keep_days": (1, 3650),
    "mail_smtp_port": (1, 65_535),
    "ownership_claim_delay_hours": (1, 8760),
    "password_history": (0, 24),
    "password_min_length": (8, 128),
    "password_max_age_days": (0, 3650),
    "password_temporary_hours": (1, 720),
    "session_idle_minutes": (2, 60),
    "session_absolute_hours": (1, 24),
}
"""The least and the most of each number."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    "mail_credentials": ("link", "temporary_password"),
    "mail_smtp_security": ("starttls", "tls", "none"),
    "mail_transport": ("auto", "smtp", "sendmail", "maildir"),
}
"""The words of which some texts are one."""

TEXT_MAX = 500
"""Characters of an address, a host or a link."""
DAYS_MAX = 365
"""How many days ahead a reminder can be sent at most."""
_LINK = re.compile(r"https?://(?:[!-z|~]|\{code\}|\{purpose\})+")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.:-]*[A-Za-z0-9])?")

YES, NO = "yes", "no"

Value = str | int | bool


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as people see it: what stands there, what would without anybody's doing, and
    what it means. `least` and `most` are for numbers alone, `choices` for what is one of some
    words."""

    key: str
    value: str
    default: str
    least: int | None
    most: int | None
    unit: str
    source: str
    meaning: str
    advice: str
    choices: tuple[str, ...] = ()

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
            "choices": list(self.choices) or None,
        }


def written(value: Value) -> str:
    """A value as it is stored, and as people write it."""
    if isinstance(value, bool):
        return YES if value else NO
    return str(value)


def read(name: str, default: Value, text: str) -> Value:
    """Return the value that applies where `text` is stored for the field `name`.

    A value outside its bounds, from an older version or a manual edit, does not stop commands: the
    default applies until the setting is set again. A list of fields keeps the allowed ones. Only
    the declared tables are used as stored, because records would be left behind without them. An
    error in them is refused when they are used.
    """
    if name == "records_tables":
        return text
    if name == "profile_self_edit":
        return " ".join(word for word in text.split() if word in self_edited())
    try:
        return _accepted(name, default, text)
    except Invalid:
        return default


def fits(name: str, default: Value, text: str) -> bool:
    """Return whether `text`, as stored for the field `name`, is within its bounds and applies."""
    if name == "records_tables":
        return True
    if name == "profile_self_edit":
        return self_edited().issuperset(text.split())
    try:
        _accepted(name, default, text)
    except Invalid:
        return False
    return True


@lru_cache(maxsize=256)
def _accepted(name: str, default: Value, text: str) -> Value:
    """Check each stored text once, because settings are read often and rarely change."""
    if name == "display_time_zone":
        # Looking up one zone is a hundred times faster than listing them all.
        if _zone_is_there(text):
            return text
        raise _invalid(name, "")
    return checked(name, name, default, text)


def checked(key: str, name: str, old: Value, text: str) -> Value:
    """The value that was typed for the setting `key`, which is the field `name`.

    Raises:
        Invalid: it is none.
    """
    if isinstance(old, bool):
        if text in {YES, NO}:
            return text == YES
        raise _invalid(key, _("“{text}” is not valid. Enter yes or no."), text)
    if isinstance(old, int):
        least, most = BOUNDS[name]
        number = whole_number(text, least, most)
        if number is not None:
            return number
        sentence = _("“{text}” is not valid. Enter a number from {least} to {most}.")
        raise _invalid(key, sentence.format(least=least, most=most, text="{text}"), text)
    if name != "records_tables" and len(text) > TEXT_MAX:
        sentence = _("The value is too long. Use at most {n} characters.")
        raise _invalid(key, sentence.format(n=TEXT_MAX))
    _check_text(key, name, text)
    return text


def check_together(key: str, settings: "Settings") -> None:
    """What each may be by itself, but not beside the others.

    Raises:
        Invalid: `key`, which has just been changed, does not go with another one.
    """
    if key not in {"lockout.timed_minutes", "lockout.timed_most_hours"}:
        return
    longest = settings.lockout_timed_most_hours * 60
    if settings.lockout_timed_minutes > longest:
        sentence = _(
            "The first lock (lockout.timed_minutes {first}) would be longer than the "
            "longest (lockout.timed_most_hours {most}, {longest} minutes). Change the "
            "other setting first."
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
    if name in CHOICES:
        if text not in CHOICES[name]:
            sentence = _("“{text}” is not valid. Enter one of: {words}")
            raise _invalid(
                key, sentence.format(words=", ".join(CHOICES[name]), text="{text}"), text
            )
        return
    check = _CHECKS.get(name)
    fault = check(text) if check else _check_fields(text, alternatives=name == "users_required")
    if fault:
        raise _invalid(key, fault, text)


def _check_days(text: str) -> str:
    if all(whole_number(word, 1, DAYS_MAX) for word in text.split()):
        return ""
    return _("“{text}” is not a list of days. Use numbers from 1 to 365, for example: 14 7 1")


def _check_zone(text: str) -> str:
    from zoneinfo import available_timezones  # noqa: PLC0415  (hardly ever asked for)

    if text in available_timezones():
        return ""
    return _("“{text}” is not a time zone. Use an IANA name, for example Europe/Kyiv.")


def _zone_is_there(text: str) -> bool:
    from zoneinfo import ZoneInfo  # noqa: PLC0415  (hardly ever asked for)

    try:
        ZoneInfo(text)
    except (LookupError, ValueError, OSError):
        return False
    return True


def _check_link(text: str) -> str:
    if not text or (_LINK.fullmatch(text) and len(text) <= TEXT_MAX and text.count("{code}") == 1):
        return ""
    return _(
        "“{text}” is not a link template. Use an address that contains {code}, for example "
        "https://crm.example/join?code={code}"
    )


def _check_address(text: str) -> str:
    from store.checks import emails  # noqa: PLC0415  (they depend on settings)
    from store.checks.text import MalformedError  # noqa: PLC0415  (as above)

    try:
        # What stands in the envelope is ASCII, for not every server takes more.
        if not text or emails.email_form(text).isascii():
            return ""
    except MalformedError as error:
        return error.sentence
    return _(
        "The email address “{text}” is not in plain Latin letters. Use the form usher@example.com."
    )


def _check_host(text: str) -> str:
    if not text or (_HOST.fullmatch(text) and len(text) <= TEXT_MAX):
        return ""
    return _("“{text}” is not the name or address of a server. Use the form mail.example.com.")


def _check_smtp_user(text: str) -> str:
    if text.isprintable() and len(text) <= TEXT_MAX:
        return ""
    return _(
        "The user name “{text}” of the mail server is too long or contains a "
        "hidden character. Enter it again."
    )


def _check_fields(text: str, *, alternatives: bool) -> str:
    from store.access import FIELDS  # noqa: PLC0415  (rights depend on settings)

    # A photo comes after there is somebody to show.
    known = FIELDS - {"photo"} | {"password", "team"} if alternatives else self_edited()
    words = text.split()
    if alternatives:
        words = [word for rule in words for word in rule.split("|")]
        if not all(words):
            return _("A field is missing next to “|”. Use the form email|password.")
    unknown = [word for word in words if word not in known]
    if not unknown:
        return ""
    if not alternatives and unknown[0] in FIELDS:
        sentence = _("Users cannot edit “{word}” themselves. Choose from: {fields}")
    else:
        sentence = _("No field named “{word}”. Choose from: {fields}")
    return sentence.format(word=unknown[0], fields=", ".join(sorted(known)))


def self_edited() -> frozenset[str]:
    """Return the profile fields that standard users can be allowed to edit (DESIGN 3.6)."""
    from store.access import PLAIN  # noqa: PLC0415  (rights depend on settings)

    return PLAIN


def _check_tables(text: str) -> str:
    from store.records import tables  # noqa: PLC0415  (they depend on settings)

    try:
        tables.declared(text)
    except Invalid as error:
        return error.problems[0].message
    return ""


_CHECKS: Mapping[str, Callable[[str], str]] = {
    "display_time_zone": _check_zone,
    "links_template": _check_link,
    "mail_from": _check_address,
    "mail_smtp_host": _check_host,
    "mail_smtp_user": _check_smtp_user,
    "password_remind_days": _check_days,
    "records_tables": _check_tables,
}
"""What says what is wrong with a text; of the others each is a list of fields."""


def _invalid(key: str, sentence: str, text: str = "") -> Invalid:
    """Return the refusal of a typed value, which replaces `{text}` in the sentence."""
    from store.checks.text import excerpt  # noqa: PLC0415  (they depend on settings)

    sentence = sentence.replace("{text}", excerpt(text))
    return Invalid([Problem(key, "setting_invalid", sentence)])
