"""A path as a field: as long as the line, with what is wrong below it."""

from tui.widgets.fields import LEFT, TextField

PATH_MAX = 4096


class PathField(TextField):
    """Where a file is. Nothing stands beside it, for paths are long."""

    longest = PATH_MAX

    def _value_room(self) -> int:
        return max(self.size.width - LEFT - 2, 1)
