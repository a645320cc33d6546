"""What the fields of a user may be."""

from string import ascii_lowercase, digits
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import checks, names
from store.checks import emails, phones
from store.checks.text import MalformedError
from store.errors import Problem
from store.settings import Settings
from store.values import Draft

REQUIRED = Settings().users_required
VALID: dict[str, Any] = {
    "first_name": "Maria",
    "last_name": "Silva",
    "email": "maria@acme.com.ua",
    "role": "Salesperson",
    "teams": ("North",),
}


def check(
    required: str = REQUIRED, password_given: bool = False, **fields: Any
) -> tuple[Draft, tuple[Problem, ...]]:
    draft = Draft(**{**VALID, **fields})
    return checks.checked(draft, required, password_given=password_given)


def faults(**fields: Any) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in check(**fields)[1]]


def test_a_valid_draft_has_no_problems() -> None:
    assert check()[1] == ()


def test_the_login_defaults_to_the_email() -> None:
    """S0: login, by default the e-mail."""
    assert check(login="")[0].login == "maria@acme.com.ua"
    assert check(login="maria")[0].login == "maria"


def test_texts_are_trimmed_and_composed() -> None:
    draft, problems = check(first_name=f" {normalize('NFD', 'José')} ", teams=(" North", "North "))
    assert (draft.first_name, draft.teams, problems) == ("José", ("North",), ())


def test_codes_are_taken_in_any_case_and_stored_in_their_own() -> None:
    draft, problems = check(country="ua", language="UK", currency="uah")
    assert (draft.country, draft.language, draft.currency, problems) == ("UA", "uk", "UAH", ())


@pytest.mark.parametrize("rule", ["first_name", "last_name", "role", "teams"])
def test_each_required_field_must_be_there(rule: str) -> None:
    """S1: required fields."""
    empty: object = () if rule == "teams" else " "
    assert faults(**{rule: empty}) == [(rule, "required")]


def test_email_or_password_is_one_of_the_two() -> None:
    """S2: a user without an e-mail gets a password at creation."""
    assert faults(email="", login="maria") == [("email", "required")]
    assert faults(email="", login="maria", password_given=True) == []


def test_without_an_email_a_login_must_be_given() -> None:
    assert faults(email="", password_given=True) == [("login", "required")]


def test_admins_need_no_role_and_no_team() -> None:
    """DESIGN 5."""
    assert faults(role="", teams=(), admin=True) == []
    assert faults(first_name="", role="", admin=True) == [("first_name", "required")]


def test_the_set_of_required_fields_is_a_setting() -> None:
    """S1."""
    assert faults(required="phone country|language") == [
        ("phone", "required"),
        ("country", "required"),
    ]
    assert faults(required="first_name", role="", teams=(), email="", login="maria") == []


def test_problems_stand_in_the_order_in_which_faults_count() -> None:
    """DESIGN 3.11: the first of them is an import row's code."""
    wrong: dict[str, object] = {
        "position": "a\x07",
        "notes": "x" * 4097,
        "last_name": "",
        "email": "a@b",
        "login": "адmin",
        "phone": "12",
        "country": "QO",
        "language": "xx",
        "currency": "DEM",
    }
    assert [code for _field, code in faults(**wrong)] == [
        "control_characters",
        "too_long",
        "required",
        "email_invalid",
        "login_invalid",
        "phone_invalid",
        "country_unknown",
        "language_unknown",
        "currency_unknown",
    ]


@pytest.mark.parametrize("control", ["\x00", "\x07", "\x1b[31m", "\x1f", "\x85", "\x9b6n",
                                     "\u2028", "\u2029", "\ud800", "\n", "\t"])  # fmt: skip
@pytest.mark.parametrize("field", ["first_name", "email", "role", "notes", "teams"])
def test_control_characters_are_refused_everywhere(field: str, control: str) -> None:
    """CHECKLIST L70; also at the ends, where trimming would hide them."""
    value = f"North{control}"
    wrong: object = (value,) if field == "teams" else value
    assert faults(**{field: wrong})[0] == (field, "control_characters")


@pytest.mark.parametrize("mark", ["\u200b", "\u200e", "\u202e", "\u2066"])
def test_bidi_and_zero_width_marks_are_legal_in_names(mark: str) -> None:
    """They are made visible where they are shown (CHECKLIST L70)."""
    draft, problems = check(first_name=f"Ma{mark}ria")
    assert (draft.first_name, problems) == (f"Ma{mark}ria", ())


