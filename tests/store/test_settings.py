"""Settings: the owner changes them, admins read them, and each has its bounds."""

import pytest

from store import audit, settings
from store.database import Store
from store.errors import Invalid, NotAllowed, Refused
from store.session import Session
from store.setting_values import BOUNDS
from store.values import User
from tests.conftest import session_of


def test_what_is_set_holds_at_once_and_stands_in_the_history(store: Store, owner: Session) -> None:
    assert settings.listed(owner)["ssh.key_is_enough"].value == "no"
    assert settings.change(owner, "ssh.key_is_enough", " yes ") == "yes"
    assert settings.load(store).ssh_key_is_enough is True
    (entry,) = audit.history(owner, None, 1)
    assert (entry.verb, entry.changes) == ("change_setting", {"ssh.key_is_enough": (False, True)})
    assert entry.command == "usher settings set ssh.key_is_enough yes"
    settings.change(owner, "ssh.key_is_enough", "yes")
    assert audit.history(owner, None, 1) == [entry]
    settings.change(owner, "ssh.key_is_enough", "no")
    assert settings.load(store).ssh_key_is_enough is False


def test_only_the_owner_changes_a_setting_and_admins_read_them(
    store: Store, owner: Session, make_user: "object"
) -> None:
    """DESIGN 3.6."""
    assert callable(make_user)
    adam: User = make_user(login="adam", admin=True)
    maria: User = make_user(login="maria")
    assert settings.listed(session_of(store, adam)) == settings.listed(owner)
    with pytest.raises(NotAllowed, match="Only the owner"):
        settings.change(session_of(store, adam), "session.idle_minutes", "20")
    with pytest.raises(NotAllowed):
        settings.listed(session_of(store, maria))


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("ssh.key_is_enough", "yes", "true"),
        ("password.min_length", "8", "7"),
        ("password.max_age_days", "0", "-1"),
        ("session.idle_minutes", "60", "61"),
        ("session.idle_minutes", "2", "1"),
        ("session.absolute_hours", "24", "2٣"),
        ("display.time_zone", "Europe/Kyiv", "Europe/Nowhere"),
        ("users.required", "last_name email|password", "surname"),
        ("profile.self_edit", "phone", "phone shoe"),
        ("links.template", "https://crm.example/{purpose}?code={code}", "https://crm.example/"),
        ("links.template", "", "javascript:{code}"),
        ("mail.credentials", "temporary_password", "typed"),
        ("mail.transport", "sendmail", "pigeon"),
        ("mail.smtp_security", "none", "ssl"),
        ("mail.smtp_host", "mail.acme.com.ua", "mail server"),
        ("mail.from", "crm@acme.com.ua", "Acme <crm@acme.com.ua>"),
    ],
)
def test_every_setting_has_its_bounds(owner: Session, key: str, good: str, bad: str) -> None:
    assert settings.change(owner, key, good) == good
    with pytest.raises(Invalid) as refused:
        settings.change(owner, key, bad)
    assert [problem.field for problem in refused.value.problems] == [key]
    assert settings.listed(owner)[key].value == good


def test_a_setting_that_does_not_exist_is_refused(owner: Session) -> None:
    with pytest.raises(Refused) as refused:
        settings.change(owner, "ssh.key", "yes")
    assert refused.value.name == "setting_unknown"


def test_every_number_has_bounds_that_hold_its_default() -> None:
    for name in settings.names().values():
        default = getattr(settings.Settings(), name)
        if isinstance(default, int) and not isinstance(default, bool):
            least, most = BOUNDS[name]
            assert least <= default <= most
