"""`usher mail`: the outbox, where it goes, and sending what is in it."""

from collections.abc import Callable

import pytest

from store.mail.transports import UndeliveredError
from store.session import Session
from store.values import User
from tests.store.mail.servers import Pigeon
from tests.tui.cli.conftest import Usher


@pytest.fixture
def invited(make_user: Callable[..., User]) -> User:
    return make_user(email="lesia@acme.com.ua")


def test_list_has_the_settled_shape_and_says_where_letters_go(usher: Usher, invited: User) -> None:
    """DESIGN 5."""
    (letter,) = usher("mail", "list", "--json").json["items"]
    assert list(letter) == ["id", "kind", "to", "state", "created", "sent", "error"]
    assert (letter["to"], letter["state"], letter["sent"]) == (invited.email, "queued", None)
    assert usher("mail", "list", "--state", "parked", "--json").json["total"] == 0
    assert "no further" in usher("mail", "list").out


def test_pages_follow_one_another(
    usher: Usher, make_user: Callable[..., User], invited: User
) -> None:
    make_user()
    first = usher("mail", "list", "--limit", "1", "--json").json
    second = usher("mail", "list", "--after", first["next"], "--json").json
    assert [page["items"][0]["id"] for page in (first, second)] == [2, 1]
    assert second["next"] is None


def test_deliver_says_what_became_of_them_and_a_parked_one_is_sent_again(
    usher: Usher, owner: Session, invited: User
) -> None:
    owner.store.transport = Pigeon(UndeliveredError("550 no such user", final=True))
    answer = usher("mail", "deliver")
    assert answer.code == 8 and "1 letter is parked" in answer.out
    shown = usher("mail", "show", "1", "--json").json
    assert (shown["state"], shown["error"]) == ("parked", "550 no such user")
    assert shown["headers"]["Subject"] == "Your invitation to Acme"
    assert "usher accept ·····" in shown["text"]
    assert usher("mail", "resend", "1").out == "Letter 1 to lesia@acme.com.ua is queued.\n"
    owner.store.transport = Pigeon()
    assert usher("mail", "deliver", "--json").json == {
        "sent": 1, "later": 0, "parked": 0, "trouble": None,
    }  # fmt: skip
    assert usher("mail", "show", "17").code == usher("mail", "show", "x").code == 5
