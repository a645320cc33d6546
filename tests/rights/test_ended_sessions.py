"""An ended session can read and do nothing, not even for its own user."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from store import audit
from store.invitations.addresses import loaded
from store.models import SessionRow
from store.session import Session
from store.settings import Settings
from store.undo import finding
from store.values import Door, Why
from tests.conftest import NOON
from tests.rights.calls import CALLS, Call, answer, ready
from tests.rights.table import VERBS, Verb
from tests.rights.world import World


def _row(session: Session, **fields: object) -> Session:
    known = {"door": Door.USHER, "origin": "", "address": "", "started": NOON, "seen": NOON}
    row = SessionRow.create(user=session.user, **{**known, **fields})
    return replace(session, row=row.id)


def ended_by_another(world: World) -> Session:
    return _row(world.session("owner"), ended=NOON, why=Why.ENDED)


def past_the_limit(world: World) -> Session:
    started = NOON - Settings().session_absolute - timedelta(seconds=1)
    return _row(world.session("owner"), started=started, seen=started)


def cleared_away(world: World) -> Session:
    return replace(world.session("owner"), row=4711)


def of_a_blocked_user(world: World) -> Session:
    return _row(world.session("blocked"))


def of_a_removed_user(world: World) -> Session:
    return _row(world.session("removed"))


ENDS: tuple[Callable[[World], Session], ...] = (
    ended_by_another,
    past_the_limit,
    cleared_away,
    of_a_blocked_user,
    of_a_removed_user,
)

BESIDE: dict[str, Call] = {
    "audit.history of oneself": lambda _w, s, _n: audit.history(s, s.user),
    "audit.count of oneself": lambda _w, s, _n: audit.count(s, s.user),
    "undo.finding.last": lambda _w, s, _n: finding.last(s),
    "invitations.addresses.loaded": lambda w, s, _n: loaded(s, w.folder / "addresses.csv"),
}
"""Reading actions without a row in the table, or with another row for the user's own data."""
ADDRESSES = "email\nlesia@acme.com.ua\n"


def over(world: World, call: Call, verb: Verb | None) -> None:
    for end in ENDS:
        for on_oneself in (True, False):
            with world.undone():
                session = end(world)
                target = (session.user or 0) if on_oneself else world.targets["standard"]
                if verb:
                    ready(verb, world, target)
                found = answer(partial(call, world, session, target))
                assert found == "over", (end.__name__, on_oneself)


TELL_NOTHING = {"signin.sessions.sign_out", "signin.standing.heard", "upkeep.clock.accept"}
"""Actions that read nothing: a session may end twice, a sign of life may come late, and
the operator accepts the clock."""


@pytest.mark.parametrize(
    "verb", [verb for verb in VERBS if verb.path not in TELL_NOTHING], ids=lambda verb: verb.path
)
def test_every_function_that_takes_a_session_refuses_one_that_has_ended(
    world: World, verb: Verb
) -> None:
    """tests/rights/test_matrix.py checks that every public action has a row (CHECKLIST E40)."""
    over(world, CALLS[verb.path], verb)


@pytest.mark.parametrize("name", BESIDE)
def test_what_one_may_always_read_of_oneself_is_refused_too(world: World, name: str) -> None:
    (world.folder / "addresses.csv").write_text(ADDRESSES)
    over(world, BESIDE[name], None)


@pytest.mark.parametrize("name", BESIDE)
def test_the_same_on_postgresql(postgres_world: World, name: str) -> None:
    (postgres_world.folder / "addresses.csv").write_text(ADDRESSES)
    over(postgres_world, BESIDE[name], None)
