"""The words of the command line for the fields of a user, and the command that does the same."""

import shlex

from store.values import Draft

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
