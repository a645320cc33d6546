"""Letters as they are read: what each kind tells, and that nobody writes into the headers (J67)."""

import random
import re
from collections.abc import Callable
from email import message_from_bytes, policy

import pytest

from store import codes, settings, users
from store.database import Store
from store.mail import letters
from store.mail.composing import House, UnsendableError, compose
from store.mail.texts import KINDS, Facts, text_of
from store.models import LetterRow, MailSettingsRow
from store.session import Session
from store.values import User
from tests.conftest import FakeClock

MakeUser = Callable[..., User]
HEADERS = [
    "From", "To", "Subject", "Date", "Message-ID", "X-Outbox-Id", "Auto-Submitted",
    "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
]  # fmt: skip
HOSTILE = (
    "\r\nBcc: thief@evil.example", "\nX-Evil: 1", "\r\n.\r\nMAIL FROM:<x@y.z>", "\x00", "\x1b[31m",
    "\u202e", "=?utf-8?q?=0D=0ABcc:_thief=40evil.example?=", '"', "<", ">", ",", ";", "\\", "@",
    "\u2028", "\x85", "\x0b", "\x0c", "%0d%0a", "{code}", "{link}", "Шевченко", "𝕏", "a" * 90, " ",
    "=?", "?=", ":", "\udc80", "Ünïcödé",
)  # fmt: skip


def newest(store: Store, kind: str) -> LetterRow:
    with store.read():
        row = LetterRow.select().where(LetterRow.kind == kind).order_by(LetterRow.id.desc()).get()
        assert isinstance(row, LetterRow)
        return row


