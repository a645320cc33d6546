"""Problems that any text field can have: a hidden character, too many characters, no value.

Each sentence names the field and the value. Passwords are never quoted: `policy/passwords.py` has
its own sentences.
"""

from unicodedata import name

from store.checks.labels import label_of
from store.checks.text import control_in, excerpt
from store.errors import Problem
from store.wording import _

CONTROLLED = "control_characters"

_NAMES = {
    "\n": _("line break"),
    "\r": _("line break"),
    "\u2028": _("line break"),
    "\u2029": _("line break"),
    "\t": _("tab"),
}


def hidden_character(field: str, text: str) -> Problem:
    """Return the problem of a text that contains a control character."""
    found = control_in(text)
    char = _NAMES.get(found) or name(found, f"U+{ord(found):04X}")
    sentence = _("A hidden character ({char}) is in the {field}: “{text}”. Remove it.")
    return Problem(
        field, CONTROLLED, sentence.format(field=label_of(field), char=char, text=excerpt(text))
    )


def too_long(field: str, count: int, most: int) -> Problem:
    """Return the problem of a text of `count` characters, of which `most` are allowed."""
    sentence = _("The {field} has {count} characters. At most {n} are allowed. Shorten it.")
    return Problem(field, "too_long", sentence.format(field=label_of(field), count=count, n=most))


def required(field: str) -> Problem:
    """Return the problem of a field that is empty and must not be."""
    sentence = _("The {what} is missing.")
    return Problem(field, "required", sentence.format(what=label_of(field)))
