"""Addresses in whatever shape people have them (DESIGN 3.5)."""

from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.errors import Refused
from store.invitations.addresses import MOST, Asked, addresses, loaded
from store.session import Session

Found = tuple[str, str, str]


def found(text: str) -> list[Found]:
    return [(one.address, one.first_name, one.last_name) for one in addresses(text)]


LESIA = ("lesia@acme.com.ua", "Lesia", "Shevchuk")
SHAPES: dict[str, list[Found]] = {
    "a@b.com": [("a@b.com", "", "")],
    "a@b.com, c@d.com;e@f.com\tg@h.com\ni@j.com k@l.com": [
        (f"{local}@{domain}.com", "", "") for local, domain in ("ab", "cd", "ef", "gh", "ij", "kl")
    ],
    "Lesia Shevchuk <lesia@acme.com.ua>": [LESIA],
    '"Shevchuk, Lesia" <lesia@acme.com.ua>': [LESIA],
    "Shevchuk, Lesia <lesia@acme.com.ua>; a@b.com": [LESIA, ("a@b.com", "", "")],
    "Lesia Shevchuk lesia@acme.com.ua": [LESIA],
    "lesia@acme.com.ua (Lesia Shevchuk)": [LESIA],
    "Maria da Silva <m@b.com>": [("m@b.com", "Maria da", "Silva")],
    "Ana <ana@b.com> Rui <rui@b.com>": [("ana@b.com", "Ana", ""), ("rui@b.com", "Rui", "")],
    "ana@b.com <ana@b.com>": [("ana@b.com", "", "")] * 2,
    "mailto:a@b.com?subject=hello": [("a@b.com", "", "")],
    "To: a@b.com; Cc: <c@d.com>.": [("a@b.com", "", ""), ("c@d.com", "", "")],
    "1. a@b.com\n- c@d.com,\n• «e@f.com»!": [
        ("a@b.com", "", ""), ("c@d.com", "", ""), ("e@f.com", "", ""),
    ],
    "\ufeffa@b.com\u200b\r\n\r\n": [("a@b.com", "", "")],
    "олена@пошта.укр": [("олена@пошта.укр", "", "")],
    "a@b.com and c@d.com": [("a@b.com", "", ""), ("c@d.com", "", "")],
    # What is none comes out as well, for the ledger to say so.
    "two@@acme.com, lesia.acme.com": [("two@@acme.com", "", ""), ("lesia.acme.com", "", "")],
    "just words": [("just words", "", "")],
    '"unclosed <a@b.com>': [("a@b.com", "unclosed", "")],
    "": [],
    " ,;\n\t<>": [],
    # Sheets, by their headings.
    "email\na@b.com\nc@d.com": [("a@b.com", "", ""), ("c@d.com", "", "")],
    "E-mail Address;First name;Last name\nlesia@acme.com.ua;Lesia;Shevchuk": [LESIA],
    'Name,Mail\n"Shevchuk, Lesia",lesia@acme.com.ua\n\n': [LESIA],
    "phone\temail\n123\t\n": [("", "", "")],
    "Write to these by e-mail please:\na@b.com": [
        ("Write to these by e-mail please", "", ""), ("a@b.com", "", ""),
    ],
}  # fmt: skip


@pytest.mark.parametrize("text", SHAPES)
def test_addresses_are_found_in_any_shape(text: str) -> None:
    assert found(text) == SHAPES[text]


def test_each_keeps_what_was_typed_and_where() -> None:
    typed = '"Shevchuk, Lesia" <lesia@acme.com.ua>'
    assert addresses(f"\n{typed},\nemail me")[0] == Asked(LESIA[0], typed, 2, *LESIA[1:])
    (empty,) = addresses("email,name\n,Lesia Shevchuk")
    assert (empty.address, empty.typed, empty.place) == ("", ",Lesia Shevchuk", 2)


@given(st.text(alphabet=st.sampled_from(' @.,;<>"\n\t:ab()ї\x00\ud800')))
@settings(max_examples=200, deadline=None)
def test_nothing_is_refused_and_no_address_vanishes(text: str) -> None:
    asked = addresses(text)
    assert all(one.address.strip() == one.address for one in asked)
    if "a@b" in text.replace('"', ""):
        assert asked


@pytest.mark.parametrize(
    "text",
    ["a@b.com " * 20_000, "<" * 100_000, '"' * 100_001, "a" * 200_000 + "@", "a,<" * 50_000],
    ids=["many", "brackets", "quotes", "long", "names"],
)
def test_a_list_of_any_length_is_read_in_a_moment(text: str) -> None:
    begun = perf_counter()
    addresses(text)
    assert perf_counter() - begun < 5


def test_a_file_of_addresses_is_one_that_an_import_would_read(
    owner: Session, tmp_path: Path
) -> None:
    path = tmp_path / "people.txt"
    path.write_bytes("\ufeffLesia Shevchuk <lesia@acme.com.ua>\n".encode())
    assert [one.address for one in loaded(owner, path)] == [LESIA[0]]
    path.write_bytes(b"x" * (MOST + 1))
    with pytest.raises(Refused, match="too long"):
        loaded(owner, path)
    path.write_bytes("а@b.com".encode("utf-16"))
    with pytest.raises(Refused, match="UTF-8"):
        loaded(owner, path)
    with pytest.raises(Refused, match="does not end in"):
        loaded(owner, tmp_path / "server.key")
