"""Whether a session still stands: asked by open screens and by the platform, who write nothing.

Screens that are open say so every quarter of a minute. Whoever does also ends the sessions of
others who did so before and do no more: their process died without signing out (CHECKLIST E42).
"""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from store import access, audit, settings
from store.clocks import AHEAD
from store.errors import SessionEnded
from store.fields import utc_moment, utc_text
from store.session import Proof, Session, origin_of_process
from store.signin import facts
from store.signin.gates import must_change_password
from store.values import Door, Why

if TYPE_CHECKING:
    from store.database import Store, Unit

SILENT = timedelta(seconds=42)
"""After so long without a word a session that used to give word is over: with the quarter of a
minute until somebody comes by, it is gone within one (CHECKLIST E42)."""
PATIENCE = 2.0
"""Seconds that a sign of life waits for other writers; the next one will do as well."""


def resume(store: "Store", number: int) -> Session:
    """The session of this number, for a platform that keeps the number between two requests.

    Raises:
        SessionEnded: it is over, or its person may no longer come in; the sentence says why.
    """
    with store.read():
        rows = store.sql(
            "SELECT s.user_id, u.login, s.door, s.address FROM usher_session s"
            " JOIN usher_user u ON u.id = s.user_id WHERE s.id = ?",
            number,
        )
        if not rows:
            raise SessionEnded
        user, login, door, address = rows[0]
        origin = replace(origin_of_process(), address=address, terminal="")
        only = must_change_password(facts.gates_of(store, user, Door(door)))
        session = Session(
            store, user, login, Door(door), origin, row=number, proof=Proof(only_password=only)
        )
        access.actor_of(session)
    return session


def still_open(store: "Store", number: int) -> bool:
    """Whether the session of this number still stands. For how long one may be idle in it is the
    business of the platform; Usher ends it by an admin's act, and at the absolute limit."""
    try:
        resume(store, number)
    except SessionEnded:
        return False
    return True


def heard(session: Session) -> None:
    """Give word that this session's process is there, and end the sessions that went silent.

    No entry of the history is written: nobody did anything.

    Raises:
        Unavailable: the database cannot be written to at the moment.
    """
    if session.row is None:
        return
    store = session.store
    with store.write(session, wait=PATIENCE) as unit:
        rows = store.sql(
            "SELECT seen FROM usher_session WHERE id = ? AND ended IS NULL", session.row
        )
        if not rows:
            return
        before = utc_moment(rows[0][0])
        store.sql(
            "UPDATE usher_session SET seen = ? WHERE id = ? AND ended IS NULL",
            utc_text(unit.now),
            session.row,
        )
        if before and unit.now - before > SILENT:
            # This session was silent too, so it cannot judge the others: the database may have
            # been unavailable, or the machine asleep.
            store.last_words.clear()
        _end_silent(unit)
        _end_at_limit(unit)


def _end_silent(unit: "Unit") -> None:
    """End sessions of screens that have sent no sign of life for as long as `SILENT`.

    This process measures the duration itself, from when it first read a sign of life. The stored
    times come from other hosts, whose clocks may be wrong. Commands and the platform send no signs
    of life.
    """
    store = unit.session.store
    rows = store.sql(
        "SELECT id, seen FROM usher_session WHERE ended IS NULL AND seen > started AND door = ?",
        Door.USHER,
    )
    words = {}
    for number, seen in rows:
        word, since = store.last_words.get(number, (seen, unit.now))
        words[number] = (seen, since if word == seen else unit.now)
    store.last_words = words
    store.sql_many(
        "UPDATE usher_session SET ended = seen, why = ?"
        " WHERE id = ? AND seen = ? AND ended IS NULL",
        [
            (Why.GONE, number, seen)
            for number, (seen, since) in words.items()
            if unit.now - since > SILENT
        ],
    )


def _end_at_limit(unit: "Unit") -> None:
    """End sessions at their maximum length, unless the clocks of the hosts disagree."""
    store = unit.session.store
    newest, latest = audit.times(store)
    if newest and latest and latest - min(newest, unit.now) > AHEAD:
        return
    oldest = utc_text(unit.now - settings.load(store).session_absolute)
    store.sql(
        "UPDATE usher_session SET ended = ?, why = ?"
        " WHERE ended IS NULL AND seen < ? AND started < ?",
        utc_text(unit.now),
        Why.LIMIT,
        oldest,
        oldest,
    )
