"""Workbooks as Excel and other programs write them: dates, formulas, errors, sheets."""

import zipfile
from datetime import date, datetime, time
from math import inf
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests.cli.tables import Read, Run
from tests.engine.makers import days
from tests.matches.sheets import listings_in, only, read_file


def book(path: Path, *rows: tuple[Any, ...], other_sheet: str = "") -> Path:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if other_sheet:
        made.create_sheet(other_sheet).append(["niets"])
    made.save(path)
    return path


def patched(path: Path, old: str, new: str) -> Path:
    """Changes the first sheet as other programs would write it."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    sheet = members["xl/worksheets/sheet1.xml"].decode()
    assert old in sheet
    members["xl/worksheets/sheet1.xml"] = sheet.replace(old, new).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_types_of_a_workbook(tmp_path: Path) -> None:
    path = book(
        tmp_path / "t.xlsx",
        ("id", "title", "start", "end", "capacity", "ticket_max", "region", "region_required"),
        (
            7,
            "Een",
            datetime.combine(date(2026, 1, 5), time()),
            date(2026, 2, 1),
            3.0,
            0.1 + 0.2,
            "Utrecht\nZeeland",
            True,
        ),
    )
    profile = only(read_file(path))
    assert profile.key == "7"
    assert profile.ranges["period"] == days(date(2026, 1, 5), date(2026, 2, 1))
    assert (profile.capacity, profile.ranges["ticket"]) == (3, (-inf, 0.3))
    assert profile.regions == profile.needs_regions == {"NL31", "NL34"}


def test_date_as_text_in_a_workbook(tmp_path: Path) -> None:
    path = book(tmp_path / "t.xlsx", ("title", "end"), ("Een", "31-12-2026"))
    assert only(read_file(path)).ranges["period"] == days(None, date(2026, 12, 31))


def test_row_number_is_that_of_the_sheet(tmp_path: Path) -> None:
    path = book(tmp_path / "t.xlsx", (), ("title",), (), (None, None), ("Een",), ("  ",))
    assert only(read_file(path)).key == "5"


def test_the_sheet_that_is_read_is_said(tmp_path: Path, run: Run, offers: Path, out: Path) -> None:
    path = book(tmp_path / "t.xlsx", ("title",), ("Een",), other_sheet="Oud")
    assert told(path, run, offers, out).startswith("t.xlsx (Sheet), header on line 1:\n")


def test_rows_and_sheets_that_are_hidden_are_told(
    run: Run, tmp_path: Path, offers: Path, out: Path
) -> None:
    path = book(tmp_path / "n.xlsx", ("title",), ("Een",), ("Twee",), other_sheet="Oud")
    made = load_workbook(path)
    made.worksheets[0].row_dimensions[3].hidden = True
    made["Oud"].sheet_state = "hidden"
    made.save(path)
    said = run(path, offers, "--out", out, "--language", "nl").stdout
    assert "  Verborgen rijen zijn ook gelezen: regels 3." in said
    assert "  Verborgen bladen zijn niet gelezen: Oud." in said


def test_formula_with_its_value(tmp_path: Path) -> None:
    path = book(tmp_path / "t.xlsx", ("title", "capacity"), ("Een", "=1+1"))
    patched(path, "<f>1+1</f><v />", "<f>1+1</f><v>2</v>")
    assert only(read_file(path)).capacity == 2


def told(path: Path, run: Run, offers: Path, out: Path) -> str:
    result = run(path, offers, "--out", out)
    assert result.exit_code == 0, result.output
    return str(result.stdout).replace(str(path.parent) + "/", "")


def test_formula_without_its_value(tmp_path: Path, run: Run, offers: Path, out: Path) -> None:
    """A row that must be known by it is left out, and not taken for one that says nothing."""
    path = book(tmp_path / "t.xlsx", ("id", "title"), ("A", "Een"), ("B", "=A1&A2"))
    said = told(path, run, offers, out)
    assert (
        "Left out, to be mended:\n"
        "  t.xlsx, Sheet, B3, title: The cell holds a formula, but the file does not hold its value. "
        "Open the file in a spreadsheet program and save it again.\n"
    ) in said


def test_formula_without_its_value_where_nothing_hangs_on_it(tmp_path: Path) -> None:
    path = book(tmp_path / "t.xlsx", ("title", "capacity"), ("Een", "=1+1"))
    found = listings_in(path)
    assert "Sheet, B2, capacity: The cell holds a formula" in str(found.remarks[0])
    assert only(found).capacity == 1


def test_formulas_in_columns_that_are_not_used_do_not_matter(tmp_path: Path) -> None:
    path = book(tmp_path / "t.xlsx", ("title", "Som"), ("Een", "=1+1"))
    assert only(read_file(path)).title == "Een"


def test_error_in_a_workbook(tmp_path: Path, run: Run, offers: Path, out: Path) -> None:
    rows = ("Een", "#REF!"), ("Twee", "drie")
    path = book(tmp_path / "t.xlsx", ("title", "text"), *rows)
    said = told(path, run, offers, out)
    assert "  t.xlsx, Sheet, B2, text: The cell shows the error #REF!. Mend its formula" in said


def test_a_cell_in_a_far_column_goes_by_its_letters(tmp_path: Path) -> None:
    header = ("title", *[f"x{n}" for n in range(26)], "capacity")
    found = listings_in(book(tmp_path / "t.xlsx", header, ("Een", *[None] * 26, "veel")))
    assert "t.xlsx, Sheet, AB2, capacity: “veel”" in str(found.remarks[0])


def test_a_workbook_that_cannot_be_read(tmp_path: Path, run: Run, offers: Path, out: Path) -> None:
    """See tests/tables/test_workbooks.py for all that may be wrong with one."""
    path = book(tmp_path / "t.xlsx", ("title",), ("Een",), ("Twee",))
    result = run(patched(path, "</row>", "</rij>"), offers, "--out", out)
    assert result.exit_code == 2
    assert not out.exists()
    assert f"{path}: This is not a workbook that can be read." in result.stderr


# --- sheets --------------------------------------------------------------------------------------


@pytest.fixture
def both(tmp_path: Path) -> Path:
    """Needs and offers in one workbook, beside a sheet that holds neither."""
    made = Workbook()
    made.create_sheet("Uitleg", 0).append(["Vul de tabbladen in en stuur ze terug."])
    for name, title in (("Aanbod 2026", "Bodemdata"), ("Vragen 2026", "Data over de bodem")):
        sheet = made.create_sheet(name)
        sheet.append(["Titel", "Omschrijving", "Plaats"])
        sheet.append([title, "Over akkers en weiden in de polder.", "Ede"])
    made.remove(made["Sheet"])
    made.save(tmp_path / "both.xlsx")
    return tmp_path / "both.xlsx"


def test_needs_and_offers_in_one_workbook(run: Run, both: Path, out: Path, written: Read) -> None:
    """Each is found by the name of its sheet."""
    result = run(both, both, "--out", out)
    assert result.exit_code == 0, result.output
    assert f"{both} (Vragen 2026), header on line 1:" in result.stdout
    assert f"{both} (Aanbod 2026), header on line 1:" in result.stdout
    (row,) = written(out)
    assert (row["need_title"], row["offer_title"]) == ("Data over de bodem", "Bodemdata")


def test_a_sheet_that_is_said_goes_first(run: Run, both: Path, out: Path, written: Read) -> None:
    sheets = ("--needs-sheet", "aanbod 2026", "--offers-sheet", "Vragen 2026")
    result = run(both, both, "--out", out, *sheets)
    assert result.exit_code == 0, result.output
    (row,) = written(out)
    assert (row["need_title"], row["offer_title"]) == ("Bodemdata", "Data over de bodem")


def test_a_sheet_that_is_not_there(run: Run, both: Path, out: Path) -> None:
    result = run(both, both, "--out", out, "--needs-sheet", "Vraag")
    assert result.exit_code == 2
    assert result.stderr == (
        f"{both}: There is no sheet “Vraag” that holds anything. "
        "The sheets are: Uitleg, Aanbod 2026, Vragen 2026.\n"
    )
