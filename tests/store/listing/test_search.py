"""Search: a naive filter is the judge, and nothing a person types is a command."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.listing import count, fold, page
from store.listing.narrowing import LONGEST
from store.values import Count, Filters, Status
from tests.store.listing.crowd import FIRST, LAST, Crowd, One

FRAGMENTS = st.one_of(
    st.sampled_from([*FIRST, *LAST, "login.1", "acme.com.ua", "+380", "Y_", "@", ".", "-"]).flatmap(
        lambda word: st.tuples(st.integers(0, len(word) - 1), st.integers(1, len(word))).map(
            lambda cut: word[cut[0] : cut[0] + cut[1]]
        )
    ),
    st.integers(1, 3000).map(str),
    st.sampled_from(["067", "(067)", "+38-067", "шев", "zz", "q*", '"a"']),
)
FILTERS = st.builds(
    Filters,
    search=st.lists(FRAGMENTS, max_size=3).map(" ".join),
    statuses=st.lists(st.sampled_from(Status), max_size=2, unique=True).map(tuple),
    role=st.sampled_from(["", "", "", "salesperson", "МЕНЕДЖЕР", "nobody's"]),
    team=st.sampled_from(["", "", "", "North", "sud", "none"]),
)


def found(crowd: Crowd, search: str) -> list[int]:
    return [row.id for row in page(crowd.session, Filters(search)).rows]


def test_search_finds_what_a_naive_filter_finds(many: Crowd) -> None:
    @settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(FILTERS)
    def check(filters: Filters) -> None:
        expected = many.expected(filters)
        first = page(many.session, filters)
        assert [row.id for row in first.rows] == expected[:50]
        assert first.after == (len(expected) > 50)
        last = page(many.session, filters, end=True, limit=20)
        assert [row.id for row in last.rows] == expected[-20:]
        assert count(many.session, filters, None) == Count(len(expected))
        capped = Count(min(len(expected), 100), capped=len(expected) > 100)
        assert count(many.session, filters, 100) == capped

    with many.store.read():
        check()


OF_TARAS = [
    "jose", "JOSÉ", "шевч", "oksana шев", "lukasz", "ana", "oksana.sh", "@acme", "067 931",
    "+380 67", "(067)", "067-931", "+380-67-931", "4377", "шев тар", "тар шев",
]  # fmt: skip


def test_a_fragment_of_any_field_finds_a_person(crowd: Crowd) -> None:
    crowd.add(
        One(104377, "Тарас", "Шевченко", "oksana.sh", "Jose.Lukasz.Ana@acme.com", "+380679310000"),
        One(2, "Bill", "Ford", "bford", "", ""),
    )
    missed = [search for search in OF_TARAS if found(crowd, search) != [104377]]
    assert missed == []


def test_a_word_never_matches_across_two_fields(crowd: Crowd) -> None:
    crowd.add(One(1, first="Ana", last="Silva", login="root"))
    assert found(crowd, "anasilva") == []
    assert found(crowd, "silvaroot") == []
    assert found(crowd, "silva ana") == [1]


HOSTILE = [
    '"', '""', "*", "a*", "^a", "a OR b", "NOT", "AND", "a NEAR b", "g:a", "{a}", "(a", "a)",
    "%", "_", "a%", "\\", "'", "';--", "--", "?", "%s", "$1", "\0", "a\0", "\ud800", "\udfff a",
    "\ue022", "\ue100active", "\ue101", "\u202e", "a\u0301", "🙂", "\U0010ffff",
    "x" * 10_000, "a b " * 5_000, '"' * 3_000, " " * 10_000, "ab" * 199,
    " ".join(map(str, range(100))),
]  # fmt: skip


def test_what_is_typed_is_never_a_command(crowd: Crowd) -> None:
    crowd.add(
        One(1, "Ana", "OR", "a.b", "a_b@x.com"),
        One(2, "Not", "And", "100%", "o'neil@x.com"),
        One(3, "Back\\slash", 'Quo"te', "star*", "que?stion@x.com"),
    )
    for search in HOSTILE:
        filters = Filters(search)
        expected = crowd.expected(filters) if len(fold(search)) <= LONGEST else []
        assert [row.id for row in page(crowd.session, filters).rows] == expected, search[:20]
        assert count(crowd.session, filters) == Count(len(expected)), search[:20]


def test_a_search_longer_than_any_key_finds_nobody(crowd: Crowd) -> None:
    crowd.add(One(1, first="a" * 100, last="b" * 100))
    assert found(crowd, "a" * 100) == [1]
    assert found(crowd, f"{'a' * 100} " * 5) == []


def test_a_search_of_spaces_is_no_search(crowd: Crowd) -> None:
    crowd.add(One(1))
    assert found(crowd, " \t\u00a0") == [1]


@pytest.mark.parametrize("filters", [Filters(role="Nobody"), Filters(team="x"), Filters("zz")])
def test_an_unknown_role_or_team_matches_nobody(crowd: Crowd, filters: Filters) -> None:
    crowd.add(One(1, role=0, teams=(0,)))
    assert page(crowd.session, filters).rows == ()
    assert count(crowd.session, filters) == Count(0)


def test_a_count_stops_at_its_cap(crowd: Crowd) -> None:
    crowd.add(*(One(n) for n in range(1, 13)), One(20, status=Status.REMOVED))
    for filters in (Filters(), Filters("ma"), Filters("maria"), Filters("maria", (Status.ACTIVE,))):
        assert count(crowd.session, filters, 5) == Count(5, capped=True)
        assert count(crowd.session, filters, 12) == Count(12)
        assert count(crowd.session, filters, None) == Count(12)
