"""The fields of a user as data: what the form and the comparison of two changes call them."""

from dataclasses import fields
from typing import Any

from store import access, names
from store.settings import Settings
from store.users.read import subject_of
from store.values import Draft, User
from store.wording import _
from tui.signs import SIGNS
from tui.widgets.fields import FieldSpec, Kind

DRAFT = tuple(field.name for field in fields(Draft))
TYPED, GENERATED = "typed", "generated"

LABELS = {
    "first_name": _("first name"),
    "last_name": _("last name"),
    "email": _("e-mail"),
    "login": _("login"),
    "phone": _("phone"),
    "country": _("country"),
    "language": _("language"),
    "role": _("role"),
    "teams": _("teams"),
    "sub_accounts": _("sub-accounts"),
    "copy_access_from": _("access of"),
    "position": _("position"),
    "admin": _("admin"),
    "credentials": _("password"),
    "password": _("its text"),
    "again": _("its text again"),
    "currency": _("currency"),
    "number": _("employee no."),
    "address": _("address"),
    "notes": _("notes"),
    "simulator_only": _("simulator only"),
}
"""Every field in the order of the form."""

KINDS = {
    "country": Kind.CHOICE,
    "language": Kind.CHOICE,
    "role": Kind.CHOICE,
    "teams": Kind.SEVERAL,
    "sub_accounts": Kind.SEVERAL,
    "admin": Kind.CHECK,
    "credentials": Kind.CHOICE,
    "password": Kind.SECRET,
    "again": Kind.SECRET,
    "currency": Kind.CHOICE,
    "simulator_only": Kind.CHECK,
}
HINTS = {
    "login": _("the e-mail, if empty"),
    "phone": _("as +44 20 7946 0123"),
    "sub_accounts": _("admins reach all"),
    "copy_access_from": _("copied where left empty"),
    "admin": _("manages people"),
    "simulator_only": _("comes in by the simulator only"),
}
OF_THE_NEW = frozenset({"copy_access_from", "credentials", "password", "again"})
READ_LATER = frozenset({"country", "language", "role", "teams", "sub_accounts", "currency"})
GROUPS = frozenset({"phone", "role", "credentials", "currency", "simulator_only"})
NEW_LABELS = {
    "role": _("new role"),
    "teams": _("new team"),
    "sub_accounts": _("new sub-account"),
}
CREDENTIALS = (
    (GENERATED, _("generated and shown once")),
    (TYPED, _("typed by me")),
)


def specs(actor: User, user: User | None, current: Settings) -> tuple[FieldSpec, ...]:
    """The form for a new user, or for this one as far as the actor may change them."""
    fixed = _fixed(actor, user, current) if user else {}
    hints = HINTS if user else {**HINTS, **_needed(current.users_required)}
    return tuple(
        FieldSpec(
            name,
            label,
            KINDS.get(name, Kind.TEXT),
            hint=hints.get(name, ""),
            options=None if name in READ_LATER else CREDENTIALS if name == "credentials" else (),
            new_label=NEW_LABELS.get(name, ""),
            nothing=_("none, a letter invites") if name == "credentials" else "",
            fixed=fixed.get(name, ""),
            opens=name in GROUPS,
        )
        for name, label in LABELS.items()
        if user is None or name not in OF_THE_NEW
    )


def said(name: str, value: Any) -> str:
    """A value of a field as people read it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, tuple):
        return ", ".join(value) or SIGNS.nothing
    named = {
        "country": names.countries,
        "language": names.languages,
        "currency": names.currencies,
    }
    text = named[name]().get(value, value) if name in named else value
    return str(text) or SIGNS.nothing


def _fixed(actor: User, user: User, current: Settings) -> dict[str, str]:
    """The fields that are not the actor's to change, each with the reason."""
    who = access.Actor.of(actor)
    subject = subject_of(user)
    allowed = access.editable(who, subject, current)
    return {name: access.why_not_field(who, subject, name) for name in DRAFT if name not in allowed}


def _needed(required: str) -> dict[str, str]:
    """What the setting `users.required` asks for, said beside the empty fields."""
    hints: dict[str, str] = {}
    for rule in required.split():
        first, *others = rule.split("|")
        name = "teams" if first == "team" else first
        labels = [
            _("password") if other == "password" else LABELS.get(other, other) for other in others
        ]
        hints[name] = _(" or ").join([_("needed"), *labels])
    return hints
