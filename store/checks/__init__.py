"""What the fields of a user may be: one check for the form, the command line and the import.

`checked` gives back the draft as it will be stored and everything that is wrong with it, in the
order in which DESIGN 3.11 counts faults: the first problem is an import row's code.
"""

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from operator import attrgetter

from store import names
from store.checks.emails import EMAIL_MAX, email_form
from store.checks.keys import email_key, identifier_keys, login_key, same_email, same_login
from store.checks.labels import label_of
from store.checks.logins import LOGIN_MAX, login_form
from store.checks.phones import phone_form
from store.checks.problems import CONTROLLED, hidden_character, too_long
from store.checks.reserved import is_reserved
from store.checks.text import FIELD_MAX, MalformedError, excerpt, has_controls, tidy
from store.errors import Problem
from store.values import ALL, Draft
from store.wording import _

__all__ = [
    "CONTROLLED",
    "EMAIL_MAX",
    "FIELD_MAX",
    "NAME_MAX",
    "checked",
    "email_key",
    "identifier_keys",
    "is_reserved",
    "login_key",
    "same_email",
    "same_login",
    "tidied_text",
]

NAME_MAX = 100
"""Characters of a name, a position, a role, a team (DESIGN 3.11)."""

_LONGEST = {
    "first_name": NAME_MAX,
    "last_name": NAME_MAX,
    "email": EMAIL_MAX,
    "login": LOGIN_MAX,
    "phone": FIELD_MAX,
    "country": FIELD_MAX,
    "language": FIELD_MAX,
    "currency": FIELD_MAX,
    "role": NAME_MAX,
    "position": NAME_MAX,
    "number": FIELD_MAX,
    "address": FIELD_MAX,
    "notes": FIELD_MAX,
}
"""The fields that are one text, in the order of the form, and their characters at most."""

_NO_COUNTRY = _("The country “{text}” is not a known code. Use two letters, such as UA or BR.")
_NO_LANGUAGE = _(
    "The language “{text}” is not a known code. Use two or three letters, such as uk or pt."
)
_NO_CURRENCY = _(
    "The currency “{text}” is not a known code. Use three letters, such as EUR or UAH."
)

_NOT_OF_ADMINS = frozenset({"role", "team"})
"""What the setting may ask of everybody but admins (DESIGN 5)."""

_texts_of = attrgetter(*_LONGEST)


def checked(
    draft: Draft, required: str, *, password_given: bool
) -> tuple[Draft, tuple[Problem, ...]]:
    """The draft as it will be stored, and its problems, ordered by rule (DESIGN 3.11).

    Texts are trimmed and in NFC, the phone is E.164, codes have their case, and the login is by
    default the e-mail (S0). A field with a problem comes back as it was typed. `required` is the
    setting `users.required`. What only the database knows is not judged here.
    """
    given = _texts_of(draft)
    texts: dict[str, str] = dict(zip(_LONGEST, given, strict=True))
    teams, sub_accounts, problems = _tidied(texts, draft)
    default_login = not texts["login"] or texts["login"] == texts["email"]
    if default_login:
        texts["login"] = texts["email"]
    problems += _missing(draft, texts, bool(teams), required, password_given)
    faulty = {problem.field for problem in problems}
    for field, (code, form) in _FORMS.items():
        if not texts[field] or field in faulty:
            continue
        # A login that is the e-mail shares the fault of the e-mail, which is reported once.
        if field == "login" and default_login and "email" in faulty:
            continue
        try:
            texts[field] = form(texts)
        except MalformedError as error:
            problems.append(Problem(field, code, error.sentence))
            faulty.add(field)
        if field == "email" and default_login:
            texts["login"] = texts["email"]
    if (teams, sub_accounts, *texts.values()) != (draft.teams, draft.sub_accounts, *given):
        draft = replace(draft, teams=teams, sub_accounts=sub_accounts, **texts)  # type: ignore[arg-type]
    return draft, tuple(problems)


