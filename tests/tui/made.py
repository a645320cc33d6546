"""Screens and dialogs with something in them, for the tests that look at each."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from textual.screen import Screen

from store import settings, signin, sub_accounts, teams, users
from store.access import overrides, roles
from store.employees import changing
from store.invitations import checking
from store.invitations.addresses import addresses
from store.invitations.checking import Ledger, Offer
from store.invitations.resend import resend
from store.leaving.plan import Plan, plan
from store.mail import letters, own_settings
from store.mail.delivery import deliver
from store.mail.transports import UndeliveredError
from store.models import AbsenceRow, CodeRow, InvitationRow, LetterRow, UserRow
from store.named import command
from store.ownership.absence import declare_absent
from store.session import Session
from store.values import Door, Draft, Origin, OwnMail, User
from tests.conftest import NOON, session_of
from tests.store.leaving.owning import records
from tests.store.mail.servers import Pigeon
from tests.store.ownership.conftest import GIVEN
from tests.store.standing import activate
from tests.tui.one_screen import visit_of
from tui.screens.comparison import Comparison
from tui.screens.employees import EmployeesRoom
from tui.screens.groups import Groups
from tui.screens.letter import LetterRoom
from tui.screens.merge import Merge
from tui.screens.outbox import Outbox
from tui.screens.ownership import Ownership
from tui.screens.permissions import Permissions
from tui.screens.reasons import Reasons
from tui.screens.records import Records
from tui.screens.role_name import RoleName
from tui.screens.role_permissions import RolePermissions, opened
from tui.screens.sessions import Sessions
from tui.screens.settings import Settings
from tui.screens.users import Users
from tui.visit import Visit

MakeUser = Callable[..., User]
Made = Callable[[Session, MakeUser], Screen[Any]]


def ana(session: Session, make_user: MakeUser) -> User:
    user = make_user(first_name="Ana", last_name="Silva", email="ana@acme.com.ua", login="ana")
    return users.edit(
        session, user.id, {"country": "BR", "language": "pt", "phone": "+5511912345678"}
    )


MY_MAIL = OwnMail("Olga of Acme", "sales@acme.com.ua", "Olga Bakum\nAcme, Kyiv")


def confirmed(session: Session) -> Session:
    """The owner may write: the address is confirmed, and letters come from one place."""
    settings.change(session, "mail.from", "crm@acme.com.ua")
    with session.store.write(session):
        UserRow.update(email_confirmed_at=NOON).where(UserRow.id == session.user).execute()
    own_settings.change(session, MY_MAIL)
    return session


def merge(session: Session, make_user: MakeUser) -> Merge:
    user = ana(session, make_user)
    base = Draft.of(user)
    theirs = replace(user, position="Chief of the northern branch", phone="+5511987654321")
    return Merge(base, replace(base, position="Head", notes="Moved here"), theirs, "olga  owner")


def employees(session: Session, make_user: MakeUser) -> EmployeesRoom:
    ana(session, make_user)
    card = {"first_name": "Тарас", "email": "taras@acme.com.ua", "currency": "UAH", "number": "17"}
    changing.create(session, card)
    return EmployeesRoom(visit_of(session))


def users_list(session: Session, make_user: MakeUser) -> Users:
    for first, last in (("Оксана", "Шевченко"), ("José", "Gutiérrez"), ("静", "张")):
        make_user(first_name=first, last_name=last)
    make_user(first_name="Ada", last_name="Admin", login="ada", admin=True)
    return Users(visit_of(session))


def owning(session: Session, make_user: MakeUser) -> Plan:
    """What Ana owns, and is to leave with."""
    user = ana(session, make_user)
    if not plan(session, user.id).number:
        records(session.store, user.id, 3)
        records(session.store, user.id, 2, "task")
    return plan(session, user.id)


def sessions_of_lena(session: Session, make_user: MakeUser) -> Sessions:
    make_user("nine wet umbrellas", first_name="Lena", last_name="Silva", login="lena")
    for door, address, terminal in (
        (Door.PLATFORM, "2001:db8:85a3:8d3:1319:8a2e:370:7348", ""),
        (Door.USHER, "203.0.113.9", "pts/4"),
        (Door.USHER, "", "tty1"),
    ):
        origin = Origin("root", address, terminal)
        signin.sign_in(session.store, "lena", "nine wet umbrellas", door, origin)
    return Sessions(visit_of(session), users.show(session, "lena"))


def ownership_of_olga(session: Session, make_user: MakeUser) -> Ownership:
    activate(session, make_user(login="anna", first_name="Anna", admin=True, role="", teams=()))
    return Ownership(visit_of(session))


def ownership_of_who_is_absent(session: Session, make_user: MakeUser) -> Ownership:
    """As an admin sees it who may claim the account."""
    anna = activate(session, make_user(GIVEN, login="anna", admin=True, role="", teams=()))
    mine = session_of(session.store, anna)
    with session.store.write(session):
        AbsenceRow.delete().execute()
    declare_absent(mine.because("moved away and changes his unit"))
    with session.store.write(session):
        AbsenceRow.update(declared=NOON - timedelta(days=3)).execute()
    return Ownership(visit_of(mine))


def locked_out(session: Session, make_user: MakeUser) -> User:
    """Ana, long since, after too many wrong passwords."""
    user = ana(session, make_user)
    long_ago = NOON - timedelta(days=100)
    with session.store.write(session):
        UserRow.update(
            created=long_ago, idle_from=long_ago, attempts=6, attempted_at=NOON, locked_at=NOON,
            attempted_from="203.0.113.9",
        ).where(UserRow.id == user.id).execute()  # fmt: skip
    return users.show(session, user.id)


def locked_list(session: Session, make_user: MakeUser) -> Users:
    locked_out(session, make_user)
    return Users(visit_of(session))


def settings_screen(session: Session, _make_user: MakeUser) -> Settings:
    return Settings(visit_of(session))


def a_letter_of_each_state(session: Session, make_user: MakeUser) -> None:
    """Sent, parked, put off after a try, and queued just now."""
    if letters.count(session):
        return
    to_a_server(session)
    answers: list[UndeliveredError | None] = [
        None,
        UndeliveredError("550 5.1.1 <lena@acme.com.ua>: no such user here", final=True),
        UndeliveredError("mail.acme.com.ua:587 did not answer in time.", at_fault=True),
    ]
    for answer in answers:
        make_user()
        session.store.transport = Pigeon(answer)
        deliver(session.store, chance=lambda: 0.5)
    make_user()
    with session.store.write(session):
        for row in LetterRow.select():
            LetterRow.update(message_id=f"<{row.id}@usher>").where(LetterRow.id == row.id).execute()


def to_a_server(session: Session) -> None:
    settings.change(session, "mail.smtp_host", "mail.acme.com.ua")
    settings.change(session, "mail.from", "usher@acme.com.ua")


def outbox_of_nobody(session: Session, _make_user: MakeUser) -> Outbox:
    to_a_server(session)
    return Outbox(visit_of(session))


def outbox(session: Session, make_user: MakeUser) -> Outbox:
    a_letter_of_each_state(session, make_user)
    return Outbox(visit_of(session))


def letter(session: Session, make_user: MakeUser) -> LetterRoom:
    a_letter_of_each_state(session, make_user)
    return LetterRoom(visit_of(session), letters.listed(session, "parked")[0])


def owned(session: Session, make_user: MakeUser) -> Records:
    user = ana(session, make_user)
    rows = (
        ("client", "104", "Львівська кава", "won", None), ("client", "105", "陳記茶莊", "", None),
        ("opportunity", "2026-03/17-северный", "Twelve espresso machines for the whole chain of "
         "shops in Lviv, Lutsk and Rivne", "negotiation of the price", None),
    )  # fmt: skip
    columns = ("kind", "ref", "title", "state", "sub_account_id", "owner_id")
    with session.store.write(session):
        session.store.insert_rows("usher_record", columns, [(*row, user.id) for row in rows])
    return Records(visit_of(session), user)


def groups(session: Session, make_user: MakeUser) -> Groups:
    if not sub_accounts.names(session):
        make_user()
        teams.create(session, "Ventes à l'étranger", own_clients_only=True)
        sub_accounts.create(session, "Lisbon")
    return Groups(visit_of(session))


def support(session: Session, make_user: MakeUser) -> RolePermissions:
    make_user(role="Support")
    return RolePermissions(visit_of(session), opened(session, roles.show(session, "Support").id))


def new_role(session: Session, _make_user: MakeUser) -> RoleName[object]:
    told = "It permits nothing yet; what it is to permit is ticked next."
    return RoleName(
        visit_of(session),
        "New role",
        told,
        lambda name: name,
        lambda name: command("role", "create", name),
    )


def ana_with_rights(session: Session, make_user: MakeUser) -> User:
    """Ana, to whom something is allowed, denied, and allowed to no effect."""
    user = ana(session, make_user)
    wanted = {"clients.delete": True, "offers.edit": False, "pricing.view": True}
    overrides.put(session, user.id, wanted)
    return users.show(session, user.id)


def permissions(session: Session, make_user: MakeUser) -> Permissions:
    return Permissions(visit_of(session), ana_with_rights(session, make_user))


def comparison(session: Session, make_user: MakeUser) -> Comparison:
    user = ana_with_rights(session, make_user)
    other = make_user(first_name="Rui", last_name="Costa", role="Support")
    return Comparison(visit_of(session), user, other)


def reasons(session: Session, make_user: MakeUser) -> Reasons:
    return Reasons(visit_of(session), ana_with_rights(session, make_user), "pricing.view")


def pending_list(session: Session, make_user: MakeUser) -> Users:
    """Invited once and twice, soon over, over, refused by the mail server, never invited."""
    for first, last, sent in (
        ("Lesia", "Shevchuk", 5.5), ("Rui", "Simões", 9), ("Bea", "Alba", 2), ("Ivo", "Lima", 1),
    ):  # fmt: skip
        user = make_user(first_name=first, last_name=last, email=f"{first.lower()}@acme.com.ua")
        then = NOON - timedelta(days=sent)
        with session.store.write(session):
            InvitationRow.update(created=then, sent=then).where(
                InvitationRow.user == user.id
            ).execute()
            CodeRow.update(expires=then + timedelta(days=7)).where(
                CodeRow.user == user.id
            ).execute()
            if first == "Bea":
                LetterRow.update(state="parked", error="550 no such user").where(
                    LetterRow.user == user.id
                ).execute()
        if first == "Ivo":
            resend(session, user.id)
    make_user(first_name="Eva", last_name="Nunes")
    return Users(visit_of(session))


PASTE = """Lesia Shevchuk <lesia@acme.com.ua>, rui.simoes@vendas-acme.com.br
olga@acme.com.ua; two@@acme.com; x@mailinator.com; LESIA@acme.com.ua"""


def ledger(session: Session) -> tuple[Visit, Ledger, Offer]:
    offer = Offer(role="Salesperson", modules=("clients",))
    return visit_of(session), checking.check(session, addresses(PASTE), offer), offer
