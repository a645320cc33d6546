"""Lists page by page: the cursor that one prints as `next` and takes back as `--after`."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from typing import Any

import click

from store.numbers import ID_MAX
from store.values import Place, RecordPlace
from store.wording import _

LIMIT = 50


def paged(
    most: int, place: Callable[[str], Any]
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let a list take `--limit`, up to `most`, and `--after`.

    `place` gives what the word of a cursor stands for, None for one that was never printed.
    """

    def read(_ctx: click.Context, _param: click.Parameter, word: str | None) -> Any:
        found = None if word is None else place(word)
        if word is not None and found is None:
            raise click.BadParameter(
                _("this is no cursor. Take the one that the page before printed as “next”.")
            )
        return found

    after = click.option(
        "--after",
        metavar="CURSOR",
        callback=read,
        help=_("Go on behind the page that printed this as “next”."),
    )
    limit = click.option(
        "--limit",
        type=click.IntRange(1, most),
        metavar="N",
        default=LIMIT,
        show_default=True,
        help=_("How many at most."),
    )
    return lambda command: limit(after(command))


def place_of(word: str) -> Place | None:
    """The place of a person in the list behind a word that `written` gave."""
    place = _place(word)
    return place if place and written(place) == word else None


def written(place: Place) -> str:
    """The word for a place."""
    return _word([place.bottom, place.last_key, place.first_key, place.id])


def record_place_of(word: str) -> RecordPlace | None:
    """The place of a record behind a word that `record_written` gave."""
    parts = _parts(word)
    if parts is None:
        return None
    kind, platform, state, ref = parts
    texts = all(isinstance(key, str) and _storable(key) for key in (kind, state, ref))
    if not texts or not isinstance(platform, bool):
        return None
    place = RecordPlace(kind, platform, state, ref)
    return place if record_written(place) == word else None


def record_written(place: RecordPlace) -> str:
    """The word for the place of a record."""
    return _word([place.kind, place.platform, place.state, place.ref])


def _word(parts: Sequence[Any]) -> str:
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _parts(word: str) -> list[Any] | None:
    """The four parts that a word was made of; None if it never was."""
    try:
        parts = json.loads(base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        return None
    return parts if isinstance(parts, list) and len(parts) == 4 else None


def _place(word: str) -> Place | None:
    parts = _parts(word)
    if parts is None:
        return None
    bottom, last_key, first_key, number = parts
    texts = all(isinstance(key, str) and _storable(key) for key in (last_key, first_key))
    numbers = all(type(value) is int for value in (bottom, number))
    if not texts or not numbers or bottom not in {0, 1} or not 0 <= number <= ID_MAX:
        return None
    return Place(bottom, last_key, first_key, number)


def _storable(key: str) -> bool:
    """Whether both engines can compare with it."""
    return not any(char == "\0" or "\ud800" <= char <= "\udfff" for char in key)
