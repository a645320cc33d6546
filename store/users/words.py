"""The words of the command line for the fields of a user, and the command that does the same."""

import shlex

from store.values import Draft, Filters

FLAGS = {
    "first_name": "--first",
    "last_name": "--last",
    "login": "--login",
    "email": "--email",
    "phone": "--phone",
    "country": "--country",
    "language": "--language",
    "role": "--role",
    "teams": "--team",
    "position": "--position",
    "sub_accounts": "--sub-account",
    "admin": "--admin",
    "simulator_only": "--simulator-only",
    "currency": "--currency",
    "number": "--number",
    "address": "--address",
    "notes": "--notes",
}


def command_of(verb: str, who: int | None, draft: Draft, fields: tuple[str, ...] = ()) -> str:
    """`usher users VERB …` with the given fields, or with all that are not empty."""
    words = ["usher", "users", verb, *([str(who)] if who else [])]
    for field, flag in FLAGS.items():
        value = getattr(draft, field)
        if field not in fields and (fields or not value):
            continue
        if isinstance(value, bool):
            words.append(flag if value else flag.replace("--", "--no-", 1))
        elif isinstance(value, tuple):
            for one in value or ("",):
                words += [flag, one]
        else:
            words += [flag, value]
    return shlex.join(words)


def narrowed_by(filters: Filters) -> list[str]:
    """The words that narrow a list, or an export, by these filters."""
    words = ["--search", filters.search] if filters.search else []
    for status in filters.statuses:
        words += ["--status", str(status)]
    words += ["--role", filters.role] if filters.role else []
    words += ["--team", filters.team] if filters.team else []
    words += ["--locked", filters.lock] if filters.lock else []
    words += ["--view", filters.view] if filters.view else []
    return words
