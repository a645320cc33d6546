"""Reading a CSV file row by row."""

import os
import tracemalloc
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.errors import Refused
from store.exchange.cells import unprotected
from store.exchange.headings import COLUMNS
from store.exchange.reading import ROW_MAX, Row, opened

HEADER = ",".join(COLUMNS)
ROW = "Maria,Silva,maria@acme.com,maria,,,,Salesperson,North,"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "people.csv"


def rows(path: Path, content: str | bytes) -> list[Row]:
    data = content.encode() if isinstance(content, str) else content
    path.write_bytes(data)
    with opened(path) as source:
        return list(source.rows())


def lines(path: Path, content: str) -> list[tuple[int, str]]:
    return [(row.line, row.fault.code if row.fault else "") for row in rows(path, content)]


def refusal(path: Path) -> Refused:
    with pytest.raises(Refused) as refused, opened(path):
        pass
    assert len(refused.value.message) < 1000
    return refused.value


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_any_delimiter_any_line_end_with_or_without_bom(
    path: Path, delimiter: str, end: str, encoding: str
) -> None:
    """DESIGN 3.11."""
    text = f"{HEADER}{end}{ROW}{end}{ROW}".replace(",", delimiter)
    cells = ROW.split(",")
    assert rows(path, text.encode(encoding)) == [Row(2, cells), Row(3, cells)]


def test_a_delimiter_within_quotes_is_text(path: Path) -> None:
    assert rows(path, 'email;login\n"a;b";"say ""no"", Ana"')[0].cells == ["a;b", 'say "no", Ana']


def test_the_part_that_was_read_goes_from_nothing_to_all(path: Path) -> None:
    path.write_text(f"{HEADER}\n" + f"{ROW}\n" * 50_000, encoding="utf-8")
    with opened(path) as source:
        parts = [source.part for _row in source.rows()]
    assert parts == sorted(parts)
    assert parts[0] < 0.1
    assert parts[-1] == 1.0


@pytest.mark.parametrize(
    ("header", "code", "words"),
    [
        ("first_name,emial", "columns_unknown", ["emial", "mean email"]),
        ("first_name,colour,size", "columns_unknown", ["colour", "size", "position"]),
        (ROW, "columns_unknown", ["names no known column", "first_name"]),
        ("email,first_name,EMAIL", "columns_twice", ["email"]),
        (",".join(["email"] * 65), "columns_too_many", ["65", "64"]),
        ("x" * 10_000_000, "columns_unknown", ["names no known column"]),
        ("email" + ",\x1b[31m" * 60, "columns_unknown", ["Known columns are"]),
    ],
)
def test_a_header_that_is_not_understood_is_refused(
    path: Path, header: str, code: str, words: list[str]
) -> None:
    """Unknown columns are named, with the nearest known ones; at most 64 columns (K68)."""
    path.write_text(f"{header}\n{ROW}", encoding="utf-8")
    refused = refusal(path)
    assert refused.name == code
    assert all(word in refused.message for word in words)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"\xef\xbb\xbf\r\n\r\n", "file_empty"),
        ((HEADER + "\n" + ROW).encode("utf-16"), "not_utf8"),
        ((HEADER + "\n" + ROW).encode("utf-16-le"), "not_utf8"),
        (HEADER.encode() + b"\n\xed\xa0\x80", "not_utf8"),
        (b"\x00" * 10_000_000, "columns_unknown"),
    ],
)
def test_what_is_no_csv_in_utf8_is_refused(path: Path, content: bytes, code: str) -> None:
    """CHECKLIST K68, F7."""
    path.write_bytes(content)
    assert refusal(path).name == code


def test_a_wrong_byte_is_told_by_its_line(path: Path) -> None:
    path.write_bytes(f"{HEADER}\n{ROW}\n{'#' * 3_000_000}\n".encode() + b"Jos\xe9")
    assert refusal(path).data == {"line": 4}


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe", "device", "nul", "loop"])
def test_only_a_regular_file_is_read(path: Path, kind: str) -> None:
    """CHECKLIST F7: no directory, FIFO or device; nothing waits and nothing is read for ever."""
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "loop":
        path.symlink_to(path)
    instead = {"device": Path("/dev/zero"), "nul": Path("a\x00b")}
    assert refusal(instead.get(kind, path)).name == "file_unreadable"


def test_lines_are_those_of_an_editor(path: Path) -> None:
    """DESIGN 3.11: the first line of a row, with blank lines and quoted newlines counted."""
    text = ["email,login", "", "a,b", "", "", "c,d", '"of\nfour\r\nlines\rit",e', "f,g", '"h",i']
    assert lines(path, "\n".join(text)) == [(3, ""), (6, ""), (7, ""), (11, ""), (12, "")]


def test_a_row_has_as_many_cells_as_the_header(path: Path) -> None:
    found = lines(path, 'email,login\na,b,c\na\n"a",b,c\n ,')
    assert found == [(2, "field_count"), (3, "field_count"), (4, "field_count"), (5, "")]


def test_a_quote_that_never_closes_costs_one_row(path: Path) -> None:
    """CHECKLIST K68: every row appears once."""
    found = lines(path, 'email,login\n"a,b\nc,d\n"e"x,f\ng,h\n"i')
    wrong = "field_count"
    assert found == [(2, wrong), (3, ""), (4, wrong), (5, ""), (6, wrong)]


def test_a_row_without_end_costs_one_row_and_no_memory(path: Path) -> None:
    """CHECKLIST F7: a line of 50 MB."""
    text = 'email,login\n"\n' + "x," * 25_000_000 + "\na,b\n"
    tracemalloc.start()
    try:
        path.write_text(text, encoding="utf-8")
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        with opened(path) as source:
            found = [(row.line, row.fault.code if row.fault else "") for row in source.rows()]
        peak = tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()
    assert found == [(2, "field_count"), (3, "too_long"), (4, "")]
    assert peak < 10_000_000


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("length", range(ROW_MAX - 2, ROW_MAX + 3))
def test_lines_are_counted_right_after_a_row_at_the_bound(
    path: Path, end: str, length: int
) -> None:
    text = end.join(["email,login", "x" * length, "a,b", "", "x" * 2 * length, "", "c,d"])
    found = lines(path, text)
    assert [line for line, _code in found] == [2, 3, 5, 7]
    assert [code for _line, code in found[1::2]] == ["", ""]


_NASTY = st.text(st.sampled_from("\",;\t\r\n'=\x00\x1b\u2028\ufeffa\u0430@.|+1é"), max_size=60)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_NASTY)
def test_whatever_the_text_each_line_belongs_to_one_row(path: Path, nasty: str) -> None:
    """CHECKLIST F7: no exception, and rows follow each other in lines that are there."""
    text = f"email,login\n{nasty}\na,b"
    found = [line for line, _code in lines(path, text)]
    assert found == sorted(set(found))
    count = len(StringIO(text, newline=None).readlines())
    assert 1 < found[0] <= found[-1] <= count


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("'=SUM(A1)", "=SUM(A1)"),
        ("'+380", "+380"),
        ("'-", "-"),
        ("'@x", "@x"),
        ("''tHooft", "'tHooft"),
        ("'''", "''"),
        ("'tHooft", "'tHooft"),
        ("=1", "=1"),
        ("'", "'"),
        ("", ""),
    ],
)
def test_the_protection_against_formulae_is_taken_back(cell: str, text: str) -> None:
    """DESIGN 3.11, CHECKLIST K69: exactly that sign, and only where export has put it."""
    assert unprotected(cell) == text
