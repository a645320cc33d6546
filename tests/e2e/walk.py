"""A walk through every screen and every dialog, as data: which keys lead there and what then shows.

A class of `tui/screens` or `tui/dialogs` that no step shows fails `test_line.py`, so that whoever
adds a screen adds its step here, and its bytes are counted.
"""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from textual.screen import Screen

import tui.dialogs
import tui.screens
from store import users
from store.opening import open_store
from store.session import operator_session
from store.upkeep import examples
from tests.e2e.step import (
    CTRL_O,
    CTRL_U,
    DOWN,
    ENTER,
    ESC,
    F1,
    F2,
    LEFT,
    LOGIN,
    PAGE_DOWN,
    PAGE_UP,
    RIGHT,
    TAB,
    Step,
)
from tests.public_keys import ED25519
from tui.dialogs.act import Act
from tui.dialogs.choose import Choose
from tui.dialogs.confirm import Confirm
from tui.dialogs.conflict import Conflict
from tui.dialogs.copy import Copy
from tui.dialogs.dialog import Dialog
from tui.dialogs.palette import Palette
from tui.dialogs.question import Question
from tui.dialogs.show_once import ShowOnce
from tui.screens.about import AboutPerson
from tui.screens.about_employee import AboutEmployee
from tui.screens.act_run import ActRun
from tui.screens.acting import Acting
from tui.screens.asking import Asking
from tui.screens.change_password import ChangePassword
from tui.screens.choose_person import ChoosePerson
from tui.screens.comparison import Comparison
from tui.screens.entrance import Entrance
from tui.screens.file_room import FileRoom
from tui.screens.filters import FilterRoom
from tui.screens.forgotten import Forgotten
from tui.screens.form_room import FormRoom
from tui.screens.groups import Groups
from tui.screens.have_code import HaveCode
from tui.screens.help import Help
from tui.screens.history import History
from tui.screens.import_stage import ImportStage
from tui.screens.invite_stage import InviteStage
from tui.screens.key_form import KeyForm
from tui.screens.keys import Keys
from tui.screens.letter import LetterRoom
from tui.screens.locked import Locked
from tui.screens.merge import Merge
from tui.screens.outbox import Outbox
from tui.screens.permissions import Permissions
from tui.screens.person import Person
from tui.screens.profile import Profile
from tui.screens.prove import Prove
from tui.screens.reasons import Reasons
from tui.screens.rename import Rename
from tui.screens.role_name import RoleName
from tui.screens.role_permissions import RolePermissions
from tui.screens.roles import Roles
from tui.screens.room import Room
from tui.screens.sessions import Sessions
from tui.screens.set_password import SetPassword
from tui.screens.set_up import SetUp
from tui.screens.setting_form import SettingForm
from tui.screens.settings import Settings
from tui.screens.sign_in import SignIn
from tui.screens.too_small import TooSmall
from tui.screens.undoing import Undoing
from tui.screens.user_form import UserForm
from tui.screens.users import Users
from tui.screens.why import Why
from tui.typed_ahead import TypedAhead

FRAMES = {
    TypedAhead, Asking, Room, Acting, AboutPerson, AboutEmployee, Entrance, FormRoom, FileRoom,
    ImportStage, InviteStage, Dialog, Question, Undoing,
}  # fmt: skip
"""What other screens are made of; nobody ever sees these by themselves."""


def screens() -> set[type[object]]:
    """Every screen and dialog that there is."""
    found: set[type[object]] = set()
    for package in (tui.screens, tui.dialogs):
        for module in iter_modules(package.__path__, f"{package.__name__}."):
            here = vars(import_module(module.name)).values()
            found |= {one for one in here if isinstance(one, type) and issubclass(one, Screen)}
    ours = {one for one in found if one.__module__.startswith("tui.")}
    return ours - FRAMES


def changed_elsewhere(database: Path) -> None:
    """Somebody else changes the first one of the list."""
    store = open_store(f"sqlite:///{database}")
    session = operator_session(store)
    user = users.show(session, "conor.abernathy119")
    users.edit(session, user.id, {"position": "Elsewhere"}, version=user.version)
    store.close()


