"""How each verb of the table is called, what is made ready for it, and what it answers."""

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from store import audit, keys, listing, photos, settings, signin, sub_accounts, teams, users
from store.access import copying, explaining, modules, overrides, past, roles
from store.audit import anchor, sealing
from store.employees import changing as employees
from store.employees import exchange as cards
from store.employees import reading
from store.errors import (
    Conflict,
    Invalid,
    NoSuch,
    NotAllowed,
    NotFound,
    PasswordNeeded,
    Refused,
    SessionEnded,
    SignInRefused,
)
from store.exchange import exporting, importing, mappings
from store.invitations.addresses import addresses
from store.invitations.checking import Offer, check
from store.invitations.pending import find, listed
from store.invitations.resend import resend
from store.invitations.revoke import revoke
from store.invitations.sending import send
from store.leaving.leave import leave
from store.leaving.plan import foresee, plan
from store.listing import bulk
from store.mail import letters, own_settings, server, writing
from store.models import EmployeeRow, Membership, Override, RecordRow, SubAccess, UserRow
from store.ownership import owner
from store.ownership import transferring as ownership
from store.ownership.absence import cancel, declare_absent
from store.ownership.claiming import claim
from store.records import listing as records
from store.records.assign import assign
from store.records.importing import import_records
from store.records.importing import plan as plan_records
from store.records.transferring import transfer
from store.session import Session, operator_session
from store.signin import sessions
from store.undo import acting as undo
from store.upkeep import clock
from store.users import acts, many
from store.users.outcomes import Outcomes
from store.values import Draft, Filters, OwnMail
from tests.conftest import NOON, PASSWORD
from tests.pictures import picture
from tests.public_keys import ED25519
from tests.rights.table import Verb
from tests.rights.world import MAPPING, MODULE, World

Call = Callable[[World, Session, int], object]
"""A verb done by a session to a person; where it concerns nobody, the id is 0."""
NEW = Draft(
    first_name="Iva", last_name="Nova", login="iva", email="iva@acme.com.ua", role="Salesperson",
    teams=("North",),
)  # fmt: skip
PEOPLE = "first_name,last_name,email,role,team\nIva,Nova,iva@acme.com.ua,Salesperson,North\n"
CARDS = "last_name,number\nNova,7\n"
ADDRESS = "Iva Nova <iva@acme.com.ua>"
OWN = "a lantern over the harbour"
_OUTCOMES = {"not_allowed": "no", "not_found": "404", "password_change_required": "first"}
_files = count(1)


def answer(call: Callable[[], object]) -> str:
    """What a verb answers, in the words of the table; `password` where it asks for it again."""
    try:
        found = call()
    except SessionEnded:
        return "over"
    except PasswordNeeded:
        return "password"
    except NotAllowed as error:
        return "first" if error.name == "password_change_required" else "no"
    except SignInRefused:
        return "no"
    except (NotFound, NoSuch):
        return "404"
    except (Refused, Invalid, Conflict):
        return "rule"
    if isinstance(found, Outcomes) and not found[0].done:
        return _OUTCOMES.get(found[0].outcome, "rule")
    return "yes"


def ready(verb: Verb, world: World, target: int) -> None:
    """Bring all to where the verb does something: without a lock nobody is unlocked."""
    if verb.right:
        world.deny("denied this", verb.right)
    if verb.path == "records.assign.assign" and target:
        RecordRow.create(kind="client", ref="7", owner=target)
    if verb.path in {"mail.writing.write", "mail.writing.preview", "mail.own_settings.change"}:
        UserRow.update(email_confirmed_at=NOON).where(UserRow.email != "").execute()
    gone = {0, world.targets["removed"], world.actors["removed"].user}
    if target in gone:
        return
    path = verb.path
    changes: dict[str, Any] = {}
    if path.endswith(".unlock"):
        changes = {"attempts": 6, "locked_at": NOON}
    elif path.endswith(".confirm") and target != world.owner.user:
        changes = {"confirmed_at": None}
    if changes:
        UserRow.update(**changes).where(UserRow.id == target).execute()
    elif path.startswith("access.overrides"):
        Override.create(user=target, permission="reports.edit", allowed=False, at=NOON)
    elif path in _BEFORE:
        _BEFORE[path](world, target)


