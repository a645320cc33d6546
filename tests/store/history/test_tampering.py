"""Any tampering with the history is reported until it is accepted with a reason (DESIGN 3.13)."""

from collections.abc import Callable

import peewee
import pytest

from store import audit, users
from store.audit import anchor, sealing
from store.database import Store
from store.errors import NotAllowed, Refused, Unavailable
from store.models.audit import AnchorRow, AuditHead, AuditRow, AuditValues
from store.opening import open_store
from store.session import Session, operator_session
from store.values import User
from tests.conftest import CheapHasher
from tests.store.history.tampering import (
    BY_ANCHOR,
    BY_CHAIN,
    TAMPERINGS,
    cut_tail,
    delete_values,
    edit_entry,
    forge,
    image,
    roll_back,
    set_back,
)

Make = Callable[..., User]


@pytest.fixture
def history(store: Store, make_user: Make) -> Session:
    """An operator session in an account with a history."""
    for _number in range(7):
        make_user()
    assert audit.verify(store) is None
    return operator_session(store).because("looked into, ticket 4711")


@pytest.mark.parametrize("name", TAMPERINGS)
def test_a_tampering_is_reported_also_after_one_more_action_until_it_is_accepted(
    store: Store, history: Session, make_user: Make, name: str
) -> None:
    TAMPERINGS[name](store)
    assert audit.verify(store) is not None
    make_user()
    assert audit.verify(store) is not None
    make_user()
    damage = audit.verify(store)
    assert damage is not None
    assert sealing.accept(history) == damage
    assert audit.verify(store) is None
    make_user()
    verdict = audit.examine(store)
    assert (verdict.damage, len(verdict.accepted), verdict.anchor) == (None, 1, "agrees")
    with pytest.raises(Refused):
        sealing.accept(history)


@pytest.mark.parametrize("name", TAMPERINGS)
def test_a_tampering_can_be_accepted_at_once(
    store: Store, history: Session, make_user: Make, name: str
) -> None:
    TAMPERINGS[name](store)
    sealing.accept(history)
    assert audit.verify(store) is None
    make_user()
    assert audit.verify(store) is None


@pytest.mark.parametrize("name", BY_CHAIN)
def test_what_was_accepted_is_no_licence_for_more(
    store: Store, history: Session, make_user: Make, name: str
) -> None:
    BY_CHAIN[name](store)
    sealing.accept(history)
    forge(store, "UPDATE usher_audit SET origin = 'elsewhere' WHERE seq = 3")
    assert audit.verify(store) is not None


@pytest.mark.parametrize("name", BY_ANCHOR)
def test_what_shows_by_the_anchor_is_known_without_walking_the_chain(
    store: Store, history: Session, make_user: Make, name: str
) -> None:
    """Admins see it after they sign in, so the check must be fast."""
    assert audit.noticed(store) is None
    BY_ANCHOR[name](store)
    assert audit.noticed(store) is not None
    make_user()
    assert audit.noticed(store) is not None
    sealing.accept(history)
    assert audit.noticed(store) is None


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("entry edited", (5, "changed")),
        ("entry deleted", (5, "missing")),
        ("reordered", (5, "changed")),
        ("renumbered", (5, "changed")),
        ("values edited", (5, "values changed")),
        ("values deleted", (5, "values missing")),
        ("all values deleted", (1, "values missing")),
        ("tail cut", (8, "cut off")),
        ("anchor deleted", (11, "anchor missing")),
    ],
)
def test_verify_names_the_first_entry_that_does_not_hold(
    store: Store, history: Session, name: str, damage: tuple[int, str]
) -> None:
    TAMPERINGS[name](store)
    assert audit.verify(store) == audit.Damage(*damage)


def test_any_values_that_are_deleted_are_missed(store: Store, history: Session) -> None:
    with store.read():
        rows = store.sql("SELECT seq FROM usher_audit_values ORDER BY seq")
    for (seq,) in rows:
        before = image(store)
        forge(store, "DELETE FROM usher_audit_values WHERE seq = ?", seq)
        assert audit.verify(store) == audit.Damage(seq, "values missing")
        roll_back(store, before)
    assert audit.verify(store) is None


def test_values_are_missed_also_when_another_user_is_removed(
    store: Store, history: Session, owner: Session, make_user: Make
) -> None:
    one, other = make_user(), make_user()
    (seq,) = (entry.seq for entry in audit.history(owner, one.id))
    forge(store, "DELETE FROM usher_audit_values WHERE seq = ?", seq)
    users.remove(owner, other.id)
    assert audit.verify(store) == audit.Damage(seq, "values missing")


def test_a_history_that_is_rolled_back_is_reported(
    store: Store, history: Session, make_user: Make
) -> None:
    yesterday = image(store)
    make_user()
    make_user()
    roll_back(store, yesterday)
    assert audit.verify(store) == audit.Damage(11, "cut off")
    make_user()
    make_user()
    make_user()
    assert audit.verify(store) == audit.Damage(11, "cut off")
    sealing.accept(history)
    assert audit.verify(store) is None


