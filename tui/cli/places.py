"""Where the commands are: each is imported when it is asked for, and none pays for the others."""

from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module

import click


class Places(MutableMapping[str, click.Command]):
    """The commands of a group by their words; `later` says where those are that come on demand.

    A place is `MODULE:NAME`. The order is the one in which they were named.
    """

    def __init__(self, later: Mapping[str, str]) -> None:
        self._commands: dict[str, click.Command | str] = dict(later)

    def __getitem__(self, word: str) -> click.Command:
        found = self._commands[word]
        if isinstance(found, str):
            module, _colon, name = found.partition(":")
            found = self._commands[word] = getattr(import_module(module), name)
        assert isinstance(found, click.Command)  # noqa: S101  (what else could stand there)
        return found

    def __setitem__(self, word: str, command: click.Command) -> None:
        self._commands[word] = command

    def __delitem__(self, word: str) -> None:
        del self._commands[word]

    def __iter__(self) -> Iterator[str]:
        return iter(self._commands)

    def __len__(self) -> int:
        return len(self._commands)