def _tidied(
    texts: dict[str, str], draft: Draft
) -> tuple[tuple[str, ...], tuple[str, ...], list[Problem]]:
    """Trim the texts where they stand, and give back teams, sub-accounts and what is wrong."""
    controlled: list[Problem] = []
    longer: list[Problem] = []

    def tidied(field: str, text: str, longest: int) -> str:
        text, problem = tidied_text(field, text, longest)
        if problem:
            (controlled if problem.code == CONTROLLED else longer).append(problem)
        return text

    for field, text in texts.items():
        if text:
            texts[field] = tidied(field, text, _LONGEST[field])
    teams = dict.fromkeys(tidied("teams", team, NAME_MAX) for team in draft.teams)
    granted = dict.fromkeys(tidied("sub_accounts", one, NAME_MAX) for one in draft.sub_accounts)
    # Who has all of them has each.
    sub_accounts = (ALL,) if ALL in map(str.casefold, granted) else tuple(filter(None, granted))
    return tuple(filter(None, teams)), sub_accounts, controlled + longer


def tidied_text(field: str, text: str, longest: int) -> tuple[str, Problem | None]:
    """A text in NFC without blank ends, and what is wrong with it: it has controls, or is long."""
    if text.isascii() and text.isprintable() and len(text) <= longest:
        return text.strip(), None
    if has_controls(text):
        return text, hidden_character(field, text)
    text = tidy(text)
    return text, None if len(text) <= longest else too_long(field, len(text), longest)


def _missing(
    draft: Draft, texts: Mapping[str, str], teams: bool, required: str, password_given: bool
) -> Iterator[Problem]:
    """What the setting asks for and is not there, and a login that nothing stands in for."""
    given = {field for field, text in texts.items() if text}
    given |= {"team"} if teams else set()
    given |= {"password"} if password_given else set()
    wanting = False
    for fields in _rules(required):
        if not given.isdisjoint(fields) or (draft.admin and fields[0] in _NOT_OF_ADMINS):
            continue
        wanting = wanting or "email" in fields or "login" in fields
        what = _(" or ").join(label_of(field) for field in fields)
        field = "teams" if fields[0] == "team" else fields[0]
        yield Problem(field, "required", _("The {what} is missing.").format(what=what))
    if "login" not in given and not wanting:
        yield Problem(
            "login", "required", _("The login is missing. Enter a login or an email address.")
        )


@lru_cache
def _rules(required: str) -> tuple[list[str], ...]:
    """The setting taken apart: of each list one field is asked for."""
    return tuple(rule.split("|") for rule in required.split())


def _code(
    known: Callable[[], Container[str]], change: Callable[[str], str], text: str, sentence: str
) -> str:
    """The code that was typed in any case, if it is in use; else `sentence` says what to type."""
    code = change(text)
    # Outside ASCII a change of case can make a code of what is none: ß would be South Sudan.
    if not text.isascii() or code not in known():
        raise MalformedError(sentence.format(text=excerpt(text)))
    return code


def _country(texts: Mapping[str, str]) -> str:
    return _code(names.countries, str.upper, texts["country"], _NO_COUNTRY)


def _language(texts: Mapping[str, str]) -> str:
    return _code(names.languages, str.lower, texts["language"], _NO_LANGUAGE)


def _currency(texts: Mapping[str, str]) -> str:
    return _code(names.currencies, str.upper, texts["currency"], _NO_CURRENCY)


_FORMS: dict[str, tuple[str, Callable[[Mapping[str, str]], str]]] = {
    "email": ("email_invalid", lambda texts: email_form(texts["email"])),
    "login": ("login_invalid", lambda texts: login_form(texts["login"])),
    "phone": ("phone_invalid", lambda texts: phone_form(texts["phone"], texts["country"])),
    "country": ("country_unknown", _country),
    "language": ("language_unknown", _language),
    "currency": ("currency_unknown", _currency),
}
"""The forms in the order in which their faults count, each with its code."""
