"""From lines to records: typed values, what is left open, and rows that are left out."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from katalysator.tables import records as module
from katalysator.tables.recognition import recognise
from katalysator.tables.records import Records, read_records
from katalysator.tables.table import Table
from katalysator.tables.values.amounts import Amounts
from katalysator.tables.values.days import Days
from tests.tables.making import PLANTS, table


def read(of: Table, *strict: str, **said: str) -> Records:
    headers = {header: field for field, header in said.items()}
    found = recognise(of, PLANTS, headers)
    return read_records(of, found, PLANTS, strict=frozenset(strict))


def values(found: Records) -> list[dict[str, Any]]:
    return [dict(record.values) for record in found.records]


def reasons(found: Records) -> list[str]:
    return [str(reason) for each in found.left_out for reason in each.reasons]


# --- values --------------------------------------------------------------------------------------


def test_each_cell_is_read_as_what_its_column_holds() -> None:
    of = table(
        "Nr|Naam|Verhaal|Plaats|Sinds|Hoogte|Prijs|Eetbaar|Contact",
        "1|Eik|Een oude boom|Ede|01-09-2025|ca. 12|€ 1.250|nee|a@tuin.example",
    )
    assert values(read(of)) == [
        {
            "id": "1",
            "title": "Eik",
            "text": (("Verhaal", "Een oude boom"),),
            "place": ("NL221",),
            "since": Days(date(2025, 9, 1), date(2025, 9, 1)),
            "height": 12,
            "price": Amounts(Decimal(1250), Decimal(1250)),
            "edible": False,
            "email": (("Contact", ("a@tuin.example",)),),
        }
    ]


@pytest.mark.parametrize("cell", ["", "-", "n.v.t.", "?", "onbekend"])
def test_what_says_nothing_is_not_among_the_values(cell: str) -> None:
    found = read(table("Naam|Plaats|Hoogte", f"Eik|{cell}|{cell}"))
    assert values(found) == [{"title": "Eik"}]
    assert found.remarks == ()


def test_a_value_may_be_asked_for_by_its_field() -> None:
    (record,) = read(table("Naam|Plaats", "Eik|")).records
    assert (record.get("title"), record.get("place"), record.get("place", ())) == ("Eik", None, ())


def test_of_several_columns_each_text_has_its_header() -> None:
    of = table("Naam|Verhaal|Wat nog meer?", "Eik|Een boom|Heel oud", "Beuk||Heel jong")
    assert [each["text"] for each in values(read(of, text="Wat nog meer?"))] == [
        (("Verhaal", "Een boom"), ("Wat nog meer?", "Heel oud")),
        (("Wat nog meer?", "Heel jong"),),
    ]


def test_what_goes_first_in_a_day_is_told_by_the_whole_column() -> None:
    of = table("Naam|Sinds", "Eik|03/04/2025", "Beuk|13/04/2025")
    assert [each["since"].start for each in values(read(of))] == [
        date(2025, 4, 3),
        date(2025, 4, 13),
    ]


def test_an_amount_may_have_its_unit_in_the_header() -> None:
    of = table("Naam|Prijs (x 1.000 euro)", "Eik|12", "Beuk|9")
    assert values(read(of))[0]["price"] == Amounts(Decimal(12_000), Decimal(12_000))


def test_columns_that_are_not_used_may_hold_anything() -> None:
    found = read(table("Naam|Opmerking|Kleur", "Eik|#REF!|#N/A"))
    assert (values(found), found.remarks) == ([{"title": "Eik"}], ())


# --- left open -----------------------------------------------------------------------------------


def test_what_is_not_understood_is_remarked_at_its_place() -> None:
    found = read(table("Naam|Hoogte|Plaats", "Eik|hoog|Q12", "Beuk|3|Ede; Q12"))
    assert [(remark.where, remark.code) for remark in found.remarks] == [
        (("f", 2, "Hoogte"), "cell-open"),
        (("f", 2, "Plaats"), "cell-open"),
        (("f", 3, "Plaats"), "cell-open"),
    ]
    assert values(found) == [{"title": "Eik"}, {"title": "Beuk", "height": 3, "place": ("NL221",)}]


def test_cells_that_are_alike_are_each_remarked_at_their_own_place() -> None:
    found = read(table("Naam|Hoogte", "Eik|hoog", "Beuk|hoog"))
    assert [remark.where[1] for remark in found.remarks] == [2, 3]


def test_in_a_workbook_a_cell_goes_by_its_letters_and_its_sheet() -> None:
    (remark,) = read(table("Naam|Hoogte", "Eik|hoog", letters=True, sheet="Tuin")).remarks
    assert remark.where == ("f", "Tuin", "B2", "Hoogte")


def test_an_error_of_a_spreadsheet_where_nothing_hangs_on_it() -> None:
    (remark,) = read(table("Naam|Hoogte", "Eik|#DEEL/0!")).remarks
    assert "The cell shows the error #DEEL/0!" in str(remark)


def test_a_formula_without_its_value_where_nothing_hangs_on_it() -> None:
    (remark,) = read(table("Naam|Hoogte", "Eik|", unsaved=frozenset({(2, 1)}))).remarks
    assert (remark.code, remark.where) == ("cell-formula", ("f", 2, "Hoogte"))


def test_a_row_whose_quotation_marks_do_not_pair_is_read_and_told() -> None:
    found = read(table("Naam|Plaats", '"Eik|Ede', "Beuk|Ede", mended=frozenset({2})))
    assert len(found.records) == 2
    (remark,) = found.remarks
    assert remark.where == ("f", 2)
    assert "The quotation marks of the row that starts here do not pair up." in str(remark)


def test_no_more_remarks_are_kept_than_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_TOLD", 3)
    found = read(table("Naam|Hoogte", *["Eik|hoog"] * 5))
    assert (len(found.records), len(found.remarks), found.more_remarks) == (5, 3, 2)


# --- left out ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "where", "said"),
    [
        (("1|#REF!|x",), ("f", 2, "Naam"), "shows the error #REF!"),
        (("1|Eik|x", f"2|{'y' * 21}|"), ("f", 3, "Naam"), "has 21 characters; 20 is the most"),
        (("1|Eik|x", "1|Beuk|y"), ("f", 3, "Nr"), "“1” stands on line 2 already."),
        (("1|Eik|x", "2|Beuk|y|z"), ("f", 3), "This row has 4 cells and the header 3."),
    ],
)
def test_a_row_that_is_wrong_where_it_matters(
    rows: tuple[str, ...], where: tuple[object, ...], said: str
) -> None:
    found = read(table("Nr|Naam|Verhaal", *rows))
    assert len(found.records) == len(rows) - 1
    (left,) = found.left_out
    assert left.line.number == len(rows) + 1
    (reason,) = left.reasons
    assert reason.where == where
    assert said in str(reason)


def test_a_formula_without_its_value_where_it_matters() -> None:
    of = table("Nr|Naam", "1|Eik", "2|", unsaved=frozenset({(3, 1)}))
    found = read(of)
    assert found.silent == ()
    (said,) = reasons(found)
    assert said == (
        "f, line 3, Naam: The cell holds a formula, but the file does not hold its value. "
        "Open the file in a spreadsheet program and save it again."
    )


def test_all_that_is_wrong_with_a_row_is_told_and_nothing_is_left_open_in_it() -> None:
    found = read(table("Nr|Naam|Verhaal|Hoogte", f"1|{'y' * 21}|#REF!|hoog", "2|Eik||3"))
    assert [reason.where[2] for reason in found.left_out[0].reasons] == ["Naam", "Verhaal"]
    assert found.remarks == ()


def test_a_row_that_is_left_out_takes_no_key() -> None:
    """The first row with it is the one that was read first, usable or not: both are looked at again."""
    found = read(table("Nr|Naam", "1|#REF!", "1|Eik"))
    assert len(found.left_out) + len(found.records) == 2


def test_where_it_is_said_what_is_not_understood_matters_too() -> None:
    of = table("Naam|Eetbaar", "Eik|misschien", "Beuk|nee")
    assert len(read(of).left_out) == 0
    (said,) = reasons(read(of, "edible"))
    assert said == (
        "f, line 2, Eetbaar: “misschien” is neither yes nor no. "
        "Write yes or no, or leave it empty where it is not known yet."
    )


# --- silent --------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", ["2||", "2|-|n.v.t.", "2|<br>|&nbsp;"])
def test_a_row_that_does_not_say_what_it_must_is_silent(row: str) -> None:
    found = read(table("Nr|Naam|Verhaal", "1|Eik|", row))
    assert [line.number for line in found.silent] == [3]
    assert (len(found.records), found.left_out) == (1, ())


def test_a_key_may_be_missing() -> None:
    found = read(table("Nr|Naam", "1|Eik", "|Beuk", "|Es"))
    assert [record.get("id") for record in found.records] == ["1", None, None]
