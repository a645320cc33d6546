"""One run of the command line: what was asked for around the verb, and who asks it."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from store import settings
from store.database import Store
from store.errors import NotAllowed, PasswordChangeRequired, Unavailable
from store.opening import folder_of, open_store
from store.session import Guest, Session, operator_session, origin_of_process
from store.values import Door, Rehearsal
from store.wording import _
from tui import incident
from tui.cli import output
from tui.cli.passwords import Passwords
from tui.colours import SCREENLESS, Depth, depth
from tui.terminal_state import TerminalState

if TYPE_CHECKING:
    from store.signin import SignedIn

T = TypeVar("T")


@dataclass
class Request:
    """What was asked for around the verb. `after` names the options that stood after it.

    `terminal` is given back before anything is said on it. `guest` is the user who came over SSH,
    and `key_is_enough` whether that user's key opens a session.
    """

    open_store: Callable[..., Store] = open_store
    given: dict[str, Any] = field(default_factory=dict)
    after: set[str] = field(default_factory=set)
    passwords: Passwords = field(default_factory=Passwords)
    terminal: TerminalState = field(default_factory=TerminalState)
    guest: Guest | None = None
    key_is_enough: bool = False
    own_password: str | None = field(default=None, repr=False)
    """The password that the actor entered, or None if a key or nothing was required."""
    any_key: bool = False
    """Whether the command works without the right `server.key`."""

    @property
    def json(self) -> bool:
        return bool(self.given.get("json"))

    @property
    def depth(self) -> Depth:
        """How many colours the terminal has that are wanted."""
        return depth(os.environ, no_color=bool(self.given.get("no_color")))

    @property
    def dry_run(self) -> bool:
        return bool(self.given.get("dry_run"))

    @property
    def login(self) -> str | None:
        """Who acts and gives a password; None is the operator, or who comes in by key alone."""
        login: str | None = self.given.get("as")
        if login is None and self.guest is not None and not self.key_is_enough:
            return self.guest.login or None
        return login

    @property
    def password_stdin(self) -> bool:
        return bool(self.given.get("password_stdin"))

    def store(
        self, *, create: bool = False, migrating: bool = False, replace: bool = False
    ) -> Store:
        """Open the account that was named, and log into its folder.

        `create` also opens an address without an account, for commands that create one. `replace`
        also opens an address whose account is lost.

        Raises:
            Unavailable: there is no account, or it cannot be used.
        """
        opened = self.open_store(
            self.given.get("database"),
            create=create,
            migrating=migrating,
            replace=replace,
            any_key=self.any_key,
        )
        try:
            incident.require_log(opened.folder)
        except Unavailable:
            opened.close()
            raise
        incident.log_to(opened.folder)
        return opened

    def look(self) -> Store:
        """Open the account that was named to look something up, without leaving a trace.

        Raises:
            Unavailable: it cannot be used, or is not there.
        """
        return self.open_store(self.given.get("database"), read_only=True)

    def folder(self) -> Path:
        """Return the data folder of the named account without opening or checking it.

        Raises:
            Unavailable: the address is not valid.
        """
        return folder_of(self.given.get("database"))

    @contextmanager
    def session(self, *, to_change_password: bool = False) -> Iterator[Session]:
        """Whoever acts, signed in and out again; without `--as` the operator, over SSH the guest.

        With `to_change_password`, a user with a temporary or expired password can sign in. The
        session can do nothing but change the password (sign-in check 8).

        Raises:
            SignInRefused: the login, the password or the key is not accepted.
            NotAllowed: they must choose a new password first, or nobody is known.
        """
        store = self.store()
        reason = self.given.get("reason", "")
        if self.login is None and self.guest is None:
            yield operator_session(store).because(reason)
            return
        from store import signin  # noqa: PLC0415  (the operator needs no argon2)

        came_in = self._signed_in(store)
        try:
            if came_in.must_change_password and not to_change_password:
                raise PasswordChangeRequired(came_in.session.name)
            yield came_in.session.because(reason)
        finally:
            signin.sign_out(came_in.session)

    def _signed_in(self, store: Store) -> "SignedIn":
        from store import signin  # noqa: PLC0415  (the operator needs no argon2)

        origin = origin_of_process()
        if self.login is None:
            if self.guest is None or self.guest.user is None:
                raise NotAllowed(
                    _("No key says who you are. Say it yourself: --as LOGIN --password-stdin")
                )
            return signin.sign_in_by_key(store, Door.USHER, origin)
        if self.guest is not None and not self.password_stdin and not sys.stdin.isatty():
            # Without a word of it, a command that waits for a line would look as if it hung.
            raise click.UsageError(
                _("Give your password as the first line of stdin, and say --password-stdin.")
            )
        password = self.passwords.next(_("Password of {login}").format(login=self.login))
        found = signin.sign_in(store, self.login, password, Door.USHER, origin)
        self.own_password = password
        return found

    def act(
        self,
        verb: Callable[[Session], T],
        tell: Callable[[Session, T], None],
        foretell: Callable[[T, Rehearsal], Iterable[str]] = lambda _result, _preview: (),
    ) -> None:
        """Run an action and print its result; with `--dry-run` print what it would do.

        `foretell` returns more lines for a preview, such as what the action would end.

        Raises:
            UsherError: the verb refuses, in the rehearsal as in the act.
        """
        with self.session() as session:
            self.act_in(session, verb, tell, foretell)

    def act_in(
        self,
        session: Session,
        verb: Callable[[Session], T],
        tell: Callable[[Session, T], None],
        foretell: Callable[[T, Rehearsal], Iterable[str]] = lambda _result, _preview: (),
    ) -> None:
        """Like `act`, in an open session."""
        if not self.dry_run:
            tell(session, verb(session))
            return
        with session.store.rehearse(session) as preview:
            result = verb(session)
        output.rehearsal(preview.result, as_json=self.json)
        for line in () if self.json else foretell(result, preview.result):
            output.say(line)


@dataclass(frozen=True, slots=True)
class Screens:
    """The answer of the command line that screens are wanted; `leave` is closed after them."""

    store: Store
    session: Session | None = None
    depth: Depth = Depth.SIXTEEN
    leave: ExitStack = field(default_factory=ExitStack)


def zone_of(session: Session) -> output.Zone:
    """How the account writes times."""
    return output.Zone(settings.load(session.store).time_zone)


def require_terminal(environment: Mapping[str, str]) -> None:
    """See that there is a terminal on which screens can be drawn.

    Raises:
        UsageError: there is none; the sentence names the command line.
    """
    hint = _("Use a command instead, for example: usher users list. See: usher --help")
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError(_("The screens need a terminal.") + " " + hint)
    term = environment.get("TERM", "")
    if term in SCREENLESS:
        sentence = _("This terminal (TERM={term}) cannot draw screens.").format(term=term)
        raise click.UsageError(f"{sentence} {hint}")
