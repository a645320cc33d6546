"""The opaque cursor that a list prints as `next` and takes back as `--after`."""

import base64
import binascii
import json

import click

from store.values import Place
from store.wording import _

ID_MAX = 2**31 - 1


def read(_ctx: click.Context, _param: click.Parameter, word: str | None) -> Place | None:
    """The place behind the word, as the callback of an option.

    Raises:
        BadParameter: this program never printed it.
    """
    if word is None:
        return None
    place = _place(word)
    if place is None or written(place) != word:
        raise click.BadParameter(
            _("this is no cursor. Take the one that the page before printed as “next”.")
        )
    return place


def written(place: Place) -> str:
    """The word for a place."""
    text = json.dumps(
        [place.bottom, place.last_key, place.first_key, place.id],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _place(word: str) -> Place | None:
    try:
        raw = base64.urlsafe_b64decode(word + "=" * (-len(word) % 4))
        bottom, last_key, first_key, number = json.loads(raw)
    except (binascii.Error, ValueError, TypeError, RecursionError):
        return None
    texts = all(isinstance(key, str) and _storable(key) for key in (last_key, first_key))
    numbers = all(type(value) is int for value in (bottom, number))
    if not texts or not numbers or bottom not in {0, 1} or not 0 <= number <= ID_MAX:
        return None
    return Place(bottom, last_key, first_key, number)


def _storable(key: str) -> bool:
    """Whether both engines can compare with it."""
    return not any(char == "\0" or "\ud800" <= char <= "\udfff" for char in key)
