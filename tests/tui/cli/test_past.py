"""`usher access at`: a day is meant to its end, today to this moment, in the account's zone."""

from collections.abc import Callable

from store import settings, users
from store.session import Session
from store.values import User
from tests.conftest import FakeClock
from tests.tui.cli.conftest import Usher


def test_a_day_is_meant_to_its_end_and_today_to_this_moment(
    usher: Usher, owner: Session, make_user: Callable[..., User], clock: FakeClock
) -> None:
    settings.change(owner, "display.time_zone", "Europe/Kyiv")
    ana = make_user(login="ana", role="Support")
    clock.forward(hours=9, minutes=59)
    owner.proof.at = clock()
    users.edit(owner, ana.id, {"role": "Manager"})
    clock.forward(minutes=1)
    owner.proof.at = clock()
    users.edit(owner, ana.id, {"role": "Read only"})

    def role_at(moment: str) -> str:
        (one,) = usher("access", "at", moment, "ana", "--json").json["items"]
        assert (one["user"], one["login"], one["status"]) == (ana.id, "ana", "pending")
        role: str = one["role"]
        return role

    assert role_at("2026-03-02T23:58") == "Support"
    assert role_at("2026-03-02") == "Manager"
    assert role_at("2026-03-03") == "Read only"
    assert role_at("2026-03-02T21:59:00+00:00") == "Manager"


def test_people_get_a_table_and_scripts_the_settled_shape(
    usher: Usher, owner: Session, make_user: Callable[..., User]
) -> None:
    """DESIGN 5."""
    ana = make_user(login="ana", role="Support")
    lines = usher("access", "at", "2026-03-02").out.splitlines()
    assert lines[0] == "2026-03-02 12:00 (UTC)"
    assert lines[1].split() == ["id", "login", "status", "role", "held"]
    assert lines[-1].split()[:4] == [str(ana.id), "ana", "pending", "Support"]
    assert "clients view create edit, opportunities view" in lines[-1]
    first = usher("access", "at", "2026-03-02", "--json").json["items"][0]
    assert first["permissions"][0] == {
        "permission": "clients.view", "allowed": True, "source": "owner",
    }  # fmt: skip


def test_what_cannot_be_told_is_said_in_a_sentence(usher: Usher, owner: Session) -> None:
    assert "Nobody was here" in usher("access", "at", "2026-03-01").out
    for words, code in (
        (("2026-03-03",), 3),
        (("yesterday",), 2),
        (("2026-03-02", "nobody"), 5),
    ):
        assert usher("access", "at", *words).code == code
