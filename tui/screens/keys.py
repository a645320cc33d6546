"""The public keys of one person: one's own, or those of somebody whom one looks after."""

from collections.abc import Iterable, Sequence
from functools import partial

from textual import getters
from textual.widget import Widget

from store import keys
from store.values import Key, User
from store.wording import _, ngettext
from tui.commands import Situation
from tui.commands.keys import KEYS
from tui.dialogs.confirm import Confirm
from tui.moments import ago, when
from tui.screens.key_form import KeyForm
from tui.screens.room import bindings_of
from tui.screens.undoing import Undoing
from tui.signs import SIGNS
from tui.visit import Visit
from tui.widgets.ledger import Ledger, LedgerLine
from tui.widgets.words import Words

KINDS = {
    "ssh-ed25519": "ed25519",
    "ssh-rsa": "rsa",
    "ecdsa-sha2-nistp256": "ecdsa 256",
    "ecdsa-sha2-nistp384": "ecdsa 384",
    "ecdsa-sha2-nistp521": "ecdsa 521",
    "sk-ssh-ed25519@openssh.com": "ed25519 sk",
    "sk-ecdsa-sha2-nistp256@openssh.com": "ecdsa sk",
}
"""The types as a column has room for them; `sk` is in a security token."""


class KeyLedger(Ledger[Key]):
    """A key a line; the fingerprint of the one under the cursor stands in full below."""

    def below(self) -> list[str]:
        key = self.current
        return ["", f"   {key.fingerprint}"] if key else []


class Keys(Undoing[None]):
    """Which keys there are, since when, and when each was last used."""

    ROOM = KEYS
    BINDINGS = bindings_of(KEYS)

    words = getters.query_one(Words)
    ledger = getters.query_one(KeyLedger)

    def __init__(self, visit: Visit, user: User) -> None:
        super().__init__(f"{user.full_name} {SIGNS.dot} {_('Keys')}", visit.who)
        self.visit, self.user, self.session = visit, user, visit.session

    def body(self) -> Iterable[Widget]:
        yield Words("")
        yield KeyLedger(self._told, word=12, who=24)

    def on_mount(self) -> None:
        self.ledger.focus()
        self._read()

    def situation(self) -> Situation:
        return Situation(self.visit.actor, self.user)

    def command_lines(self) -> tuple[str, ...]:
        key = self.ledger.current
        removal = (f"usher keys remove {key.fingerprint}",) if key else ()
        return (f"usher keys list {self.user.id}", *super().command_lines(), *removal)

    def do_add_key(self) -> None:
        self.app.push_screen(KeyForm(self.visit, self.user), self._added)

    def do_remove_key(self) -> None:
        key = self.ledger.current
        if key is None:
            self.say(f"{SIGNS.error} {_('There is no key to remove.')}")
            return
        question = Confirm(
            _("Remove this key of {name}?").format(name=self.user.full_name),
            _("{comment} {fingerprint} lets nobody in any more, and who came by it is out.").format(
                comment=key.comment, fingerprint=key.fingerprint
            ),
            _("Remove it"),
        )
        self.app.push_screen(question, partial(self._answered, key))

    def _answered(self, key: Key, yes: bool | None) -> None:
        if yes:
            self.write(partial(keys.remove, self.session, key.fingerprint), self._removed)

    def _added(self, key: Key | None) -> None:
        if key:
            self.say(f"{SIGNS.done} {_('Added {it}').format(it=key.fingerprint)}")
            self._read()

    def _removed(self, key: Key) -> None:
        self.say(f"{SIGNS.done} {_('Removed {it}').format(it=key.fingerprint)}")
        self._read()

    def renew(self) -> None:
        self._read()

    def _read(self) -> None:
        read = partial(keys.keys_of, self.session, self.user.id)
        self.ask(read, self._show, group="keys", busy=_("Looking…"), replaces=True)

    def _show(self, found: Sequence[Key]) -> None:
        count = ngettext("{n} key", "{n} keys", len(found)).format(n=len(found))
        self.heading.show(figure=f"{count} {SIGNS.dot} {self.visit.zone}")
        self.words.say(
            _("Whoever holds one of these keys comes in over SSH as {name}.").format(
                name=self.user.full_name
            )
            if found
            else _("There are none yet. n adds one: the line of a file that ends in .pub.")
        )
        self.ledger.show(found)

    def _told(self, key: Key) -> LedgerLine:
        added = _("added {day}").format(day=when(key.added, self.visit.zone))
        used = _("never used")
        if key.last_used:
            used = _("used: {ago}").format(ago=ago(key.last_used, self.session.store.clock()))
        kind, comment = KINDS.get(key.kind, key.kind), key.comment or SIGNS.nothing
        return LedgerLine(SIGNS.active, kind, comment, f"{added}, {used}")
