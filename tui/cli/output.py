"""What commands print: one JSON object for scripts, plain tables and sentences for people.

All of it passes `safe`. In JSON, hidden characters are escaped, so that nothing is lost.
"""

import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from store.errors import Problem, UsherError
from store.values import AuditEntry, Rehearsal, rfc3339
from store.wording import _, ngettext
from tui.changed import changed_in, subject_of, value_of
from tui.colours import Depth, depth
from tui.safe import fit, safe, width

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

GAP = "  "
NARROWEST = 6
"""Cells below which no column is squeezed."""

READABLE = 12
"""Cells of a text below which a spare column rather gives up its place."""

AT_ONCE = 1000
"""Items of a long list that are put into JSON at a time."""

UNLIMITED = 10_000
"""The width of what is no terminal: a pipe wants everything."""


class Zone(NamedTuple):
    """How the account writes times (DESIGN 4)."""

    zone: "ZoneInfo"

    def written(self, moment: datetime | None) -> str:
        """A moment to the minute, or a dash."""
        return "–" if moment is None else f"{moment.astimezone(self.zone):%Y-%m-%d %H:%M}"

    def named(self, heading: str) -> str:
        """A heading with the zone's name behind it."""
        return f"{heading} ({self.zone.key})"


class Column(NamedTuple):
    """A column of a table; numbers stand to the right and, like what is `whole`, are never cut.

    A `spare` one is left out where there is no room. `colours` are by the text of a cell, which
    says the same without them.
    """

    heading: str
    right: bool = False
    whole: bool = False
    spare: bool = False
    colours: Mapping[str, str] = MappingProxyType({})


class Unwritable(UsherError):
    """Stdout takes no more; what was asked for may be done all the same."""

    code = "output_unwritable"


def _put(text: str, *, ends: bool = True) -> None:
    """Some text, which with `ends` is the end of a line."""
    try:
        # By its name, for click takes a stream that is ASCII for one that nobody has set up.
        click.echo(text, file=sys.stdout, nl=ends)
    except BrokenPipeError:
        raise
    except OSError as error:
        why = (error.strerror or "").lower()
        raise Unwritable(_("The answer could not be written ({why}).").format(why=why)) from error


def say(*lines: str) -> None:
    """Print each text as one line, even if a value in it has line breaks.

    A value that started a new line could look like an entry, a sentence or a heading.
    """
    for line in lines:
        _put(safe(line))


def complain(*lines: str) -> None:
    """Print lines on stderr like `say`. If stderr is full, only the exit code remains."""
    with suppress(OSError):
        for line in lines:
            click.echo(safe(line), file=sys.stderr)


def say_indented(text: str) -> None:
    """Print a text with several lines that users wrote, such as the body of an email.

    Each line is indented, so that none looks like a line of the program.
    """
    for line in text.splitlines():
        _put(f"  {safe(line)}".rstrip())


def put_json(thing: Mapping[str, Any], **long: Iterable[Mapping[str, Any]]) -> None:
    """One object on one line; `long` lists in it are written bit by bit, for they may be of any
    length. What is hidden, or not to be encoded, is escaped."""
    if not long:
        _put(_json(thing))
        return
    _put(_json(thing)[:-1], ends=False)
    for place, (name, items) in enumerate(long.items()):
        _put(f'{", " if thing or place else ""}"{name}": [', ends=False)
        left, before = iter(items), ""
        while some := list(islice(left, AT_ONCE)):
            _put(before + _json(some)[1:-1], ends=False)
            before = ", "
        _put("]", ends=False)
    _put("}")


