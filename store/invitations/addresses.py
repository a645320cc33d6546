"""Addresses as people have them: a paste from a letter, a column of a sheet, a list in a file.

Whatever was typed comes out again, each address by itself: what is none is judged later, and
nothing vanishes silently (DESIGN 3.5).
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from store import access
from store.errors import Refused
from store.exchange import files, headings
from store.wording import _

if TYPE_CHECKING:
    from store.session import Session

TYPED_MAX = 300
"""Characters that are kept of one that is longer, which is no address anyway."""
MOST = 1024 * 1024
"""Bytes of a file: some ten thousand addresses."""
HEADING_WORDS = 3
"""Words of a heading at most: a sentence that speaks of mail is none."""

UNSEEN = "\ufeff\u200b\u200c\u200d\u2060\u00ad"
"""What a web page puts between letters and nobody sees."""
_AROUND = " \t.,;:!?\"'`()[]{}<>*“”‘’„«»‹›·•–—" + UNSEEN
_PIECES = re.compile(r'(?:"[^"]*"|[^,;\t"]|")+')
"""What commas, semicolons and tabs part, unless they stand between quotes."""
_DOTTED = re.compile(r"\w\.\w")
"""A word like this was meant as an address, even without its @."""
_LABELS = frozenset({"mailto", "smtp", "e-mail", "email", "mail", "from", "to", "cc", "bcc"})
"""What stands before an address and a colon."""
_BROKEN = re.compile("[@:\N{REPLACEMENT CHARACTER}]")
"""What no name has in it; the last is what an unknown encoding left of a letter."""
_MAIL = ("mail", "correo", "пошт", "почт")
"""What the heading of a column of addresses has in it."""
_WHOLE_NAME = frozenset({"name", "fullname", "displayname", "nombre", "nome", "імя", "имя"})


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who is to be invited: their address, what was typed, and a name where one stood.

    `place` is the line of the text, from 1. Whoever mends an address asks for another one of these.
    """

    address: str
    typed: str = ""
    place: int = 0
    first_name: str = ""
    last_name: str = ""


def addresses(text: str) -> tuple[Asked, ...]:
    """Each address in a text, in order: parted by anything, with names or without, or a CSV.

    Never refuses: a word that was meant as an address and is none comes out as it was typed.
    """
    lines = text.lstrip(UNSEEN).splitlines()
    first = next((place for place, line in enumerate(lines) if line.strip()), None)
    if first is None:
        return ()
    sheet = _Sheet.of(lines[first])
    if sheet is None:
        return tuple(one for place, line in enumerate(lines, 1) for one in _of_line(line, place))
    rest = enumerate(lines[first + 1 :], first + 2)
    return tuple(one for place, line in rest if line.strip() for one in sheet.of_row(line, place))


