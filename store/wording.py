"""The one gate to gettext: every sentence for people passes through `_` or `ngettext`."""

import gettext
from pathlib import Path

_catalogue = gettext.translation("usher", Path(__file__).parent / "locale", fallback=True)

_ = _catalogue.gettext
ngettext = _catalogue.ngettext


def grouped(number: int) -> str:
    """A number with its thousands set apart: `1 000 412`."""
    return f"{number:,}".replace(",", " ")
