"""Which files a person may name: on the host any that its user may, over SSH those of one folder.

Whoever came through `usher ssh` has no shell, and shares the OS user with all others who come
that way. A path would let them look about the server; so they give a name, and `usher ssh` has
gone to the folder that it stands for.
"""

from pathlib import Path

from store.errors import Refused
from store.session import guest_of_process
from store.wording import _


def check_reach(path: Path) -> None:
    """See that the file is one that this process may touch for whoever it acts for.

    Raises:
        Refused: it is a path, in a process that came through `usher ssh`.
    """
    if guest_of_process() is None:
        return
    name = str(path)
    if name != path.name or name.startswith("."):
        raise Refused(
            _(
                "The path {path} names a folder. Over SSH, all files are in one folder of "
                "the server. Give a name without a folder."
            ).format(path=path),
            code="file_out_of_reach",
        )
