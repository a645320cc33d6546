"""What letters leave by, as the owner sets it up: its password, and trying it out."""

from typing import TYPE_CHECKING

from store import access
from store.checks.text import has_controls
from store.errors import Invalid, Problem, Refused, Unavailable
from store.folder import SMTP_PASSWORD
from store.mail import transports
from store.mail.composing import House, UnsendableError, trial
from store.mail.transports import UndeliveredError
from store.wording import _

if TYPE_CHECKING:
    from store.session import Session

PASSWORD_MAX = 500


def where(session: "Session") -> str:
    """Where letters go, in a sentence.

    Raises:
        NotAllowed: the actor may not see whom Usher writes to.
    """
    access.require(session, "mail.view")
    store = session.store
    return transports.told(store, House.of(store).settings)


def test(session: "Session", address: str) -> str:
    """Send a letter that says nothing at once, beside the outbox; gives the server's words.

    Raises:
        Invalid: this is no address.
        NotAllowed: the actor may not send mail.
        Refused: it was not sent; the sentence has the server's words.
    """
    store = session.store
    access.require(session, "users.mail")
    house = House.of(store)
    try:
        composed = trial(store, house, address.strip())
    except UnsendableError as error:
        raise Invalid([Problem("address", "email_invalid", error.sentence)]) from error
    transport = store.transport or transports.by_settings(store, house.settings)
    try:
        words = transport.send(composed.message, composed.sender, composed.recipient)
    except UndeliveredError as error:
        raise Refused(error.words, code="not_sent") from error
    finally:
        transport.close()
    with store.write(session) as unit:
        unit.record("test_mail")
    return words


def set_password(session: "Session", password: str) -> None:
    """Keep with what one signs in at the mail server, in a file of the data folder (J67).

    It stands neither in the database nor in the history. Empty takes it away.

    Raises:
        Invalid: no server could take it.
        NotAllowed: the actor is not the owner.
        PasswordNeeded: it is dangerous, and the actor's password was not given just now.
        Unavailable: the file cannot be written.
    """
    folder = session.store.folder
    with session.store.write(session) as unit:
        access.require(session, "settings.edit")
        access.require_proof(session)
        if has_controls(password) or len(password) > PASSWORD_MAX:
            sentence = _(
                "The password is empty, too long or not one line. Enter one line of at "
                "most {n} characters."
            ).format(n=PASSWORD_MAX)
            raise Invalid([Problem("password", "password_unreadable", sentence)])
        unit.record("set_smtp_password", command="usher mail password --password-stdin")
        if session.store.rehearsing:
            return
        try:
            folder.replace(folder.path / SMTP_PASSWORD, password)
        except OSError as error:
            sentence = _(
                "The file {path} cannot be written ({why}). Check the path and its permissions."
            )
            why = (error.strerror or "").lower()
            raise Unavailable(sentence.format(path=folder.path / SMTP_PASSWORD, why=why)) from error
