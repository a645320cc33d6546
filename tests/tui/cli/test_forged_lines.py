"""No printed value can start a new line (CHECKLIST L70).

A line break in a reason would forge an entry of the printed history, one in a name a user.
"""

import logging
import os
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from peewee import CharField, TextField

from store import keys, signin, users
from store.employees import changing
from store.errors import Invalid, Problem, Unavailable
from store.folder import DataFolder
from store.models import TABLES
from store.session import Session, origin_of_process
from store.upkeep.foreign import Leaning, Loose
from store.values import Door, User
from tests.conftest import PASSWORD
from tests.public_keys import ED25519
from tests.tui.cli.conftest import Usher
from tests.tui.cli.test_around import verbs
from tui import incident, log_file
from tui.cli import doctor_tables, output

FORGED = "99  2026-12-01 12:00 UTC  olga  transfer 1"
BREAKS = ("\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")
HOSTILE = "called me" + "".join(f"{one}{FORGED}" for one in (*BREAKS, "\n\t"))

FREE = {
    "usher_account": "name",
    "usher_audit": "",  # append-only: planted by acts with hostile reasons
    "usher_audit_values": "",
    "usher_user": "login email first_name last_name phone country language position attempted_from",
    "usher_employee": "first_name last_name currency number address notes",
    "usher_role": "name",
    "usher_team": "name",
    "usher_sub_account": "name",
    "usher_session": "origin address",
    "usher_key": "comment",
    "usher_letter": "address error subject",
    "usher_mail_settings": "sender_name reply_to signature",
    "usher_record": "kind ref title state",
    "usher_override": "by_name",
    "usher_role_permission": "by_name",
    "usher_absence": "reason by_name",
}
"""The columns of each table with text that users or outside parties wrote."""
OTHER = frozenset(
    word
    for line in (
        "key value status verb plan reason stopped kind language state message_id body door why",
        "encoded fingerprint purpose nonce digest how password_hash last_key first_key search_key",
        "name_key email_key mac actor origin command values_hash changes by_name name module_id",
        "account key_check host seal",
    )
    for word in line.split()
)
"""Columns with fixed words, secrets or folded copies, or in append-only tables."""

READS = {
    "users list": [""],
    "users show": ["2"],
    "users sessions": ["1"],
    "users why": ["2"],
    "invitations list": [""],
    "invitations show": ["3"],
    "teams list": [""],
    "teams show": ["1"],
    "sub-accounts list": [""],
    "sub-accounts show": ["1"],
    "roles list": [""],
    "roles show": ["2"],
    "access show": ["2", "2 --why clients.view"],
    "access diff": ["2 3"],
    "access at": ["2030-01-01"],
    "access modules list": [""],
    "records list": ["", "--owner 2 --counts"],
    "employees list": ["", "--unlinked"],
    "employees show": ["1"],
    "keys list": ["2"],
    "owner show": [""],
    "mail list": [""],
    "mail show": ["1"],
    "settings list": [""],
    "audit list": ["", "--target 2"],
    "audit verify": [""],
    "undo": ["--dry-run"],
    "maintain": ["--dry-run"],
}


def judge(text: str, *where: object) -> None:
    """Check that no line begins with forged text, at any indentation."""
    assert not [line for line in text.splitlines() if line.lstrip().startswith("99  ")], where


@pytest.fixture
def planted(owner: Session, make_user: Callable[..., User]) -> None:
    """An account in which every text of users tries to forge a line."""
    store = owner.store
    maria, other = make_user(password="nine wet umbrellas"), make_user()
    changing.create(owner, {"first_name": "Taras", "last_name": "Shevchenko"})
    keys.add(owner, maria.id, ED25519.line)
    signin.sign_in(store, "olga", PASSWORD, Door.USHER, origin_of_process())
    hostile = owner.because(HOSTILE)
    users.block(hostile, other.id)
    with store.write(hostile) as unit:
        unit.record("edit", maria.id, {"phone": (HOSTILE, HOSTILE)}, HOSTILE)
        store.insert_rows(
            "usher_record", ("kind", "ref", "title", "state", "owner_id"),
            [("client", "1", "t", "s", maria.id)],
        )  # fmt: skip
        store.sql("INSERT INTO usher_sub_account (name, name_key) VALUES ('s', 's')")
        for table, columns in FREE.items():
            for column in columns.split():
                # Append the id, so that unique columns stay unique.
                key = "user_id" if table == "usher_mail_settings" else "rowid"
                store.sql(f"UPDATE {table} SET {column} = ? || {key}", HOSTILE)