_BEFORE: Mapping[str, Callable[[World, int], object]] = {
    "teams.remove_members": lambda w, n: Membership.create(
        user=n, team=teams.show(w.owner, "South").id
    ),
    "sub_accounts.revoke": lambda w, n: SubAccess.create(
        user=n, sub_account=sub_accounts.show(w.owner, "Lviv").id
    ),
    "records.transferring.transfer": lambda _w, n: RecordRow.create(
        kind="client", ref="1", owner=n
    ),
    "photos.save": lambda w, n: photos.put(w.owner, n, picture()),
    "photos.remove": lambda w, n: photos.put(w.owner, n, picture()),
    "keys.remove": lambda w, n: keys.add(w.owner, n, ED25519.line),
}
"""What there has to be of somebody for a verb to do something."""


def _like(world: World) -> int:
    """Whose access is copied: somebody with another role than all others."""
    return world.actors["like"].user or 0


def _letter(world: World) -> int:
    """Any letter of the outbox."""
    return letters.listed(world.owner, limit=1)[0].id


def _file(world: World) -> Path:
    return world.folder / f"people{next(_files)}.csv"


def _import_file(world: World, text: str = PEOPLE) -> Path:
    path = _file(world)
    path.write_text(text, encoding="utf-8")
    return path


def _records_file(world: World) -> Path:
    path = _file(world)
    path.write_text("kind,ref,owner\nclient,8,olga\n", encoding="utf-8")
    return path


def _absent(world: World) -> None:
    """The host has declared the owner absent, long ago."""
    declare_absent(operator_session(world.store).because("moved away"))
    world.clock.forward(hours=73)


def _cancelled(world: World, session: Session, _target: int) -> object:
    _absent(world)
    return cancel(session)


def _claimed(world: World, session: Session, _target: int) -> object:
    _absent(world)
    at = world.clock.time if session.proof.at else None
    return claim(replace(session, proof=replace(session.proof, at=at)), "Acme")


def _waits(world: World) -> int:
    """The card of an employee who is no user yet."""
    return employees.create(world.owner, {"last_name": "Waiting"}).id


def _card(user: int) -> int:
    """The id of somebody's card."""
    return EmployeeRow.select(EmployeeRow.id).where(EmployeeRow.user == user).scalar() or 4711


def _edited(world: World, session: Session, target: int) -> Session:
    """Whoever acts has edited somebody, when they still might."""
    world.clock.forward(minutes=1)
    row = UserRow.get_or_none(UserRow.id == target)
    with session.store.write(session) as unit:
        unit.record("edit", target, {"phone": ("+380671234567", row.phone if row else "")})
    return session


def _clock(world: World, session: Session, _target: int) -> object:
    world.clock.time -= timedelta(days=2)
    return clock.accept(session)


def _accepted(world: World, session: Session, _target: int) -> object:
    anchor.path_of(world.store).unlink(missing_ok=True)
    return sealing.accept(session)


def _rekeyed(world: World, session: Session, _target: int) -> object:
    key = world.store.folder.key_path
    kept = key.read_bytes()
    key.unlink()
    try:
        return sealing.rekey(session)
    finally:
        key.write_bytes(kept)


