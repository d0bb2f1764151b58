"""Workbooks as Excel and other programs write them: values, formulas, errors, sheets, layout."""

import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from katalysator.faults import InvalidInput
from katalysator.tables import grid as limits, workbook_check
from katalysator.tables.grid import Grid
from katalysator.tables.xlsx_file import read_xlsx

Change = Callable[[Worksheet], None]


def _saved(path: Path, *rows: tuple[Any, ...], change: Change | None = None) -> Path:
    made = Workbook()
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
    if change:
        change(sheet)
    made.save(path)
    return path


def _patched(path: Path, old: str, new: str, part: str = "xl/worksheets/sheet1.xml") -> Path:
    """Changes a part as other programs would write it."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    text = members[part].decode()
    assert old in text
    members[part] = text.replace(old, new).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def _only(path: Path) -> Grid:
    (grid,) = read_xlsx(path, "book")
    return grid


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "book.xlsx"


# Values


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("  tekst \xa0", "tekst"),
        ("regel 1\r\nregel 2", "regel 1\nregel 2"),
        (7, "7"),
        (3.0, "3"),
        (0.1 + 0.2, "0.3"),
        (31612345678, "31612345678"),
        (True, "yes"),
        (False, "no"),
        (date(2026, 2, 1), "2026-02-01"),
        (datetime.combine(date(2026, 1, 5), time()), "2026-01-05"),
        (datetime.combine(date(2026, 1, 5), time(13, 30, 7)), "2026-01-05 13:30:07"),
        (time(13, 30), "13:30"),
        (timedelta(hours=30, minutes=5), "30:05"),
        ("#REF!", "#REF!"),
        ("Utrecht_x000D_\nZeeland", "Utrecht\nZeeland"),
    ],
)
def test_a_value_is_as_one_would_type_it(path: Path, value: object, text: str) -> None:
    assert _only(_saved(path, ("kop",), (value,))).rows[1] == (text,)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("0%", "12.5%"),
        ("0.00%", "12.5%"),
        ("0.0 %;[Red]-0.0 %", "12.5%"),
        ('0.0 "% van 100"', "0.125"),
    ],
)
def test_a_percentage_is_as_it_is_shown(path: Path, form: str, text: str) -> None:
    def show(sheet: Worksheet) -> None:
        sheet["A2"].number_format = sheet["B2"].number_format = sheet["C2"].number_format = form

    assert _only(_saved(path, ("deel",), (0.125, None, "n.v.t."), change=show)).rows[1] == (
        text,
        "",
        "n.v.t.",
    )


def test_a_percentage_without_its_value(path: Path) -> None:
    def show(sheet: Worksheet) -> None:
        sheet["B2"].number_format = "0%"

    grid = _only(_saved(path, ("deel",), ("x", "=1/8"), change=show))
    assert grid.rows[1] == ("x",)
    assert grid.unsaved == {(1, 1)}


def test_numbers_of_a_workbook_that_counts_days_from_1904(path: Path) -> None:
    _saved(path, ("dag",), (date(2026, 2, 1),))
    _patched(path, "<workbookPr />", '<workbookPr date1904="1" />', "xl/workbook.xml")
    assert _only(path).rows[1] == ("2030-02-02",)


def test_errors_stand_where_they_are(path: Path) -> None:
    grid = _only(_saved(path, ("a", "#N/A", "c"), ("#DIV/0!",), (None, None, "#NAME?")))
    assert grid.rows == (("a", "#N/A", "c"), ("#DIV/0!",), ("", "", "#NAME?"))


def test_formula_with_its_value(path: Path) -> None:
    _saved(path, ("kop",), ("=1+1",))
    _patched(path, "<f>1+1</f><v />", "<f>1+1</f><v>2</v>")
    assert (_only(path).rows[1], _only(path).unsaved) == (("2",), frozenset())


def test_formula_that_gives_the_empty_text(path: Path) -> None:
    _saved(path, ("kop", "tekst"), ("Een", '=""'))
    _patched(path, '<c r="B2"><f>""</f><v />', '<c r="B2" t="str"><f>""</f><v />')
    assert (_only(path).rows[1], _only(path).unsaved) == (("Een",), frozenset())


def test_formula_without_its_value_is_told(path: Path) -> None:
    grid = _only(_saved(path, ("id", "titel"), ("A", "=1+1"), (), ("=2", None), ("B", "x")))
    assert grid.unsaved == {(1, 1), (2, 0)}
    assert (grid.rows[2], grid.numbers) == ((), (1, 2, 4, 5))


# Places


def test_rows_have_the_numbers_of_the_sheet(path: Path) -> None:
    grid = _only(_saved(path, (), ("kop",), (), (None, None), (None, "Een"), ("  ",)))
    assert (grid.rows, grid.numbers, grid.letters) == ((("kop",), ("", "Een")), (2, 5), True)


def test_a_table_that_does_not_begin_in_the_corner(path: Path) -> None:
    def begin(sheet: Worksheet) -> None:
        sheet["C3"], sheet["D4"] = "kop", "Een"

    grid = _only(_saved(path, change=begin))
    assert (grid.rows, grid.numbers) == ((("", "", "kop"), ("", "", "", "Een")), (3, 4))


def test_a_wrong_size_does_not_matter(path: Path) -> None:
    _saved(path, ("a", "b"), ("1", "2"))
    _patched(path, 'ref="A1:B2"', 'ref="A1"')
    assert _only(path).rows == (("a", "b"), ("1", "2"))


def test_cells_and_rows_without_a_place(path: Path) -> None:
    _saved(path, ("a", "b"), ("c", "d"))
    for place in ("A1", "B1", "A2", "B2"):
        _patched(path, f' r="{place}"', "")
    _patched(_patched(path, ' r="1"', ""), ' r="2"', "")
    assert _only(path).rows == (("a", "b"), ("c", "d"))


def test_rows_with_a_place_and_cells_without(path: Path) -> None:
    _saved(path, ("a",), (), ("c", "d"))
    for place in ("A1", "A3", "B3"):
        _patched(path, f' r="{place}"', "")
    assert (_only(path).rows, _only(path).numbers) == ((("a",), ("c", "d")), (1, 3))


def test_a_cell_that_stands_in_another_row(path: Path) -> None:
    """The reader would make room for all rows between."""
    _saved(path, ("a",), ("b",))
    assert _code(_patched(path, 'r="A2"', 'r="A1048576"')) == "file-workbook"


def test_texts_behind_an_error_are_not_part_of_it(path: Path) -> None:
    def head(sheet: Worksheet) -> None:
        sheet.oddHeader.center.text = "Kop van het blad"  # type: ignore[union-attr]

    assert _only(_saved(path, ("#N/A",), change=head)).rows == (("#N/A",),)


# Layout


def test_merged_areas_are_told_in_places_of_rows(path: Path) -> None:
    def merge(sheet: Worksheet) -> None:
        for area in ("A1:C1", "A3:A5", "B7:B8"):
            sheet.merge_cells(area)

    rows = (("titel",), (), ("groep", "x"), (), (None, "y"), ("z",))
    grid = _only(_saved(path, *rows, change=merge))
    assert grid.numbers == (1, 3, 5, 6)
    assert set(grid.merged) == {(0, 0, 0, 2), (1, 0, 2, 0)}


def test_rows_that_are_crossed_out_and_rows_that_are_hidden(path: Path) -> None:
    def strike(sheet: Worksheet) -> None:
        for cell in ("A2", "B2", "A3"):
            sheet[cell].font = Font(strike=True)
        sheet.row_dimensions[4].hidden = True

    rows = (("a", "b"), ("weg", "weg"), ("weg", "niet"), ("c", "d"))
    grid = _only(_saved(path, *rows, change=strike))
    assert grid.struck == {1}
    assert grid.hidden == {3}


# Sheets


def test_sheets_that_are_shown_and_hold_anything_in_order(path: Path) -> None:
    made = Workbook()
    made.create_sheet("Aanbod").append(("b",))
    made.create_sheet("Lijsten").append(("c",))
    made.create_sheet("Heel geheim").append(("d",))
    made.create_chartsheet("Grafiek")
    made.create_sheet("Vragen", 0).append(("a",))
    made["Lijsten"].sheet_state = "hidden"
    made["Heel geheim"].sheet_state = "veryHidden"
    made.save(path)
    grids = read_xlsx(path, "book")
    assert [(grid.sheet, grid.rows) for grid in grids] == [
        ("Vragen", (("a",),)),
        ("Aanbod", (("b",),)),
    ]
    assert grids[0].hidden_sheets == ("Lijsten", "Heel geheim")


# Refusals


def _code(path: Path) -> str:
    with pytest.raises(InvalidInput) as caught:
        read_xlsx(path, "book")
    return caught.value.code


def test_empty_workbook(path: Path) -> None:
    assert _code(_saved(path)) == "file-empty"


def test_workbook_with_a_broken_sheet(path: Path) -> None:
    _saved(path, ("a",), ("b",))
    assert _code(_patched(path, "</row>", "</rij>")) == "file-workbook"


def test_a_cell_too_far_away(path: Path) -> None:
    def stray(sheet: Worksheet) -> None:
        sheet["XFD1"] = "x"

    assert _code(_saved(path, ("a",), change=stray)) == "columns-many"


def test_cells_too_far_apart(path: Path) -> None:
    def stray(sheet: Worksheet) -> None:
        sheet["A1048576"], sheet["AZ1"] = "x", "y"

    assert _code(_saved(path, ("a",), change=stray)) == "cells-many"


def test_far_cells_that_are_only_coloured_do_not_matter(path: Path) -> None:
    def colour(sheet: Worksheet) -> None:
        sheet["XFD1048576"].font = Font(bold=True)

    assert _only(_saved(path, ("a",), change=colour)).rows == (("a",),)


def test_too_many_rows(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_ROWS", 2)
    assert _code(_saved(path, ("a",), ("b",), ("c",))) == "rows-many"


def test_two_parts_of_one_name(path: Path) -> None:
    _saved(path, ("a",))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("XL/worksheets/Sheet1.xml", "<worksheet/>")
    assert _code(path) == "file-workbook"


def test_workbook_that_unpacks_to_too_much(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert workbook_check._LARGEST_UNPACKED == 512 << 20
    monkeypatch.setattr(workbook_check, "_LARGEST_UNPACKED", 8 << 20)
    _saved(path, ("a",))
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/zeroes", "w") as member,
    ):
        for _ in range(9):
            member.write(bytes(1 << 20))
    assert _code(path) == "file-unpacked"