def test_a_cut_hides_no_report_of_a_cut(store: Store, history: Session, make_user: Make) -> None:
    """Cutting off the entry that reports a break is detected too."""
    cut_tail(store)
    make_user()
    cut_tail(store, 2)
    assert audit.verify(store) is not None
    make_user()
    make_user()
    assert audit.verify(store) is not None


def test_a_forged_acceptance_is_none(store: Store, history: Session, make_user: Make) -> None:
    """With only the database, nobody can accept damage, because the entry needs the key."""
    edit_entry(store)
    sealing.accept(history)
    with store.read():
        ((seq,),) = store.sql("SELECT seq FROM usher_audit WHERE verb = 'accept_history'")
    forge(store, "UPDATE usher_audit SET actor = 'y' WHERE seq = 4")
    forge(store, "UPDATE usher_audit_values SET changes = replace(changes, '5', '4')"
                 " WHERE seq = ?", seq)  # fmt: skip
    assert audit.verify(store) is not None


def test_a_break_is_reported_once_where_the_anchor_cannot_be_written(
    store: Store, history: Session, make_user: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_tail(store)
    monkeypatch.setattr(anchor, "write", lambda store, head: None)
    for _number in range(3):
        make_user()
    with store.read():
        assert store.sql("SELECT count(*) FROM usher_audit WHERE verb = 'report_break'") == [(1,)]


def test_to_accept_is_the_operators_with_a_reason(
    store: Store, history: Session, owner: Session
) -> None:
    delete_values(store)
    with pytest.raises(NotAllowed):
        sealing.accept(owner.because("I am the owner"))
    with pytest.raises(Refused) as refused:
        sealing.accept(operator_session(store))
    assert refused.value.name == "reason_needed"
    damage = sealing.accept(history)
    (entry,) = audit.history(owner, limit=1)
    assert (entry.verb, entry.reason) == ("accept_history", "looked into, ticket 4711")
    assert entry.changes["damage"] == (None, damage.what)
    assert entry.changes["entry"] == (None, damage.seq)


def test_a_preview_of_accepting_changes_nothing(store: Store, history: Session) -> None:
    edit_entry(store)
    with store.rehearse(history) as preview:
        sealing.accept(history)
    assert [entry.verb for entry in preview.result.entries] == ["accept_history"]
    assert audit.verify(store) is not None


def test_an_account_that_is_gone_from_its_database_is_refused_on_both_engines(
    store: Store, history: Session, url: str
) -> None:
    with store.read():
        store.sql("DELETE FROM usher_account")
    store.close()
    for how in (False, True):
        with pytest.raises(Unavailable) as refused:
            open_store(url, hasher=CheapHasher(), create=how)
        assert refused.value.name == "account_lost"


def test_an_acceptance_that_is_forged_and_taken_out_again_hides_no_cut(
    store: Store, history: Session, make_user: Make
) -> None:
    set_back(store)
    forge(
        store,
        "INSERT INTO usher_audit (seq, at, actor, origin, verb, reason, command, mac)"
        " VALUES (-1, '2999-01-01T00:00:00.000000Z', 'x', 'x', 'accept_history', '', '', 'x')",
    )
    make_user()
    forge(store, "DELETE FROM usher_audit WHERE seq = -1")
    assert audit.verify(store) is not None


@pytest.mark.parametrize("content", [b"", b"zz\n", b"\xff\xfe", None])
def test_an_anchor_that_cannot_be_read_is_refused_and_kept(
    store: Store, url: str, history: Session, make_user: Make, content: bytes | None
) -> None:
    path = anchor.path_of(store)
    path.unlink()
    path.mkdir() if content is None else path.write_bytes(content)
    with pytest.raises(Unavailable):
        make_user()
    store.close()
    with pytest.raises(Unavailable) as refused:
        open_store(url, hasher=CheapHasher())
    assert content is None or refused.value.name == "anchor_damaged"
    assert path.is_dir() if content is None else path.read_bytes() == content


COLUMNS = [
    (table._meta.table_name, field.column_name)
    for table in (AuditRow, AuditValues, AuditHead, AnchorRow)
    for field in table._meta.sorted_fields
]


@pytest.mark.parametrize("value", ["x", "", None, -3, "2031-02-03T04:05:06.000000Z"])
@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_whatever_column_is_changed_shows_or_is_refused(
    store: Store, history: Session, make_user: Make, table: str, column: str, value: object
) -> None:
    """Whoever has the database without server.key never gets “whole” after a change."""
    where = " WHERE seq = 5" if table in {"usher_audit", "usher_audit_values"} else ""
    with store.read():
        before = store.sql(f"SELECT {column} FROM {table}{where}")
    assert before
    try:
        forge(store, f"UPDATE {table} SET {column} = ?{where}", value)
    except (peewee.PeeweeException, ValueError):
        return  # the type does not allow it
    with store.read():
        if store.sql(f"SELECT {column} FROM {table}{where}") == before:
            return
    for act in (lambda: None, make_user, make_user):
        try:
            act()
            assert audit.verify(store) is not None
        except Unavailable as refused:
            assert refused.exit_code == 7
