"""The lists that a figure leads to, beside the search; the one that is shown stands in brackets."""

from textual.content import Content
from textual.widgets import Static

from store.values import Filters, Status, View
from store.wording import _
from tui.safe import safe

TABS: tuple[tuple[str, str, tuple[Status, ...], str], ...] = (
    ("1", _("all"), (), ""),
    ("2", _("active"), (Status.ACTIVE,), ""),
    ("3", _("pending"), (Status.PENDING,), ""),
    ("4", _("off"), (Status.INACTIVE,), ""),
    ("5", _("blocked"), (Status.BLOCKED,), ""),
    ("6", _("locked"), (), View.LOCKED),
    ("7", _("soon"), (), View.SOON),
)
"""Key, name, statuses and view."""

WIDE = 100
"""Cells of a screen from which the names stand further apart."""


class Tabs(Static):
    """What narrows the list beside the search: role and team by name, then the lists."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id, markup=False)
        self.filters = Filters()

    def on_mount(self) -> None:
        self.show(self.filters)

    def show(self, filters: Filters) -> None:
        """Show where one is."""
        self.filters = filters
        wide = self.app.size.width >= WIDE
        narrowing = safe(" ".join(filter(None, (filters.role, filters.team))))
        view_shown = filters.shows if filters.lock or filters.view else ""
        parts = [Content.styled(narrowing, "bold")] if narrowing else []
        for key, label, statuses, view in TABS:
            shown = statuses == filters.statuses and view == view_shown
            if view and narrowing and not shown and not wide:
                continue  # else nothing is left to search in
            text = f"[{key} {label}]" if shown else f"{key} {label}"
            parts.append(Content.styled(text, "bold" if shown else ""))
        self.update(Content("  " if wide else " ").join(parts))
