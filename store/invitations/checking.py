"""What becomes of each address of a batch: the one planner, used by the preview and by the act."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from store import access, audit, checks, settings
from store.access import Actor, ceiling, holding
from store.checks.text import excerpt
from store.errors import Invalid, NoSuch, Problem
from store.invitations.addresses import Asked
from store.invitations.disposable import disposable
from store.settings import Settings
from store.users import read
from store.users.clashes import clashes_of, in_use_by
from store.values import Draft, Holder, Status, status_word
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store
    from store.session import Session

READ = 1000
"""Addresses that are looked up at a time: more than a batch, so that of one it is one read."""
A_DAY = timedelta(days=1)
VERB = "invite"
"""What the history calls it."""


class Outcome(StrEnum):
    """What becomes of an address (DESIGN 5)."""

    INVITED = "invited"
    ALREADY_INVITED = "already_invited"
    ALREADY_USER = "already_user"
    INACTIVE = "inactive"
    DISPOSABLE = "disposable"
    MALFORMED = "malformed"
    DUPLICATE = "duplicate"
    LIMIT = "limit"


@dataclass(frozen=True, slots=True)
class Offer:
    """What all of a batch are to be and to hold: by default users who hold nothing (S3).

    Names, as of a draft; a module in `modules` is an allow for each of its actions.
    """

    admin: bool = False
    role: str = ""
    teams: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    sub_accounts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """What becomes of one address, and why it is not invited.

    `holder` is whoever has it already; `user` the id of the one who was invited, once they are.
    """

    asked: Asked
    outcome: Outcome
    message: str = ""
    holder: Holder | None = None
    user: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The settled shape of a line of the ledger (DESIGN 5)."""
        asked = self.asked
        shape: dict[str, Any] = {
            "address": asked.address or asked.typed,
            "outcome": self.outcome,
            "message": self.message,
        }
        if self.holder:
            shape["holder"] = self.holder.as_json()
        if self.user:
            shape["user"] = self.user
        return shape


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every address in the order in which it was asked for, each in one line."""

    lines: tuple[Line, ...] = ()

    @property
    def invited(self) -> int:
        """How many are, or will be."""
        return sum(line.outcome is Outcome.INVITED for line in self.lines)

    @property
    def others(self) -> int:
        """How many are not."""
        return len(self.lines) - self.invited

    @property
    def counts(self) -> Counter[Outcome]:
        """How many there are of each outcome."""
        return Counter(line.outcome for line in self.lines)

    def as_json(self) -> dict[str, Any]:
        return {"ledger": [line.as_json() for line in self.lines]}


@dataclass(frozen=True, slots=True)
class Plan:
    """The ledger, and the checked draft of everybody in it who is to be invited, in its order.

    `allowed` are the overrides that all of them get.
    """

    ledger: Ledger
    drafts: tuple[Draft, ...]
    allowed: dict[str, bool]


def check(session: "Session", asked: Sequence[Asked], offer: Offer = Offer()) -> Ledger:
    """What would become of each address; writes nothing. Reasons name the holder of an address.

    Raises:
        Invalid: a role, team, module or sub-account of the offer is not there, or not for these.
        NotAllowed: the actor may not invite, or would give what they lack.
    """
    with session.store.read():
        return planned(session, asked, offer).ledger


def planned(session: "Session", asked: Sequence[Asked], offer: Offer) -> Plan:
    """The plan, as the account is now; reads in the caller's transaction. Raises as `check`."""
    # Whoever may invite may see users: without `users.view` one may do nothing to them.
    actor = access.require(session, "users.invite")
    store, current = session.store, settings.load(session.store)
    common, allowed = _offered(session, actor, offer)
    turn = _Turn(store, current, _left(store, current))
    judged = [_judged(one, common) for one in asked]
    keys = [checks.login_key(found.email) for found in judged if isinstance(found, Draft)]
    turn.look_up(list(dict.fromkeys(keys)))
    lines = tuple(turn.line(one, found) for one, found in zip(asked, judged, strict=True))
    return Plan(Ledger(lines), tuple(turn.drafts), allowed)


def _offered(session: "Session", actor: Actor, offer: Offer) -> tuple[Draft, dict[str, bool]]:
    """Return what all of them have in common: the draft, and the overrides.

    Modules become overrides, and who may not change rights gives none by any path (DESIGN 3.6).
    A role and teams are part of every new user.
    """
    store = session.store
    if offer.modules:
        access.require(session, "users.rights")
    common = Draft(
        role=offer.role, teams=offer.teams, sub_accounts=offer.sub_accounts, admin=offer.admin
    )
    common, problems = checks.checked(common, "", password_given=True)
    found = [problem for problem in problems if problem.field != "login"]
    permissions, unusable = _permissions(store, offer)
    found += clashes_of(store, actor, common) + unusable
    if found:
        raise Invalid(found)
    # An allow counts as given also where it does nothing today, as in `overrides`.
    then = ceiling.Grants.of(store).held_as(common, {}) | set(permissions)
    ceiling.check(session, actor, frozenset(), then)
    return common, dict.fromkeys(permissions, True)


