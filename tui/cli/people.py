"""People as a person reads them: the page of a list, and everything about one."""

from store.values import Page, Row, Status, User
from store.wording import _
from tui.cli import output
from tui.cli.output import Column, Zone
from tui.signs import SIGNS

WIDE = 110
"""Cells from which the e-mail address has room in the list."""


def _sign_and_word(status: Status) -> str:
    return f"{SIGNS.of_status(status)} {status}"


_COLOURS = {
    _sign_and_word(Status.ACTIVE): "green",
    _sign_and_word(Status.PENDING): "yellow",
    _sign_and_word(Status.BLOCKED): "red",
}


def put_page(page: Page, total: int, following: str | None, zone: Zone) -> None:
    """The rows of a page, how many there are in all, and where the next page begins."""
    if not page.rows:
        output.say(_("Nobody matches.") if not total else _("There are no more."))
        return
    wide = output.columns_of_terminal() >= WIDE
    columns = [
        Column(_("status"), whole=True, colours=_COLOURS),
        Column(_("id"), right=True),
        Column(_("name")),
        Column(_("login"), spare=True),
        *([Column(_("e-mail"), spare=True)] if wide else []),
        Column(_("role"), spare=True),
        Column(zone.named(_("last seen")), whole=True, spare=True),
    ]
    output.table(columns, (_cells(row, zone, wide=wide) for row in page.rows))
    output.say(_("{shown} of {total}").format(shown=len(page.rows), total=total))
    if following:
        output.say(_("More: --after {place}").format(place=following))


def _cells(row: Row, zone: Zone, *, wide: bool) -> list[str]:
    last, first = row.last_name, row.first_name
    role = _("owner") if row.owner else _("admin") if row.admin else row.role
    return [
        _sign_and_word(row.status),
        str(row.id),
        f"{last}, {first}" if last and first else last or first,
        row.login,
        *([row.email] if wide else []),
        role,
        zone.written(row.last_seen),
    ]


def put_person(user: User, zone: Zone) -> None:
    """Everything known about one person, a line each; what is not known is left out."""
    yes, no = _("yes"), _("no")
    card = user.employee
    standing = _("owner") if user.owner else _("admin") if user.admin else _("standard")
    output.details(
        (name, value)
        for name, value in (
            (_("id"), str(user.id)),
            (_("name"), user.full_name),
            (_("status"), _sign_and_word(user.status)),
            (_("login"), user.login),
            (_("e-mail"), user.email),
            (_("e-mail confirmed"), (yes if user.email_confirmed else no) if user.email else ""),
            (_("confirmed"), yes if user.confirmed else no),
            (_("standing"), standing),
            (_("role"), user.role),
            (_("teams"), ", ".join(user.teams)),
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
