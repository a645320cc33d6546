"""The settings on screen: read by admins, changed by the owner, each with what it means."""

from collections.abc import Callable
from datetime import timedelta

from store import audit, settings
from store.session import Session
from store.values import User
from tests.conftest import PASSWORD, FakeClock, session_of
from tests.store.records.platform import DECLARED, built
from tests.tui.one_screen import Seat, sit, visit_of
from tui.screens.settings import Settings
from tui.screens.users import Users


async def go_to(seat: Seat, key: str) -> None:
    for _step in settings.names():
        if f"▸   {key} " in seat.text or f"▸ ◆ {key} " in seat.text:
            return
        await seat.press("down")
    raise AssertionError(f"No setting {key}")


def test_the_owner_changes_one_and_brings_the_default_back(owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("comma")
        await go_to(seat, "password.max_age_days")
        assert "NIST and ASVS 6.2.10 advise against it" in seat.text
        assert "Default: 120 days, from 0 to 3650, source: S0." in seat.text
        await seat.press("enter", "ctrl+u")
        await seat.type("0")
        await seat.press("f2")
        assert "✓ password.max_age_days is now: 0" in seat.text
        assert "▸ ◆ password.max_age_days" in seat.text
        assert "◆ 1 changed" in seat.text
        await seat.press("enter", "down", "down")
        assert "Back to the default: 120 days" in seat.line("▸")
        await seat.press("enter")
        assert "◆ 0 changed" in seat.text

    sit(Users(visit_of(owner)), steps)
    assert settings.load(owner.store).password_max_age_days == 120
    entries = audit.history(owner, None, 2)
    assert [entry.changes for entry in entries] == [
        {"password.max_age_days": (0, 120)},
        {"password.max_age_days": (120, 0)},
    ]


def test_what_is_wrong_stands_at_the_field_and_nothing_is_changed(owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        await go_to(seat, "lockout.timed_minutes")
        await seat.press("enter", "ctrl+u")
        await seat.type("99999")
        await seat.press("f2")
        assert "is not valid. Enter a number from 1 to 1440." in seat.text

    sit(Settings(visit_of(owner)), steps)
    assert settings.load(owner.store) == settings.Settings()


def test_what_is_set_holds_at_once_for_whoever_sits_there(owner: Session) -> None:
    """The idle limit and the zone are read by the screens."""
    visit = visit_of(owner)

    async def steps(seat: Seat) -> None:
        await go_to(seat, "session.idle_minutes")
        await seat.press("enter", "ctrl+u")
        await seat.type("5")
        await seat.press("f2")

    sit(Settings(visit), steps)
    assert visit.settings.session_idle == timedelta(minutes=5)


def test_some_minutes_later_it_asks_for_the_password(owner: Session, clock: FakeClock) -> None:
    """DESIGN 3.6: dangerous."""
    clock.forward(minutes=6)

    async def steps(seat: Seat) -> None:
        await go_to(seat, "ssh.key_is_enough")
        await seat.press("enter", "space", "f2")
        assert "once more" in seat.text
        await seat.type(PASSWORD)
        await seat.press("enter")
        assert "ssh.key_is_enough is now: yes" in seat.text

    sit(Settings(visit_of(owner)), steps)


def test_an_admin_reads_them_and_hears_who_changes_them(
    owner: Session, make_user: Callable[..., User]
) -> None:
    admin = session_of(owner.store, make_user(login="ada", admin=True))

    async def steps(seat: Seat) -> None:
        assert "lockout.attempts" in seat.text
        assert "enter change" not in seat.text
        await seat.press("enter")
        assert "▲ Only the owner can change settings." in seat.text

    sit(Settings(visit_of(admin)), steps)


def test_the_tables_of_the_platform_are_typed_a_line_each(owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("comma")
        await go_to(seat, "records.tables")
        await seat.press("enter")
        await seat.type('[{"kind": "deal"}]')
        await seat.press("f2")
        assert "▲ records.tables" not in seat.text
        assert "owner is missing" in seat.text
        await seat.press("escape", "y")
        built(owner.store, owner)
        await seat.press("q", "comma")
        await go_to(seat, "records.tables")
        await seat.press("enter")
        assert '{"kind": "call", "table": "Calls", "owner": "user"' in seat.text
        await seat.press("ctrl+o")
        assert "usher settings set records.tables '[{" in seat.text
        await seat.press("escape", "ctrl+end", "space", "f2")
        assert "◆ 1 changed" in seat.text

    sit(Users(visit_of(owner)), steps)
    assert settings.load(owner.store).records_tables == DECLARED
