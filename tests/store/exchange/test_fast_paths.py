"""The short ways to a verdict are those of the libraries."""

from random import Random

import phonenumbers
import pytest

from store.checks.emails import EMAIL_MAX, LOCAL_MAX, email_form
from store.checks.emails import verdict as email_verdict
from store.checks.phones import phone_form
from store.checks.phones import verdict as phone_verdict
from store.checks.text import MalformedError

LOCALS = "abcdefghijklmnopqrstuvwxyz0123456789.._--+!#$%&'*/=?^`{|}~AIÄ @\"\\(),:;<>[]\x00"
DOMAINS = (
    "acme.com", "mail.acme.com.ua", "acme-sales.com", "ACME.pl", "a.b", "acme", "acme.c", "-a.com",
    "a-.com", "a..com", ".a.com", "a.com.", "xn--mnchen-3ya.de", "münchen.de", "пошта.укр",
    "localhost", "example.com", "acme.test", "acme.invalid", "acme.local", "127.0.0.1",
    "[127.0.0.1]", "a_b.com", "acme.123", f"{'x' * 63}.com", f"{'x' * 64}.com", "a b.com",
    f"{'x.' * 120}com", "acme.com\n", "onion.onion", "arpa", "acme.arpa",
)  # fmt: skip
SPECIAL = ("info", "INFO", "postmaster", "a" * 64, "a" * 65, "a" * 253, ".a", "a.", "a..b", "")
REGIONS = ("UA", "BR", "US", "GB", "DE", "IT", "AU", "KZ", "MX", "AR", "CI", "SM", "VA", "")


def email_of_library(address: str) -> str:
    form = email_verdict(address)
    too_long = form is not None and len(form.rpartition("@")[0].encode()) > LOCAL_MAX
    return "" if form is None or too_long else form


def email_of_usher(address: str) -> str:
    try:
        return email_form(address)
    except MalformedError:
        return ""


def phone_of_library(number: str, country: str) -> str:
    try:
        return phone_verdict(number, country) or ""
    except MalformedError:
        return "extension"


def phone_of_usher(number: str, country: str) -> str:
    try:
        return phone_form(number, country)
    except MalformedError as error:
        return "extension" if "extension" in error.sentence else ""


def address(chance: Random) -> str:
    letters = LOCALS[:36] if chance.random() < 0.5 else LOCALS
    local = "".join(chance.choices(letters, k=chance.randint(1, 20)))
    if chance.random() < 0.1:
        local = chance.choice(SPECIAL)
    return f"{local}@{chance.choice(DOMAINS)}"


def number(chance: Random) -> str:
    """Half of them under a code that is a country's, some with a zero that is not dialled."""
    codes = list(phonenumbers.COUNTRY_CODE_TO_REGION_CODE)
    code = str(chance.choice(codes)) if chance.random() < 0.5 else str(chance.randint(0, 1200))
    zero = "0" if chance.random() < 0.1 else ""
    digits = "".join(chance.choices("0123456789", k=chance.randint(1, 15)))
    plus = "+" if chance.random() < 0.9 else ""
    text = f"{plus}{code}{zero}{digits}"
    return f"{text} x12" if chance.random() < 0.02 else text


def compare(addresses: int, numbers: int, seed: int) -> None:
    chance = Random(seed)  # noqa: S311  (the same ones in every run)
    for _one in range(addresses):
        text = address(chance)
        assert email_of_usher(text) == email_of_library(text), text
    for _one in range(numbers):
        text, country = number(chance), chance.choice(REGIONS)
        assert phone_of_usher(text, country) == phone_of_library(text, country), (text, country)


@pytest.mark.parametrize("seed", range(4))
def test_the_short_ways_agree_with_the_libraries(seed: int) -> None:
    """On 5 000 values: small enough for every run."""
    compare(625, 625, seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 104))
def test_the_short_ways_agree_with_the_libraries_on_a_hundred_thousand(seed: int) -> None:
    compare(12_500, 12_500, seed)


def test_what_is_generated_takes_both_ways() -> None:
    chance = Random(1)  # noqa: S311
    addresses = [email_of_usher(address(chance)) for _one in range(500)]
    numbers = [phone_of_usher(number(chance), "UA") for _one in range(500)]
    for found in (addresses, numbers):
        assert 50 < sum(map(bool, found)) < 450
    assert all(len(one) <= EMAIL_MAX for one in addresses)
