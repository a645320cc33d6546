"""Actions of the operator on a damaged history (`accept`) or after the loss of the key (`rekey`).

Both add an entry with a digest of all entries before it. Later changes to those entries are then
detected.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from store import access
from store.audit import anchor, erasing, head_row, key
from store.audit.verifying import judge
from store.audit.walking import DIGEST, KEY, REKEY, THROUGH, VALUES, Damage, Walk
from store.errors import NotAllowed, Refused
from store.wording import _

if TYPE_CHECKING:
    from store.database import Unit
    from store.session import Session


def accept(session: "Session") -> Damage:
    """Accept that the history is damaged, keep it as it is, and check it from now on.

    Requires the operator and a reason. Returns the first damage that was accepted.

    Raises:
        NotAllowed: The actor is not the operator.
        Refused: The reason is missing, or there is nothing to accept.
    """
    _require_operator(session, "accept")
    store = session.store
    with store.write(session) as unit:
        head_row.head(store, lock=True)
        verdict, walk = judge(store)
        if verdict.damage is None:
            raise Refused(
                _("The history is intact. There is nothing to accept."), code="history_whole"
            )
        damage = verdict.damage
        changes: dict[str, tuple[Any, Any]] = {
            "damage": (None, damage.what),
            "entry": (None, damage.seq),
        }
        erasing.clear(store)
        if walk.doubtful:
            changes[VALUES] = (None, walk.doubtful)
        _seal(unit, anchor.ACCEPT, walk, changes)
        return damage


def rekey(session: "Session") -> int:
    """Continue with another key after the account's key was lost.

    Requires the operator and a reason. The key in the data folder becomes the key of the account;
    if there is none, one is created. Ends all open one-time codes, because they are derived from
    the lost key, and returns how many there were.

    Raises:
        NotAllowed: The actor is not the operator.
        Refused: The reason is missing, or the key in the data folder is the right one.
    """
    from store import codes  # noqa: PLC0415  (needed once in the life of an account)

    _require_operator(session, "rekey")
    store = session.store
    with store.write(session) as unit:
        ended = codes.revoke_all(unit, how="rekeyed")
        head = head_row.head(store, lock=True)
        present = store.folder.server_key()
        if present is not None and key.fits(store, present, head.key_check):
            raise Refused(
                _("server.key is the right key of this account. There is nothing to replace."),
                code="key_right",
            )
        _verdict, walk = judge(store)
        check = ""
        if not unit.rehearsal:
            check = key.check_value(present or store.folder.create_server_key())
            store.sql("UPDATE usher_audit_head SET key_check = ? WHERE id = 1", check)
        codes_ended = {"codes": (ended, 0)} if ended else {}
        _seal(unit, REKEY, walk, {KEY: (head.key_check, check), **codes_ended})
        return ended


def _seal(unit: "Unit", verb: str, walk: Walk, changes: Mapping[str, tuple[Any, Any]]) -> None:
    """Record an entry that follows the last entry actually in the table."""
    last = walk.expected - 1
    store = unit.session.store
    store.sql("UPDATE usher_audit_head SET seq = ?, mac = ? WHERE id = 1", last, walk.mac)
    secret = store.folder.server_key()
    if secret is not None:
        head_row.seal(store, secret)
    sealed = {THROUGH: (None, last), DIGEST: (None, walk.digest)}
    unit.record(verb, None, {**changes, **sealed}, f"usher audit {_WORDS[verb]}")


_WORDS = {anchor.ACCEPT: "accept", REKEY: "rekey"}


def _require_operator(session: "Session", word: str) -> None:
    if not session.operator:
        access.actor_of(session)
        access.require_own_password(session)
        raise NotAllowed(
            _("Only the operator can do this. On the host, run: {command}").format(
                command=f"usher audit {word} --reason TEXT"
            )
        )
    if not session.reason.strip():
        raise Refused(
            _("The reason is missing. It is kept in the history. Add: --reason TEXT"),
            code="reason_needed",
        )
