"""What the forms and dialogs look like, as plain text that a review can read.

`pytest tests/tui/test_looks.py --snapshot-update` writes them anew.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.screen import Screen

from store import names, settings, signin, sub_accounts, teams, users
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
from store.ownership.absence import declare_absent
from store.session import Session
from store.values import Door, Draft, Holder, Origin, OwnMail, Status, User
from tests.conftest import NOON, session_of
from tests.store.leaving.owning import records
from tests.store.mail.servers import Pigeon
from tests.store.ownership.conftest import GIVEN
from tests.store.standing import activate
from tests.tui.driving import LARGE, SMALL
from tests.tui.one_screen import Seat, sit, visit_of
from tui.dialogs.act import Act
from tui.dialogs.choose import Choose
from tui.dialogs.confirm import Confirm
from tui.dialogs.conflict import Conflict, WayOut
from tui.dialogs.mend import Mend
from tui.dialogs.show_once import ShowOnce
from tui.screens.act_run import ActRun
from tui.screens.change_password import ChangePassword
from tui.screens.choose_person import ChoosePerson
from tui.screens.comparison import Comparison
from tui.screens.employee_form import EmployeeForm
from tui.screens.employees import EmployeesRoom
from tui.screens.forgotten import Forgotten
from tui.screens.groups import Groups
from tui.screens.have_code import HaveCode
from tui.screens.history import History
from tui.screens.invite import Invite
from tui.screens.invite_ledger import InviteLedger
from tui.screens.invited import Invited
from tui.screens.leaving import HandingOver, Leaving
from tui.screens.ledger_file import LedgerFile
from tui.screens.letter import LetterRoom
from tui.screens.locked import Locked
from tui.screens.merge import Merge
from tui.screens.outbox import Outbox
from tui.screens.own_mail import OwnMailForm
from tui.screens.ownership import Ownership
from tui.screens.permissions import Permissions
from tui.screens.person import Person
from tui.screens.photo import PhotoRoom
from tui.screens.photo_form import PhotoForm
from tui.screens.reasons import Reasons
from tui.screens.records import Records
from tui.screens.rename import Rename
from tui.screens.role_name import RoleName
from tui.screens.role_permissions import RolePermissions, opened
from tui.screens.roles import Roles
from tui.screens.sessions import Sessions
from tui.screens.set_password import SetPassword
from tui.screens.set_up import SetUp
from tui.screens.settings import Settings
from tui.screens.sign_in import SignIn
from tui.screens.user_form import UserForm
from tui.screens.users import Users
from tui.screens.why import Why
from tui.screens.write_mail import WriteMail
from tui.visit import Visit

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

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
    return RoleName(visit_of(session), "New role", told, lambda name: name, lambda name: name)


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


SCREENS: dict[str, tuple[Made, tuple[str, ...]]] = {
    "list": (users_list, ()),
    "list, searched and marked": (users_list, ("slash", *"шевч", "enter", "space")),
    "list, nobody": (users_list, ("5",)),
    "list, the locked": (locked_list, ("6",)),
    "list, one locked": (locked_list, ()),
    "list, nobody soon": (users_list, ("7",)),
    "list, the pending": (pending_list, ("3",)),
    "invite": (lambda s, m: Invite(visit_of(s)), (*"ana@acme.com.ua", "tab")),
    "invite, nothing typed": (lambda s, m: Invite(visit_of(s)), ("f2",)),
    "invite, the ledger": (lambda s, m: InviteLedger(*ledger(s)), ("down", "down")),
    "invite, mending": (lambda s, m: InviteLedger(*ledger(s)), ("down", "down", "down", "e")),
    "invite, before sending": (lambda s, m: InviteLedger(*ledger(s)), ("f2",)),
    "invited": (lambda s, m: Invited(*ledger(s)), ()),
    "the ledger as a file": (lambda s, m: LedgerFile(*ledger(s)[:2]), ()),
    "mend": (lambda s, m: Mend("Mend the address", "It is none.", "a@@b", longest=300), ()),
    "why": (lambda s, m: Why(visit_of(s), locked_out(s, m)), ()),
    "why, nothing": (lambda s, m: Why(visit_of(s), users.show(s, "olga")), ("tab", "tab")),
    "person, locked": (lambda s, m: Person(visit_of(s), locked_out(s, m)), ()),
    "settings": (lambda s, m: Settings(visit_of(s)), ("down",) * 12),
    "setting": (settings_screen, ("G", "enter")),
    "setting, refused": (settings_screen, ("down", "down", "down", "enter", "1", "f2")),
    "outbox": (outbox, ("j", "j")),
    "outbox, none": (outbox_of_nobody, ("f", "down", "down", "enter")),
    "letter": (letter, ()),
    "records": (owned, ("space", "k")),
    "records, none": (lambda s, m: Records(visit_of(s), ana(s, m)), ()),
    "teams": (groups, ()),
    "teams, what they see": (groups, ("space",)),
    "teams, deleting": (groups, ("x",)),
    "sub-accounts": (groups, ("tab",)),
    "sub-accounts, none": (lambda s, m: Groups(visit_of(s)), ("tab",)),
    "roles": (lambda s, m: Roles(visit_of(s)), ("j", "j")),
    "role": (support, ("asterisk", "down", "right", "space", "G", "up")),
    "role, before it is saved": (support, ("asterisk", "down", "space", "f2")),
    "role's name": (new_role, (*"Auditor", "tab")),
    "filters": (users_list, ("f",)),
    "help": (users_list, ("question_mark",)),
    "list, copying": (users_list, ("y", "j")),
    "list, as commands": (users_list, ("ctrl+o",)),
    "list, finding a command": (users_list, ("colon", *"user")),
    "person": (lambda s, m: Person(visit_of(s), ana(s, m)), ()),
    "permissions": (permissions, ("down", "down", "down", "right", "right")),
    "permissions, to be saved": (permissions, ("space", "space", "down", "space", "f2")),
    "permissions of the owner": (
        lambda s, m: Permissions(visit_of(s), users.show(s, "olga")),
        ("space",),
    ),
    "permissions, choosing somebody": (permissions, ("A",)),
    "choosing somebody": (
        lambda s, m: ChoosePerson(visit_of(s), "Whose access?", ana(s, m).id),
        ("x",),
    ),
    "leaving": (lambda s, m: Leaving(visit_of(s), owning(s, m)), ("f2",)),
    "leaving, asked": (
        lambda s, m: Leaving(visit_of(s), owning(s, m)),
        ("tab", "enter", *"olga", "enter", "f2"),
    ),
    "handing over": (
        lambda s, m: HandingOver(visit_of(s), owning(s, m)),
        ("j", "enter", *"olga", "enter"),
    ),
    "why a permission": (reasons, ()),
    "comparison": (comparison, ()),
    "history": (lambda s, m: History(visit_of(s), ana(s, m).id, "Ana Silva"), ()),
    "sessions": (sessions_of_lena, ("j",)),
    "sessions, ending all": (sessions_of_lena, ("X",)),
    "sessions, none": (lambda s, m: Sessions(visit_of(s), ana(s, m)), ("x",)),
    "ownership": (ownership_of_olga, ()),
    "ownership, giving it away": (ownership_of_olga, ("t",)),
    "ownership, its name": (ownership_of_olga, ("t", "enter", *"acme", "f2")),
    "ownership, declared absent": (ownership_of_who_is_absent, ()),
    "ownership, claiming": (ownership_of_who_is_absent, ("c",)),
    "ownership, claimed": (ownership_of_who_is_absent, ("c", *"Acme", "f2")),
    "set-up": (lambda s, m: SetUp(s.store), ()),
    "set-up with mistakes": (lambda s, m: SetUp(s.store), (*"Acme", "f2")),
    "sign-in": (lambda s, m: SignIn(s.store, "Acme"), ()),
    "sign-in refused": (lambda s, m: SignIn(s.store, "Acme"), (*"olga", "tab", *"wrong", "enter")),
    "forced password": (lambda s, m: ChangePassword(s, forced=True), ()),
    "forgotten password": (lambda s, m: Forgotten(s.store, "ana@acme.com.ua"), ()),
    "a code": (lambda s, m: HaveCode(s.store, asked=True), ()),
    "a code, refused": (
        lambda s, m: HaveCode(s.store),
        (*"abc", "f2"),
    ),
    "password for somebody": (lambda s, m: SetPassword(visit_of(s), ana(s, m)), ()),
    "password for somebody, typed": (
        lambda s, m: SetPassword(visit_of(s), ana(s, m)),
        ("enter", "down", "enter", "tab", *"short", "tab", *"short", "f2"),
    ),
    "password for somebody, as a command": (
        lambda s, m: SetPassword(visit_of(s), ana(s, m)),
        ("ctrl+o",),
    ),
    "rename": (lambda s, m: Rename(visit_of(s), ana(s, m)), (*"olga", "f2")),
    "my mail": (lambda s, m: OwnMailForm(visit_of(s), MY_MAIL), ()),
    "a letter to somebody": (
        lambda s, m: WriteMail(visit_of(confirmed(s)), [ana(s, m).id, m().id]),
        (*"Monday", "tab", *"At nine.", "enter", *"Bring cake."),
    ),
    "a letter as it is read": (
        lambda s, m: WriteMail(visit_of(confirmed(s)), [ana(s, m).id, 4711]),
        (*"Monday", "tab", *"At nine.", "f2"),
    ),
    "a letter that was queued": (
        lambda s, m: WriteMail(visit_of(confirmed(s)), [ana(s, m).id, 4711]),
        (*"Monday", "tab", *"At nine.", "f2", "f2", "y"),
    ),
    "employees": (employees, ()),
    "employees without a user": (employees, ("2",)),
    "an employee": (employees, ("G", "enter")),
    "new employee": (lambda s, m: EmployeeForm(visit_of(s)), ("f2",)),
    "photo, none": (lambda s, m: PhotoRoom(visit_of(s), ana(s, m)), ()),
    "photo from a file": (lambda s, m: PhotoForm(visit_of(s), ana(s, m)), (*"a.png", "f2")),
    "locked": (lambda s, m: Locked(s, "olga"), ()),
    "new user": (lambda s, m: UserForm(visit_of(s)), ()),
    "new user with mistakes": (
        lambda s, m: UserForm(visit_of(s)),
        ("tab", "tab", *"olga@acme.com.ua", "f2", "escape"),
    ),
    "edit": (lambda s, m: UserForm(visit_of(s), ana(s, m)), ("down", "down", "down", "x")),
    "edit, choosing a country": (
        lambda s, m: UserForm(visit_of(s), ana(s, m)),
        ("down",) * 5 + ("i", "n"),
    ),
    "merge": (merge, ("down",)),
    "confirm": (
        lambda s, m: Confirm("Block Ana Silva?", "Two sessions end at once.", "Block"),
        (),
    ),
    "choose several": (
        lambda s, m: Choose(
            "countries",
            tuple(names.countries().items()),
            chosen={"BR", "UA"},
            several=True,
            new_label="new country",
        ),
        (*"br",),
    ),
    "conflict": (
        lambda s, m: Conflict(Holder(17, "Ana Silva", "ana", Status.ACTIVE), "E-mail", "a@x.ua"),
        (),
    ),
    "conflict, inactive": (
        lambda s, m: Conflict(
            Holder(17, "Ana Silva", "ana", Status.INACTIVE), "E-mail", "a@x.ua", list(WayOut)
        ),
        (),
    ),
    "act": (
        lambda s, m: Act(
            "Block Ana Silva (17)?", "At once: 2 sessions end. Stays theirs: 1 team.", "Block"
        ),
        ("r", *"left"),
    ),
    "list, blocking": (users_list, ("b",)),
    "list, leaving": (users_list, ("x",)),
    "act on many, done": (
        lambda s, m: ActRun(visit_of(s), "restore", [ana(s, m).id, 1, 4711], "a reason"),
        (),
    ),
    "shown once": (
        lambda s, m: ShowOnce("The password of “ana”", "bak-dom-fir-gul-hat-nep", "Hand it over."),
        ("y",),
    ),
}


@pytest.mark.parametrize("name", SCREENS)
def test_looks(owner: Session, make_user: MakeUser, snapshot: SnapshotAssertion, name: str) -> None:
    """On a small terminal, and when its window is pulled to a large one."""
    made, keys = SCREENS[name]
    shown: list[str] = []

    async def steps(seat: Seat) -> None:
        await seat.press(*keys)
        shown.append(seat.text)
        await seat.resize(LARGE)
        shown.append(seat.text)

    sit(made(owner, make_user), steps, SMALL)
    assert shown[0] == snapshot(name="80x24")
    assert shown[1] == snapshot(name="132x40")
