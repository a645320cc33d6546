"""One verb done to many people: each by themselves, in whole batches, as it was foreseen."""

from collections import Counter
from collections.abc import Callable

import pytest

from store import audit, users
from store.database import Store
from store.errors import PasswordNeeded, Refused, Unavailable
from store.models import UserRow
from store.session import Proof, Session, operator_session
from store.upkeep import examples
from store.users import many
from store.users.outcomes import Kind, Outcomes
from store.values import Door, Filters, Status, User
from tests.conftest import session_of

MakeUser = Callable[..., User]


@pytest.fixture
def mixed(owner: Session, make_user: MakeUser) -> list[User]:
    """Two pending, one blocked, one inactive, and an admin."""
    people = [make_user(last_name=name) for name in ("Alba", "Brandão", "Castro", "Dias")]
    users.block(owner, people[2].id)
    users.deactivate(owner, people[3].id)
    return [*people, make_user(last_name="Esteves", admin=True, role="", teams=())]


def test_each_is_done_or_refused_by_themselves(
    store: Store, owner: Session, mixed: list[User]
) -> None:
    ada = session_of(store, mixed[4])
    with store.write(owner):
        UserRow.update(status="active").where(UserRow.id == mixed[4].id).execute()
    whom = [*(user.id for user in mixed), owner.user or 0, 4711]
    outcomes = many.act(ada.because("strike"), "block", whom)
    assert [(one.user, one.outcome, one.done) for one in outcomes] == [
        (mixed[0].id, "blocked", True),
        (mixed[1].id, "blocked", True),
        (mixed[2].id, "wrong_status", False),
        (mixed[3].id, "wrong_status", False),
        (mixed[4].id, "not_allowed", False),
        (owner.user, "not_allowed", False),
        (None, "not_found", False),
    ]
    assert outcomes[2].message == (
        f"Maria Castro is blocked already. Unblock the user: usher users unblock {mixed[2].id}"
    )
    assert outcomes[0].who == "Maria Alba"
    assert outcomes[6].who == "4711"
    assert (outcomes.done, outcomes.failed, len(outcomes)) == (2, 5, 7)
    assert list(outcomes.refused_first()) == [2, 3, 4, 5, 6, 0, 1]
    assert audit.history(owner, mixed[0].id)[0].reason == "strike"
    assert audit.verify(store) is None