def coming_in() -> Iterator[Step]:
    """From the sign-in to the list."""
    yield Step("start", "", "start", ("· Sign in",), shows=SignIn)
    yield Step("the first letter of the login", "o", "a character", ("login           o",))
    yield Step("another letter", "l", "a character", ("login           ol",))
    yield Step("the rest of it", "ga", "", ("login           olga",))
    yield Step("to the password", TAB, "down", ("▸ password",))
    yield Step("a letter of the password", examples.PASSWORD[0], "a character", (" *",))
    yield Step("the rest of the password", examples.PASSWORD[1:], "", ("*" * 26,))
    yield Step("in", ENTER, "sign-in to a full list", ("People", "401", "Abern"), shows=Users)


def forgetting() -> Iterator[Step]:
    """From the sign-in to a letter, and to the code in it."""
    yield Step("start", "", "start", ("· Sign in",))
    yield Step("to the action", TAB * 3, "", ("▸ Forgotten password",))
    yield Step("a forgotten password", ENTER, "screen", ("Ask for the letter",), shows=Forgotten)
    yield Step("an address", "o", "a character", ("e-mail          o",))
    yield Step("the rest of it", "lga@example.com", "", ("olga@example.com",))
    yield Step("asked for", F2, "screen", ("Give its code",), shows=HaveCode)
    yield Step("a letter of the code", "a", "a character", ("code            a",))
    yield Step("leaving asks", ESC, "dialog", ("Drop what was typed?",))
    yield Step("back to the sign-in", "y", "back", ("· Sign in",))


def in_the_list() -> Iterator[Step]:
    """Moving, searching, marking; nothing else is opened."""
    for number in (1, 2):
        yield Step(f"down {number}", "j", "down")
    yield Step("up", "k", "down")
    yield Step("to the last line", "j" * 60)
    yield Step("scroll by one", "j", "scroll")
    yield Step("scroll by one with an arrow", DOWN, "scroll")
    yield Step("a page down", PAGE_DOWN, "page")
    yield Step("a page up", PAGE_UP, "page")
    yield Step("to the end", "G", "page in another script")
    yield Step("to the beginning", "g", "page", ("Abernathy, Conor",))
    yield Step("mark", " ", "scroll", ("1 marked",))
    yield Step("mark none", "*", "scroll", without="marked")
    yield Step("mark all", "*", "page", ("401 marked",))
    yield Step("mark none again", ESC, "page", without="marked")
    yield Step("to the first line", "g", "down")
    yield Step("into the search", "/", "into the search")
    yield Step("a letter and what it finds", "b", "a letter and what it finds", ("/ b", " of 401"))
    yield Step("another letter", "o", "a letter and what it finds", ("/ bo",))
    yield Step("nobody", "qx", "page", ("No user matches",))
    yield Step("all of them again", CTRL_U, "page", ("Abernathy, Conor",), " of ")
    yield Step("out of the search", ESC, "into the search")
    for key, tab in (("3", "pending"), ("5", "blocked"), ("1", "all")):
        yield Step(f"only the {tab}", key, "page", (f"[{key} {tab}]",))