def _json(thing: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> str:
    text = json.dumps(thing, ensure_ascii=False, default=_plain)
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        text = json.dumps(thing, default=_plain)
    if safe(text) == text:
        return text
    return "".join(c if safe(c) == c else json.dumps(c)[1:-1] for c in text)


def listing(items: Sequence[Mapping[str, Any]], total: int, following: str | None = None) -> None:
    """The settled shape of every list."""
    put_json({"items": items, "total": total, "next": following})


def refusal(error: UsherError, *, as_json: bool) -> None:
    """A refusal: one JSON object on stdout, or a sentence on stderr."""
    if as_json and not isinstance(error, Unwritable):
        put_json({"error": error.as_json()})
    else:
        complain(*error.lines)


def columns_of_terminal() -> int:
    """How wide a line may be; a pipe or a file gets everything, whatever COLUMNS says."""
    if not sys.stdout.isatty():
        return UNLIMITED
    import shutil  # noqa: PLC0415  (slow to import, and JSON has no width)

    return shutil.get_terminal_size().columns


def coloured() -> bool:
    """Whether colours may be used: on a terminal that has them, where they are wanted."""
    ctx = click.get_current_context(silent=True)
    no_color = ctx is not None and ctx.color is False
    return sys.stdout.isatty() and depth(os.environ, no_color=no_color) is not Depth.NONE


def table(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
    """A plain table that fits the terminal: spare columns go first, then the widest are cut."""
    lines = [[column.heading for column in columns], *([safe(c) for c in row] for row in rows)]
    widths = [max(map(width, cells)) for cells in zip(*lines, strict=True)]
    room = columns_of_terminal()
    shown = _with_room(columns, widths, room)
    widths = _squeezed([columns[i] for i in shown], [widths[i] for i in shown], room)
    paint = coloured()
    for line in lines:
        cells = []
        for place, cells_wide in zip(shown, widths, strict=True):
            column, text = columns[place], line[place]
            cell = fit(text, cells_wide, right=column.right)
            colour = column.colours.get(text) if paint else None
            cells.append(click.style(cell, fg=colour) if colour else cell)
        _put(GAP.join(cells).rstrip())


def _with_room(columns: Sequence[Column], widths: Sequence[int], room: int) -> list[int]:
    """The places of the columns that can be shown, the last spare ones left out first."""
    least = [
        wide if column.whole or column.right else min(wide, READABLE)
        for column, wide in zip(columns, widths, strict=True)
    ]
    shown = list(range(len(columns)))
    for place in reversed(range(len(columns))):
        if sum(least[i] + len(GAP) for i in shown) - len(GAP) <= room:
            break
        if columns[place].spare:
            shown.remove(place)
    return shown


def _squeezed(columns: Sequence[Column], widths: list[int], room: int) -> list[int]:
    """The widths with which they fit, as far as those that may be cut can give way."""
    room -= len(GAP) * (len(widths) - 1)
    soft = [i for i, column in enumerate(columns) if not (column.whole or column.right)]
    while sum(widths) > room and soft:
        widest = max(soft, key=widths.__getitem__)
        if widths[widest] <= NARROWEST:
            break
        # Down to the next widest at once, for a name may have ten thousand letters.
        others = max([widths[i] for i in soft if i != widest], default=0)
        needed = widths[widest] - (sum(widths) - room)
        widths[widest] = max(needed, min(others, widths[widest] - 1), NARROWEST)
    return widths


def details(pairs: Iterable[tuple[str, str]]) -> None:
    """Names and values, a line each."""
    known = [(name, safe(value)) for name, value in pairs]
    widest = max(width(name) for name, _value in known)
    for name, value in known:
        _put(f"{fit(name, widest)}{GAP}{value}".rstrip())


def rehearsal(found: Rehearsal, *, as_json: bool) -> None:
    """What an act would have written: its audit entries and letters."""
    if as_json:
        put_json(
            {
                "dry_run": True,
                "entries": [entry.as_json() for entry in found.entries],
                "letters": [letter.as_json() for letter in found.letters],
            }
        )
        return
    entries, letters = len(found.entries), len(found.letters)
    say(
        ngettext("Would write {n} entry", "Would write {n} entries", entries).format(n=entries)
        + ngettext(" and {n} letter.", " and {n} letters.", letters).format(n=letters)
    )
    for entry in found.entries:
        say(f"{entry.verb} {entry.target or subject_of(entry.changes)}".rstrip())
        for line in changes_of(entry):
            say(f"  {line}")
    for letter in found.letters:
        say(_("letter {kind} to {to}").format(kind=letter.kind, to=letter.to))


def changes_of(entry: AuditEntry) -> list[str]:
    """Old and new value of each field, a line each."""
    return [
        f"{name}: {value_of(new)}" if old is None else f"{name}: {value_of(old)} → {value_of(new)}"
        for name, (old, new) in changed_in(entry.changes).items()
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return rfc3339(value)
    return value.as_json() if isinstance(value, Problem) else str(value)
