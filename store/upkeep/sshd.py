"""What sshd must be told so that whoever comes over SSH gets Usher and nothing else.

Each line of `docs/ssh.md` is one check of what `sshd -T -C user=…` prints: the configuration as
it holds for that account, defaults and all.
"""

import pwd
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from store.numbers import whole_number
from store.wording import _

HARMLESS = frozenset({"LANG", "LANGUAGE", "LC_*", "COLORTERM", "NO_COLOR", "TZ"})
"""Variables that a client may send: how text looks, and nothing else."""
ALIVE_MAX = 60
MISSES_MAX = 5
NO_SHELLS = ("nologin", "false")
ACCOUNT = "%u"
"""Stands for the name of the account in what should be."""

Config = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the configuration: what it is, what it should be, and why."""

    setting: str
    value: str
    wanted: str
    why: str
    ok: bool

    def as_json(self) -> dict[str, Any]:
        return {
            "setting": self.setting,
            "value": self.value,
            "wanted": self.wanted,
            "why": self.why,
            "ok": self.ok,
        }


def checks(printed: str, user: str) -> tuple[Check, ...]:
    """What is to be said about the configuration that `sshd -T` printed for this account."""
    config = parsed(printed)
    forced = "usher" in _one(config, "forcecommand").lower()
    lines = _FORCED if forced else _BY_KEYS
    found = [
        Check(
            name,
            _one(config, name.lower()) or "none",
            wanted.replace(ACCOUNT, user),
            why,
            ok(config, user),
        )
        for name, wanted, why, ok in (*lines, *_BOTH)
    ]
    return (*found, *_of_host(config, user, forced=forced))


def parsed(printed: str) -> Config:
    """The lines of `sshd -T`: a keyword and its values; some keywords come several times."""
    found: dict[str, tuple[str, ...]] = {}
    for line in printed.splitlines():
        keyword, *values = line.split()[:64] or [""]
        found[keyword.lower()] = (*found.get(keyword.lower(), ()), *values)
    return found


def _one(config: Config, keyword: str) -> str:
    return " ".join(config.get(keyword, ()))


def _is(keyword: str, *wanted: str) -> Callable[[Config, str], bool]:
    return lambda config, _user: (_one(config, keyword) or "none").lower() in wanted


def _asks_the_store(config: Config, _user: str) -> bool:
    words = _one(config, "authorizedkeyscommand")
    return "keys authorized" in words and ("%t %k" in words or "%f" in words)


def _asks_as_the_account(config: Config, user: str) -> bool:
    return _one(config, "authorizedkeyscommanduser") == user


def _starts_usher(config: Config, _user: str) -> bool:
    words = config.get("forcecommand", ())
    return "ssh" in words and "--key" not in words


def _lets_in_harmless(config: Config, _user: str) -> bool:
    return set(config.get("acceptenv", ())) <= HARMLESS


def _number(keyword: str, most: int) -> Callable[[Config, str], bool]:
    def ok(config: Config, _user: str) -> bool:
        return whole_number(_one(config, keyword), 1, most) is not None

    return ok


_Line = tuple[str, str, str, Callable[[Config, str], bool]]

_BY_KEYS: tuple[_Line, ...] = (
    (
        "AuthorizedKeysCommand",
        "/opt/usher/bin/usher keys authorized %t %k",
        _("Usher says whose key it is, and that it opens Usher alone."),
        _asks_the_store,
    ),
    (
        "AuthorizedKeysCommandUser",
        ACCOUNT,
        _("Only the account that owns the data folder can read it."),
        _asks_as_the_account,
    ),
    (
        "AuthorizedKeysFile",
        "none",
        _("A key in a file would open a shell."),
        _is("authorizedkeysfile", "none"),
    ),
    (
        "AuthenticationMethods",
        "publickey",
        _("Whoever came in by a password would get a shell."),
        _is("authenticationmethods", "publickey"),
    ),
    (
        "TrustedUserCAKeys",
        "none",
        _("A certificate for this account would open a shell."),
        _is("trustedusercakeys", "none"),
    ),
    (
        "ForceCommand",
        "none",
        _("It would take the place of the command that says whose key it is."),
        _is("forcecommand", "none"),
    ),
    (
        "ExposeAuthInfo",
        "yes",
        _("Usher sees for itself by which key somebody came."),
        _is("exposeauthinfo", "yes"),
    ),
)
"""Where people come by the keys that Usher knows."""

_FORCED: tuple[_Line, ...] = (
    (
        "ForceCommand",
        "/opt/usher/bin/usher ssh",
        _("Whoever comes gets the sign-in screen, and nothing else."),
        _starts_usher,
    ),
)
"""Where sshd alone decides who may come as far as the sign-in screen."""

_BOTH: tuple[_Line, ...] = (
    (
        "AcceptEnv",
        "LANG LC_* COLORTERM NO_COLOR",
        _("Other variables of a client could switch what programs do."),
        _lets_in_harmless,
    ),
    (
        "PermitUserEnvironment",
        "no",
        _("A file of the account could set any variable."),
        _is("permituserenvironment", "no"),
    ),
    (
        "PermitUserRC",
        "no",
        _("A file of the account would be run by a shell before Usher."),
        _is("permituserrc", "no"),
    ),
    (
        "DisableForwarding",
        "yes",
        _("Nobody shall reach other machines through this one."),
        _is("disableforwarding", "yes"),
    ),
    ("PermitTTY", "yes", _("The screens need a terminal."), _is("permittty", "yes")),
    (
        "ClientAliveInterval",
        "15",
        _("A line that dies in silence is found out by asking."),
        _number("clientaliveinterval", ALIVE_MAX),
    ),
    (
        "ClientAliveCountMax",
        "2",
        _("After so many questions without an answer the session ends."),
        _number("clientalivecountmax", MISSES_MAX),
    ),
    (
        "Compression",
        "yes",
        _("A slow line carries a third of the bytes; the client has to ask for it."),
        _is("compression", "yes", "delayed"),
    ),
)


def _of_host(config: Config, user: str, *, forced: bool) -> Iterator[Check]:
    """What no line says: the account, and who could replace the program that sshd asks."""
    wanted, why = _("a shell"), _("sshd starts Usher by the account's shell.")
    try:
        shell = pwd.getpwnam(user).pw_shell or "/bin/sh"
        yield Check(_("login shell"), shell, wanted, why, not shell.endswith(NO_SHELLS))
    except KeyError:
        sentence = _("There is no account {user} on this host.").format(user=user)
        yield Check(_("login shell"), _("no account"), wanted, sentence, False)
    command = config.get("authorizedkeyscommand", ())
    if not forced and command and command[0].startswith("/"):
        loose = _loose(Path(command[0]))
        yield Check(
            _("program of the command"),
            str(loose) if loose else command[0],
            _("root's alone"),
            _("sshd runs it only if it and all folders above it are root's to write."),
            loose is None,
        )


def _loose(program: Path) -> Path | None:
    """The file or folder that others than root may write to, as sshd sees it."""
    whole = program.resolve()
    for path in (whole, *whole.parents):
        try:
            state = path.stat()
        except OSError:
            return path
        if state.st_uid != 0 or state.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            return path
    return None
