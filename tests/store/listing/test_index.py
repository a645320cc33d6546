"""The index: places that sort as the list does, and grams that find every fragment."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.listing import fold, index, places
from store.listing.narrowing import Narrowing
from store.values import Filters, Status
from tests.store.listing.crowd import Crowd, One, strangers

LETTERS = st.sampled_from("abz '-.059/~{αωѐабяієґ\u0431Ґאתبيकრ김が田\ua000𝒳\U0010ffff")
KEYS = st.text(LETTERS | st.characters(exclude_categories=["Cs"]), max_size=6).map(fold)


@given(st.lists(st.tuples(st.integers(0, 1), KEYS), min_size=2, max_size=40))
def test_places_sort_as_the_list_does(keys: list[tuple[int, str]]) -> None:
    for one, other in pairwise(sorted(keys)):
        assert places.group(*one) <= places.group(*other)


@given(st.tuples(st.integers(0, 1), KEYS), st.tuples(st.integers(0, 1), KEYS))
def test_the_bounds_of_a_group_hold_all_of_it_and_nothing_else(
    one: tuple[int, str], other: tuple[int, str]
) -> None:
    begin, beyond = places.bounds(places.group(*one))
    assert begin <= one < beyond
    assert (begin <= other < beyond) == (places.group(*one) == places.group(*other))


@given(st.integers(0, 1), KEYS, st.integers(1, 2**31 - 1))
def test_a_place_is_a_rowid_that_knows_its_user(bottom: int, last: str, number: int) -> None:
    place = places.place(bottom, last, number)
    assert 0 < place < 2**63
    assert index.number_of(place) == number


@given(st.text(st.characters(exclude_characters="\n"), max_size=20), st.data())
def test_every_fragment_of_a_word_has_its_grams(name: str, data: st.DataObject) -> None:
    key = index.search_key(name, "X", "", "", "", 1)
    entry = index.grams(key, Status.ACTIVE, None, ())
    assert entry
    for word in key.split():
        start = data.draw(st.integers(0, len(word) - 1))
        end = data.draw(st.integers(start + 1, len(word)))
        assert set(index.grams_of_form(word[start:end])) <= entry.tokens


def test_no_gram_spans_two_words_or_fields() -> None:
    entry = index.grams(index.search_key("ab cd", "ef", "gh", "", "", 7), "active", None, ())
    assert entry
    assert not {"bc", "de", "fg", "abc", "h7"} & entry.tokens
    assert {"ab", "cd", "ef", "gh", "7"} <= entry.tokens


def test_the_removed_are_not_in_the_index() -> None:
    assert index.grams("a\nb", Status.REMOVED, 1, (1,)) is None


def test_a_person_who_changes_is_found_by_what_they_are_and_not_by_what_they_were(
    crowd: Crowd,
) -> None:
    crowd.add(One(1, last="Коваль", role=0), One(2, last="Kowal"))
    crowd.change(1, last="Мельник", status=Status.BLOCKED, role=1)
    assert _found(crowd, "коваль") == []
    assert _found(crowd, "мель") == [1]
    assert _found(crowd, role="Менеджер") == [1]
    crowd.drop(1)
    assert _found(crowd, "мельник") == []
    assert _found(crowd, statuses=(Status.BLOCKED,)) == []


def test_the_index_holds_nothing_of_those_who_are_gone(crowd: Crowd) -> None:
    crowd.add(*strangers(60))
    for number in list(crowd.people):
        crowd.drop(number)
    crowd.add(One(99, first="Last", last="One"))
    for letter in "aeoшевч0129@.":
        expected = [99] if letter in crowd.people[99].key else []
        assert _found(crowd, letter) == expected


@pytest.mark.parametrize("form", ['"', "a*b", "^x", "a:b", "(", "-a", "a-b_c.d@e", "{}", "\\"])
def test_punctuation_never_stands_bare_in_a_gram(form: str) -> None:
    narrowing = Narrowing(words=((form,),))
    for ((token, *_more),) in narrowing.tokens():
        assert all(char.isalnum() or ord(char) >= 0x80 for char in token)


def _found(crowd: Crowd, search: str = "", **filters: object) -> list[int]:
    from store.listing import page

    return [row.id for row in page(crowd.session, Filters(search, **filters)).rows]  # type: ignore[arg-type]