CALLS: Mapping[str, Call] = {
    "users.read.show": lambda w, s, n: users.show(s, n),
    "users.edit.editable": lambda w, s, n: users.editable(s, n),
    "users.assigned.assigned": lambda w, s, n: users.assigned(s, n),
    "invitations.pending.find": lambda w, s, n: find(s, n),
    "signin.why.why": lambda w, s, n: signin.why(s, n),
    "access.explaining.show": lambda w, s, n: explaining.show(s, n),
    "access.explaining.explain": lambda w, s, n: explaining.explain(s, n, "clients.edit"),
    "access.explaining.grounds": lambda w, s, n: explaining.grounds(s, n),
    "access.explaining.difference": lambda w, s, n: explaining.difference(s, n, n),
    "access.overrides.put": lambda w, s, n: overrides.put(s, n, {"clients.edit": False}),
    "access.overrides.allow": lambda w, s, n: overrides.allow(s, n, ["clients.delete"]),
    "access.overrides.deny": lambda w, s, n: overrides.deny(s, n, ["clients.edit"]),
    "access.overrides.inherit": lambda w, s, n: overrides.inherit(s, n, ["reports.edit"]),
    "access.copying.copy": lambda w, s, n: copying.copy(s, n, _like(w)),
    "access.copying.foresee": lambda w, s, n: copying.foresee(s, n, _like(w)),
    "access.copying.for_new": lambda w, s, n: copying.for_new(s, NEW, _like(w)),
    "access.past.at": lambda w, s, n: list(past.at(s, NOON)),
    "access.modules.listed": lambda w, s, n: modules.listed(s),
    "access.modules.add": lambda w, s, n: modules.add(s, "depot", ["view"]),
    "access.modules.edit": lambda w, s, n: modules.edit(s, MODULE, add=["edit"]),
    "access.modules.remove": lambda w, s, n: modules.remove(s, MODULE),
    "access.roles.names": lambda w, s, n: roles.names(s),
    "access.roles.show": lambda w, s, n: roles.show(s, "Support"),
    "access.roles.copy": lambda w, s, n: roles.copy(s, "Support", "Seller"),
    "access.roles.edit": lambda w, s, n: roles.edit(s, "Manager", forbid=["clients.delete"]),
    "access.roles.delete": lambda w, s, n: roles.delete(s, "Manager", "Salesperson"),
    "keys.keys_of": lambda w, s, n: keys.keys_of(s, n),
    "signin.sessions.sessions_of": lambda w, s, n: sessions.sessions_of(s, n),
    "users.edit.edit": lambda w, s, n: users.edit(s, n, {"phone": "+380671234567"}),
    "keys.add": lambda w, s, n: keys.add(s, n, ED25519.line),
    "keys.remove": lambda w, s, n: keys.remove(s, ED25519.fingerprint),
    "signin.sessions.end": lambda w, s, n: sessions.end(s, n),
    "users.block.block": lambda w, s, n: users.block(s, n),
    "users.block.unblock": lambda w, s, n: users.unblock(s, n),
    "users.deactivate.deactivate": lambda w, s, n: users.deactivate(s, n),
    "users.deactivate.restore": lambda w, s, n: users.restore(s, n),
    "users.remove.remove": lambda w, s, n: users.remove(s, n),
    "users.confirm.confirm": lambda w, s, n: users.confirm(s, n),
    "signin.confirming.send_confirmation": lambda w, s, n: signin.send_confirmation(s, n),
    "mail.writing.write": lambda w, s, n: writing.write(s, [n], "Hello", "How are you?"),
    "mail.writing.preview": lambda w, s, n: writing.preview(s, [n], "Hello", "Hi").outcomes,
    "mail.own_settings.show": lambda w, s, n: own_settings.show(s),
    "mail.own_settings.change": lambda w, s, n: own_settings.change(s, OwnMail("Olga")),
    "records.listing.counts": lambda w, s, n: records.counts(s, n),
    "records.listing.listed": lambda w, s, n: records.listed(s),
    "records.listing.count": lambda w, s, n: records.count(s),
    "records.assign.assign": lambda w, s, n: assign(s, {"client": ["7"]}, _like(w)),
    "records.importing.plan": lambda w, s, n: plan_records(s, _records_file(w)),
    "records.importing.import_records": lambda w, s, n: import_records(s, _records_file(w)),
    "users.unlock.unlock": lambda w, s, n: users.unlock(s, n),
    "users.release.release": lambda w, s, n: users.release(s, n),
    "users.set_password.set_password": lambda w, s, n: users.set_password(s, n, OWN),
    "users.rename.rename": lambda w, s, n: users.rename(s, n, "another", OWN),
    "invitations.resend.resend": lambda w, s, n: resend(s, n),
    "invitations.revoke.revoke": lambda w, s, n: revoke(s, n),
    "invitations.checking.check": lambda w, s, n: check(s, addresses(ADDRESS)),
    "invitations.sending.send": lambda w, s, n: send(s, addresses(ADDRESS), Offer(admin=True)),
    "invitations.pending.listed": lambda w, s, n: listed(s),
    "leaving.plan.plan": lambda w, s, n: plan(s, n),
    "leaving.leave.leave": lambda w, s, n: leave(s, "deactivate", n),
    "leaving.plan.foresee": lambda w, s, n: foresee(s, "deactivate", n),
    "records.transferring.transfer": lambda w, s, n: transfer(s, n, _like(w)),
    "users.acts.do": lambda w, s, n: acts.do(s, "block", n),
    "users.acts.edit": lambda w, s, n: acts.edit(s, n, {"phone": "+380671234567"}),
    "users.many.foresee_one": lambda w, s, n: many.foresee_one(s, "block", n),
    "users.many.act": lambda w, s, n: many.act(s, "block", [n]),
    "users.many.foresee": lambda w, s, n: many.foresee(s, "block", [w.targets["standard"]]),
    "users.many.marked": lambda w, s, n: many.marked(s, Filters(), (), everybody=True),
    "listing.pages.page": lambda w, s, n: listing.page(s),
    "listing.counts.count": lambda w, s, n: listing.count(s),
    "listing.bulk.numbers": lambda w, s, n: list(bulk.numbers(s, Filters())),
    "listing.bulk.people": lambda w, s, n: list(bulk.people(s, Filters(), ("login",))),
    "users.create.create": lambda w, s, n: users.create(s, NEW),
    "exchange.importing.plan": lambda w, s, n: importing.plan(s, _import_file(w)),
    "exchange.importing.import_people": lambda w, s, n: importing.import_people(s, _import_file(w)),
    "exchange.mappings.saved": lambda w, s, n: mappings.saved(s),
    "exchange.mappings.named": lambda w, s, n: mappings.named(s, MAPPING),
    "exchange.mappings.save": lambda w, s, n: mappings.save(s, "other", {"Name": "last_name"}),
    "exchange.mappings.remove": lambda w, s, n: mappings.remove(s, MAPPING),
    "exchange.exporting.plan": lambda w, s, n: exporting.plan(s, None),
    "exchange.exporting.export_people": lambda w, s, n: exporting.export_people(s, _file(w)),
    "exchange.exporting.print_people": lambda w, s, n: exporting.print_people(s, io.StringIO()),
    "audit.reading.history": lambda w, s, n: audit.history(s),
    "audit.reading.count": lambda w, s, n: audit.count(s),
    "photos.show": lambda w, s, n: photos.show(s, n),
    "photos.save": lambda w, s, n: photos.save(s, n, w.folder / f"face{next(_files)}.jpg"),
    "photos.put": lambda w, s, n: photos.put(s, n, picture()),
    "photos.remove": lambda w, s, n: photos.remove(s, n),
    "employees.changing.link": lambda w, s, n: employees.link(s, _waits(w), n),
    "employees.changing.unlink": lambda w, s, n: employees.unlink(s, _card(n)),
    "employees.reading.listed": lambda w, s, n: reading.listed(s),
    "employees.reading.show": lambda w, s, n: reading.show(s, _waits(w)),
    "employees.changing.create": lambda w, s, n: employees.create(s, {"last_name": "Nova"}),
    "employees.changing.edit": lambda w, s, n: employees.edit(s, _waits(w), {"number": "7"}),
    "employees.changing.remove": lambda w, s, n: employees.remove(s, _waits(w)),
    "employees.exchange.plan": lambda w, s, n: cards.plan(s, _import_file(w, CARDS)),
    "employees.exchange.import_employees": lambda w, s, n: cards.import_employees(
        s, _import_file(w, CARDS)
    ),
    "employees.exchange.export_employees": lambda w, s, n: cards.export_employees(s, _file(w)),
    "access.roles.listed": lambda w, s, n: roles.listed(s),
    "access.roles.create": lambda w, s, n: roles.create(s, "Seller"),
    "teams.names": lambda w, s, n: teams.names(s),
    "teams.listed": lambda w, s, n: teams.listed(s),
    "teams.show": lambda w, s, n: teams.show(s, "North"),
    "teams.edit": lambda w, s, n: teams.edit(s, "North", own_clients_only=True),
    "teams.delete": lambda w, s, n: teams.delete(s, "North", "South"),
    "teams.add_members": lambda w, s, n: teams.add_members(s, "South", [n]),
    "teams.remove_members": lambda w, s, n: teams.remove_members(s, "South", [n]),
    "sub_accounts.names": lambda w, s, n: sub_accounts.names(s),
    "sub_accounts.listed": lambda w, s, n: sub_accounts.listed(s),
    "sub_accounts.show": lambda w, s, n: sub_accounts.show(s, "Kyiv"),
    "sub_accounts.create": lambda w, s, n: sub_accounts.create(s, "Odesa"),
    "sub_accounts.edit": lambda w, s, n: sub_accounts.edit(s, "Kyiv", name="Odesa"),
    "sub_accounts.delete": lambda w, s, n: sub_accounts.delete(s, "Kyiv", "Lviv"),
    "sub_accounts.grant": lambda w, s, n: sub_accounts.grant(s, "Lviv", [n]),
    "sub_accounts.revoke": lambda w, s, n: sub_accounts.revoke(s, "Lviv", [n]),
    "teams.create": lambda w, s, n: teams.create(s, "East"),
    "mail.letters.listed": lambda w, s, n: letters.listed(s),
    "mail.letters.count": lambda w, s, n: letters.count(s),
    "mail.letters.show": lambda w, s, n: letters.show(s, _letter(w)),
    "mail.letters.resend": lambda w, s, n: letters.resend(s, _letter(w)),
    "mail.server.where": lambda w, s, n: server.where(s),
    "mail.server.test": lambda w, s, n: server.test(s, "anybody@acme.com.ua"),
    "mail.server.set_password": lambda w, s, n: server.set_password(s, "of the server"),
    "ownership.owner.show": lambda w, s, n: owner.show(s),
    "ownership.transferring.transfer": lambda w, s, n: ownership.transfer(
        s, w.targets["admin"], "Acme"
    ),
    "ownership.transferring.heirs": lambda w, s, n: ownership.heirs(s),
    "ownership.absence.declare_absent": lambda w, s, n: declare_absent(s.because("moved away")),
    "ownership.absence.cancel": _cancelled,
    "ownership.claiming.claim": _claimed,
    "settings.listed": lambda w, s, n: settings.listed(s),
    "settings.change": lambda w, s, n: settings.change(s, "lockout.idle_days", "60"),
    "signin.own_password.change": lambda w, s, n: signin.change_password(s, PASSWORD, OWN),
    "signin.own_password.prove": lambda w, s, n: signin.prove(s, PASSWORD),
    "signin.sessions.sign_out": lambda w, s, n: sessions.sign_out(s),
    "signin.standing.heard": lambda w, s, n: signin.heard(s),
    "undo.acting.undo": lambda w, s, n: undo.undo(_edited(w, s, n)),
    "undo.acting.foresee": lambda w, s, n: undo.foresee(_edited(w, s, n)),
    "upkeep.clock.accept": _clock,
    "audit.sealing.accept": _accepted,
    "audit.sealing.rekey": _rekeyed,
}


def tried(world: World, verb: Verb, actor: str, target: str, *, proven: bool = True) -> str:
    """The answer to a cell of the table, after which all is as it was."""
    number = world.target(actor, target) if target else 0
    with world.undone():
        ready(verb, world, number)
        session = world.session(actor, proven=proven)
        return answer(partial(CALLS[verb.path], world, session, number))
