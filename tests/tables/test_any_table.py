"""Whatever a file holds: the cells of all its rows come back, or one sentence says why not."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from functools import partial

import pytest
from hypothesis import given, strategies as st

from katalysator.faults import InvalidInput
from katalysator.formulas import as_written
from katalysator.tables.grid import Grid
from katalysator.tables.reading import read_grids
from tests.cli.hostile import workbook
from tests.examples import examples

_ENDS = st.sampled_from(["\n", "\r\n", "\r"])
_SEPARATORS = st.sampled_from(",;\t|")
_ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
_OLD = st.sampled_from(["cp1252", "cp858", "mac-roman"])
_CELLS = st.text(st.sampled_from("abcXYZ019 ,;|\"'\n-=éë€’\t"), max_size=12)
_WORDS = st.sampled_from(
    "model van de zorg;energie, water en;ideeën;Eén proef;café;coördinatie;patiënten;€ 1.250;"
    "Utrecht, Ede;01-09-2025;10,5;ja;nee;".split(";")
)


def _rows(cells: st.SearchStrategy[str], least: int = 1) -> st.SearchStrategy[list[list[str]]]:
    return st.integers(least, 5).flatmap(
        lambda wide: st.lists(
            st.lists(cells, min_size=wide, max_size=wide), min_size=least, max_size=8
        )
    )


def _written(rows: Sequence[Sequence[str]], separator: str, end: str, *, quote_all: bool) -> str:
    file = io.StringIO(newline="")
    writer = partial(csv.writer, file, delimiter=separator, lineterminator=end)
    quote_all |= end == "\r"  # the writer would not quote a line feed then
    (writer(quoting=csv.QUOTE_ALL) if quote_all else writer()).writerows(rows)
    return file.getvalue()


def _read(data: bytes) -> Grid:
    (grid,) = read_grids(io.BytesIO(data), name="table")
    return grid


def _expected(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    typed = (tuple(as_written(cell).strip() for cell in row) for row in rows)
    return tuple(row for row in typed if any(row))


@examples(300)
@given(_rows(_CELLS), _SEPARATORS, _ENDS, _ENCODINGS, st.booleans())
def test_what_a_program_writes_is_what_is_read(
    rows: list[list[str]], separator: str, end: str, encoding: str, quote_all: bool
) -> None:
    text = f"sep={separator}{end}" + _written(rows, separator, end, quote_all=quote_all)
    expected = _expected(rows)
    if not expected:
        with pytest.raises(InvalidInput, match="There is nothing in it"):
            _read(text.encode(encoding))
        return
    assert _read(text.encode(encoding)).rows == expected


@examples(300)
@given(
    _rows(_WORDS, least=3),
    st.lists(st.sampled_from(["", "Overzicht van vragen", "versie 3, 1 mei"]), max_size=3),
    _SEPARATORS,
    _ENDS,
    _ENCODINGS | _OLD,
    st.booleans(),
)
def test_tables_under_titles(
    rows: list[list[str]], titles: list[str], separator: str, end: str, encoding: str, pad: bool
) -> None:
    """With a header that is found, and no word about separator and encoding."""
    header = [f"kolom {n}" for n in range(len(rows[0]))]
    above = [[title, *[""] * (len(header) - 1) * pad] for title in titles]
    table = [*above, header, *[[f"V{n}", *row[1:]] for n, row in enumerate(rows)]]
    grid = _read(_written(table, separator, end, quote_all=False).encode(encoding))
    assert grid.separator == separator
    assert grid.rows == _expected(table)


@examples(300)
@given(
    st.lists(
        st.text(st.sampled_from('abc01;"\\ '), min_size=1, max_size=20), min_size=1, max_size=9
    )
)
def test_no_text_is_lost_where_quotation_marks_do_not_pair(lines: list[str]) -> None:
    text = "sep=;\nnr;titel;plaats\n1;a;b\n2;c;d\n" + "\n".join(lines)
    told = Counter(re.sub(r"[^abc01]", "", "".join(lines)))
    found = Counter("".join("".join(row) for row in _read(text.encode()).rows[3:]))
    assert {sign: found[sign] for sign in told} == dict(told)


@examples(500)
@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    with suppress(InvalidInput):
        assert _read(data).rows


_ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>kop</t></is></c><c r="B1" t="s"><v>0</v></c></row>'
    '<row r="3" hidden="1"><c r="A3" s="1"><v>46027</v></c><c r="B3"><f>1+1</f><v>2</v></c>'
    '<c r="C3" t="e"><v>#REF!</v></c><c r="D3" t="b"><v>1</v></c></row>'
    '</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells><sheetData>'
)
_BITS = st.sampled_from(["", "9", "-", "Z", "<", ">", '"', " ", "r=", "/", "&", "1e400", "</row>"])


@examples(400)
@given(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), _BITS), max_size=4))
def test_a_sheet_that_no_program_writes(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[float, str]]
) -> None:
    rows = _ROWS
    for place, bit in changes:
        at = int(place * len(rows))
        rows = rows[:at] + bit + rows[at + 1 :]
    path = workbook(tmp_path_factory.getbasetemp() / "changed.xlsx", rows)
    with suppress(InvalidInput):
        assert read_grids(path)


@examples(100)
@given(st.floats(0, 1, exclude_max=True), st.binary(max_size=4))
def test_a_damaged_archive(
    tmp_path_factory: pytest.TempPathFactory, place: float, damage: bytes
) -> None:
    path = workbook(tmp_path_factory.getbasetemp() / "damaged.xlsx", _ROWS)
    data = path.read_bytes()
    at = int(place * len(data))
    with suppress(InvalidInput):
        read_grids(io.BytesIO(data[:at] + damage + data[at + len(damage) :]))