@pytest.mark.parametrize(
    ("field", "longest"),
    [("first_name", 100), ("last_name", 100), ("position", 100), ("notes", 4096)],
)
def test_lengths_are_exact(field: str, longest: int) -> None:
    """DESIGN 3.11, CHECKLIST K68; counted after trimming and composing."""
    assert faults(**{field: "x" * longest}) == []
    assert faults(**{field: normalize("NFD", "é") * (longest // 2) + "  "}) == []
    assert faults(**{field: "x" * (longest + 1)}) == [(field, "too_long")]


def test_a_login_and_an_email_have_at_most_254_characters() -> None:
    """RFC 5321 4.5.3.1; the login may be the e-mail."""
    assert faults(login="x" * 254) == []
    assert faults(login="x" * 255) == [("login", "too_long")]
    assert faults(login="maria", email="x" * 243 + "@acme.com.ua") == [("email", "too_long")]


@pytest.mark.parametrize(
    "address",
    ["maria@acme.com", "o'brien+tag@acme.com", "олена@acme.com.ua", "x@münchen.de",
     "a" * 64 + "@acme.com", "x@xn--mnchen-3ya.de", "静@acme.com"],
)  # fmt: skip
def test_an_email_address_in_any_script_is_valid(address: str) -> None:
    assert faults(email=address, login="maria") == []


@pytest.mark.parametrize(
    "address",
    ["nobody", "a@b", "two@@acme.com", '"a b"@acme.com', "a b@acme.com", "a..b@acme.com",
     ".a@acme.com", "a@acme..com", "a@-acme.com", "a@[127.0.0.1]", "Maria <a@acme.com>",
     "a@localhost", "a@acme.test", "a@acme.123", "a\u200bb@acme.com", "a" * 65 + "@acme.com",
     "я" * 33 + "@acme.com", "@acme.com", "a@", "a,b@acme.com"],
)  # fmt: skip
def test_what_is_no_address_is_email_invalid(address: str) -> None:
    """CHECKLIST H57."""
    assert faults(email=address, login="maria") == [("email", "email_invalid")]


def test_a_wrong_email_is_not_reported_again_as_the_login() -> None:
    assert faults(email="a@b", login="") == [("email", "email_invalid")]


def test_an_email_keeps_its_capitals_before_the_at() -> None:
    draft, _problems = check(email="Maria.Silva@ACME.com")
    assert (draft.email, draft.login) == ("Maria.Silva@acme.com", "Maria.Silva@acme.com")


_LOCAL = st.text(ascii_lowercase + digits + ".+-_'\"@ A\u0456", max_size=70)
_DOMAIN = st.one_of(
    st.sampled_from(["acme.com", "ACME.com", "a.test", "b", "xn--mnchen-3ya.de", "münchen.de"]),
    st.text("ab.-1A@>\u0456", max_size=12),
    st.builds("{}.com".format, st.text("a.", min_size=50, max_size=250)),
)


@settings(deadline=None)
@given(_LOCAL, _DOMAIN)
def test_the_fast_path_for_addresses_has_the_verdict_of_the_library(
    local: str, domain: str
) -> None:
    """STORE.md, validation a row."""
    address = f"{local}@{domain}"
    expected = emails.verdict(address)
    if len(local.encode()) > 64:
        expected = None
    try:
        form: str | None = emails.email_form(address)
    except MalformedError:
        form = None
    assert form == expected


@pytest.mark.parametrize(
    "login",
    ["maria", "Maria.Silva", "maria@acme.com", "олена", "olena-7", "josé", "李伟", "田中たろう",
     "김maria", "שלום", "ｏｌｇａ", "мар'яна", "олена@acme.com.ua", "7a"],
)  # fmt: skip
def test_a_login_may_be_in_any_one_alphabet(login: str) -> None:
    """RFC 8265 3.3, UTS 39."""
    assert faults(login=login) == []


@pytest.mark.parametrize(
    "login",
    ["адmin", "аdmin2881", "pаypal@acme.com", "ορga", "olgaж.b",  # alphabets mixed
     "a b", "a\u00a0b", "\u200badmin", "ad\u00admin", "a\u200db", "a\ufe0f", "\u3164",  # hidden
     "12345", "１２３", "١٢٣",  # ids
     "ﬁ", "²", "\ue000", "\u0378", "שלוםa"],
)  # fmt: skip
def test_a_login_that_deceives_is_invalid(login: str) -> None:
    """CHECKLIST H56; a login of digits alone would be an id (DESIGN 3.11)."""
    assert faults(login=login) == [("login", "login_invalid")]


def test_a_full_width_login_is_stored_in_plain_letters() -> None:
    """RFC 8265 3.3.1, the width mapping rule."""
    assert check(login="Ｏｌｇａ")[0].login == "Olga"


@pytest.mark.parametrize(
    "spelling", ["Maria@Acme.com", "MARIA@ACME.COM", " maria@acme.com ", "ｍａｒｉａ@acme.com"]
)
def test_all_spellings_of_an_identifier_have_one_key(spelling: str) -> None:
    """CHECKLIST B17, H55."""
    assert checks.email_key(spelling) == checks.email_key("maria@acme.com")


def test_a_punycode_domain_has_the_key_of_its_unicode_form() -> None:
    assert checks.email_key("x@XN--mnchen-3ya.de") == checks.email_key("x@MÜNCHEN.de")


def test_a_tag_is_a_different_address() -> None:
    """CHECKLIST H57: +tag is not stripped."""
    assert checks.email_key("maria+a@acme.com") != checks.email_key("maria@acme.com")


@settings(deadline=None)
@given(st.text() | st.text("Iiİı\u0307\u0301\u0323@x."))
def test_a_key_is_its_own_key_and_a_login_that_is_an_email_has_one(text: str) -> None:
    """S4: logins and addresses share one uniqueness table, where Turkish letters are one."""
    for key_of in (checks.login_key, checks.email_key):
        assert key_of(key_of(text)) == key_of(text)
    assert checks.login_key(checks.email_key(text)) == checks.login_key(text)


@settings(deadline=None)
@given(st.text())
def test_a_key_can_be_looked_up_in_any_database(text: str) -> None:
    """Sign-in looks up whatever was typed: PostgreSQL takes no NUL and no lone surrogate."""
    key = checks.login_key(f"{text}\x00\ud800")
    assert "\x00" not in key
    assert key.encode()


def test_a_key_of_something_huge_takes_no_time_to_speak_of() -> None:
    """CHECKLIST A4 in spirit: what is typed at sign-in is bounded before anything costly."""
    assert len(checks.login_key("ﷺ" * 10_000_000)) < 100_000


@pytest.mark.parametrize(
    ("typed", "country", "stored"),
    [
        ("+380671234567", "", "+380671234567"),
        ("+380 67 123-45-67", "", "+380671234567"),
        ("067 123 45 67", "ua", "+380671234567"),
        ("00 380 67 123 45 67", "PL", "+380671234567"),
        ("+44 (0)20 7946 0123", "", "+442079460123"),
        ("+380671234567", "QO", "+380671234567"),
    ],
)
def test_a_phone_is_stored_as_e164(typed: str, country: str, stored: str) -> None:
    assert check(phone=typed, country=country)[0].phone == stored


@pytest.mark.parametrize(
    ("typed", "country"),
    [("call me", "GB"), ("12", "UA"), ("+999123456", "GB"), ("0671234567", ""), ("+", "UA"),
     ("+3806712345678901234", ""), ("9" * 4000, "UA"), ("020 7946 0123 ext 5", "GB")],
)  # fmt: skip
def test_an_impossible_phone_is_phone_invalid(typed: str, country: str) -> None:
    """An extension is refused, since E.164 would silently drop it."""
    assert faults(phone=typed, country=country) == [("phone", "phone_invalid")]


_CODES = st.sampled_from(
    ["1", "7", "39", "44", "52", "54", "55", "380", "599", "800", "979", "999"]
)


@settings(deadline=None)
@given(_CODES, st.text(digits, min_size=1, max_size=14))
def test_the_fast_path_for_phones_has_the_verdict_of_the_library(code: str, rest: str) -> None:
    number = f"+{code}{rest}"
    try:
        form: str | None = phones.phone_form(number, "")
    except MalformedError:
        form = None
    assert form == phones.verdict(number, "")


@pytest.mark.parametrize("code", ["EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "AC", "CP", "CQ",
                                  "DG", "EA", "IC", "TA", "001", "ß", "Ukraine"])  # fmt: skip
def test_what_is_no_country_is_unknown(code: str) -> None:
    """FACTS: babel knows territories that no country is."""
    assert faults(country=code) == [("country", "country_unknown")]
    assert code not in names.countries()


def test_names_of_countries_stand_in_the_order_of_people() -> None:
    countries = list(names.countries().values())
    assert countries.index("Åland Islands") < countries.index("Albania")
    assert countries.index("Czechia") < countries.index("Türkiye") < countries.index("Zambia")


def test_languages_and_currencies_are_those_in_use() -> None:
    assert {"en", "uk", "pt", "es", "pl", "ru"} <= names.languages().keys()
    assert {"und", "mul", "zxx", "pt_BR"}.isdisjoint(names.languages())
    assert {"EUR", "UAH", "BRL"} <= names.currencies().keys()
    assert {"DEM", "XXX"}.isdisjoint(names.currencies())
