"""A line as words: quoted as a shell quotes, and nothing else of a shell."""

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.cli.words import LINE_MAX, OF_A_SHELL, UnreadableLine, split

PRINTABLE = st.text(st.characters().filter(str.isprintable), max_size=20)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", []),
        ("   ", []),
        ("users list", ["users", "list"]),
        ("  users   list  ", ["users", "list"]),
        ("users list --search 'шев taras'", ["users", "list", "--search", "шев taras"]),
        ("a '' b", ["a", "", "b"]),
        ("a''b", ["ab"]),
        ("'a'\"b\"c", ["abc"]),
        (r"a\ b", ["a b"]),
        (r"\;", [";"]),
        (r"'\'", ["\\"]),
        (r'"\a\"\\\$\`"', ['\\a"\\$`']),
        ('--reason "it\'s; $(id) `id` | & < >"', ["--reason", "it's; $(id) `id` | & < >"]),
        ("* ? ~ # ! [a] {a,b} a=b", ["*", "?", "~", "#", "!", "[a]", "{a,b}", "a=b"]),
    ],
)
def test_words_are_parted_and_quoted_as_in_a_shell(line: str, words: list[str]) -> None:
    assert split(line) == words


@pytest.mark.parametrize("sign", sorted(OF_A_SHELL))
def test_what_a_shell_would_act_on_is_refused_unless_it_is_quoted(sign: str) -> None:
    for line in (f"users list {sign} id", f"users{sign}", f"{sign}"):
        with pytest.raises(UnreadableLine, match="no shell"):
            split(line)
    assert split(f"'{sign}'") == [sign]


@pytest.mark.parametrize("line", ["'a", '"a', 'a "b\\"', "a\\", "'", '"', "\\"])
def test_a_quote_that_is_not_closed_is_refused(line: str) -> None:
    with pytest.raises(UnreadableLine, match="not closed"):
        split(line)


@pytest.mark.parametrize("line", ["a\nb", "a\0b", "a\x1b[31mb", "a\tb", "a\u202eb", "a\x9bb"])
def test_what_cannot_be_seen_is_refused(line: str) -> None:
    for quoted in (line, f"'{line}'"):
        with pytest.raises(UnreadableLine, match="cannot be seen"):
            split(quoted)


def test_a_line_beyond_measure_is_refused() -> None:
    with pytest.raises(UnreadableLine, match="too long"):
        split("a" * (LINE_MAX + 1))


@given(st.lists(PRINTABLE, max_size=8))
def test_what_was_quoted_for_a_shell_comes_out_as_it_was(words: list[str]) -> None:
    assert split(shlex.join(words)) == words


@given(st.text(max_size=60))
def test_any_line_is_words_or_a_refusal_and_agrees_with_the_shells_words(line: str) -> None:
    try:
        words = split(line)
    except UnreadableLine:
        return
    assert words == shlex.split(line)
