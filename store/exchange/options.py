"""What one may choose about an import."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

TAKEN = frozenset({"email_taken", "login_taken"})


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is to be imported.

    `create_teams`: the teams that are not there are made. `update`: those who are there, found by
    login, else by e-mail, become what the columns of the file say, as far as the actor may change
    them; without it they are `unchanged` or a conflict. `columns` maps headings of the file to
    columns, "" leaves one out. `invite`: whoever is new and has an address gets a letter.
    """

    create_teams: bool = False
    update: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    invite: bool = False

    def cure(self, code: str) -> str:
        """The option that would spare rows this reason, if it is not chosen yet; else nothing.

        The sentences of failures name no way to choose it: on a screen it is a switch, on the
        command line a flag.
        """
        if code == "team_unknown" and not self.create_teams:
            return "create_teams"
        return "update" if code in TAKEN and not self.update else ""


def command_of(path: Path, options: Options) -> str:
    """The command line that does the same."""
    words = ["usher", "import", str(path)]
    words += ["--create-teams"] if options.create_teams else []
    words += ["--update"] if options.update else []
    words += ["--invite"] if options.invite else []
    for heading, column in options.columns.items():
        words += ["--column", f"{heading}={column}"]
    return shlex.join(words)
