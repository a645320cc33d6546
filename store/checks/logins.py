"""What a login may be: RFC 8265's UsernameCaseMapped, in one alphabet, and not only digits.

Words that the history or the command line would misread are reserved (`checks.reserved`).
"""

from functools import lru_cache
from unicodedata import name

from store.checks.reserved import is_reserved
from store.checks.text import MalformedError, excerpt
from store.wording import _

LOGIN_MAX = 254
"""Characters: a login may be the e-mail, which is the default (S0)."""

_TOGETHER = (
    {"LATIN", "CJK", "HIRAGANA", "KATAKANA"},
    {"LATIN", "CJK", "HANGUL"},
    {"LATIN", "CJK", "BOPOMOFO"},
)
"""Scripts that people do write together (UTS 39, highly restrictive)."""

_SAME = {"IDEOGRAPHIC": "CJK", "MODIFIER": "", "KATAKANA-HIRAGANA": ""}
"""First words of character names that are not the script: the mark 々, apostrophes like ʼ."""


def login_form(login: str) -> str:
    """The login as typed, in NFC and without full-width forms.

    Raises:
        MalformedError: it has spaces or invisible characters, mixes alphabets, is digits alone,
            or is reserved.
    """
    form = login if login.isascii() else _precis(login)
    if not form or not form.isprintable() or " " in form:
        sentence = _(
            "The login “{login}” is not valid. Use letters, digits and symbols, without spaces or"
            " hidden characters."
        )
        raise MalformedError(sentence.format(login=excerpt(login)))
    if form.isdecimal():
        sentence = _("The login “{login}” is digits only and would be read as an id. Add a letter.")
        raise MalformedError(sentence.format(login=excerpt(login)))
    if form.startswith("-"):
        sentence = _(
            "The login “{login}” cannot begin with “-”, because commands read that as an option."
            " Choose another."
        )
        raise MalformedError(sentence.format(login=excerpt(login)))
    if is_reserved(form):
        sentence = _(
            "The login “{login}” is reserved, because the history would not show it as a user."
            " Choose another."
        )
        raise MalformedError(sentence.format(login=excerpt(login)))
    if not form.isascii() and not all(map(_one_alphabet, _parts(form))):
        sentence = _(
            "The login “{login}” mixes alphabets, such as Cyrillic and Latin. Use one alphabet."
        )
        raise MalformedError(sentence.format(login=excerpt(login)))
    return form


def _precis(login: str) -> str:
    """The form that PRECIS gives it, case kept; empty where it refuses it."""
    from precis_i18n import get_profile  # noqa: PLC0415  (a first screen does not need it)

    try:
        get_profile("UsernameCaseMapped").enforce(login)
        return str(get_profile("UsernameCasePreserved").enforce(login))
    except UnicodeEncodeError:
        return ""


def _parts(login: str) -> list[str]:
    """An address is judged part by part: олена@acme.com.ua mixes nothing."""
    local, at, domain = login.rpartition("@")
    return [local, *domain.split(".")] if at else [login]


def _one_alphabet(text: str) -> bool:
    scripts = {_script(char) for char in text if char.isalpha()} - {""}
    return len(scripts) <= 1 or any(scripts <= together for together in _TOGETHER)


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    """The script of a letter, which is the first word of its name in Unicode."""
    word = name(char, "").partition(" ")[0]
    return _SAME.get(word, word)
