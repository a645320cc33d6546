"""Coming in: one answer to every refusal, one verification each time (CHECKLIST C24, C25)."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from store import codes, settings
from store.codes import Purpose
from store.errors import SignInRefused
from store.listing.people import hold
from store.models import KeyRow, SessionRow, UserRow
from store.ownership import standing
from store.session import Proof, Session, visitor
from store.signin import attempts, facts
from store.signin.gates import Attempt, Facts, Gate, gates, may_come_in, must_change_password
from store.users import read
from store.values import Absence, Door, Origin, User

if TYPE_CHECKING:
    from store.database import Store, Unit


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who came in, and whether they may do nothing but choose a new password (gate 8).

    `absence` is what was said of them as the owner, and was taken back by their coming.
    """

    session: Session
    user: User
    must_change_password: bool
    absence: Absence | None = None


def sign_in(store: "Store", login: str, password: str, door: Door, source: Origin) -> SignedIn:
    """Open a session for whoever proves to be this person at this door.

    `login` is a login or an e-mail, in any spelling; `source` is from where they come, by whose
    address attempts are throttled.

    Raises:
        SignInRefused: whatever the reason, in the same words and at the same cost.
    """
    number = read.by_identifier(store, login)
    newcomer = visitor(store, number, _login(store, number), door, source)
    made = attempts.give(newcomer, password)
    # Twice as dear once in years: whoever has the right password waits for a stronger hash.
    stored = made.stored
    stronger = (
        store.hash(password) if made.right and stored and store.hasher.outdated(stored) else ""
    )
    with store.write(newcomer) as unit:
        hold(store, made.user)
        found = _gates(store, attempts.facts_for(store, made), door, right=made.right)
        # Between the verification and now someone may have set another password.
        same = attempts.stored_of(store, made.user) == made.stored
        if made.user is not None and same and not made.refused and may_come_in(found):
            if stronger:
                UserRow.update(password_hash=stronger).where(UserRow.id == made.user).execute()
            attempts.succeed(unit, made.user)
            return _opened(unit, found, Proof(unit.now))
        attempts.fail(unit, made)
    raise SignInRefused


def sign_in_by_key(store: "Store", door: Door, origin: Origin) -> SignedIn:
    """Open a session for the holder of the key that sshd has verified and that `origin` names.

    All gates are the same, but that the key stands for the password, where the setting
    `ssh.key_is_enough` says so.

    Raises:
        SignInRefused: whatever the reason, in the words of every other refusal.
    """
    number = read.by_fingerprint(store, origin.key)
    if number is None:
        raise SignInRefused
    newcomer = visitor(store, number, _login(store, number), door, origin)
    with store.write(newcomer) as unit:
        # The key may be taken away, and its holder blocked, up to this moment.
        holder = read.by_fingerprint(store, origin.key)
        hold(store, holder)
        found = _gates(store, facts.of(store, holder), door, by_key=True)
        if holder != number or not may_come_in(found):
            raise SignInRefused
        return _opened(unit, found, Proof())


def _opened(unit: "Unit", found: tuple[Gate, ...], proof: Proof) -> SignedIn:
    """The session of a person who has passed the gates, with its row and its entry."""
    newcomer = unit.session
    store, number, origin = newcomer.store, newcomer.user or 0, newcomer.origin
    opened = SessionRow.create(
        user=number,
        door=newcomer.door,
        origin=str(origin),
        address=origin.address,
        started=unit.now,
        seen=unit.now,
    )
    UserRow.update(last_seen=unit.now, idle_from=unit.now).where(UserRow.id == number).execute()
    # Whoever comes in needs no letter to do so; what is first used ends the other (DESIGN 3.4).
    for purpose in (Purpose.INVITATION, Purpose.RESET):
        codes.revoke(unit, number, purpose)
    if origin.key:
        KeyRow.update(last_used=unit.now).where(
            KeyRow.fingerprint == origin.key, KeyRow.user == number
        ).execute()
    by = {} if proof.at else {"by": (None, "key")}
    command = f"usher sign-in {newcomer.name} --door {newcomer.door}"
    unit.record("sign_in", number, by, command=command)
    absence = standing.came_back(unit, number)
    user = read.load(store, [number])[0]
    proof.only_password = must_change_password(found)
    session = replace(newcomer, row=opened.id, proof=proof)
    return SignedIn(session, user, proof.only_password, absence)


def _login(store: "Store", number: int | None) -> str:
    with store.read():
        rows = store.sql("SELECT login FROM usher_user WHERE id = ?", number)
    return str(rows[0][0]) if rows else ""


def _gates(
    store: "Store",
    known: Facts,
    door: Door,
    *,
    right: bool | None = None,
    by_key: bool = False,
) -> tuple[Gate, ...]:
    with store.read():
        attempt = Attempt(door, store.now(), right, by_key)
        return gates(known, attempt, settings.load(store))
