"""Where letters leave: chosen by settings, told in words; the folder, and the host's program."""

import stat
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from store import settings
from store.database import Store
from store.errors import Invalid, Refused, Unavailable
from store.mail import server
from store.mail.composing import House
from store.mail.delivery import Delivered, deliver
from store.mail.transports import Sendmail, UndeliveredError, chosen
from store.session import Session
from store.values import User
from tests.store.mail.servers import Pigeon
from tests.store.mail.test_smtp import letter


def test_without_a_server_letters_go_to_the_folder_and_it_says_so(
    store: Store, owner: Session, make_user: Callable[..., User]
) -> None:
    user = make_user()
    assert str(store.folder.mail) in server.where(owner) and "no further" in server.where(owner)
    assert deliver(store) == Delivered(sent=1)
    (file,) = (store.folder.mail / "new").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    folders = [store.folder.mail, *store.folder.mail.iterdir()]
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o700}
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert (message["To"], message["X-Outbox-Id"]) == (user.email, "1")
    assert b"\r" not in file.read_bytes()


def test_the_transport_is_the_one_of_the_settings(store: Store, owner: Session) -> None:
    def now() -> str:
        return chosen(settings.load(store))

    assert now() == "maildir"
    settings.change(owner, "mail.smtp_host", "mail.acme.com.ua")
    assert now() == "smtp" and "mail.acme.com.ua:587" in server.where(owner)
    settings.change(owner, "mail.transport", "sendmail")
    assert now() == "sendmail" and "sendmail" in server.where(owner)
    settings.change(owner, "mail.transport", "smtp")
    settings.change(owner, "mail.smtp_host", "")
    assert "Set mail.smtp_host" in server.where(owner)
    with pytest.raises(Refused, match=r"mail\.smtp_host"):
        server.test(owner, "olga@acme.com.ua")


def script(folder: Path, body: str) -> Sendmail:
    path = folder / "sendmail"
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o700)
    return Sendmail(path)


def test_sendmail_is_given_the_letter_and_no_options_of_somebody_elses(tmp_path: Path) -> None:
    program = script(tmp_path, f'printf "%s\\n" "$@" > {tmp_path}/words; cat > {tmp_path}/letter')
    program.send(letter(), "usher@acme.com.ua", "-oQ/tmp@acme.com.ua")
    words = (tmp_path / "words").read_text(encoding="utf-8").split()
    assert words == ["-i", "-f", "usher@acme.com.ua", "--", "-oQ/tmp@acme.com.ua"]
    assert b"\r" not in (tmp_path / "letter").read_bytes()


@pytest.mark.parametrize(("code", "final"), [(75, False), (67, True), (1, False)])
def test_what_sendmail_refuses_is_parked_or_tried_again_by_its_code(
    tmp_path: Path, code: int, final: bool
) -> None:
    program = script(tmp_path, f"cat > /dev/null; echo 'so it is' >&2; exit {code}")
    with pytest.raises(UndeliveredError, match="so it is") as error:
        program.send(letter(), "usher@acme.com.ua", "maria@acme.com.ua")
    assert error.value.final == final


def test_the_password_of_the_server_stands_in_a_file_of_ones_own(
    store: Store, owner: Session
) -> None:
    """And neither in the database nor in the history (J67)."""
    server.set_password(owner, "a word for the server")
    path = store.folder.path / "smtp.password"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert store.folder.smtp_password() == "a word for the server"
    with store.read():
        rows = store.sql("SELECT changes FROM usher_audit_values")
    assert "a word for the server" not in str(rows)
    path.chmod(0o644)
    with pytest.raises(Unavailable, match="chmod 600"):
        store.folder.smtp_password()
    with pytest.raises(Invalid):
        server.set_password(owner, "two\nlines")


def test_a_test_letter_goes_at_once_and_says_what_the_server_said(
    store: Store, owner: Session
) -> None:
    store.transport = pigeon = Pigeon()
    assert server.test(owner, "olga@acme.com.ua") == "250 taken"
    assert pigeon.taken[0]["To"] == "olga@acme.com.ua"
    with pytest.raises(Invalid):
        server.test(owner, "olga@acme.com.ua\r\nBcc: x@y.z")
    store.transport = Pigeon(UndeliveredError("550 go away", final=True))
    with pytest.raises(Refused, match="550 go away"):
        server.test(owner, "olga@acme.com.ua")


def test_letters_come_from_the_address_that_is_set(store: Store, owner: Session) -> None:
    assert House.of(store).address.startswith("usher@")
    settings.change(owner, "mail.from", "crm@acme.com.ua")
    assert House.of(store).address == "crm@acme.com.ua"
