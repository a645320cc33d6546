"""Whatever can be undone is, to the last row: each verb is done and undone on an account."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from store import audit, listing, settings, sub_accounts, teams, users
from store.access import copying, overrides, roles
from store.database import Store
from store.employees import changing as employees
from store.exchange import mappings
from store.invitations.addresses import addresses
from store.invitations.sending import send
from store.mail import own_settings
from store.models import TABLES, AuditHead, AuditRow, AuditValues, UserRow
from store.records.assign import assign
from store.session import Session
from store.undo import acting, refusing
from store.values import Draft, Filters, OwnMail
from tests.conftest import NOON, FakeClock
from tests.store.standing import MakeUser, activate

CLOCKS = {"version", "status_since", "idle_from", "at", "by_id", "by_name"}
"""What tells when something was changed last and by whom: it rises, as it does in any act."""
HISTORY = (AuditRow, AuditValues, AuditHead)
DRAFT = Draft(
    first_name="Iva", last_name="Nova", login="iva", email="iva@acme.ua", role="Support",
    teams=("North",),
)  # fmt: skip
Do = Callable[[Session], object]


def edited(**changes: Any) -> Do:
    return lambda owner: users.edit(owner, "maria", changes)


CASES: Mapping[str, tuple[str, Do]] = {
    "plain fields": ("edit", edited(first_name="Ana", phone="", position="Chief", language="")),
    "a card": ("edit", edited(currency="EUR", number="17", address="Kyiv", notes="tall")),
    "an address": ("edit", edited(email="maria@acme.ua")),
    "rights": ("edit", edited(role="Manager", teams=("South",), sub_accounts=("Kyiv", "Lviv"))),
    "every sub-account": ("edit", edited(sub_accounts=("all",))),
    "an admin": ("edit", edited(admin=True, role="", teams=())),
    "into a team": ("edit", lambda owner: teams.add_members(owner, "South", ["maria"])),
    "out of a team": ("edit", lambda owner: teams.remove_members(owner, "North", ["rui"])),
    "let in": ("edit", lambda owner: sub_accounts.grant(owner, "Kyiv", ["maria"])),
    "a denial": ("deny", lambda owner: overrides.deny(owner, "maria", ["clients.edit"])),
    "a role again": ("inherit", lambda owner: overrides.inherit(owner, "maria", ["offers.edit"])),
    "several overrides": (
        "allow",
        lambda owner: overrides.put(
            owner, "maria", {"clients.delete": True, "clients.edit": False, "offers.edit": None}
        ),
    ),
    "access": ("copy_access", lambda owner: copying.copy(owner, "maria", "rui")),
    "a block": ("block", lambda owner: users.block(owner, "maria")),
    "a block of somebody pending": ("block", lambda owner: users.block(owner, "lesia")),
    "a block lifted": ("unblock", lambda owner: users.unblock(owner, "hanna")),
    "out of service": ("deactivate", lambda owner: users.deactivate(owner, "maria")),
    "out of service, blocked": ("deactivate", lambda owner: users.deactivate(owner, "hanna")),
    "back": ("restore", lambda owner: users.restore(owner, "taras")),
    "a user": ("create", lambda owner: users.create(owner, DRAFT)),
    "a user like another": (
        "create",
        lambda owner: users.create(
            owner, DRAFT, password="nine wet umbrellas", copy_access_from="rui"
        ),
    ),
    "an invitation": ("invite", lambda owner: send(owner, addresses("iva@acme.ua"))),
    "a role": ("create_role", lambda owner: roles.create(owner, "Seller", ["clients.*"])),
    "a copied role": ("copy_role", lambda owner: roles.copy(owner, "Manager", "Seller")),
    "what a role permits": (
        "edit_role",
        lambda owner: roles.edit(
            owner, "Support", name="Help", permit=["clients.delete"], forbid=["clients.view"]
        ),
    ),
    "a team": ("create_team", lambda owner: teams.create(owner, "East", own_clients_only=True)),
    "what a team sees": (
        "edit_team",
        lambda owner: teams.edit(owner, "North", name="Nord", own_clients_only=True),
    ),
    "a sub-account": ("create_sub_account", lambda owner: sub_accounts.create(owner, "Odesa")),
    "its name": (
        "edit_sub_account",
        lambda owner: sub_accounts.edit(owner, "Kyiv", name="Kyiv centre"),
    ),
    "a setting": (
        "change_setting",
        lambda owner: settings.change(owner, "lockout.idle_days", "45"),
    ),
    "a switch": (
        "change_setting",
        lambda owner: settings.change(owner, "ssh.key_is_enough", "no"),
    ),
    "records": (
        "assign",
        lambda owner: assign(owner, {"client": ["1", "3"], "task": ["1"]}, "olga"),
    ),
    "a waiting card": (
        "create_employee",
        lambda owner: employees.create(owner, {"first_name": "Iva", "email": "iva@acme.ua"}),
    ),
    "what it says": (
        "edit_employee",
        lambda owner: employees.edit(owner, "waiting@acme.ua", {"number": "7", "last_name": ""}),
    ),
    "own mail": (
        "change_mail_settings",
        lambda owner: own_settings.change(owner, OwnMail("Somebody", "else@acme.ua", "Bye")),
    ),
    "a mapping": (
        "save_mapping",
        lambda owner: mappings.save(owner, "platform", {"Name": "last_name"}),
    ),
    "a new mapping": ("save_mapping", lambda owner: mappings.save(owner, "sheet", {"N": "login"})),
    "a mapping forgotten": ("remove_mapping", lambda owner: mappings.remove(owner, "platform")),
}
"""What the change is about, the verb that the history calls it by, and how it is done."""


@pytest.fixture
def olga(store: Store, owner: Session, make_user: MakeUser, clock: FakeClock) -> Session:
    """The owner of an account with somebody of each standing, and nothing as it comes."""
    teams.create(owner, "South")
    for name in ("Kyiv", "Lviv"):
        sub_accounts.create(owner, name)
    silent = {"email": "", "phone": "+380671234567", "language": "uk"}
    make_user("nine wet umbrellas", login="lesia", **silent)
    for login in ("maria", "hanna", "taras", "vira"):
        activate(owner, make_user("nine wet umbrellas", login=login, **silent))
    make_user("nine wet umbrellas", login="rui", role="Manager", teams=("South", "North"), email="")
    overrides.put(owner, "maria", {"offers.edit": False})
    overrides.put(owner, "rui", {"clients.view": False, "clients.delete": True})
    sub_accounts.grant(owner, "Lviv", ["rui"])
    users.block(owner, "hanna")
    users.deactivate(owner, "taras")
    settings.change(owner, "lockout.idle_days", "60")
    settings.change(owner, "ssh.key_is_enough", "yes")
    mappings.save(owner, "platform", {"Name": "first_name"})
    with store.write(owner):
        UserRow.update(email_confirmed_at=NOON).where(UserRow.id == owner.user).execute()
    own_settings.change(owner, OwnMail("Olga of Acme", "sales@acme.ua", "Olga\nKyiv"))
    employees.create(owner, {"last_name": "Waits", "email": "waiting@acme.ua"})
    records = [("client", "1"), ("client", "2"), ("client", "3"), ("task", "1")]
    vira = users.show(owner, "vira").id
    with store.write(owner):
        store.insert_rows(
            "usher_record",
            ("kind", "ref", "title", "state", "owner_id"),
            [(kind, ref, "", "", vira) for kind, ref in records],
        )
    clock.forward(minutes=1)
    return owner


def everything(session: Session) -> dict[str, Any]:
    """Every row of every table but the history, and what search finds."""
    store = session.store
    found: dict[str, Any] = {}
    with store.read():
        for table in TABLES:
            if table not in HISTORY:
                columns = [one for one in table._meta.columns if one not in CLOCKS]
                rows = store.sql(f"SELECT {', '.join(columns)} FROM {table._meta.table_name}")
                found[table.__name__] = sorted(rows, key=str)
        if store.postgres:
            found["grams"] = sorted(map(str, store.sql("SELECT user_id, grams FROM usher_grams")))
    for filters in (Filters(search="silva"), Filters(role="Manager"), Filters(team="North")):
        found[str(filters)] = [row.id for row in listing.page(session, filters).rows]
    return found


def test_what_was_done_is_undone_and_nothing_is_left_of_it(
    store: Store, olga: Session, clock: FakeClock
) -> None:
    """DESIGN 3.13: by the old values of its entry, and as a change of its own.

    One after the other on one account, for after each all is as it was.
    """
    before = everything(olga)
    for case, (verb, do) in CASES.items():
        so_far = audit.count(olga)
        do(olga)
        made = audit.history(olga, None, 1)[0]
        assert everything(olga) != before, case
        clock.forward(minutes=1)
        foreseen = acting.foresee(olga)
        olga.proof.at = store.now()
        done = acting.undo(olga, foreseen.seq)
        assert everything(olga) == before, case
        assert (done, done.verb, done.seq) == (foreseen, verb, made.seq)
        entries = audit.history(olga, None, audit.count(olga) - made.seq)
        undone = {seq for entry in entries for seq in entry.changes["undoes"][1]}
        assert undone == set(range(so_far + 1, made.seq + 1)), case
        clock.forward(minutes=1)
        olga.proof.at = store.now()
    assert audit.verify(store) is None


def test_every_kind_of_change_is_tried_here() -> None:
    assert {verb for verb, _do in CASES.values()} == set(refusing.KINDS)
