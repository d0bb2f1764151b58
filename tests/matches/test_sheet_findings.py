"""What a sheet holds that is not understood: it is left open or left out, and the rest goes on."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from katalysator.listings import sheets
from tests.matches.sheets import listings_in

Found = Callable[[str], list[str]]


@pytest.fixture
def remarks(tmp_path: Path) -> Found:
    """Writes needs, and returns what is left open in them; no row is left out."""

    def told(content: str) -> list[str]:
        found = listings_in(_saved(tmp_path, content))
        assert found.read.left_out == ()
        return [str(remark).removeprefix(f"{tmp_path}{os.sep}") for remark in found.remarks]

    return told


@pytest.fixture
def left_out(tmp_path: Path) -> Found:
    """Writes needs, and returns why rows of them are left out; nothing is left open in the others."""

    def told(content: str) -> list[str]:
        found = listings_in(_saved(tmp_path, content))
        assert found.remarks == ()
        reasons = [reason for each in found.read.left_out for reason in each.reasons]
        return [str(reason).removeprefix(f"{tmp_path}{os.sep}") for reason in reasons]

    return told


def _saved(folder: Path, content: str) -> Path:
    path = folder / "n.csv"
    path.write_text(content, "utf-8")
    return path


# --- left open -----------------------------------------------------------------------------------


OPEN = [
    ("period_start", "03/04/2026", "can be read as different days", "2026-01-31"),
    ("period_start", "31/02/2027", "not a day of the calendar", "2026-01-31"),
    ("period_end", "morgen", "tells no day", "2026-01-31"),
    ("region", "Utrech", "“Utrech” is not a place that we know", "Did you mean Utrecht?"),
    ("region", "Utrecht; Q12", "“Q12” is not a place that we know", "NUTS code"),
    ("language", "Klingon", "names no language that we know", "such as nl or en"),
    ("capacity", "-1", "tells no number", "Write a whole number"),
    ("capacity", "1,5", "tells no number", "Write a whole number"),
    ("capacity", "²", "tells no number", "Write a whole number"),
    ("capacity", "1000001", "not a number of places", "from 0 to 1,000,000"),
    ("min_capacity", "veel", "tells no number", "Write a whole number"),
    ("ticket_min", "veel", "tells no amount in euros", "Write the amount in euros"),
    ("ticket_max", "1.250 mln", "two different amounts", "Write the amount in euros"),
    ("ticket_max", "-5", "less than nothing", "without a minus sign"),
    ("level", "hoog", "none of the labels that are known", "mbo, hbo, bachelor"),
    ("region_required", "Q12", "“Q12” is not a place that we know", "NUTS code"),
    ("region_required", "ja", "insists on its “region”, but names none", "Fill in “region”"),
    ("areas_required", "x", "insists on its “areas”, but names none", "or write “no”"),
    ("organisation", "#N/B", "shows the error #N/B", "empty the cell"),
]


@pytest.mark.parametrize(("column", "cell", "wrong", "mend"), OPEN)
def test_a_cell_that_is_not_understood_is_left_open(
    remarks: Found, column: str, cell: str, wrong: str, mend: str
) -> None:
    (said,) = remarks(f'title,{column}\nGoed,\nIets,"{cell}"\n')
    assert said.startswith(f"n.csv, line 3, {column}: ")
    assert wrong in said
    assert mend in said


def test_a_column_goes_by_its_owners_name(remarks: Found) -> None:
    (said,) = remarks("Titel;Einddatum\nIets;ooit\n")
    assert said.startswith("n.csv, line 2, Einddatum: “ooit” tells no day: left open.")


def test_a_period_that_ends_before_it_begins(remarks: Found) -> None:
    (said,) = remarks("title,start,end\nIets,2026-03-01,2026-02-01\n")
    assert said == (
        "n.csv, line 2, end: The period ends on 2026-02-01, before it starts on 2026-03-01. "
        "Change one of the two dates, or let them trade places."
    )


def test_amounts_of_which_the_highest_is_the_lowest(remarks: Found) -> None:
    (said,) = remarks("title;ticket_min;ticket_max\nIets;250k;1,5 duizend\n")
    assert said.startswith("n.csv, line 2, ticket_max: The highest amount, ")
    assert "is below the lowest" in said


def test_what_is_insisted_on_and_not_understood_is_told_once(remarks: Found) -> None:
    (said,) = remarks("title,region,region_required\nIets,Q12,ja\n")
    assert "“Q12” is not a place that we know" in said


def test_quotation_marks_that_do_not_pair_take_no_row_along(tmp_path: Path) -> None:
    found = listings_in(_saved(tmp_path, 'id,title\nA,Een\nB,"nooit dicht\nC,Drie\n'))
    assert [profile.title for profile in found.profiles] == ["Een", '"nooit dicht', "Drie"]
    assert "line 3: The quotation marks of the row that starts here" in str(found.remarks[0])


def test_a_row_that_says_neither_need_nor_offer_counts_as_what_the_file_holds(
    tmp_path: Path,
) -> None:
    found = listings_in(_saved(tmp_path, "title,kind\nEen,offer\nTwee,iets\nDrie,vraag\n"))
    assert [profile.title for profile in found.profiles] == ["Twee", "Drie"]
    (remark,) = found.remarks
    assert "line 3, kind: “iets” is none of the labels that are known here" in str(remark)


def test_the_row_goes_on_without_the_cell(tmp_path: Path) -> None:
    (profile,) = listings_in(
        _saved(tmp_path, "title,region,end,capacity\nIets,Ede; Q12,ooit,veel\n")
    ).profiles
    assert profile.regions == {"NL221"}
    assert "period" not in profile.ranges
    assert profile.capacity == 1


def test_long_values_are_cut(remarks: Found) -> None:
    (said,) = remarks(f"title,end\nIets,{'9' * 5_000}\n")
    assert len(said) < 400


# --- left out ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "cell", "wrong", "mend"),
    [
        ("title", "#REF!", "shows the error #REF!", "Mend its formula"),
        ("title", "x" * 1_001, "has 1,001 characters; 1,000 is the most", "Shorten it"),
        ("text", "x" * 20_001, "has 20,001 characters; 20,000 is the most", "Shorten it"),
        ("id", "#REF!", "shows the error #REF!", "Mend its formula"),
    ],
)
def test_a_row_that_says_wrongly_what_it_must_is_left_out(
    left_out: Found, column: str, cell: str, wrong: str, mend: str
) -> None:
    names = [column] if column == "title" else ["title", column]
    others = ["Iets"] * (len(names) - 1)
    (said,) = left_out("\n".join(map(",".join, (names, ["Goed", *others], [*others, cell]))))
    assert said.startswith(f"n.csv, line 3, {column}: ")
    assert wrong in said
    assert mend in said


def test_of_two_rows_with_one_id_the_second_is_left_out(left_out: Found) -> None:
    (said,) = left_out("id,title\nA,Een\nB,Twee\nA,Drie\n")
    assert said == (
        "n.csv, line 4, id: “A” stands on line 2 already. "
        "Give every row its own id, or take the column out."
    )


def test_a_row_with_more_cells_than_the_header(left_out: Found) -> None:
    (said,) = left_out('id,title\nA,"over\ntwee regels"\nB,Een, twee\nC,Drie\n')
    assert said.startswith("n.csv, line 3: This row has 3 cells and the header 2.")
    assert "the separator or a new line must be between quotation marks" in said


def test_all_that_is_wrong_with_a_row_is_told(left_out: Found) -> None:
    said = left_out(f"id,title,text\nA,Een,\nA,{'x' * 1_001},#REF!\n")
    assert [line.partition(":")[0] for line in said] == [
        "n.csv, line 3, title",
        "n.csv, line 3, text",
        "n.csv, line 3, id",
    ]


def test_a_row_without_an_id_goes_by_its_line(tmp_path: Path) -> None:
    found = listings_in(_saved(tmp_path, "id,title\nA,Een\n ,Twee\n"))
    assert [profile.key for profile in found.profiles] == ["A", "#3"]


@pytest.mark.parametrize("row", ["B,,", "B,<br>, ", "B", "B,-,n.v.t.", "B,?,&nbsp;"])
def test_a_row_that_says_nothing_is_no_need(tmp_path: Path, row: str) -> None:
    found = listings_in(_saved(tmp_path, f"id,title,text\nA,Een,\n{row}\nC,Drie,\n"))
    assert [profile.key for profile in found.profiles] == ["A", "C"]
    assert [line.number for line in found.read.silent] == [3]


def test_limits_are_those_of_the_documentation() -> None:
    assert (sheets.LONGEST_TITLE, sheets.LONGEST_TEXT) == (1_000, 20_000)
