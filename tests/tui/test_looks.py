"""What the forms and dialogs look like, as plain text that a review can read.

`pytest tests/tui/test_looks.py --snapshot-update` writes them anew.
"""

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from store import names, users
from store.session import Session
from store.values import Holder, Status
from tests.tui.driving import LARGE, SMALL
from tests.tui.made import (
    MY_MAIL,
    Made,
    MakeUser,
    ana,
    comparison,
    confirmed,
    employees,
    groups,
    ledger,
    letter,
    locked_list,
    locked_out,
    merge,
    new_role,
    outbox,
    outbox_of_nobody,
    owned,
    ownership_of_olga,
    ownership_of_who_is_absent,
    owning,
    pending_list,
    permissions,
    reasons,
    sessions_of_lena,
    settings_screen,
    support,
    users_list,
)
from tests.tui.one_screen import Seat, sit, visit_of
from tests.tui.shown_commands import check, shown_on
from tui.dialogs.act import Act
from tui.dialogs.choose import Choose
from tui.dialogs.confirm import Confirm
from tui.dialogs.conflict import Conflict, WayOut
from tui.dialogs.mend import Mend
from tui.dialogs.show_once import ShowOnce
from tui.screens.act_run import ActRun
from tui.screens.change_password import ChangePassword
from tui.screens.choose_person import ChoosePerson
from tui.screens.employee_form import EmployeeForm
from tui.screens.forgotten import Forgotten
from tui.screens.groups import Groups
from tui.screens.have_code import HaveCode
from tui.screens.history import History
from tui.screens.invite import Invite
from tui.screens.invite_ledger import InviteLedger
from tui.screens.invited import Invited
from tui.screens.leaving import HandingOver, Leaving
from tui.screens.ledger_file import LedgerFile
from tui.screens.locked import Locked
from tui.screens.own_mail import OwnMailForm
from tui.screens.permissions import Permissions
from tui.screens.person import Person
from tui.screens.photo import PhotoRoom
from tui.screens.photo_form import PhotoForm
from tui.screens.records import Records
from tui.screens.rename import Rename
from tui.screens.roles import Roles
from tui.screens.sessions import Sessions
from tui.screens.set_password import SetPassword
from tui.screens.set_up import SetUp
from tui.screens.settings import Settings
from tui.screens.sign_in import SignIn
from tui.screens.user_form import UserForm
from tui.screens.why import Why
from tui.screens.write_mail import WriteMail

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

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
def test_looks(
    owner: Session,
    make_user: MakeUser,
    snapshot: SnapshotAssertion,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    name: str,
) -> None:
    """Check a small terminal, and the same one resized to a large one.

    Every command that the screen shows runs.
    """
    made, keys = SCREENS[name]
    shown: list[str] = []
    commands: list[str] = []

    async def steps(seat: Seat) -> None:
        await seat.press(*keys)
        shown.append(seat.text)
        commands.extend(shown_on(seat))
        await seat.resize(LARGE)
        shown.append(seat.text)

    sit(made(owner, make_user), steps, SMALL)
    assert shown[0] == snapshot(name="80x24")
    assert shown[1] == snapshot(name="132x40")
    monkeypatch.chdir(tmp_path)
    check(owner.store, commands)
