"""Passwords by stdin, a line each, or by a prompt without echo; never by argument."""

import sys

import click

from store.wording import _
from tui.safe import safe

LINE_BYTES = 8192
"""More than the longest password takes; what is longer is no password."""


class Passwords:
    """The passwords of one run, in the order in which stdin gives them."""

    def next(self, whose: str, *, twice: bool = False) -> str:
        """The next password; a terminal is asked, `twice` where a new one is chosen.

        Raises:
            UsageError: stdin has no further line, or one that is no UTF-8.
        """
        if sys.stdin.isatty():
            return _ask(whose, twice=twice)
        given = _line()
        if not given:
            raise click.UsageError(
                _("{whose}: there is none on stdin. Give it as a line of its own.").format(
                    whose=safe(whose)
                )
            )
        return given

    def next_if_any(self) -> str | None:
        """The next line, where stdin is no terminal and has one."""
        return None if sys.stdin.isatty() else _line() or None


def _line() -> str:
    raw = sys.stdin.buffer.readline(LINE_BYTES)
    if len(raw) == LINE_BYTES and not raw.endswith(b"\n"):
        raise click.UsageError(_("A line on stdin is too long for a password."))
    try:
        return raw.decode("utf-8").removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError as error:
        raise click.UsageError(_("The password on stdin is not UTF-8.")) from error


def _ask(whose: str, *, twice: bool) -> str:
    import getpass  # noqa: PLC0415  (only who is asked needs it)

    try:
        first = getpass.getpass(f"{safe(whose)}: ")
        if twice and getpass.getpass(_("Once more: ")) != first:
            raise click.UsageError(_("The two are not the same."))
    except EOFError as error:
        raise click.UsageError(_("No password was given.")) from error
    return first
