"""Names that are imported when they are asked for (PEP 562).

A command imports what it needs, and most need little of a package that holds much.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def later(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """What answers when `package` is asked for a name: `homes` says in which module each stands."""

    def ask(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(homes[name]), name)

    return ask
