"""Workbooks as Excel and other programs write them: dates, formulas, errors, sheets."""

import zipfile
from datetime import date, datetime, time
from math import inf
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from katalysator.cli.match import workbook_check
from tests.cli.tables import Run, only, read_file
from tests.engine.makers import days


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


def test_wrong_size_in_a_workbook_does_not_matter(tmp_path: Path) -> None:
    path = book(tmp_path / "t.xlsx", ("title", "id"), ("Een", "A"), ("Twee", "B"))
    patched(path, 'ref="A1:B3"', 'ref="A1"')
    assert [profile.key for profile in read_file(path).profiles] == ["A", "B"]


def test_first_of_several_sheets_is_read_and_said(
    tmp_path: Path, run: Run, offers: Path, out: Path
) -> None:
    path = book(tmp_path / "t.xlsx", ("title",), ("Een",), other_sheet="Oud")
    assert "only the first sheet was read, “Sheet”." in run(path, offers, "--out", out).stdout


def test_formula_with_its_value(tmp_path: Path) -> None:
    path = book(tmp_path / "t.xlsx", ("title", "capacity"), ("Een", "=1+1"))
    patched(path, "<f>1+1</f><v />", "<f>1+1</f><v>2</v>")
    assert only(read_file(path)).capacity == 2


def test_formula_that_gives_the_empty_text(tmp_path: Path) -> None:
    path = book(tmp_path / "t.xlsx", ("title", "text"), ("Een", '=""'))
    patched(path, '<c r="B2"><f>""</f><v />', '<c r="B2" t="str"><f>""</f><v />')
    assert only(read_file(path)).text == ""


MIDNIGHT = datetime.combine(date(2026, 1, 1), time())


def refused(path: Path, run: Run, offers: Path, out: Path) -> str:
    result = run(path, offers, "--out", out)
    assert result.exit_code == 2
    assert not out.exists()
    return str(result.stderr).replace(str(path.parent) + "/", "")


def test_formula_without_its_value(tmp_path: Path, run: Run, offers: Path, out: Path) -> None:
    path = book(tmp_path / "t.xlsx", ("id", "title"), ("A", "Een"), ("B", "=A1&A2"))
    assert refused(path, run, offers, out) == (
        "t.xlsx, B3, title: The cell holds a formula, but the file does not hold its value. "
        "Open the file in a spreadsheet program and save it again.\n"
    )


def test_formulas_in_columns_that_are_not_used_do_not_matter(tmp_path: Path) -> None:
    path = book(tmp_path / "t.xlsx", ("title", "Som"), ("Een", "=1+1"))
    assert only(read_file(path)).title == "Een"


def test_error_in_a_workbook(tmp_path: Path, run: Run, offers: Path, out: Path) -> None:
    path = book(tmp_path / "t.xlsx", ("title", "text"), ("Een", "#REF!"))
    assert refused(path, run, offers, out).startswith(
        "t.xlsx, B2, text: The cell shows the error #REF!"
    )


def test_date_that_excel_cannot_hold(tmp_path: Path, run: Run, offers: Path, out: Path) -> None:
    path = book(tmp_path / "t.xlsx", ("title", "end"), ("Een", MIDNIGHT))
    patched(path, "<v>46023</v>", "<v>99999999</v>")
    assert "t.xlsx, B2, end: The cell shows the error #VALUE!" in refused(path, run, offers, out)


def test_problem_in_a_far_column_names_its_letters(
    tmp_path: Path, run: Run, offers: Path, out: Path
) -> None:
    header = ("title", *[f"x{n}" for n in range(26)], "capacity")
    path = book(tmp_path / "t.xlsx", header, ("Een", *[None] * 26, "veel"))
    assert "t.xlsx, AB2, capacity: “veel”" in refused(path, run, offers, out)


def test_workbook_with_a_broken_sheet(tmp_path: Path, run: Run, offers: Path, out: Path) -> None:
    path = book(tmp_path / "t.xlsx", ("title",), ("Een",), ("Twee",))
    patched(path, "</row>", "</rij>")
    assert "t.xlsx: This is not a workbook that can be read." in refused(path, run, offers, out)


def test_empty_workbook(tmp_path: Path, run: Run, offers: Path, out: Path) -> None:
    path = book(tmp_path / "t.xlsx")
    assert "t.xlsx: There is nothing in it." in refused(path, run, offers, out)


def test_workbook_that_unpacks_to_too_much(
    tmp_path: Path, run: Run, offers: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert workbook_check._LARGEST_UNPACKED == 512 << 20
    monkeypatch.setattr(workbook_check, "_LARGEST_UNPACKED", 8 << 20)
    path = book(tmp_path / "t.xlsx", ("title",), ("Een",))
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/zeroes", "w") as member,
    ):
        for _ in range(9):
            member.write(bytes(1 << 20))
    assert "t.xlsx: The workbook unpacks to more than 512 MB." in refused(path, run, offers, out)
