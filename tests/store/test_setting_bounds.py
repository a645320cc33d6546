"""Bounds apply to the value of a setting, however it is typed or stored (DESIGN 3.6)."""

from dataclasses import fields

import pytest

from store import access, listing, settings, signin, users
from store.database import Store
from store.errors import Invalid, Unavailable, UsherError
from store.ownership import owner as ownership
from store.session import Session
from store.setting_values import BOUNDS, checked, fits, read, written
from store.upkeep import maintain
from store.values import Door, Draft, Filters, Origin, User
from tests.conftest import PASSWORD, session_of

EXTREMES = (
    "", "0", "-1", "+5", "5.0", "1e3", "0x10", " 7 ", "٥", "five", "NaN", "000000000000000000005",
    "000000005000", "000000090000000000000", "90000000000000", str(2**31), str(2**63), "9" * 5000,
    "0" * 5000, "yes", "no", "true", "admin", "login role", "email|", "|", "a" * 600, "[" * 9000,
    "../../etc/passwd", "Europe", "a\0b", "{}", "[1]", "https://x/{code}{code}", "14 0007 99999",
    "14 000000099999", "\u202e",
)  # fmt: skip
"""Typed or stored values outside the bounds, in unusual spellings or of the wrong kind."""
DEFAULTS = settings.Settings()


def stand(store: Store, owner: Session, **values: str) -> None:
    """Store values without checks, like an older version or a manual edit. `a_b` is `a.b`."""
    with store.write(owner):
        store.sql("DELETE FROM usher_setting")
        for name, text in values.items():
            key = settings.stored_name(name)
            store.sql("INSERT INTO usher_setting (key, value) VALUES (?, ?)", key, text)


@pytest.mark.parametrize(("key", "name"), settings.names().items())
def test_what_is_typed_is_taken_within_its_bounds_or_refused_by_a_sentence(
    key: str, name: str
) -> None:
    default = getattr(DEFAULTS, name)
    refused = 0
    for text in EXTREMES:
        try:
            value = checked(key, name, default, text)
        except Invalid as error:
            refused += 1
            assert [problem.field for problem in error.problems] == [key]
            assert all(problem.message for problem in error.problems)
            continue
        assert fits(name, default, written(value)), "what is taken applies"
        assert read(name, default, written(value)) == value
        if name in BOUNDS:
            least, most = BOUNDS[name]
            assert least <= int(value) <= most
    assert refused > 2, "hardly anything is beyond these bounds"


def test_a_number_counts_as_it_is_meant(store: Store, owner: Session) -> None:
    """`lockout.attempts 000000005000` was accepted because of its first nine digits."""
    for text in ("000000005000", "000000090000000000000"):
        with pytest.raises(Invalid, match="from 1 to 20"):
            settings.change(owner, "lockout.attempts", text)
    assert settings.change(owner, "lockout.attempts", "0000000000000007") == "7"
    with store.read():
        assert ("lockout.attempts", "7") in store.sql("SELECT key, value FROM usher_setting")
    assert settings.load(store).lockout_attempts == 7


@pytest.mark.parametrize("text", EXTREMES, ids=range(len(EXTREMES)))
def test_what_is_stored_beyond_its_bounds_stops_nothing_and_is_reported(
    store: Store, owner: Session, text: str
) -> None:
    """The default applies until the setting is set again."""
    text = text.replace("\0", "") if store.postgres else text  # it stores none
    stand(store, owner, **dict.fromkeys(settings.names().values(), text))
    current = settings.load(store)
    ignored = {one.key: one for one in settings.ignored_values(store)}
    for key, name in settings.names().items():
        default = getattr(DEFAULTS, name)
        assert (key in ignored) is not fits(name, default, text)
        if key in ignored and name != "profile_self_edit":
            assert (getattr(current, name), ignored[key].stored) == (default, text)
    do_everything(store, owner)


def test_what_is_set_again_is_ignored_no_more(store: Store, owner: Session) -> None:
    """Even if it is set to the value that already applies."""
    kept = {"records_tables"}
    bad = [name for name in settings.names().values() if name not in kept]
    stand(store, owner, **dict.fromkeys(bad, "\u202e|"))
    assert len(settings.ignored_values(store)) == len(bad)
    for one in settings.ignored_values(store):
        assert settings.change(owner, one.key, one.applies) == one.applies
    assert settings.ignored_values(store) == ()


def do_everything(store: Store, owner: Session) -> None:
    """Run actions that depend on settings. A refusal is fine, any other error is not."""
    tries = (
        lambda: signin.sign_in(store, "olga", PASSWORD, Door.USHER, Origin("root", "203.0.113.9")),
        lambda: signin.sign_in(store, "nobody", "x", Door.USHER, Origin("root", "203.0.113.9")),
        lambda: signin.why(owner, "olga", Door.PLATFORM),
        lambda: listing.page(owner, Filters(lock="any"), limit=5),
        lambda: ownership.show(owner),
        lambda: users.edit(owner, "olga", {"phone": ""}),
        lambda: settings.listed(owner),
        lambda: settings.load(store).time_zone,
        lambda: maintain.maintain(store),
        lambda: store.sql("SELECT * FROM user_status"),
    )
    for do in tries:
        with store.read():
            try:
                do()
            except Unavailable:
                raise
            except UsherError:
                continue


NOT_PLAIN = sorted(
    (
        {field.name for cls in (Draft, User) for field in fields(cls)}
        | access.FIELDS
        | {"password", "password_hash", "owner", "status", "version", "team"}
    )
    - access.PLAIN
)


@pytest.mark.parametrize("field", NOT_PLAIN)
def test_a_standard_user_can_never_be_let_edit_more_than_plain_fields(
    store: Store, owner: Session, make_user: "object", field: str
) -> None:
    """`admin` in `profile.self_edit` let a standard user make themselves an admin (DESIGN 3.6)."""
    assert callable(make_user)
    maria: User = make_user(login="maria")
    with pytest.raises(Invalid) as refused:
        settings.change(owner, "profile.self_edit", f"phone {field}")
    assert field in refused.value.problems[0].message
    # An older version accepted it, and a manual edit can store anything.
    stand(store, owner, profile_self_edit=f"phone {field}")
    assert settings.load(store).profile_self_edit == "phone"
    assert [one.key for one in settings.ignored_values(store)] == ["profile.self_edit"]
    session, before = session_of(store, maria), users.show(owner, maria.id)
    assert users.editable(session, maria.id) == {"phone"}
    with pytest.raises(UsherError):
        users.edit(session, maria.id, {field: True})
    assert users.show(owner, maria.id) == before
    # Without the setting, the check before the write still refuses it.
    opened = settings.Settings(profile_self_edit=f"phone {field}")
    assert access.editable(access.Actor.of(maria), access.Subject(maria.id, False, False),
                           opened) == {"phone"}  # fmt: skip


def test_every_plain_field_can_be_opened(owner: Session) -> None:
    every = " ".join(sorted(access.PLAIN))
    assert settings.change(owner, "profile.self_edit", every) == every


def test_a_pair_of_settings_that_does_not_fit_stops_no_other_setting(
    store: Store, owner: Session
) -> None:
    stand(store, owner, lockout_timed_minutes="1440", lockout_timed_most_hours="1")
    assert settings.change(owner, "session.idle_minutes", "20") == "20"
    with pytest.raises(Invalid):
        settings.change(owner, "lockout.timed_minutes", "120")
