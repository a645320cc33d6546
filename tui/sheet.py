"""How the program looks: the theme, and the style sheet, of which each part is parsed once.

Textual parses the whole of it anew when the first screen is there, and again when a screen brings a
kind of widget that was not there before; every page would wait for that.
"""

from typing import Any

from textual.app import App
from textual.css.stylesheet import Stylesheet

THEME = "ansi-dark"
"""The sixteen colours of the terminal itself, as whoever sits there has set them."""


class Sheet(Stylesheet):
    """What was parsed stands for as long as the variables do."""

    def set_variables(self, variables: dict[str, str]) -> None:
        if variables != self._variables:
            super().set_variables(variables)

    def reparse(self) -> None:
        self.parse()


def dress(app: App[Any]) -> None:
    """Give an application that does not run yet the looks of Usher."""
    app.theme = THEME
    app.stylesheet = Sheet(variables=app.get_css_variables())
