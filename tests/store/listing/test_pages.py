"""Pages: the order of the list, whatever narrows it, forwards, backwards and while it changes."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from store.errors import NotAllowed
from store.listing import count, page, postgres, sqlite
from store.models import UserRow
from store.values import Count, Filters, Page, Place, Status
from tests.conftest import NOON
from tests.store.listing.crowd import Crowd, One

NARROWED = [
    Filters(),
    Filters("a"),
    Filters("шев"),
    Filters("шевч silva"),
    Filters(statuses=(Status.BLOCKED,)),
    Filters(statuses=(Status.PENDING, Status.INACTIVE), team="north"),
    Filters("acme", role="менеджер", team="sud"),
]


def forwards(crowd: Crowd, filters: Filters, limit: int) -> list[Page]:
    pages = [page(crowd.session, filters, limit=limit)]
    while pages[-1].after:
        pages.append(page(crowd.session, filters, limit=limit, after=pages[-1].last))
    return pages


def backwards(crowd: Crowd, filters: Filters, limit: int) -> list[Page]:
    pages = [page(crowd.session, filters, limit=limit, end=True)]
    while pages[0].before:
        pages.insert(0, page(crowd.session, filters, limit=limit, before=pages[0].first))
    return pages


def ids(*pages: Page) -> list[int]:
    return [row.id for one in pages for row in one.rows]


def test_pages_put_together_are_the_list_in_its_order(many: Crowd) -> None:
    for filters in NARROWED:
        expected = many.expected(filters)
        assert expected, filters
        assert ids(*forwards(many, filters, 97)) == expected
        assert ids(*backwards(many, filters, 97)) == expected


def test_every_page_knows_whether_there_is_more_on_either_side(many: Crowd) -> None:
    for filters in NARROWED:
        for pages in (forwards(many, filters, 113), backwards(many, filters, 113)):
            assert [one.before for one in pages] == [False] + [True] * (len(pages) - 1)
            assert [one.after for one in pages] == [True] * (len(pages) - 1) + [False]


def test_the_list_can_be_entered_anywhere(many: Crowd) -> None:
    chance = random.Random(3)  # noqa: S311
    for filters in NARROWED:
        expected = many.expected(filters)
        for number in chance.sample(expected, 4):
            here = expected.index(number)
            place = many.people[number].place
            assert ids(page(many.session, filters, at=place)) == expected[here : here + 50]
            assert ids(page(many.session, filters, after=place)) == expected[here + 1 : here + 51]
            assert ids(page(many.session, filters, before=place)) == expected[:here][-50:]


def test_a_large_group_of_one_name_is_paged_through_whole(crowd: Crowd) -> None:
    crowd.add(
        *(One(n, first=f"F{n % 7}", last="Шевченко" if n % 3 else "Шевчук") for n in range(1, 1700))
    )
    for filters in (Filters("шевч"), Filters("шевчук"), Filters("f3")):
        expected = crowd.expected(filters)
        assert ids(*forwards(crowd, filters, 200)) == expected
        assert ids(*backwards(crowd, filters, 200)) == expected


def test_what_is_frequent_is_paged_as_what_is_rare(
    many: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The thresholds of either engine brought down to where three thousand people are many."""
    monkeypatch.setattr(sqlite, "LARGE", 10)
    monkeypatch.setattr(sqlite, "CROWDED", 20)
    monkeypatch.setattr(postgres, "GLANCE", 10)
    monkeypatch.setattr(postgres, "RARE", 0)
    monkeypatch.setattr(postgres, "FREQUENT", 100)
    for filters in NARROWED[1:]:
        expected = many.expected(filters)
        half = len(expected) // 2
        middle = many.people[expected[half]].place
        assert ids(page(many.session, filters)) == expected[:50]
        assert ids(page(many.session, filters, end=True)) == expected[-50:]
        assert ids(page(many.session, filters, at=middle)) == expected[half : half + 50]
        assert ids(page(many.session, filters, before=middle)) == expected[:half][-50:]
        capped = Count(min(len(expected), 100), capped=len(expected) > 100)
        assert count(many.session, filters, 100) == capped