def looking() -> Iterator[Step]:
    """Screens that one only looks at."""
    yield Step("a person", ENTER, "screen", ("Conor Abernathy ·", "Lately"), shows=Person)
    yield Step("their history", "l", "screen", ("History",), shows=History)
    yield Step("back to the person", "q", "back", ("Lately",))
    yield Step("back to the list", "q", "back to the full list", ("Abernathy, Grace",))
    yield Step("history", "l", "screen", ("History",))
    yield Step("back to the list", "q", "back to the full list", ("Abernathy, Grace",))
    yield Step("why not", "w", "screen", ("Why can't", "current"), shows=Why)
    yield Step("the next door", TAB, "page", ("‹simulator›",))
    yield Step("back to the list", "q", "back to the full list", ("Abernathy, Grace",))
    yield Step("the locked", "6", "page", ("[6 locked]", "last from"))
    yield Step("those who soon are", "7", "page", ("[7 soon]", "ends"))
    yield Step("all again", "1", "back to the full list", ("Abernathy, Grace",))
    yield Step("settings", ",", "screen", ("Settings", "lockout.attempts"), shows=Settings)
    yield Step("the next one", "j", "down", ("source: S3",))
    yield Step("and the next", "j", "cell", ("ASVS 6.5.5",))
    yield Step("to change it", ENTER, "screen", ("minutes  ", "Save"), shows=SettingForm)
    yield Step("a character", "0", "a character", ("600",))
    yield Step("leaving asks", ESC, "dialog", ("Drop what was typed?",))
    yield Step("yes", "y", "back", ("lockout.attempts",))
    yield Step("back to the list", "q", "back to the full list", ("Abernathy, Grace",))
    yield Step("help", "?", "screen", ("Help", "Create a user"), shows=Help)
    yield Step("down in it", "j", "scroll")
    yield Step("back to the list", "q", "back to the full list", ("Abernathy, Grace",))
    yield Step("as a command", CTRL_O, "screen", ("This as a command",), shows=Copy)
    yield Step("back to the list", ESC, "back", without="This as a command")
    yield Step("the palette", ":", "screen", ("Commands",), shows=Palette)
    yield Step("a letter in it", "h", "page", ("/ h",))
    yield Step("back to the list", ESC, "back", without="Commands")
    yield Step("my profile", "m", "screen", ("Ольга Бакум",), shows=Profile)
    yield Step("my keys", "K", "screen", ("There are none yet",), shows=Keys)
    yield Step("a new one", "n", "screen", ("New key",), shows=KeyForm)
    yield Step("back to the keys", ESC, "back", ("There are none yet",))
    yield Step("back to the profile", "q", "back", ("Lately",))
    yield Step("my sessions", "S", "screen", ("1 session", "this one"), shows=Sessions)
    yield Step("back to the profile", "q", "back", ("Lately",))
    yield Step("a new password", "s", "screen", ("Several words",), shows=ChangePassword)
    yield Step("a letter of it", "x", "a character", (" *",))
    yield Step("leaving asks", ESC, "dialog", ("Drop what was typed?",))
    yield Step("yes", "y", "back", ("Lately",))
    yield Step("back to the list", "q", "back to the full list", ("Abernathy, Grace",))
    yield Step("filters", "f", "screen", ("Whom to show",), shows=FilterRoom)
    yield Step("a choice", TAB + ENTER, "", ("Salesperson",))
    yield Step("without it", ESC, "dialog closes", without="Salesperson")
    yield Step("it again", ENTER, "dialog", ("Salesperson",), shows=Choose)
    yield Step("down in it", DOWN, "down")
    yield Step("a letter", "s", "scroll", ("/ s",))
    yield Step("back to the filters", ESC, "dialog closes", without="Salesperson")
    yield Step("back to the list", ESC, "back to the full list", ("Abernathy, Grace",))


def grouping() -> Iterator[Step]:
    """Teams and sub-accounts."""
    yield Step("teams", "T", "screen", ("‹teams: 6›", "▸"), shows=Groups)
    yield Step("the next one", "j", "down")
    yield Step("what they see", " ", "dialog", ("Change what the team",))
    yield Step("no", ESC, "dialog closes", without="Change what")
    yield Step("sub-accounts", TAB, "page", ("There is no sub-account yet",))
    yield Step("back to the list", "q", "back to the full list", ("Abernathy, Grace",))


def permitting() -> Iterator[Step]:
    """What one person may do."""
    yield Step("permissions", "p", "screen", ("Permissions", "clients.view"), shows=Permissions)
    yield Step("a cell to the right", RIGHT, "cell", ("clients.create",))
    yield Step("a cell down", DOWN, "cell", ("opportunities.create",))
    yield Step("allowed", " ", "cell", ("1 not saved",))
    yield Step("what comes of it", F2, "dialog over the list", ("Change what Conor",))
    yield Step("no", ESC, "dialog over the list closes", without="Change what")
    yield Step("as it was", "  ", "", without="not saved")
    yield Step("the reasons", "w", "screen", ("opportunities.create", "Has the"), shows=Reasons)
    yield Step("back to the permissions", "q", "back", ("reports",))
    yield Step("beside somebody", "D", "screen", ("compared?", "Abern"), shows=ChoosePerson)
    yield Step("a letter and what it finds", "b", "page", ("/ b",))
    yield Step("this one", ENTER, "screen", ("difference",), shows=Comparison)
    yield Step("back to the permissions", "q", "back", ("reports",))
    yield Step("back to the list", "q", "back to the full list", ("Abernathy, Grace",))


