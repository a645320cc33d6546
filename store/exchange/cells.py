"""Cells that a spreadsheet would take for formulae: protected when written, taken back when read.

DESIGN 3.11, CHECKLIST K69: a leading `= + - @` gets a `'`, and a leading `'` is doubled, so that
reading takes off exactly what writing has put on.
"""

_PROTECTED = ("'=", "'+", "'-", "'@", "''")


def unprotected(cell: str) -> str:
    """The text of a cell without the sign that kept a spreadsheet from reckoning with it."""
    return cell[1:] if cell.startswith(_PROTECTED) else cell