def test_the_blocked_and_inactive_stand_at_the_bottom_and_the_removed_nowhere(
    crowd: Crowd,
) -> None:
    crowd.add(
        One(1, last="Zorn"),
        One(2, last="Abel", status=Status.BLOCKED),
        One(3, last="Baum", status=Status.INACTIVE),
        One(4, last="Clay", status=Status.PENDING),
        One(5, last="Aaa", status=Status.REMOVED),
    )
    assert ids(page(crowd.session)) == [4, 1, 2, 3]
    assert ids(page(crowd.session, Filters("a"))) == [4, 1, 2, 3]
    assert ids(page(crowd.session, Filters(statuses=(Status.REMOVED,)))) == []


def test_people_with_the_same_last_name_stand_by_first_name_then_id(crowd: Crowd) -> None:
    crowd.add(
        One(1, first="Zoe", last="Silva"),
        One(3, first="Ana", last="SILVA"),
        One(2, first="Ána", last="Silva"),
    )
    assert ids(page(crowd.session)) == [2, 3, 1]
    assert ids(page(crowd.session, Filters("silva"))) == [2, 3, 1]


@pytest.mark.parametrize("filters", [Filters(), Filters("silva")])
def test_people_who_come_and_go_between_pages_are_neither_skipped_nor_doubled(
    crowd: Crowd, filters: Filters
) -> None:
    crowd.add(*(One(n, first=f"N{n:03}") for n in range(1, 121)))
    stays = crowd.expected(filters)
    seen: list[int] = []
    current = page(crowd.session, filters, limit=20)
    extra = 1000
    while True:
        seen += ids(current)
        if not current.after:
            break
        assert current.last
        # One comes before what was seen, one after; the last who was seen goes.
        crowd.add(One(extra, first="A"), One(extra + 1, first="Z"))
        crowd.drop(current.last.id)
        extra += 2
        current = page(crowd.session, filters, limit=20, after=current.last)
    assert len(seen) == len(set(seen))
    assert [number for number in seen if number < 1000] == stays


@pytest.mark.parametrize("filters", [Filters(), Filters("silva")])
def test_a_page_is_loaded_anew_in_place_though_its_first_person_is_gone(
    crowd: Crowd, filters: Filters
) -> None:
    crowd.add(*(One(n, first=f"N{n:02}") for n in range(1, 61)))
    first = page(crowd.session, filters, limit=20)
    second = page(crowd.session, filters, limit=20, after=first.last)
    assert second.first
    crowd.drop(second.first.id)
    again = page(crowd.session, filters, limit=20, at=second.first)
    assert ids(again) == [*ids(second)[1:], 41]
    assert again.before and again.after


@pytest.mark.parametrize("filters", [Filters(), Filters("silva")])
def test_a_page_beyond_the_end_is_empty_and_says_what_lies_behind(
    crowd: Crowd, filters: Filters
) -> None:
    crowd.add(One(1), One(2))
    last = crowd.people[2].place
    assert page(crowd.session, filters, after=last) == Page(before=True)
    crowd.drop(2)
    assert page(crowd.session, filters, after=last) == Page(before=True)
    crowd.drop(1)
    assert page(crowd.session, filters, after=last) == Page()
    assert page(crowd.session, filters, end=True) == Page()
    assert page(crowd.session, filters, at=Place(0, "", "", 0)) == Page()


def test_a_row_shows_who_the_person_is(crowd: Crowd) -> None:
    seen = NOON - timedelta(days=3, microseconds=5)
    crowd.add(One(7, "Оксана", "Бакум", "oksana", "o@acme.com.ua", "+380671234567", role=1))
    with crowd.store.read():
        UserRow.update(admin=True, owner=True, last_seen=seen).where(UserRow.id == 7).execute()
    (row,) = page(crowd.session, Filters("бакум")).rows
    assert (row.first_name, row.last_name, row.login) == ("Оксана", "Бакум", "oksana")
    assert (row.email, row.phone, row.role) == ("o@acme.com.ua", "+380671234567", "Менеджер")
    assert (row.status, row.admin, row.owner, row.last_seen) == (Status.ACTIVE, True, True, seen)
    crowd.change(7, role=-1)
    (row,) = page(crowd.session).rows
    assert (row.role, row.admin, row.owner, row.last_seen) == ("", False, False, None)


def test_who_may_not_see_users_gets_no_page_and_no_count(crowd: Crowd) -> None:
    crowd.add(One(1))
    standard = replace(crowd.session, user=1, name="maria")
    with pytest.raises(NotAllowed):
        page(standard)
    with pytest.raises(NotAllowed):
        count(standard, Filters("nobody at all"))
