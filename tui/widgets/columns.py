"""How a person is laid out as one line of the list: which columns, how wide, which letters marked.

Pure functions of a row and a width, so that what a line says can be tested without a screen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.segment import Segment
from rich.style import Style

from store.listing import spans
from store.values import Row, Status, View
from store.wording import _
from tui.invited import letter, not_invited, open_until
from tui.locks import ending, is_locked, locks_of, standing_of
from tui.moments import ago
from tui.safe import fit, safe, width
from tui.signs import SIGNS

PLAIN = Style()
FOUND = Style(bold=True, underline=True)
UNDER_CURSOR = Style(reverse=True)
OF_STATUS = {
    Status.PENDING: Style(color="yellow"),
    Status.BLOCKED: Style(color="red"),
    Status.INACTIVE: Style(dim=True),
}
OF_LOCKED = Style(color="red", bold=True)


@dataclass(frozen=True, slots=True)
class Columns:
    """The widths of one layout, in cells; 0 leaves a column out."""

    status: int
    id: int
    name: int
    login: int
    email: int
    role: int
    seen: int
    held: int = 0
    """Since when somebody is locked, after how many attempts, from where."""
    ends: int = 0
    """What soon ends for somebody."""
    invited: int = 0
    """How somebody's invitation stands."""

    @classmethod
    def of(cls, width: int, view: str = "") -> "Columns":
        """What matters at 80 columns, more where there is room.

        In a view it is what the view is about, in place of what they do.
        """
        if view:
            state = 17 if view == View.LOCKED else 10
            column, tail = _OF_VIEWS[view]
            rest = width - 3 - state - 1 - 9 - tail - 1
            login = rest // 2 if width >= 110 else 0
            name = rest - login - bool(login)
            return cls(state, 7, name, login, 0, 0, 0, **{column: tail})
        role = 11 if width < 110 else 16
        rest = width - 3 - 11 - 9 - 2 - role - 1 - 7
        if width < 110:
            name = (rest + 1) // 2
            return cls(10, 7, name, rest - name, 0, role, 6)
        name = rest * 28 // 100
        login = rest * 28 // 100
        return cls(10, 7, name, login, rest - name - login - 1, role, 6)


_OF_VIEWS: dict[str, tuple[str, int]] = {
    View.LOCKED: ("held", 30),
    View.SOON: ("ends", 32),
    Status.PENDING: ("invited", 36),
}
"""The column that a view is about, and its width."""


def header(columns: Columns) -> str:
    """The names of the columns, standing where their values do."""
    cells = (
        fit(_("locked for") if columns.held else _("status"), columns.status),
        fit(_("id"), columns.id, right=True) + " ",
        fit(_("name"), columns.name),
        fit(_("login"), columns.login),
        fit(_("e-mail"), columns.email),
        fit(_("role"), columns.role),
        fit(_("seen"), columns.seen, right=True),
        fit(_held(_("since"), _("tries"), _("last from")), columns.held),
        fit(_("ends"), columns.ends),
        fit(_invited(_("invited"), _("times"), _("ends"), _("letter")), columns.invited),
    )
    return "   " + " ".join(cell for cell in cells if cell)


@dataclass(frozen=True, slots=True)
class Look:
    """What decides how a row looks, beside the row itself."""

    columns: Columns
    now: datetime
    search: str = ""
    cursor: bool = False
    marked: bool = False


def line(row: Row, look: Look) -> list[Segment]:
    """One line of the list; one segment where nothing in it is special."""
    columns = look.columns
    base = UNDER_CURSOR if look.cursor else PLAIN
    name = ", ".join(part for part in (row.last_name, row.first_name) if part)
    if not (name or columns.login):
        name = row.login
    role = _("owner") if row.owner else _("admin") if row.admin else row.role
    lead = (SIGNS.cursor if look.cursor else " ") + (SIGNS.marked if look.marked else " ") + " "
    colour = OF_LOCKED if is_locked(row) else OF_STATUS.get(row.status, PLAIN)
    standing = f"{SIGNS.locked} {locks_of(row.held)}" if columns.held else standing_of(row)
    state = Segment(fit(standing, columns.status), base + colour)
    segments = [
        Segment(lead, base),
        state,
        Segment(" ", base),
        *_marked(str(row.id), columns.id, look.search, base, right=True),
        Segment("  ", base),
        *_marked(name, columns.name, look.search, base),
    ]
    for text, cells in ((row.login, columns.login), (row.email, columns.email)):
        if cells:
            segments += [Segment(" ", base), *_marked(text, cells, look.search, base)]
    if columns.held and row.held:
        lock = row.held[0]
        told = _held(ago(lock.since, look.now), str(lock.attempts or SIGNS.nothing), lock.source)
        segments.append(Segment(" " + fit(told, columns.held), base))
    elif columns.ends:
        segments.append(Segment(" " + fit(ending(row.ends, look.now), columns.ends), base))
    elif columns.invited:
        told = _invitation(row, look.now)
        segments.append(Segment(" " + fit(told, columns.invited), base))
    else:
        seen = fit(ago(row.last_seen, look.now), columns.seen, right=True)
        segments.append(Segment(f" {fit(role, columns.role)} {seen}", base))
    return list(Segment.simplify(segments))


def _held(since: str, tries: str, source: str) -> str:
    return f"{fit(since, 6, right=True)} {fit(tries, 5, right=True)}  {source}"


def _invited(since: str, times: str, ends: str, letter: str) -> str:
    return f"{fit(since, 7, right=True)} {fit(times, 5, right=True)}  {fit(ends, 11)} {letter}"


def _invitation(row: Row, now: datetime) -> str:
    """When somebody was invited, how often, until when, and how far the letter is."""
    one = row.invitation
    if one is None:
        return not_invited(row)
    return _invited(ago(one.created, now), str(one.sent_count), open_until(one, now), letter(one))


def _marked(
    text: str, cells: int, search: str, base: Style, *, right: bool = False
) -> Sequence[Segment]:
    """The text in so many cells, with the letters that the search found set apart."""
    ranges = spans(text, search) if search else []
    if not ranges or width(text) > cells:
        # What is cut may be cut amid a found word: then the whole of it stays as it is.
        ranges = [(start, end) for start, end in ranges if width(text[:end]) < cells]
    padding = cells - min(width(text), cells)
    segments = [Segment(" " * padding, base)] if right and padding else []
    end, room = 0, cells
    for start, stop in ranges:
        segments.append(Segment(safe(text[end:start]), base))
        segments.append(Segment(safe(text[start:stop]), base + FOUND))
        room -= width(text[end:start]) + width(text[start:stop])
        end = stop
    rest = min(room, width(text[end:])) if right else room
    segments.append(Segment(fit(text[end:], rest), base))
    return segments