def ticking() -> Iterator[Step]:
    """Roles and what they permit."""
    yield Step("roles", "R", "screen", ("5 roles", "Permits clients.*"), shows=Roles)
    yield Step("the next one, in full below", "j", "scroll", ("Permits clients.view,",))
    yield Step("what it permits", ENTER, "screen", ("6 of 53",), shows=RolePermissions)
    yield Step("down in it", "j", "down", ("opportunities.view: permitted",))
    yield Step("to the right", RIGHT, "down", ("opportunities.create: not",))
    yield Step("ticked", " ", "down", ("1 changed",))
    yield Step("all of the module", "*", "down", ("3 changed",))
    yield Step("what it means", F2, "dialog over the list", ("They gain: opportunities",))
    yield Step("no", ESC, "dialog over the list closes", without="They gain")
    yield Step("leaving asks", ESC, "dialog", ("Drop what was ticked?",))
    yield Step("yes", "y", "back", ("Permits clients.view,",))
    yield Step("another name", "L", "screen", ("Another name for Read only",), shows=RoleName)
    yield Step("a character", "s", "a character", ("Read onlys",))
    yield Step("leaving asks", ESC, "dialog", ("Drop what was typed?",))
    yield Step("yes", "y", "back", ("Permits clients.view,",))
    yield Step("deleted in favour of which", "x", "dialog", ("Which role do they get",))
    yield Step("no", ESC, "dialog closes", without="Which role")
    yield Step("back to the list", "q", "back to the full list", ("Abernathy, Grace",))


def changing(database: Path) -> Iterator[Step]:
    """Forms for people, with what may come of them."""
    yield Step("a new user", "n", "screen", ("New user", "Save"), shows=UserForm)
    yield Step("a character for a hint", "M", "a character for a hint", without="needed  ")
    yield Step("a character", "a", "a character", ("Ma",))
    yield Step("a Cyrillic one", "я", "a character", ("Maя",))
    yield Step("taken back", "\x7f", "a character", without="Maя")
    yield Step("the next field", TAB, "down", ("▸ last name",))
    yield Step("leaving asks", ESC, "dialog", ("Drop what was typed?",), shows=Confirm)
    yield Step("the other answer", RIGHT, "down", ("▸ Drop it",))
    yield Step("no", ESC, "dialog closes", without="Drop what")
    yield Step("help in a form", F1, "screen", ("Help",))
    yield Step("back to the form", ESC, "back", ("New user", "Save"))
    yield Step("a name", "Silva" + TAB, "", ("▸ e-mail",))
    yield Step("an address", "conor.abernathy.119@example.com" + TAB * 5, "", ("▸ role",))
    yield Step("a role", "s", "dialog", ("Salesperson",))
    yield Step("this one", "up" + ENTER, "dialog closes", ("Support",))
    yield Step("a team", TAB + "n" + ENTER + F2, "", ("North ›",))
    yield Step("taken", F2, "dialog after saving", ("E-mail is taken",), shows=Conflict)
    yield Step("not them", ESC, "dialog closes", without="E-mail is taken")
    yield Step("another one", CTRL_U + "maria@example.org" + TAB * 11, "", ("▸ password",))
    yield Step("a password", "g" + ENTER, "", ("generated",))
    yield Step("shown once", F2, "dialog after saving", ("Hand it over",), shows=ShowOnce)
    yield Step("back to the list", ESC, "back to a list that has changed", ("402", "Saved"))
    yield Step("to the beginning", "g", "page", ("Abernathy, Conor",))
    yield Step("edit", "e", "screen", ("Conor", "Save"))
    edited = TAB * 10 + "x"
    yield Step("a change", edited, "", ("Representante de vendasx",))

    def elsewhere() -> None:
        changed_elsewhere(database)

    yield Step("two changes", F2, "screen", ("two changes",), before=elsewhere, shows=Merge)
    yield Step("mine", LEFT, "scroll")
    yield Step("back to the form", ESC, "back", ("Save",), "two changes")
    yield Step("leaving asks", ESC, "dialog", ("Drop what was typed?",))
    yield Step("back to the list", "y", "back to the full list", ("Abernathy, Grace",))
    yield Step("outbox", "O", "screen", ("Outbox", "maria@example.org"), shows=Outbox)
    yield Step("which letters", "f", "dialog", ("Which letters?", "parked"))
    yield Step("all", ESC, "dialog closes", without="Which letters?")
    yield Step("a letter", ENTER, "screen", ("invited to Acme",), shows=LetterRoom)
    yield Step("down in it", "j", "scroll")
    yield Step("back to the outbox", "q", "back", ("maria@example.org",))
    yield Step("back to the list", "q", "back to the full list", ("Abernathy, Grace",))


