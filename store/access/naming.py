"""Permissions by the words that people give for them: `clients.edit`, `clients.*` for all of it."""

from collections.abc import Collection, Iterable

from store.errors import Refused
from store.wording import _

ALL = ".*"


def named(words: Iterable[str], known: Collection[str]) -> tuple[str, ...]:
    """The permissions that are meant, each once; `MODULE.*` is every action of a module.

    Raises:
        Refused: there is no such permission, or no such module.
    """
    found: dict[str, None] = {}
    for word in words:
        module = word.removesuffix(ALL) if word.endswith(ALL) else None
        meant = [one for one in known if one == word or one.rpartition(".")[0] == module]
        if not meant:
            raise unknown(word)
        found |= dict.fromkeys(meant)
    return tuple(found)


def unknown(permission: str) -> Refused:
    """The refusal of a permission that is not there."""
    sentence = _("No permission named “{permission}”. List them: usher access modules list")
    return Refused(sentence.format(permission=permission), code="permission_unknown")
