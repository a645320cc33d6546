"""CSV files as tests read them."""

import csv
from pathlib import Path


def rows_of(path: Path) -> list[list[str]]:
    """The rows of a file, its first line too."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))