def test_an_invitation_carries_login_account_link_code_and_its_end(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    settings.change(owner, "links.template", "https://crm.example/{purpose}?code={code}")
    settings.change(owner, "display.time_zone", "Europe/Kyiv")
    user = make_user(login="lesia", email="lesia@acme.com.ua")
    row = newest(store, "invitation")
    message = compose(store, row, House.of(store)).message
    with store.read():
        assert row.code is not None
        code = codes.text_of(store, row.code.id)
    body = message.get_content()
    assert message["Subject"] == "Your invitation to Acme"
    for part in ("Hello Maria Silva", "Acme", "as lesia", f"usher accept {code}", "Europe/Kyiv"):
        assert part in body
    assert f"\n  https://crm.example/invitation?code={code}\n" in body
    assert "2026-03-09 14:00" in body
    assert message["Message-ID"] == row.message_id and message["X-Outbox-Id"] == str(row.id)
    assert message["Auto-Submitted"] == "auto-generated" and message["To"] == user.email
    assert message.get_content_type() == "text/plain"
    assert not re.search(r"\{\w+\}", body)
    shown = letters.show(owner, row.id)
    assert code and code not in str(shown) and "usher accept ·····" in shown.text


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_known_is_not_told(kind: str) -> None:
    """Where the platform has no page there is no link, and no empty line where it would stand."""
    known = {"name": "Lesia", "login": "lesia", "address": "l@acme.com.ua", "until": "noon"}
    with_code = text_of(kind, Facts("Acme", **known, code="abcde"))
    assert "http" not in with_code.body and "\n\n\n" not in with_code.body
    assert ("abcde" in with_code.body) == (
        kind in {"invitation", "confirmation", "reset", "renamed", "absence"}
    )
    assert "Acme" in with_code.subject and "Lesia" in with_code.body
    bare = text_of(kind, Facts("Acme"))
    assert bare.body.startswith("Hello,\n\n") and "  \n" not in bare.body
    assert max(map(len, with_code.body.splitlines())) <= 72


def test_a_letter_whose_code_has_ended_is_not_written(
    store: Store, owner: Session, make_user: MakeUser, clock: FakeClock
) -> None:
    make_user()
    row = newest(store, "invitation")
    clock.forward(days=7, seconds=1)
    with pytest.raises(UnsendableError, match="code has ended"):
        compose(store, row, House.of(store))


def test_when_a_password_expires_is_told_by_what_is_known_while_sending(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    user = make_user("a password from an admin")
    with store.write(owner) as unit:
        row = LetterRow.create(
            kind="password_expires", user=user.id, address=user.email, message_id="<1@usher>",
            created=unit.now,
        )  # fmt: skip
    assert "2026-03-05 12:00 (UTC)" in compose(store, row, House.of(store)).message.get_content()


def written_by(store: Store, owner: Session, user: User) -> LetterRow:
    with store.write(owner) as unit:
        row = LetterRow.create(
            kind="message", user=user.id, address=user.email, message_id="<2@usher>",
            created=unit.now, sender=users.show(owner, "olga").id, subject="Friday\r\nBcc: x@y.z",
            body="We close at four.\r\n\x1b[31mOlga",
        )  # fmt: skip
    assert isinstance(row, LetterRow)
    return row


def test_what_somebody_wrote_bears_their_name_reply_to_and_signature(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    row = written_by(store, owner, make_user())
    plain = compose(store, row, House.of(store)).message
    assert (plain["From"].addresses[0].display_name, plain["Reply-To"]) == (
        "Olga Bakum", "olga@acme.com.ua",
    )  # fmt: skip
    assert plain["Subject"] == "Friday\ufffd\ufffdBcc: x@y.z" and "Auto-Submitted" not in plain
    with store.write(owner):
        MailSettingsRow.create(
            user=users.show(owner, "olga").id, sender_name="Olga of Acme",
            reply_to="desk@acme.com.ua", signature="Olga\nAcme",
        )  # fmt: skip
    signed = compose(store, row, House.of(store)).message
    assert signed["From"].addresses[0].display_name == "Olga of Acme"
    assert signed["Reply-To"] == "desk@acme.com.ua"
    assert signed.get_content() == "We close at four.\n\ufffd[31mOlga\n\n-- \nOlga\nAcme\n"


def test_an_address_in_another_script_goes_by_its_ascii_domain(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    make_user(email="lesia@пошта.укр")
    ascii_letter = compose(store, newest(store, "invitation"), House.of(store))
    assert ascii_letter.recipient == "lesia@xn--80a1acn3a.xn--j1amh"
    make_user(email="леся@пошта.укр")
    utf8 = compose(store, newest(store, "invitation"), House.of(store))
    assert utf8.recipient.startswith("леся@xn--") and utf8.message.policy.utf8  # type: ignore[attr-defined]


@pytest.mark.parametrize("number", [300, pytest.param(10_000, marks=pytest.mark.slow)])
def test_hostile_names_and_addresses_add_no_header_and_no_recipient(
    store: Store, owner: Session, make_user: MakeUser, number: int
) -> None:
    """Every header is one of ours, every recipient the one of the row; none is an accident."""
    user = make_user()
    row = newest(store, "invitation")
    chance = random.Random(64)  # noqa: S311
    house, refused = House.of(store), 0
    with store.read():
        person = row.user
    assert person is not None
    row.kind, row.code = "password_changed", None
    for _try in range(number):
        text = "".join(chance.choices(HOSTILE, k=chance.randint(1, 4)))
        person.first_name, person.login = text, text
        row.address = chance.choice((f"{text}@acme.com.ua", f"maria@{text}", user.email))
        hostile_house = House(text, house.settings)
        try:
            composed = compose(store, row, hostile_house)
        except UnsendableError:
            refused += 1
            continue
        raw = composed.message.as_bytes()
        back = message_from_bytes(raw, policy=policy.SMTP)
        assert list(back.keys()) == HEADERS, text
        assert back["X-Outbox-Id"] == str(row.id)
        assert not re.search(r"[\s<>\x00-\x1f]", composed.recipient)
        odd = {one for one in back.get_content().replace("\r\n", "\n") if not one.isprintable()}
        assert odd <= {"\n"}
    assert 0 < refused < number
