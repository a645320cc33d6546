"""The table of rights by keys: what may not be done says why, or is not offered (CHECKLIST F45)."""

from collections.abc import Mapping

import pytest

from store import users
from store.access import overrides
from store.models import UserRow
from store.session import Session
from tests.conftest import NOON, session_of
from tests.rights.table import VERBS
from tests.rights.world import DENIED
from tests.store.standing import MakeUser, activate
from tests.tui.one_screen import Seat, sit, visit_of
from tui.screens.home import home_of
from tui.screens.person import Person
from tui.screens.profile import Profile
from tui.screens.users import Users

ROWS = {verb.path: verb for verb in VERBS}
KEYS: Mapping[str, str] = {
    "b": "users.block.block",
    "u": "users.unlock.unlock",
    "L": "users.rename.rename",
    "e": "users.edit.edit",
}
TARGETS = ("self", "owner", "standard", "admin", "pending")
"""In the order of the list: their names begin with the letters of the alphabet."""
AN_ADMIN = {"admin": True, "role": "", "teams": ()}
ACTORS: Mapping[str, Mapping[str, object]] = {
    "admin": AN_ADMIN,
    "denied this": AN_ADMIN,
    "denied users.*": AN_ADMIN,
    "standard": {},
    "simulator only": {"simulator_only": True, "role": "Simulator"},
}


@pytest.fixture
def people(owner: Session, make_user: MakeUser) -> Mapping[str, Session]:
    """Who acts, with the others in the list behind them, all of them locked."""
    store, made = owner.store, {}
    for actor, fields in ACTORS.items():
        login = "".join(filter(str.isalpha, actor))
        user = make_user(last_name=f"Z{actor}", login=login, **fields)
        made[actor] = session_of(store, activate(owner, user))
    for name, fields in (("Castro", {}), ("Dias", AN_ADMIN), ("Esteves", {})):
        user = make_user(last_name=name, login=name.lower(), **fields)
        if name != "Esteves":
            activate(owner, user)
    overrides.deny(owner, made["denied this"].user or 0, ["users.block", "users.rename"])
    overrides.deny(owner, made["denied users.*"].user or 0, DENIED)
    with store.write(owner):
        UserRow.update(attempts=6, locked_at=NOON).execute()
    return {**made, "owner": owner}


@pytest.mark.parametrize("actor", ["admin", "denied this", "owner"])
def test_a_key_of_the_list_does_what_the_table_says_or_says_why_not(
    owner: Session, people: Mapping[str, Session], actor: str
) -> None:
    session = people[actor]
    # The actor stands first, the owner second: then both are found without a search.
    with owner.store.write(owner):
        users.edit(owner, session.user or 0, {"last_name": "Aaron"})
    denied = {"users.block.block", "users.rename.rename"}
    targets = [one for one in TARGETS if actor != "owner" or one != "owner"]
    wrong = []

    async def steps(seat: Seat) -> None:
        assert isinstance(seat.app.screen, Users)
        for target in targets:
            for key, path in KEYS.items():
                by = "admin" if actor == "denied this" and path not in denied else actor
                expected = ROWS[path].answer(by, target)
                await seat.press(key)
                opened = not isinstance(seat.app.screen, Users)
                if opened != (expected == "yes") or (not opened and "▲" not in seat.text):
                    wrong.append((target, key, expected, seat.text))
                if opened:
                    await seat.press("escape")
            await seat.press("down")

    sit(home_of(visit_of(session)), steps)
    assert not wrong, wrong[0]


@pytest.mark.parametrize("actor", ["standard", "simulator only", "denied users.*"])
def test_who_sees_nobody_else_has_their_profile_for_a_home(
    people: Mapping[str, Session], actor: str
) -> None:
    session = people[actor]

    async def steps(seat: Seat) -> None:
        assert isinstance(seat.app.screen, Profile)
        offered = seat.text.splitlines()[-1]
        assert "e edit" in offered
        for key in ("b", "x", "u", "c", "n", "E", "I", "L", "i", "O"):
            await seat.press(key)
            assert isinstance(seat.app.screen, Profile), key
        for word in ("block", "leave", "unlock", "new", "rename"):
            assert word not in offered
        await seat.press("e")
        assert not isinstance(seat.app.screen, Person)
        assert seat.field("phone")

    sit(home_of(visit_of(session)), steps)


def test_keys_that_somebody_may_never_use_are_not_offered(people: Mapping[str, Session]) -> None:
    async def steps(seat: Seat) -> None:
        assert "b block" not in seat.text.splitlines()[-1]
        assert "u unlock" in seat.text.splitlines()[-1]

    sit(home_of(visit_of(people["denied this"])), steps)
