"""Letters and files on the walk: inviting, writing, bringing in and taking out."""

from collections.abc import Iterator
from pathlib import Path

from store import codes, signin
from store.models import CodeRow
from store.opening import open_store
from store.session import operator_session
from store.values import Origin
from tests.e2e.step import CTRL_O, CTRL_U, ENTER, ESC, F2, RIGHT, TAB, Step
from tui.dialogs.mend import Mend
from tui.screens.export import Export
from tui.screens.import_columns import ImportColumns
from tui.screens.import_lines import ImportLines
from tui.screens.import_people import ImportPeople
from tui.screens.import_rehearsal import ImportRehearsal
from tui.screens.import_run import ImportRun
from tui.screens.invite import Invite
from tui.screens.invite_ledger import InviteLedger
from tui.screens.invited import Invited
from tui.screens.ledger_file import LedgerFile
from tui.screens.mail_preview import MailPreview
from tui.screens.own_mail import OwnMailForm
from tui.screens.write_mail import WriteMail
from tui.screens.write_run import WriteRun

FILE = """first_name,last_name,email,login,role,team
Maria,Silva,maria@example.com,maria.silva,Salesperson,North
Rui,Costa,rui@example.com,rui.costa,Astronaut,North
Ana,Costa,not an address,ana.costa,Salesperson,North
"""


def confirmed_elsewhere(database: Path) -> None:
    """The owner's address is confirmed by the code of a letter."""
    store = open_store(f"sqlite:///{database}")
    olga = signin.send_confirmation(operator_session(store).because("a walk"), "olga")
    with store.read():
        number = CodeRow.get(CodeRow.user == olga.id, CodeRow.purpose == "confirmation").id
    signin.confirm_email(store, codes.text_of(store, number) or "", Origin())
    store.close()


def writing(database: Path) -> Iterator[Step]:
    """One's own mail, and a letter to somebody."""
    yield Step("my profile", "m", "screen", ("Ольга Бакум",))
    yield Step("my address", "C", "dialog over the list", ("Ask Ольга",))
    yield Step("no", ESC, "dialog closes", without="Ask Ольга")
    yield Step("my mail", ",", "screen", ("signature",), shows=OwnMailForm)
    yield Step("a letter of my name", "O", "a character", ("sender's name   O",))
    yield Step("leaving asks", ESC, "dialog", ("Drop what was typed?",))
    yield Step("yes", "y", "back", ("Lately",))
    yield Step("back to the list", "q", "back to the full list", ("Abernathy, Grace",))
    yield Step("not yet", "M", "", ("is not confirmed. Request a code",))

    def confirmed() -> None:
        confirmed_elsewhere(database)

    yield Step("a letter", "M", "screen", ("subject",), before=confirmed, shows=WriteMail)
    yield Step("a letter of its subject", "H", "a character", ("subject         H",))
    yield Step("into the text", TAB, "down", ("▸ text",))
    yield Step("a letter of the text", "D", "a character", ("text            D",))
    yield Step("as it is read", F2, "screen", ("Subject: H",), shows=MailPreview)
    yield Step("who gets it", F2, "dialog over the list", ("Write to 1 person?",))
    yield Step("sent", "y", "screen", ("1 queued",), shows=WriteRun)
    yield Step("back to the list", "q", "back to the full list", ("Abernathy, Grace",))


def carrying(home: Path) -> Iterator[Step]:
    """People out to a file, and in from one."""

    def write() -> None:
        (home / "people.csv").write_text(FILE, encoding="utf-8")

    yield Step("export", "E", "screen", ("Export",), shows=Export)
    yield Step("as a command", CTRL_O, "screen", ("usher export",))
    yield Step("back to the form", ESC, "back", without="usher export")
    yield Step("back to the list", ESC, "back to the full list", ("Abernathy, Grace",))
    yield Step("import", "I", "screen", ("Import",), before=write, shows=ImportPeople)
    yield Step("a path", CTRL_U + f"{home}/people.csv", "", ("people.csv",))
    yield Step("its headings", ENTER, "screen", ("Rehearse", "Silva"), shows=ImportColumns)
    yield Step("the next heading", RIGHT, "scroll")
    yield Step("another field", ENTER, "dialog of eleven lines", ("What “last_name” becomes",))
    yield Step("no", ESC, "dialog of eleven lines closes", without="“last_name”")
    yield Step("rehearsed", F2, "screen", ("3 rows were looked at",), shows=ImportRehearsal)
    yield Step("why", ENTER, "screen", ("line",), shows=ImportLines)
    yield Step("back to the reasons", "q", "back", ("3 rows were looked at",))
    yield Step("imported", F2, "screen", ("3 rows are done",), shows=ImportRun)
    yield Step("back to the list", F2, "back to a list that has changed", ("403", "Imported"))


def inviting() -> Iterator[Step]:
    """Many by their addresses."""
    yield Step("invite", "i", "screen", ("Paste or type",), shows=Invite)
    yield Step("a character", "m", "a character", ("addresses       m",))
    yield Step("the rest of it", "aria@example.net two@@example.net", "", ("two@@example.net",))
    yield Step("what becomes of them", F2, "screen", ("1 will be invited",), shows=InviteLedger)
    yield Step("the next one", "j", "scroll", ("▸ ✕ malformed",))
    yield Step("mended", "e", "dialog", ("Mend the address",), shows=Mend)
    yield Step("no", ESC, "dialog closes", without="Mend the")
    yield Step("to a file", "E", "screen", ("The ledger as a file",), shows=LedgerFile)
    yield Step("back to the ledger", ESC, "back", ("1 will be invited",))
    yield Step("asked", F2, "dialog", ("Invite 1 person?",))
    yield Step("invited", "y", "screen", ("1 is invited",), shows=Invited)
    yield Step("back to the list", F2, "back to a list that has changed", ("✓ 1 is invited",))