def test_what_is_foreseen_is_what_is_done(
    store: Store, owner: Session, mixed: list[User], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rehearsal and the planner of thousands find the same as the act (DESIGN 2)."""
    whom = [*(user.id for user in mixed), owner.user or 0, 4711]
    entries = audit.count(owner)
    rehearsed = many.foresee(owner, "block", whom)
    assert not rehearsed.counted
    monkeypatch.setattr(many, "REHEARSED", 3)
    planned = many.foresee(owner, "block", whom)
    assert planned.counted
    assert (planned.done, planned.refused, planned.hangs) == (
        rehearsed.done,
        rehearsed.refused,
        rehearsed.hangs,
    )
    assert planned.done == 3
    assert planned.hangs.teams == 3 - 1
    assert planned.hangs.letters == 3
    assert planned.refused == Counter(
        {
            "blocked": 1,
            "inactive": 1,
            "not found": 1,
            "not allowed: The owner is always active. Transfer ownership first: usher owner "
            "transfer WHO": 1,
        }
    )
    assert audit.count(owner) == entries
    assert many.act(owner, "block", whom).done == planned.done


@pytest.mark.parametrize("verb", ["confirm", "unblock", "unlock", "deactivate", "restore",
                                  "remove", "release"])  # fmt: skip
def test_the_planner_agrees_with_every_verb(
    owner: Session, mixed: list[User], monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    with owner.store.write(owner):
        UserRow.update(attempts=6, locked_at=owner.store.now()).where(
            UserRow.id.in_([mixed[0].id, mixed[2].id])
        ).execute()
    whom = [user.id for user in mixed]
    rehearsed = many.foresee(owner, verb, whom)
    monkeypatch.setattr(many, "REHEARSED", 0)
    planned = many.foresee(owner, verb, whom)
    assert (planned.done, planned.refused) == (rehearsed.done, rehearsed.refused)
    outcomes = many.act(owner, verb, whom)
    assert (outcomes.done, outcomes.failed) == (planned.done, planned.refused.total())


def test_of_one_person_a_refusal_is_a_refusal(owner: Session, mixed: list[User]) -> None:
    with pytest.raises(Refused, match="deactivated already"):
        many.foresee_one(owner, "deactivate", mixed[3].id)
    foreseen = many.foresee_one(owner, "restore", mixed[3].id)
    assert foreseen.only
    assert foreseen.only.user.status is Status.PENDING


def test_a_mark_of_everybody_means_the_filter_and_is_fixed_once(
    owner: Session, make_user: MakeUser, mixed: list[User]
) -> None:
    pending = Filters(statuses=(Status.PENDING,))
    ids = many.marked(owner, pending, {mixed[0].id}, everybody=True)
    assert sorted(ids) == [mixed[1].id, mixed[4].id]
    make_user()
    assert len(ids) == 2
    assert list(many.marked(owner, pending, {9, 3}, everybody=False)) == [3, 9]


def test_a_long_act_is_stopped_between_two_batches(
    owner: Session, mixed: list[User], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many, "BATCH", 2)
    told: list[tuple[int, float]] = []
    outcomes = many.act(
        owner,
        "remove",
        [user.id for user in mixed],
        progress=lambda people, part: told.append((people, part)),
        cancelled=lambda: bool(told),
    )
    assert [one.outcome for one in outcomes] == ["removed", "removed"]
    assert told == [(2, 0.4)]
    assert users.show(owner, mixed[2].id).status is Status.BLOCKED


def test_where_the_database_is_gone_what_was_done_stays_done(
    owner: Session, mixed: list[User], monkeypatch: pytest.MonkeyPatch
) -> None:
    """CHECKLIST I60: the answer agrees with what stands there."""
    monkeypatch.setattr(many, "BATCH", 1)
    tried = many._tried

    def fails_at_the_second(session: Session, do_one: many.Doing, batch: many.Whom) -> many.Tried:
        found = tried(session, do_one, batch)
        if batch[0] == mixed[1].id:
            raise Unavailable("The disk is full.")
        return found

    monkeypatch.setattr(many, "_tried", fails_at_the_second)
    outcomes = many.act(owner, "block", [user.id for user in mixed[:3]])
    assert (len(outcomes), outcomes.stopped) == (1, "The disk is full.")
    assert users.show(owner, mixed[1].id).status is Status.PENDING


def test_a_dangerous_act_asks_once_and_before_anything(
    store: Store, owner: Session, mixed: list[User]
) -> None:
    stale = Session(store, owner.user, "olga", Door.USHER, owner.origin, proof=Proof())
    with pytest.raises(PasswordNeeded):
        many.act(stale, "remove", [mixed[0].id])
    assert many.foresee(stale, "remove", [mixed[0].id]).done == 1
    assert users.show(owner, mixed[0].id)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_two_thousand_and_more_are_planned_and_done(store: Store) -> None:
    """DESIGN 2: an act over more than 2 000 rows plans first."""
    examples.fill(store, 2_100)
    host = operator_session(store).because("a test")
    whom = many.marked(host, Filters(), (), everybody=True)
    foreseen = many.foresee(host, "deactivate", whom)
    assert foreseen.counted
    assert foreseen.done + foreseen.refused.total() == 2_101
    outcomes = many.act(host, "deactivate", whom[:300])
    assert outcomes.done + outcomes.failed == 300
    assert audit.verify(store) is None


def test_outcomes_are_kept_small_and_come_back_as_they_were() -> None:
    outcomes = Outcomes()
    done, refused = Kind("blocked", "", done=True), Kind("x", "{name} ({id}) is {{so}}", done=False)
    outcomes.add(17, "Оксана {Шевченко}", done)
    outcomes.add(None, "nobody\udc80", refused)
    assert outcomes[0].who == "Оксана {Шевченко}"
    assert outcomes[-1].message == "nobody\udc80 (0) is {so}"
    assert outcomes[1].as_json() == {"user": None, "outcome": "x", "message": outcomes[1].message}
    assert [one.done for one in outcomes[:]] == [True, False]
    assert outcomes.counts == [(done, 1), (refused, 1)]
