"""Letters of a Cyrillic layout as the keys at their place (DESIGN 4): й is q, Д is L.

The layouts are those of Russia and Ukraine (ЙЦУКЕН). They put the dot where others have the slash,
but a dot may as well be meant; they have `/` and `?` elsewhere, so nothing is missing.
"""

from textual import events
from textual.keys import _character_to_key

_AT_THEIR_PLACE = str.maketrans(
    "йцукенгшщзхъфывапролджэячсмитьбюёіїєґўЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁІЇЄҐЎ",
    "qwertyuiop[]asdfghjkl;'zxcvbnm,.`s]'\\oQWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~S}\"|O",
)


def as_latin(event: events.Key) -> events.Key:
    """The key that stands where this letter does; the same key for everything else."""
    character = event.character or ""
    latin = character.translate(_AT_THEIR_PLACE)
    # With alt or ctrl it is another key, which means nothing here.
    if latin == character or event.key != character:
        return event
    return events.Key(_character_to_key(latin), latin)
