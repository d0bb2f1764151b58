"""The sheet of a workbook that holds what is asked for, and the refusal of files without it."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from katalysator.faults import InvalidInput
from katalysator.tables.sheets import chosen, open_table
from tests.tables.making import PLANTS, grid

TREES = ("Naam|Plaats", "Eik|Ede", "Beuk|Arnhem")


def refusal(*sheets: object, sheet: str = "") -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        chosen(sheets, PLANTS, sheet=sheet)  # type: ignore[arg-type]
    return caught.value


def test_the_sheet_that_is_called_so() -> None:
    for name in ("Planten", "PLANTS", "Planten 2026", "Onze planten"):
        sheets = [grid(*TREES, sheet="Bomen"), grid(*TREES, sheet=name)]
        assert chosen(sheets, PLANTS).sheet == name


def test_the_sheet_of_which_most_columns_are_known() -> None:
    sheets = [
        grid("Kleur|Geur", "rood|zoet", sheet="Een"),
        grid("Naam|Kleur", "Eik|rood", sheet="Twee"),
        grid("Naam|Plaats|Hoogte", "Eik|Ede|3", sheet="Drie"),
    ]
    assert chosen(sheets, PLANTS).sheet == "Drie"


def test_of_two_that_are_as_good_the_first() -> None:
    sheets = [grid(*TREES, sheet="Een"), grid(*TREES, sheet="Twee")]
    assert chosen(sheets, PLANTS).sheet == "Een"


def test_a_name_without_a_table_is_passed_over() -> None:
    sheets = [grid("Naam|Plaats", sheet="Planten"), grid(*TREES, sheet="Blad1")]
    assert chosen(sheets, PLANTS).sheet == "Blad1"


def test_a_sheet_that_says_what_it_must_goes_before_one_that_does_not() -> None:
    sheets = [
        grid("Plaats|Hoogte|Prijs", "Ede|3|4", sheet="Een"),
        grid("Naam|Kleur", "Eik|rood", sheet="Twee"),
    ]
    assert chosen(sheets, PLANTS).sheet == "Twee"


def test_a_sheet_that_is_said_goes_before_all() -> None:
    sheets = [grid(*TREES, sheet="Planten"), grid("Naam", "Es", sheet="Oud blad")]
    assert chosen(sheets, PLANTS, sheet="oud BLAD").sheet == "Oud blad"


def test_a_sheet_that_is_said_and_not_there() -> None:
    error = refusal(grid(*TREES, sheet="Een"), grid(*TREES, sheet="Twee"), sheet="Drie")
    assert (error.where, error.parameters["sheets"]) == (("f",), ("Een", "Twee"))
    assert error.code == "sheet-missing"


def test_a_header_with_nothing_below_it() -> None:
    error = refusal(grid("Naam|Plaats", sheet="Planten"))
    assert (error.code, error.where) == ("rows-none", ("f", "Planten", 1))


def test_nothing_that_can_be_a_header() -> None:
    assert refusal(grid("1|2", "3|4")).code == "table-missing"


def test_several_sheets_without_a_table_name_their_file() -> None:
    error = refusal(grid("Naam|Plaats", sheet="Een"), grid("1|2", sheet="Twee"))
    assert error.where == ("f",)


def test_a_file_is_opened_by_its_path_or_as_a_stream(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("Planten")
    for row in TREES:
        sheet.append(row.split("|"))
    book.save(tmp_path / "tuin.xlsx")
    table = open_table(tmp_path / "tuin.xlsx", PLANTS)
    assert (table.file, table.sheet) == (str(tmp_path / "tuin.xlsx"), "Planten")
    data = io.BytesIO((tmp_path / "tuin.xlsx").read_bytes())
    assert open_table(data, PLANTS, name="upload").file == "upload"
    text = io.BytesIO("Naam;Plaats\nBèta;Ede\n".encode("cp1252"))
    assert open_table(text, PLANTS, name="t", encoding="cp1252").lines[0].cells[0] == "Bèta"


# What the keeper may not expect


def noted(path: Path) -> list[str]:
    return [str(note) for note in open_table(path, PLANTS).notes]


def test_rows_and_sheets_that_are_hidden_are_told(tmp_path: Path) -> None:
    made = Workbook()
    sheet = made.worksheets[0]
    for row in (("Naam", "Plaats"), ("Eik", "Ede"), ("Beuk", "Arnhem"), ("Es", "Ede")):
        sheet.append(row)
    sheet.row_dimensions[1].hidden = sheet.row_dimensions[3].hidden = True
    made.create_sheet("Oud").append(("Naam",))
    made["Oud"].sheet_state = "hidden"
    made.save(tmp_path / "t.xlsx")
    assert noted(tmp_path / "t.xlsx") == [
        "Hidden rows were read too: lines 3. Do they not count? Then take them out.",
        "Hidden sheets were not read: Oud. Do they count? Then show them, and save the file.",
    ]


@pytest.mark.parametrize(
    ("encoding", "told"), [("utf-8", []), ("utf-16", []), ("cp1252", ["cp1252"])]
)
def test_letters_that_are_no_unicode_are_told(
    encoding: str, told: list[str], tmp_path: Path
) -> None:
    (tmp_path / "t.csv").write_text("Naam,Plaats\nCafé-eik,Ede\n", encoding)
    assert noted(tmp_path / "t.csv") == [
        f"The letters were read as {name}. Do they look wrong? Then save the file as “CSV UTF-8”."
        for name in told
    ]
