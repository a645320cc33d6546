"""Who acts in a process: the host's operator, or whoever came over SSH, never both."""

from pathlib import Path

import pytest

from store import account, audit, signin, teams
from store.database import Store
from store.errors import NotAllowed, Refused
from store.exchange import exporting, reading
from store.session import (
    Guest,
    Session,
    came_by_ssh,
    guest_of_process,
    operator_session,
    origin_of_process,
)
from store.values import Door, Draft, Origin
from tests.conftest import PASSWORD
from tests.public_keys import ED25519

GUEST = Guest("203.0.113.9", ED25519.fingerprint, 1, "olga")


def test_over_ssh_there_is_no_operator_in_any_way(store: Store, owner: Session) -> None:
    """DESIGN 3.6: never through `usher ssh`."""
    before = operator_session(store)
    came_by_ssh(GUEST)
    for made in (
        lambda: operator_session(store),
        lambda: Session(store, None, "host:root", Door.USHER, Origin()),
        lambda: before.because("a reason"),
        lambda: account.init(store, "Other", Draft(last_name="X"), PASSWORD),
    ):
        with pytest.raises((NotAllowed, Refused)):
            made()


def test_over_ssh_one_signs_in_as_ever_and_every_entry_says_from_where(
    store: Store, owner: Session
) -> None:
    came_by_ssh(GUEST)
    origin = origin_of_process()
    assert (origin.address, origin.key) == ("203.0.113.9", ED25519.fingerprint)
    session = signin.sign_in(store, "olga", PASSWORD, Door.USHER, origin).session
    teams.create(session, "West")
    for entry in audit.history(session, None, 2):
        assert entry.origin.split()[-1] == ED25519.fingerprint
        assert "203.0.113.9" in entry.origin


def test_the_address_is_the_one_that_sshd_names(monkeypatch: pytest.MonkeyPatch) -> None:
    assert origin_of_process().address == ""
    monkeypatch.setenv("SSH_CLIENT", "198.51.100.7 50000 22")
    assert origin_of_process().address == "198.51.100.7"
    monkeypatch.setenv("SSH_CONNECTION", "203.0.113.9 50000 192.0.2.1 22")
    assert origin_of_process().address == "203.0.113.9"
    came_by_ssh(Guest("192.0.2.77"))
    assert origin_of_process() == Origin(
        origin_of_process().os_user, "192.0.2.77", origin_of_process().terminal, ""
    )


OUTSIDE = ["/etc/passwd", "../people.csv", "folder/people.csv", "~/people.csv", ".hidden.csv", "."]


@pytest.mark.parametrize("path", OUTSIDE)
def test_over_ssh_files_are_named_and_never_reached_by_a_path(owner: Session, path: str) -> None:
    came_by_ssh(GUEST)
    for act in (
        lambda: exporting.export_people(owner, Path(path)),
        lambda: exporting.plan(owner, Path(path)),
        lambda: reading.preview(Path(path), 3),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.name == "file_out_of_reach"


def test_over_ssh_a_name_is_a_file_in_the_folder_that_one_is_in(
    owner: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    came_by_ssh(GUEST)
    assert guest_of_process() is GUEST
    assert exporting.export_people(owner, Path("people.csv")).rows == 1
    assert (tmp_path / "people.csv").is_file()
    assert reading.preview(Path("people.csv"), 3).rows
