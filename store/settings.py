"""The account's settings with their defaults, read as one snapshot.

Policy functions take the snapshot and never the database. Bounds stand in `setting_values`, what
each means and where it comes from in `setting_meanings`.
"""

import shlex
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from store.errors import Refused
from store.setting_values import (
    BOUNDS,
    CHOICES,
    Setting,
    check_together,
    checked,
    fits,
    read,
    written,
)
from store.wording import _

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from store.database import Store
    from store.session import Session


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default. A field `a_b` is the setting that is stored as `a.b`."""

    code_confirmation_days: int = 7
    """How long an address may be confirmed by its letter (S4 leaves it open; as S3's)."""
    code_invitation_days: int = 7
    """How long an invitation may be accepted, to the second (S3)."""
    code_reset_minutes: int = 60
    """How long a forgotten password may be replaced by its letter (CHECKLIST D33)."""
    code_resets_a_day: int = 5
    """How many such letters one person gets in 24 hours (CHECKLIST C28)."""
    display_time_zone: str = "UTC"
    links_template: str = ""
    """What a letter with a code links to, by `{code}` and `{purpose}`; empty is no link (3.5)."""
    invitations_batch: int = 500
    """So many are invited at once (DESIGN 3.5)."""
    invitations_a_day: int = 1000
    """So many are invited in 24 hours, by whomever (DESIGN 3.5)."""
    lockout_attempts: int = 5
    """So many wrong passwords in a row are forgiven; the next one locks (S0)."""
    lockout_idle_days: int = 90
    """Whoever has not been here for longer is locked (S0); 0 is never."""
    lockout_timed_minutes: int = 15
    """How long the first lock of an owner or of the last usable admin holds (DESIGN 3.3)."""
    lockout_timed_most_hours: int = 24
    """What such a lock doubles up to (DESIGN 3.3)."""
    lockout_source_attempts: int = 100
    """Failed sign-ins from one address after which it is refused for a while (CHECKLIST B19)."""
    lockout_source_minutes: int = 15
    """How long they are counted together, and how long they are refused (CHECKLIST B19)."""
    mail_credentials: str = "link"
    """What a letter at creation and renaming brings: a link, or a temporary password (3.4)."""
    mail_from: str = ""
    """The address from which letters come; empty is usher@ and the name of the host."""
    mail_keep_days: int = 90
    """For how long one can look up that there was a letter (DESIGN 3.12)."""
    mail_smtp_host: str = ""
    mail_smtp_port: int = 587
    mail_smtp_security: str = "starttls"
    """How the line to the server is closed to others; whose it is, is always verified (J67)."""
    mail_smtp_user: str = ""
    """Who signs in at the server; empty is nobody. The password stands in `smtp.password`."""
    mail_transport: str = "auto"
    """What letters leave by; `auto` is SMTP where a server is named, else the maildir (3.12)."""
    ownership_claim_delay_hours: int = 72
    """How long after the owner was declared absent the account may be claimed (DESIGN 3.7)."""
    password_history: int = 5
    """So many former passwords may not come again (CHECKLIST A11)."""
    password_min_length: int = 12
    """Code points; never below 8 (CHECKLIST A4)."""
    password_max_age_days: int = 120
    """After so many days a new one must be chosen (S0); 0 is never."""
    password_temporary_hours: int = 72
    """How long a password set by somebody else may be used (S0, CHECKLIST D37)."""
    password_remind_days: str = "14 7 1"  # noqa: S105  (days)
    """So many days before a password expires a letter says so (S0, CHECKLIST A10)."""
    records_tables: str = ""
    """The platform's own tables in this database, a JSON list (DESIGN 3.8); empty is none."""
    session_idle_minutes: int = 15
    """After so many idle minutes the screen locks (CHECKLIST E39)."""
    session_absolute_hours: int = 12
    """After so many hours one signs in anew (CHECKLIST E39)."""
    users_required: str = "first_name last_name email|password role team"
    """What a form must hold; `a|b` is one of them (S1)."""
    profile_self_edit: str = "phone photo language country"
    """The profile fields that standard users can edit for themselves, all from `PLAIN` (S1, S4)."""
    ssh_key_is_enough: bool = False
    """Whether a person's SSH key replaces their password; dangerous verbs still ask for it."""

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


def names() -> Mapping[str, str]:
    """What people call each setting, and the field that it is."""
    return {key: name for key, (name, _default) in _DECLARED.items()}


_DECLARED: dict[str, tuple[str, Any]] = {
    stored_name(one.name): (one.name, one.default) for one in fields(Settings)
}
"""What is stored under each key: the field, and its default. Settings are read all the time."""


def load(store: "Store") -> Settings:
    """The settings as they stand now, in one read."""
    with store.read():
        stored = store.sql("SELECT key, value FROM usher_setting")
    given: dict[str, Any] = {}
    for key, value in stored:
        if key in _DECLARED:
            name, default = _DECLARED[key]
            given[name] = read(name, default, value)
    return Settings(**given)


@dataclass(frozen=True, slots=True)
class Ignored:
    """A stored value outside its bounds, and the value that applies instead."""

    key: str
    stored: str
    applies: str

    def as_json(self) -> dict[str, str]:
        return asdict(self)


def ignored_values(store: "Store") -> tuple[Ignored, ...]:
    """Return stored values outside their bounds, from an older version or a manual edit."""
    with store.read():
        stored = store.sql("SELECT key, value FROM usher_setting ORDER BY key")
    found = []
    for key, value in stored:
        if key in _DECLARED:
            name, default = _DECLARED[key]
            if not fits(name, default, value):
                found.append(Ignored(key, value, written(read(name, default, value))))
    return tuple(found)


def listed(session: "Session") -> Mapping[str, Setting]:
    """Every setting by the name that people use, with what it means.

    Raises:
        NotAllowed: the actor is no admin.
    """
    from store import access  # noqa: PLC0415  (rights depend on settings)

    access.require(session, "settings.view")
    return described(load(session.store))


def described(current: Settings) -> Mapping[str, Setting]:
    """Every setting of a snapshot, by the name that people use."""
    from store.setting_meanings import MEANINGS  # noqa: PLC0415  (who only reads has no need)

    defaults, found = Settings(), {}
    for key, name in names().items():
        told = MEANINGS[name]
        least, most = BOUNDS.get(name, (None, None))
        found[key] = Setting(
            key=key,
            value=written(getattr(current, name)),
            default=written(getattr(defaults, name)),
            least=least,
            most=most,
            unit=told.unit,
            source=told.source,
            meaning=told.meaning,
            advice=told.advice,
            choices=CHOICES.get(name, ()),
        )
    return found


def change(session: "Session", key: str, text: str) -> str:
    """Change one setting; gives back the value as it is written for people.

    Raises:
        Refused: there is no such setting.
        Invalid: this is no value for it, or not beside the other settings.
        NotAllowed: the actor is not the owner.
        PasswordNeeded: it is dangerous, and the actor's password was not given just now.
    """
    from store import access  # noqa: PLC0415  (rights depend on settings)

    if key not in names():
        sentence = _("No setting named “{key}”. List the settings: usher settings list")
        raise Refused(sentence.format(key=key), code="setting_unknown")
    store = session.store
    with store.write(session) as unit:
        access.require(session, "settings.edit")
        access.require_proof(session)
        name = names()[key]
        current = load(store)
        old = getattr(current, name)
        new = checked(key, name, old, " ".join(text.split()))
        ignored = {one.key: one.stored for one in ignored_values(store)}
        if new != old or key in ignored:
            altered: dict[str, Any] = {name: new}
            check_together(key, replace(current, **altered))
            if name == "records_tables":
                from store.records import tables  # noqa: PLC0415  (they depend on settings)

                tables.check(store, str(new))
            old = ignored.get(key, old)
            store.sql(
                "INSERT INTO usher_setting (key, value) VALUES (?, ?)"
                " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                key,
                written(new),
            )
            unit.record("change_setting", None, {key: (old, new)}, command_of(key, written(new)))
    return written(new)


def command_of(key: str, value: str) -> str:
    """The command line that sets it."""
    return shlex.join(["usher", "settings", "set", key, value])


def account_name(store: "Store") -> str | None:
    """The account's name; None where set-up has yet to be done."""
    with store.read():
        rows = store.sql("SELECT name FROM usher_account")
    return str(rows[0][0]) if rows else None