def test_every_column_of_text_is_planted_or_known_to_be_no_text_of_users() -> None:
    for model in TABLES:
        known = FREE.get(model._meta.table_name, "").split()
        for field in model._meta.sorted_fields:
            if type(field) in {CharField, TextField}:
                assert field.column_name in {*known, *OTHER}, (model, field.column_name)


@pytest.mark.usefixtures("planted")
def test_no_list_and_no_detail_view_prints_a_value_as_a_line(usher: Usher) -> None:
    shown = {words for words, _verb in verbs() if words.split()[-1] in {"list", "show", "why"}}
    assert shown <= set(READS)
    seen = 0
    for words, variants in READS.items():
        for more in variants:
            answer = usher(*words.split(), *more.split())
            judge(answer.out + answer.err, words, answer)
            assert answer.code in {0, 3}, (words, answer)
            seen += "99  2026" in answer.out
    assert seen >= 20  # the values were there, made visible


@pytest.mark.usefixtures("planted")
def test_no_refusal_prints_what_was_typed_as_a_line(usher: Usher) -> None:
    told = 0
    for words, command in verbs():
        if words in {"ssh", "demo", "doctor ssh", "init", "mail deliver"}:
            continue
        typed = [HOSTILE for one in command.params if isinstance(one, click.Argument)]
        for option in command.params:
            if isinstance(option, click.Option) and not (option.is_flag or option.is_eager):
                answer = usher(*words.split(), *typed, option.opts[0], HOSTILE, stdin=HOSTILE)
                judge(answer.out + answer.err, words, option.opts, answer)
                told += "99  2026" in answer.err
        answer = usher(*words.split(), *typed, f"--{HOSTILE}")
        judge(answer.out + answer.err, words, answer)
    assert told > 50


def printed(capsys: pytest.CaptureFixture[str], act: Callable[[], object]) -> str:
    act()
    found = capsys.readouterr()
    assert FORGED in found.out + found.err
    return found.out + found.err


def test_every_way_of_printing_keeps_a_value_in_its_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    problems = Invalid([Problem("email", "email_taken", HOSTILE)])
    refused = Unavailable(HOSTILE)
    columns = [output.Column("name"), output.Column("more")]
    loose = Leaning((), (Loose("client", HOSTILE, "missing", 1, (HOSTILE,)),))
    for act in (
        lambda: output.say(HOSTILE),
        lambda: output.complain(HOSTILE),
        lambda: output.refusal(problems, as_json=False),
        lambda: output.refusal(refused, as_json=False),
        lambda: output.put_json({"error": refused.as_json()}),
        lambda: output.table(columns, [[HOSTILE, HOSTILE]]),
        lambda: output.details([(HOSTILE, HOSTILE)]),
        lambda: doctor_tables._print(loose),
    ):
        judge(printed(capsys, act))


def test_the_lines_of_an_email_are_indented(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, lambda: output.say_indented(f"Hello\n{FORGED}\u2028{FORGED}"))
    assert text.splitlines() == ["  Hello", f"  {FORGED}", f"  {FORGED}"]


def test_a_record_of_the_log_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "usher.log"
    log = log_file.LogFile(path)
    log.handle(logging.LogRecord("usher", logging.WARNING, "", 0, "mail: %s", (HOSTILE,), None))
    log.close()
    (line,) = path.read_text(encoding="utf-8").splitlines()
    assert FORGED in line


def test_an_incident_is_told_in_lines_that_are_indented(data_folder: Path) -> None:
    data_folder.mkdir(mode=0o700)
    incident.log_to(DataFolder.open(data_folder))
    try:
        os.environ[HOSTILE]
    except KeyError:
        incident.report()
    lines = (data_folder / "usher.log").read_text(encoding="utf-8").splitlines()
    assert "incident" in lines[0]
    assert len(lines) > 1 and all(line.startswith("  ") for line in lines[1:])
