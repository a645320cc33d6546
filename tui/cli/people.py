"""People as a person reads them: the page of a list, and everything about one."""

from store.session import Session
from store.values import Filters, Page, Row, Status, User
from store.wording import _
from tui.cli import output
from tui.cli.output import Column, Zone
from tui.cli.request import zone_of
from tui.locks import ending, locks_of, sign_and_word, standing_of, told
from tui.reach import reach_of
from tui.signs import SIGNS

PASSWORDS = {"none": _("none yet"), "temporary": _("temporary"), "own": _("their own")}
WIDE = 110
"""Cells from which the e-mail address has room in the list."""


_COLOURS = {
    sign_and_word(Status.ACTIVE): "green",
    sign_and_word(Status.PENDING): "yellow",
    sign_and_word(Status.BLOCKED): "red",
    sign_and_word(Status.ACTIVE, locked=True): "red",
}

_STATUS = Column(_("status"), whole=True, colours=_COLOURS)


def put_page(
    session: Session, page: Page, filters: Filters, total: int, following: str | None
) -> None:
    """The rows of a page, how many there are in all, and where the next page begins."""
    if not page.rows:
        output.say(_("Nobody matches.") if not total else _("There are no more."))
        return
    zone, now = zone_of(session), session.store.now()
    columns = [
        Column(_("id"), right=True),
        Column(_("name")),
        Column(_("login"), spare=True),
    ]
    if filters.lock:
        shown = [
            Column(_("locked for"), whole=True),
            *columns,
            Column(zone.named(_("since")), whole=True),
            Column(_("attempts"), right=True, spare=True),
            Column(_("last from"), spare=True),
        ]
        rows = [_locked_cells(row, zone) for row in page.rows]
    elif filters.view:
        shown = [_STATUS, *columns, Column(_("ends"))]
        rows = [[standing_of(row), *_who(row), ending(row.ends, now)] for row in page.rows]
    else:
        wide = output.columns_of_terminal() >= WIDE
        shown = [
            _STATUS,
            *columns,
            *([Column(_("e-mail"), spare=True)] if wide else []),
            Column(_("role"), spare=True),
            Column(zone.named(_("last seen")), whole=True, spare=True),
        ]
        rows = [_cells(row, zone, wide=wide) for row in page.rows]
    output.table(shown, rows)
    output.say(_("{shown} of {total}").format(shown=len(page.rows), total=total))
    if following:
        output.say(_("More: --after {place}").format(place=following))


def _cells(row: Row, zone: Zone, *, wide: bool) -> list[str]:
    role = _("owner") if row.owner else _("admin") if row.admin else row.role
    return [
        standing_of(row),
        *_who(row),
        *([row.email] if wide else []),
        role,
        zone.written(row.last_seen),
    ]


def _locked_cells(row: Row, zone: Zone) -> list[str]:
    first = row.held[0]
    return [
        f"{SIGNS.locked} {locks_of(row.held)}",
        *_who(row),
        zone.written(first.since),
        str(first.attempts or ""),
        first.source,
    ]


def _who(row: Row) -> list[str]:
    last, first = row.last_name, row.first_name
    name = f"{last}, {first}" if last and first else last or first
    return [str(row.id), name, row.login]


def put_person(session: Session, user: User) -> None:
    """Everything known about one person, a line each; what is not known is left out."""
    zone, now = zone_of(session), session.store.now()
    yes, no = _("yes"), _("no")
    card = user.employee
    standing = _("owner") if user.owner else _("admin") if user.admin else _("standard")
    output.details(
        (name, value)
        for name, value in (
            (_("id"), str(user.id)),
            (_("name"), user.full_name),
            (_("status"), sign_and_word(user.status)),
            (_("locked"), f"{SIGNS.locked} {told(user.held, now)}" if user.held else ""),
            (_("login"), user.login),
            (_("e-mail"), user.email),
            (_("e-mail confirmed"), (yes if user.email_confirmed else no) if user.email else ""),
            (_("confirmed"), yes if user.confirmed else no),
            (_("password"), PASSWORDS[user.password]),
            (zone.named(_("good until")), _until(user, zone)),
            (_("standing"), standing),
            (_("role"), user.role),
            (_("teams"), ", ".join(user.teams)),
            (_("sub-accounts"), reach_of(user)),
            (_("simulator only"), yes if user.simulator_only else no),
            (_("phone"), user.phone),
            (_("country"), user.country),
            (_("language"), user.language),
            (_("position"), user.position),
            (_("currency"), card.currency),
            (_("number"), card.number),
            (_("address"), card.address),
            (_("notes"), card.notes),
            (zone.named(_("last seen")), zone.written(user.last_seen)),
            (zone.named(_("created")), zone.written(user.created)),
        )
        if value
    )


def _until(user: User, zone: Zone) -> str:
    if user.password == "none":  # noqa: S105
        return ""
    return zone.written(user.password_until) if user.password_until else _("it never expires")
