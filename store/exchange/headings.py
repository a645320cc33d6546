"""The first line of a file: its delimiter, and which of its headings is which column.

A heading that is a column's name in any case is that column. Any other is given a column by a
mapping, or left out by mapping it to nothing; none is left out silently (CHECKLIST K68).
"""

import csv
import difflib
from collections.abc import Mapping, Sequence

from store.errors import Refused
from store.listing.folding import fold
from store.wording import _, ngettext

COLUMNS = (
    "first_name",
    "last_name",
    "email",
    "login",
    "phone",
    "country",
    "language",
    "role",
    "team",
    "position",
)
"""The columns of a file as it is exported, unless others are asked for."""

READABLE = (*COLUMNS, "sub_accounts")
"""Those that an import of people reads. Sub-accounts are exported to those who ask for them."""

ERROR_COLUMN = "error"
"""What a file of failed rows has besides; it is left out when the file is imported again."""

IGNORED = ""
"""What a heading is mapped to that is to be left out."""

COLUMNS_MAX = 64
HEADING_MAX = 100
"""Characters of a heading that can be mapped."""

_DELIMITERS = ",;\t"
_NAMED_MAX = 5
"""Headings that a refusal names, and letters of each, below."""
_NAMED_LENGTH = 40
_NEAR = 0.72
"""How alike a heading and a column are, by difflib, for the one to be suggested for the other."""


def key_of(heading: str) -> str:
    """By which headings are compared: in any case, without blank ends."""
    return heading[:HEADING_MAX].strip().casefold()


def split(
    line: str, columns: Mapping[str, str], readable: Sequence[str] = READABLE
) -> tuple[str, list[str]]:
    """The delimiter that finds most known headings in the first line, and its cells.

    Raises:
        Refused: a quote in it never closes.
    """
    found = {delimiter: next(csv.reader([line], delimiter=delimiter)) for delimiter in _DELIMITERS}
    known = {*readable, ERROR_COLUMN, *map(key_of, columns)}

    def likely(delimiter: str) -> tuple[int, int]:
        cells = found[delimiter]
        return len(known.intersection(map(key_of, cells))), min(len(cells), COLUMNS_MAX)

    best = max(found, key=likely)
    try:
        next(csv.reader([line], delimiter=best, strict=True))
    except csv.Error as error:
        sentence = _(
            "A quotation mark in the first line does not close, or text follows it. "
            "Correct the line."
        )
        raise Refused(sentence, code="columns_unknown") from error
    return best, found[best]


def counted(headings: Sequence[str]) -> None:
    """See that there are not too many of them.

    Raises:
        Refused: there are.
    """
    if len(headings) > COLUMNS_MAX:
        sentence = _("The file has {count} columns. At most {most} are read. Remove some columns.")
        raise Refused(
            sentence.format(count=len(headings), most=COLUMNS_MAX), code="columns_too_many"
        )


def columns_of(
    headings: Sequence[str], mapping: Mapping[str, str], readable: Sequence[str] = READABLE
) -> tuple[str, ...]:
    """The column of each heading among the readable, `IGNORED` for what is left out.

    Raises:
        Refused: there are too many, some are unknown or there twice, or the mapping speaks of
            headings or columns that there are not.
    """
    counted(headings)
    check_mapping(mapping, readable)
    keys = [key_of(heading) for heading in headings]
    given = {key_of(heading): column for heading, column in mapping.items()}
    absent = [
        heading for heading, column in mapping.items() if column and key_of(heading) not in keys
    ]
    if absent:
        sentence = _("The first line has no column {what}. It has: {headings}. Correct the name.")
        sentence = sentence.format(what=_listed(absent), headings=_listed(headings))
        raise Refused(sentence, code="columns_unknown", columns=absent)
    known = {**{column: column for column in readable}, ERROR_COLUMN: IGNORED, **given}
    strange = [key for key in keys if key not in known]
    if strange:
        raise Refused(_unknown(keys, strange, readable), code="columns_unknown", columns=strange)
    columns = tuple(known[key] for key in keys)
    _not_twice([column for column in columns if column])
    return columns


def check_mapping(mapping: Mapping[str, str], readable: Sequence[str] = READABLE) -> None:
    """See that a mapping leads to columns that there are, each from one heading.

    Raises:
        Refused: it does not.
    """
    strange = [column for column in mapping.values() if column and column not in readable]
    if strange:
        sentence = _unknown([*strange, *readable], strange, readable)
        raise Refused(sentence, code="columns_unknown", columns=strange)
    _not_twice([column for column in mapping.values() if column])
    _not_twice([key_of(heading) for heading in mapping])


def suggested(headings: Sequence[str]) -> dict[str, str]:
    """The likely column of each heading, `IGNORED` where there is none; each column once."""
    keys = {heading: fold(heading[:HEADING_MAX]) for heading in headings}
    plain = {column: _plain(column) for column in READABLE}
    alike = sorted(
        (
            (difflib.SequenceMatcher(None, _plain(key), name).ratio(), -place, heading, column)
            for place, (heading, key) in enumerate(keys.items())
            for column, name in plain.items()
        ),
        reverse=True,
    )
    found = dict.fromkeys(headings, IGNORED)
    for ratio, _place, heading, column in alike:
        if ratio >= _NEAR and not found[heading] and column not in found.values():
            found[heading] = column
    return found


def unknown(headings: Sequence[str]) -> tuple[str, ...]:
    """The headings that are no column's name."""
    known = {*READABLE, ERROR_COLUMN}
    return tuple(heading for heading in headings if key_of(heading) not in known)


def _plain(name: str) -> str:
    """Letters alone: `E-mail` is `email`, `First name` is `first_name`."""
    return "".join(filter(str.isalnum, name))


def _not_twice(columns: Sequence[str]) -> None:
    twice = sorted({column for column in columns if columns.count(column) > 1})
    if twice:
        sentence = _("The first line names a column twice: {columns}. Remove one of the two.")
        raise Refused(sentence.format(columns=_listed(twice)), code="columns_twice", columns=twice)


def _unknown(columns: Sequence[str], unknown: Sequence[str], readable: Sequence[str]) -> str:
    if len(unknown) == len(columns):
        sentence = _(
            "The first line names no known column. Known columns are: {known}. Add a "
            "first line that names the columns."
        )
        return sentence.format(known=", ".join(readable))
    hints = []
    for column in unknown[:_NAMED_MAX]:
        near = difflib.get_close_matches(column[:_NAMED_LENGTH], readable, n=2)
        hint = _("“{column}” (did you mean {near}?)") if near else _("“{column}”")
        hints.append(hint.format(column=column[:_NAMED_LENGTH], near=_(" or ").join(near)))
    sentence = ngettext("Unknown column: {what}.", "Unknown columns: {what}.", len(unknown))
    known = _("Known columns are: {known}.").format(known=", ".join(readable))
    return f"{sentence.format(what=', '.join(hints))} {known}"


def _listed(headings: Sequence[str]) -> str:
    named = [f"“{heading[:_NAMED_LENGTH]}”" for heading in headings[:_NAMED_MAX]]
    return ", ".join([*named, *(["…"] if len(headings) > _NAMED_MAX else [])])
