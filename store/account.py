"""How an account begins."""

from pathlib import Path
from typing import TYPE_CHECKING

from store import audit, checks, settings
from store.access import roles
from store.access.catalogue import READY_MADE
from store.checks.problems import too_long
from store.errors import Invalid, Problem, Refused
from store.listing.folding import fold
from store.models import Account, RoleRow, SettingRow
from store.policy import passwords
from store.presence import has_account
from store.session import operator_session
from store.upkeep import creating, migrate
from store.users import read
from store.users.words import command_of
from store.users.writing import NewPerson, insert
from store.values import Draft, Status, User
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store

NAME_MAX = 100
REQUIRED_OF_OWNER = "first_name last_name email login"


def init(store: "Store", account: str, owner: Draft, password: str) -> User:
    """Create an account with its owner and the five built-in roles.

    The owner's password is not temporary. This action takes no session: anyone who can run it on
    the host becomes the owner. It checks everything before it creates the data folder, the database
    or the tables, so that a refusal leaves nothing behind. The account itself is one transaction.

    Raises:
        Refused: there is an account already.
        Invalid: the account's name, a field of the owner, or the password is not valid.
        Unavailable: the database cannot be created, or cannot hold an account.
    """
    account = " ".join(account.split())
    require_none(store)
    owner, problems = checks.checked(owner, REQUIRED_OF_OWNER, password_given=True)
    problems = (
        *_name_problems(account),
        *problems,
        *passwords.problems(password, person=owner, account=account, settings=settings.Settings()),
    )
    if problems:
        raise Invalid(problems)
    with creating.removed_on_failure(store):
        if not store.rehearsing:
            migrate.create(store)
        password_hash = store.hash(password)
        session = operator_session(store)
        with store.write(session, members=True) as unit:
            if Account.select().exists():
                raise _exists()
            Account.create(id=1, name=account, created=unit.now)
            audit.begin(unit)
            for name, permissions in READY_MADE.items():
                role = RoleRow.create(name=name, name_key=fold(name), built_in=True)
                roles.permit_to(unit, role.id, permissions)
            SettingRow.create(key="display.time_zone", value=zone_of_host())
            unit.record("init", None, {"account": (None, account)}, "usher init")
            person = NewPerson(
                draft=owner,
                password_hash=password_hash,
                status=Status.ACTIVE,
                confirmed=True,
                owner=True,
                command=command_of("create", None, owner),
            )
            (number,) = insert(unit, [person])
            return read.load(store, [number])[0]


def require_none(store: "Store") -> None:
    """Refuse an address that has an account already.

    Raises:
        Refused: there is an account.
    """
    if has_account(store):
        raise _exists()


def zone_of_host() -> str:
    """The host's time zone by its IANA name, or UTC where it does not say."""
    try:
        target = Path("/etc/localtime").readlink()
    except OSError:
        return "UTC"
    _folder, found, zone = str(target).partition("zoneinfo/")
    return zone if found and zone != "Etc/UTC" else "UTC"


def _exists() -> Refused:
    return Refused(_("This database already has an account. Sign in: usher"), code="account_exists")


def _name_problems(account: str) -> tuple[Problem, ...]:
    if not account:
        return (Problem("account", "required", _("The account name is missing. Enter one.")),)
    if len(account) > NAME_MAX:
        return (too_long("account", len(account), NAME_MAX),)
    if not account.isprintable():
        return (
            Problem(
                "account",
                "control_characters",
                _("The account name contains a hidden character. Enter it again."),
            ),
        )
    return ()