def _permissions(store: "Store", offer: Offer) -> tuple[list[str], list[Problem]]:
    """Each action of the ticked modules, and what is wrong with these."""
    there = holding.catalogue(store)
    permissions: list[str] = []
    problems: list[Problem] = []
    for module in dict.fromkeys(offer.modules):
        actions = [one for one in there if one.rpartition(".")[0] == module]
        permissions += actions
        code, sentence = "", ""
        if not actions:
            code, sentence = "module_unknown", NoSuch("module", module).message
        elif offer.admin:
            code = "module_not_needed"
            sentence = _("An admin holds every module, “{name}” included. Leave it out.").format(
                name=module
            )
        elif there[actions[0]]:
            code = "admin_only"
            sentence = _("The module “{name}” is for admins only. Leave it out.").format(
                name=module
            )
        if code:
            problems.append(Problem("modules", code, sentence))
    return permissions, problems


def _judged(one: Asked, common: Draft) -> Draft | str:
    """The person who would be invited, or why this is no address."""
    if not one.address:
        return _("“{text}” contains no email address. Add one.").format(text=excerpt(one.typed))
    draft = Draft(
        first_name=one.first_name[: checks.NAME_MAX],
        last_name=one.last_name[: checks.NAME_MAX],
        email=one.address,
        role=common.role,
        teams=common.teams,
        sub_accounts=common.sub_accounts,
        admin=common.admin,
    )
    draft, problems = checks.checked(draft, "", password_given=False)
    return problems[0].message if problems else draft


def _left(store: "Store", current: Settings) -> int:
    """How many may still be invited today."""
    lately = audit.number_since(store, store.now() - A_DAY, VERB)
    return max(0, current.invitations_a_day - lately)


@dataclass(slots=True)
class _Turn:
    """Judging one address after the other; `left` may still be invited today."""

    store: "Store"
    settings: Settings
    left: int
    holders: dict[str, Holder] = field(default_factory=dict)
    invited: frozenset[int] = frozenset()
    seen: set[str] = field(default_factory=set)
    drafts: list[Draft] = field(default_factory=list)

    def look_up(self, keys: Sequence[str]) -> None:
        """Read who has which of these addresses, and whom of them an invitation was sent."""
        for start in range(0, len(keys), READ):
            self.holders |= read.holders(self.store, keys[start : start + READ])
        pending = [one.id for one in self.holders.values() if one.status is Status.PENDING]
        self.invited = _invited(self.store, pending)

    def line(self, one: Asked, found: Draft | str) -> Line:
        """What becomes of it."""
        if isinstance(found, str):
            return Line(one, Outcome.MALFORMED, found)
        key = checks.login_key(found.email)
        if key in self.seen:
            sentence = _("The address “{address}” is in this list twice. It is invited once.")
            told = sentence.format(address=excerpt(found.email))
            return Line(one, Outcome.DUPLICATE, told)
        self.seen.add(key)
        if disposable(found.email):
            sentence = _("The domain {domain} provides disposable addresses. Use another address.")
            domain = found.email.rpartition("@")[2]
            return Line(one, Outcome.DISPOSABLE, sentence.format(domain=domain))
        if key in self.holders:
            return self._held(one, self.holders[key])
        beyond = self._beyond()
        if beyond:
            return Line(one, Outcome.LIMIT, beyond)
        self.drafts.append(found)
        return Line(one, Outcome.INVITED)

    def _held(self, one: Asked, holder: Holder) -> Line:
        name, status = holder.name or holder.login, status_word(holder.status)
        who = {"name": name, "id": holder.id, "status": status}
        if holder.status is Status.INACTIVE:
            sentence = _("{name} (user {id}) is deactivated. Restore the user: {command}")
            told = sentence.format(**who, command=f"usher users restore {holder.id}")
            return Line(one, Outcome.INACTIVE, told, holder)
        resend = f"usher invitations resend {holder.id}"
        if holder.id in self.invited:
            sentence = _(
                "The address is invited already (user {id}). Resend the invitation: {command}"
            )
            told = sentence.format(**who, command=resend)
            return Line(one, Outcome.ALREADY_INVITED, told, holder)
        if holder.status is Status.PENDING:
            sentence = _("{name} (user {id}) is pending without an invitation. Send one: {command}")
            told = sentence.format(**who, command=resend)
            return Line(one, Outcome.ALREADY_USER, told, holder)
        told = in_use_by("email", one.address, holder)
        return Line(one, Outcome.ALREADY_USER, told, holder)

    def _beyond(self) -> str:
        """Why no more are invited, if none are."""
        number, most = len(self.drafts), self.settings.invitations_batch
        if number >= most:
            return _("At most {n} addresses are invited at once. Send this one separately.").format(
                n=most
            )
        if number >= self.left:
            sentence = _("At most {n} invitations are sent in 24 hours. Send this one tomorrow.")
            return sentence.format(n=self.settings.invitations_a_day)
        return ""


def _invited(store: "Store", pending: Sequence[int]) -> frozenset[int]:
    """Who of these has an invitation."""
    found: set[int] = set()
    for start in range(0, len(pending), READ):
        rows = store.sql_among(
            "SELECT user_id FROM usher_invitation WHERE user_id IN (*)",
            pending[start : start + READ],
        )
        found.update(number for (number,) in rows)
    return frozenset(found)