def loaded(session: "Session", path: Path) -> tuple[Asked, ...]:
    """Each address in a file, which is one that an import would read (`exchange.files`).

    Raises:
        Refused: it cannot be read, is out of reach, no text in UTF-8, or too long.
        SessionEnded: the session is over.
    """
    access.actor_of(session)
    with files.opened(path, any_ending=session.operator) as stream:
        content = stream.read(MOST + 1)
    if len(content) > MOST:
        sentence = _(
            "The file {path} is too long for a list of addresses. Split it into several files."
        )
        raise Refused(sentence.format(path=path), code="file_too_long")
    return addresses(content.decode("utf-8-sig"))


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A CSV with a heading: which of its columns is what."""

    delimiter: str
    email: int
    columns: dict[int, str]

    @classmethod
    def of(cls, line: str) -> "_Sheet | None":
        """What the first line says; None where it is no heading with a column of addresses."""
        if "@" in line or len(line) > headings.COLUMNS_MAX * headings.HEADING_MAX:
            return None
        delimiter = max(",;\t", key=line.count)
        cells = _cells(line, delimiter)[: headings.COLUMNS_MAX]
        plain = ["".join(filter(str.isalpha, cell.casefold())) for cell in cells]
        email = next((i for i, word in enumerate(plain) if any(m in word for m in _MAIL)), None)
        if email is None or len(cells[email].split()) > HEADING_WORDS:
            return None
        likely = headings.suggested(cells)
        columns = {
            place: "name" if plain[place] in _WHOLE_NAME else likely[cell]
            for place, cell in enumerate(cells)
        }
        return cls(delimiter, email, columns)

    def of_row(self, line: str, place: int) -> Iterator[Asked]:
        """Whoever stands in a row; a row without an address comes out as it is."""
        cells = [cell.strip() for cell in _cells(line, self.delimiter)]
        given = cells[self.email] if self.email < len(cells) else ""
        named = {column: cells[i] for i, column in self.columns.items() if i < len(cells)}
        first, last = _name(named.get("first_name", "")), _name(named.get("last_name", ""))
        if not (first or last):
            first, last = _names(named.get("name", ""))
        for one in list(_of_line(given, place)) or [Asked("", line.strip()[:TYPED_MAX], place)]:
            yield replace(one, first_name=first, last_name=last) if first or last else one


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return line.split(delimiter)


def _of_line(line: str, place: int) -> Iterator[Asked]:
    before = ""
    for piece in (found.strip(UNSEEN + " ") for found in _PIECES.findall(line)):
        if not piece.strip(_AROUND):
            continue
        name, bracket, _rest = piece.partition("<")
        if before and (not bracket or "@" in name):
            # It was no surname of the next one.
            yield _asked(before, before, place)
            before = ""
        if "@" not in piece:
            before = piece
        else:
            yield from _of_piece(f"{before}, {piece}" if before else piece, place)
            before = ""
    if before:
        yield _asked(before, before, place)


def _of_piece(piece: str, place: int) -> Iterator[Asked]:
    """The addresses between two commas: mostly one, with a name or without."""
    name, *others = piece.split("<")
    for other in others:
        inside, _bracket, after = other.partition(">")
        if "@" not in inside:
            name = f"{name} {inside} {after}"
            continue
        if "@" in name:
            yield from _of_words(name, place)
            name = ""
        yield _asked(inside, piece, place, name)
        name = after
    if "@" in name:
        yield from _of_words(name, place)


def _of_words(piece: str, place: int) -> Iterator[Asked]:
    """Addresses that nothing but blanks part; beside a single one stands its name."""
    words = piece.split()
    meant = [word for word in words if "@" in word or _DOTTED.search(word)]
    if len(meant) == 1:
        at = words.index(meant[0])
        yield _asked(meant[0], piece, place, " ".join(words[:at] or words[at + 1 :]))
        return
    for word in meant:
        yield _asked(word, word, place)


def _asked(text: str, typed: str, place: int, name: str = "") -> Asked:
    address = text[: 2 * TYPED_MAX].strip(_AROUND)
    label, colon, rest = address.partition(":")
    if colon and label.lower() in _LABELS:
        address = unquote(rest.partition("?")[0]).strip(_AROUND)
    return Asked(address[:TYPED_MAX], typed.strip()[:TYPED_MAX], place, *_names(name))


def _names(text: str) -> tuple[str, str]:
    """First and last name: `Shevchuk, Lesia` and `Lesia Shevchuk` are the same."""
    text = text[:TYPED_MAX].strip(_AROUND)
    if text.lower() in _LABELS:
        return "", ""
    last, comma, first = text.partition(",")
    if not comma:
        first, _blank, last = text.rpartition(" ")
    first, last = _name(first), _name(last)
    return (first, last) if first else (last, "")


def _name(text: str) -> str:
    """A name as it may stand; nothing where it has no letter, or what nobody is called."""
    name = " ".join(text.strip(_AROUND).split())
    good = any(map(str.isalpha, name)) and name.isprintable() and not _BROKEN.search(name)
    return name if good else ""
