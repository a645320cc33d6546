"""From any style to any other a pen gets by the sequence that is sent, in as many colours."""

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.style import Style as RichStyle

from tests.tui.driver.judge import PLAIN as PLAIN_LOOK
from tests.tui.driver.judge import Judge, look_of
from tui.colours import Depth
from tui.driver.styles import PLAIN, Styles

EXAMPLES = 100
ATTRIBUTES = ("1", "2", "3", "4", "5", "7", "8", "9", "53")
byte = st.integers(0, 255)
colour = st.one_of(
    st.just(""),
    st.integers(30, 37).map(str),
    st.integers(90, 97).map(str),
    byte.map("38;5;{}".format),
    st.tuples(byte, byte, byte).map(lambda rgb: "38;2;{};{};{}".format(*rgb)),
)


def behind(colour: str) -> str:
    """The same colour as a background."""
    first, *more = colour.split(";")
    return ";".join((str(int(first) + 10), *more)) if colour else ""


attributes = st.lists(st.sampled_from(ATTRIBUTES), unique=True)
pens = st.tuples(attributes, colour, colour.map(behind)).map(
    lambda pen: ";".join(filter(None, (*pen[0], pen[1], pen[2])))
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(pens, pens)
def test_from_any_pen_to_any_other(one: str, other: str) -> None:
    styles, judge = Styles(), Judge(10, 2)
    old, new = styles.after(PLAIN, one), styles.after(PLAIN, other)
    judge.feed(styles.transition(PLAIN, old))
    assert judge.pen == look_of(styles, old)
    judge.feed(styles.transition(old, new))
    assert judge.pen == look_of(styles, new)


@settings(max_examples=EXAMPLES, deadline=None)
@given(pens, pens)
def test_never_longer_than_to_begin_anew(one: str, other: str) -> None:
    styles = Styles()
    old, new = styles.after(PLAIN, one), styles.after(PLAIN, other)
    assert len(styles.transition(old, new)) <= len(f"\x1b[;{other}m")
    assert styles.transition(new, PLAIN) in {"", "\x1b[m"}
    assert styles.transition(old, old) == ""


@settings(max_examples=EXAMPLES, deadline=None)
@given(pens, st.lists(pens, max_size=3))
def test_a_pen_is_read_as_a_terminal_reads_it(one: str, others: list[str]) -> None:
    """Parameters add up until they are taken back."""
    styles, judge = Styles(), Judge(10, 2)
    number = PLAIN
    for pen in (one, *others, "22;27", "39", *others, "49;24;29;55;28;25;23"):
        number = styles.after(number, pen)
        judge.feed(f"\x1b[{pen}m")
        assert look_of(styles, number) == judge.pen


@given(pens)
def test_a_pen_that_erases_leaves_plain_cells(pen: str) -> None:
    styles, judge = Styles(), Judge(10, 2)
    number = styles.after(PLAIN, pen)
    judge.feed(f"\x1b[{pen}m\x1b[K")
    plain = judge.cell(0, 0) == (" ", PLAIN_LOOK)
    assert styles.erases(number) == plain


@given(pens)
def test_blank_cells_have_the_simplest_style_that_looks_the_same(pen: str) -> None:
    styles = Styles()
    number = styles.after(PLAIN, pen)
    blank = styles.on_blank(number)
    assert look_of(styles, blank) == look_of(styles, number).on_blank
    assert styles.on_blank(blank) == blank


@given(pens)
def test_without_colours_none_is_sent(pen: str) -> None:
    styles = Styles(Depth.NONE)
    number = styles.after(PLAIN, pen)
    assert not styles[number].foreground
    assert not styles[number].background
    colourful = Styles()
    assert styles[number].attributes == colourful[colourful.after(PLAIN, pen)].attributes


@given(st.tuples(byte, byte, byte), st.sampled_from(("38", "48")))
def test_what_a_terminal_cannot_show_is_brought_down_to_what_it_can(
    rgb: tuple[int, int, int], where: str
) -> None:
    pen = "{};2;{};{};{}".format(where, *rgb)
    sixteen, many = (
        styles[styles.after(PLAIN, pen)]
        for styles in (Styles(Depth.SIXTEEN), Styles(Depth.TWO_FIFTY_SIX))
    )
    assert len(sixteen.parameters) == len(many.parameters) == 1
    assert int(sixteen.parameters[0]) in {*range(30, 38), *range(40, 48), *range(90, 108)}
    assert many.parameters[0].startswith((f"{where};5;", "3", "4"))
    assert int(many.parameters[0].split(";")[-1]) <= 255


@given(st.integers(0, 255))
def test_a_colour_by_number_on_sixteen(number: int) -> None:
    styles = Styles(Depth.SIXTEEN)
    (shown,) = styles[styles.after(PLAIN, f"38;5;{number}")].parameters
    assert int(shown) in {*range(30, 38), *range(90, 98)}


def test_everything_that_rich_writes_is_understood() -> None:
    styles, judge = Styles(), Judge(10, 2)
    words = (
        "bold dim italic underline blink reverse strike overline conceal",
        "bright_red on blue", "color(200) on color(17)", "#010203 on #fafbfc", "underline2 red",
        "default on default", "blink2",
    )  # fmt: skip
    for word in words:
        said = RichStyle.parse(word).render("x")
        pen = said.partition("m")[0].removeprefix("\x1b[")
        judge.feed(f"\x1b[{pen}m")
        assert look_of(styles, styles.after(PLAIN, pen)) == judge.pen
        judge.feed("\x1b[m")
