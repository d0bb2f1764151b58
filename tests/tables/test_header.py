"""Where a table begins in its sheet, and which rows around it are no lines."""

import pytest

from katalysator.faults import InvalidInput
from katalysator.tables.grid import Grid
from katalysator.tables.header import below_first_row, table_of
from katalysator.tables.recognition import name_likeness
from katalysator.tables.table import Reason, Table
from tests.tables.making import PLANTS, grid


def found(sheet: Grid) -> Table:
    return table_of(sheet, lambda text: name_likeness(PLANTS, text))


def lines(sheet: Grid) -> list[int]:
    return [line.number for line in found(sheet).lines]


def others(sheet: Grid) -> dict[int, Reason]:
    return {each.line.number: each.reason for each in found(sheet).no_lines}


ROWS = ("1|Eik|Ede|12", "2|Beuk|Arnhem|9", "3|Linde|Ede|7")


# --- the header ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "above",
    [
        (),
        ("Planten in de tuin",),
        ("Planten in de tuin", "Bijgewerkt op 1 mei"),
        ("Lijst|||", "versie 3||mei 2026|"),
        ("Lijst|||", "Vul alle kolommen in en stuur de lijst voor 1 mei terug aan het loket.|||"),
        ("2026|||",),
        ("|||Vertrouwelijk",),
    ],
)
def test_the_header_is_the_row_that_names_columns(above: tuple[str, ...]) -> None:
    table = found(grid(*above, "Nr|Naam|Plaats|Hoogte", *ROWS))
    assert table.header.number == len(above) + 1
    assert table.header.cells == ("Nr", "Naam", "Plaats", "Hoogte")
    assert [line.cells[1] for line in table.lines] == ["Eik", "Beuk", "Linde"]
    assert [each.reason for each in table.no_lines] == ["above"] * len(above)


def test_names_that_nobody_knows_are_a_header_too() -> None:
    assert found(grid("Alfa|Bèta|Gamma|Delta", *ROWS)).header.cells[0] == "Alfa"


def test_questions_are_a_header() -> None:
    header = "Wat is de naam van uw plant?|Waar staat zij precies in de tuin?"
    assert found(grid(header, "Eik|Ede", "Beuk|Arnhem")).header.number == 1


def test_of_two_rows_of_names_the_one_that_is_known_is_the_header() -> None:
    """Such as groups of columns above the columns."""
    table = found(grid("Algemeen||Verder|", "Nr|Naam|Plaats|Hoogte", *ROWS))
    assert table.header.number == 2


def test_a_name_that_is_merged_with_the_row_below_it() -> None:
    sheet = grid("|Planten||Maat", "Nr|Naam|Plaats|", *ROWS, merged=((0, 3, 1, 3), (0, 1, 0, 2)))
    assert found(sheet).header.cells == ("Nr", "Naam", "Plaats", "Maat")


def test_a_table_of_one_column() -> None:
    table = found(grid("Naam", "Eik", "Beuk"))
    assert (table.header.cells, len(table.lines)) == (("Naam",), 2)


def test_numbers_alone_name_no_columns() -> None:
    with pytest.raises(InvalidInput, match="no row names columns") as caught:
        found(grid("1|2|3", "4|5|6"))
    assert caught.value.code == "table-missing"
    assert caught.value.where == ("f",)


def test_numbers_of_lines_are_those_of_the_sheet() -> None:
    sheet = grid("Lijst", "Nr|Naam", "1|Eik", "2|Beuk", skip={2, 4, 5})
    assert (found(sheet).header.number, lines(sheet)) == (3, [6, 7])


# --- columns -------------------------------------------------------------------------------------


def test_every_line_has_as_many_cells_as_the_table_has_columns() -> None:
    table = found(grid("Nr|Naam|Plaats", "1|Eik", "2|Beuk|Ede", "3"))
    assert {len(line.cells) for line in table.lines} == {3}


def test_a_column_without_a_name_that_rows_use_is_one_too() -> None:
    table = found(grid("Nr|Naam", "1|Eik|oud", "2|Beuk|jong", "3|Linde"))
    assert table.header.cells == ("Nr", "Naam", "")


def test_one_row_that_says_more_keeps_it() -> None:
    """So that it can be told."""
    table = found(grid("Nr|Naam", "1|Eik", "2|Beuk|jong", "3|Linde", "4|Es"))
    assert [len(line.cells) for line in table.lines] == [2, 3, 2, 2]


def test_a_cell_that_is_merged_downwards_holds_for_all_its_rows() -> None:
    sheet = grid(
        "Soort|Naam|Plaats", "boom|Eik|Ede", "|Beuk|Ede", "kruid|Munt|Ede", merged=((1, 0, 2, 0),)
    )
    assert [line.cells[0] for line in found(sheet).lines] == ["boom", "boom", "kruid"]


# --- rows that are no lines ----------------------------------------------------------------------


HEADER = "Nr|Naam|Plaats|Hoogte"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (HEADER, "again"),
        ("nr|naam|plaats|hoogte", "again"),
        ("Totaal|||28", "total"),
        ("|Subtotaal:||28", "total"),
        ("Gemiddelde|||9,3", "total"),
        ("Bomen|||", "group"),
        ("Bomen|Bomen|Bomen|Bomen", "group"),
    ],
)
def test_rows_between_lines_that_are_none(row: str, reason: Reason) -> None:
    sheet = grid(HEADER, *ROWS, row, *ROWS)
    assert others(sheet) == {5: reason}
    assert lines(sheet) == [2, 3, 4, 6, 7, 8]


@pytest.mark.parametrize(
    "row",
    [
        "4|Totaalplant uit het zuiden van het land|Ede|3",
        "|Somber kruid|Ede|",
        "|Wie weet waar een eik kan staan?||",
        "5|Aantal|Ede|4",
    ],
)
def test_rows_that_are_lines_whatever_they_look_like(row: str) -> None:
    assert 5 in lines(grid(HEADER, *ROWS, row, *ROWS))


def test_notes_below_the_table_are_told() -> None:
    sheet = grid(HEADER, *ROWS, "Groen = staat er nog||||", "Vragen? Bel het loket|||", skip={5})
    assert others(sheet) == {6: "note", 7: "note"}
    assert lines(sheet) == [2, 3, 4]


def test_rows_that_are_crossed_out() -> None:
    sheet = grid(HEADER, *ROWS, struck=frozenset({2}))
    assert (others(sheet), lines(sheet)) == ({3: "struck"}, [2, 4])


def test_a_formula_whose_value_was_not_saved_is_no_empty_cell() -> None:
    sheet = grid(HEADER, *ROWS, "4|||", unsaved=frozenset({(4, 1)}))
    assert lines(sheet) == [2, 3, 4, 5]
    assert found(sheet).unsaved == {(5, 1)}


def test_every_row_is_a_line_or_told() -> None:
    sheet = grid("Lijst", HEADER, *ROWS, "Bomen|||", HEADER, "Totaal|||28", "4|Es|Ede|2", "Einde")
    assert sorted([*lines(sheet), *others(sheet)]) == [1, *range(3, 11)]


# --- what a program wrote ------------------------------------------------------------------------


def test_of_what_a_program_wrote_the_first_row_is_the_header() -> None:
    table = below_first_row(grid("1|2", "Totaal|3", "Naam|Plaats"))
    assert table.header.cells == ("1", "2")
    assert [line.cells for line in table.lines] == [("Totaal", "3"), ("Naam", "Plaats")]
    assert table.no_lines == ()
