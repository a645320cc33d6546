"""The program delivers too while it is open (DESIGN 3.12)."""

from collections.abc import Callable
from email.message import EmailMessage
from queue import Queue

from store.database import Store
from store.mail import letters
from store.session import Session
from store.values import User
from tui.delivering import Delivering


class Mailbox:
    """A transport whose letters can be waited for."""

    def __init__(self) -> None:
        self.letters: Queue[EmailMessage] = Queue()

    def send(self, message: EmailMessage, sender: str, recipient: str) -> str:
        self.letters.put(message)
        return ""

    def close(self) -> None:
        """Nothing is open."""


def test_what_is_queued_leaves_at_once_and_nothing_after_the_end(
    store: Store, owner: Session, make_user: Callable[..., User]
) -> None:
    store.transport = box = Mailbox()
    delivering = Delivering(store)
    delivering.begin()
    user = make_user()
    assert box.letters.get(timeout=9)["To"] == user.email
    delivering.end()
    assert not delivering._thread.is_alive()
    make_user()
    assert box.letters.empty()
    assert [one.state for one in letters.listed(owner)] == ["queued", "sent"]