def moving() -> Iterator[Step]:
    """People from where they stand."""
    yield Step("to the beginning", "g", "", ("Abernathy, Conor",))
    yield Step("block", "b", "dialog over the list", ("Block Conor", "▸ Cancel"), shows=Act)
    yield Step("why", "r", "down")
    yield Step("a letter of it", "x", "a character", ("reason   x",))
    yield Step("back to the answers", ESC, "down", ("▸ Cancel",))
    yield Step("no", ESC, "dialog over the list closes", without="Block Conor")
    yield Step("leave", "x", "dialog", ("leaves: how?",))
    yield Step("no", ESC, "dialog over the list closes", without="leaves: how?")
    yield Step("mark two", "  ", "", ("2 marked",))
    yield Step("unlock them", "u", "down", ("are left as they are",))
    yield Step("block them", "b", "dialog over the list", ("Block 2 people?",))
    yield Step("done", "y", "screen", ("2 blocked, 0 refused",), shows=ActRun)
    yield Step("back to the list", "q", "back to a list that has changed", ("✓ 2 done",))


def handing_over() -> Iterator[Step]:
    """What somebody else signs in with."""
    yield Step("a password", "s", "screen", ("A temporary password",), shows=SetPassword)
    yield Step("typed", ENTER + DOWN + ENTER, "", ("its text again",))
    yield Step("as a command", CTRL_O, "screen", ("--password-stdin",))
    yield Step("back to the form", ESC, "back", without="--password-stdin")
    yield Step("leaving asks", ESC, "dialog", ("Drop what was typed?",))
    yield Step("back to the list", "y", "back to the full list", ("Abernathy, Grace",))
    yield Step("another login", "L", "screen", ("Another login",), shows=Rename)
    yield Step("taken", LOGIN + F2, "", ("taken",))
    yield Step("leaving asks", ESC, "dialog", ("Drop what was typed?",))
    yield Step("back to the list", "y", "back to the full list", ("Abernathy, Grace",))


def shrinking() -> Iterator[Step]:
    """The window becomes too small for anything."""
    yield Step("too small", "", "screen", ("Usher needs",), shows=TooSmall, size=(50, 10))


def setting_up() -> Iterator[Step]:
    """The first run of all."""
    yield Step("set-up", "", "start", ("Welcome",), shows=SetUp)
    yield Step("a character for a hint", "M", "a character for a hint", without="as Acme")
    yield Step("a character", "M", "a character", ("MM",))


def coming_back() -> Iterator[Step]:
    """After having been away for too long."""
    yield Step("locked", "", "screen", ("Nobody has pressed a key",), shows=Locked)
    yield Step("a letter of the password", examples.PASSWORD[0], "a character", (" *",))
    yield Step("the rest of it", examples.PASSWORD[1:], "", ("*" * 26,))
    yield Step("all as it was", ENTER, "back to the full list", ("Abernathy, Grace",))


def proving() -> Iterator[Step]:
    """Something dangerous, some minutes after the password was given."""
    yield Step("my profile", "m", "", ("Lately",))
    yield Step("my keys", "K", "", ("There are none yet",))
    yield Step("a new one", "n" + ED25519.line, "", (ED25519.line[-8:],))
    yield Step("asks once more", F2, "screen", ("once more",), shows=Prove)
    yield Step("a letter of the password", examples.PASSWORD[0], "a character", (" *",))
    yield Step("the rest of it", examples.PASSWORD[1:], "", ("*" * 26,))
    yield Step("added", ENTER, "back", ("Added",))
