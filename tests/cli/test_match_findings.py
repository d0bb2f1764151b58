"""How it is told what a sheet holds that is not understood, while the rest goes on."""

import csv
import os
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cli.tables import Names, Read, Run, Write


def _saved(folder: Path, content: str) -> Path:
    path = folder / "n.csv"
    path.write_text(content, "utf-8")
    return path


BAD = (
    "id,title,region,capacity\n"
    "A,Data over de bodem,Q12,2\n"
    "A,Nog eens hetzelfde,Ede,3\n"
    f"C,{'x' * 1_001},Ede,=1+1\n"
    "D,-,,1\n"
    "E,Sensoren in akkers,Ede,veel\n"
)
LEFT_OUT, FINDINGS = "matches.left-out-needs.xlsx", "matches.findings.csv"


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    return _saved(tmp_path, BAD)


def test_the_other_rows_go_on(run: Run, bad: Path, offers: Path, out: Path, written: Read) -> None:
    result = run(bad, offers, "--out", out)
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    assert {row["need"] for row in written(out)} == {"A", "E"}


def test_what_is_found_is_told_with_its_place(
    run: Run, bad: Path, offers: Path, out: Path, tmp_path: Path
) -> None:
    said = run(bad, offers, "--out", out).stdout.replace(f"{tmp_path}{os.sep}", "").splitlines()
    start = said.index("Left out, to be mended:")
    open_ = said.index("Left open:")
    assert [line.partition(": ")[0].strip() for line in said[start + 1 : open_]] == [
        "n.csv, line 3, id",
        "n.csv, line 4, title",
    ]
    assert [line.partition(": ")[0].strip() for line in said[open_ + 1 : open_ + 3]] == [
        "n.csv, line 2, region",
        "n.csv, line 6, capacity",
    ]
    assert "  No record, lines 5: what must be said is missing." in said
    assert "Left out, to be mended: needs 2, offers 0." in said
    assert f"Rows to be mended are in {LEFT_OUT}." in said
    assert f"All that was found is in {FINDINGS}." in said


def test_all_that_is_found_is_in_a_file(
    run: Run, bad: Path, offers: Path, out: Path, tmp_path: Path
) -> None:
    run(bad, offers, "--out", out)
    with (tmp_path / FINDINGS).open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["Place", "What"]
    assert [place.replace(f"{tmp_path}{os.sep}", "") for place, _what in rows] == [
        "n.csv, line 3, id",
        "n.csv, line 4, title",
        "n.csv, line 2, region",
        "n.csv, line 6, capacity",
    ]
    assert rows[0][1].startswith("“A” stands on line 2 already. Give every row")


def sheet_of(path: Path) -> list[tuple[Any, ...]]:
    sheet: Any = load_workbook(path).active
    return [tuple(cell.value for cell in row) for row in sheet]


def test_rows_that_are_left_out_are_in_a_sheet_with_the_reason_before_them(
    run: Run, bad: Path, offers: Path, out: Path, tmp_path: Path
) -> None:
    run(bad, offers, "--out", out)
    header, again, long = sheet_of(tmp_path / LEFT_OUT)
    assert header == ("Reason", "id", "title", "region", "capacity")
    assert again[0].startswith("“A” stands on line 2 already.")
    assert again[1:] == ("A", "Nog eens hetzelfde", "Ede", "3")
    assert long[1:] == ("C", "x" * 1_001, "Ede", "=1+1")
    assert not (tmp_path / "matches.left-out-offers.xlsx").exists()


def test_a_row_with_too_many_cells_keeps_them_all(
    run: Run, offers: Path, out: Path, tmp_path: Path
) -> None:
    path = _saved(tmp_path, "id,title\nA,Een\nB,Twee, drie, vier\nC,Vijf\n")
    run(path, offers, "--out", out)
    header, row = sheet_of(tmp_path / LEFT_OUT)
    assert header == ("Reason", "id", "title", None, None)
    assert row[1:] == ("B", "Twee", "drie", "vier")


def test_what_a_sheet_of_rows_left_out_holds_does_not_run(
    run: Run, bad: Path, offers: Path, out: Path, tmp_path: Path
) -> None:
    run(bad, offers, "--out", out)
    sheet: Any = load_workbook(tmp_path / LEFT_OUT).active
    assert (sheet["E3"].data_type, sheet["E3"].quotePrefix) == ("s", True)


def test_a_sheet_of_rows_left_out_is_mended_and_read_again(
    run: Run, bad: Path, offers: Path, out: Path, tmp_path: Path, written: Read
) -> None:
    """Its first column says what was the matter, and is not used."""
    run(bad, offers, "--out", out)
    book = load_workbook(tmp_path / LEFT_OUT)
    sheet: Any = book.active
    sheet["B2"], sheet["C3"] = "B", "Drones boven het land"
    book.save(tmp_path / "mended.xlsx")
    result = run(tmp_path / "mended.xlsx", offers, "--out", tmp_path / "again.csv")
    assert result.exit_code == 0, result.output
    assert "  Not used: Reason." in result.stdout
    rows = {row["need"]: row["need_title"] for row in written(tmp_path / "again.csv")}
    assert rows == {"B": "Nog eens hetzelfde", "C": "Drones boven het land"}


def test_a_result_takes_no_place_of_a_sheet_that_is_read(
    run: Run, bad: Path, offers: Path, out: Path, tmp_path: Path
) -> None:
    run(bad, offers, "--out", out)
    before = (tmp_path / LEFT_OUT).read_bytes()
    result = run(tmp_path / LEFT_OUT, offers, "--out", out)
    assert result.exit_code == 2
    assert f"{LEFT_OUT}: This file is one of those that are read." in result.stderr
    assert (tmp_path / LEFT_OUT).read_bytes() == before


def test_where_nothing_is_found_there_is_no_file_of_it(
    run: Run, bad: Path, needs: Path, offers: Path, out: Path, tmp_path: Path, files_in: Names
) -> None:
    """Those of an earlier run are taken away."""
    run(bad, offers, "--out", out)
    assert {LEFT_OUT, FINDINGS} <= files_in(tmp_path)
    result = run(needs, offers, "--out", out)
    assert files_in(tmp_path) == {"n.csv", "needs.csv", "offers.csv", "matches.csv"}
    assert "Left" not in result.stdout


def test_twenty_findings_are_told_and_all_are_in_the_file(
    run: Run, offers: Path, out: Path, tmp_path: Path
) -> None:
    path = _saved(tmp_path, "title,capacity\n" + "Iets,veel\n" * 37)
    said = run(path, offers, "--out", out).stdout.splitlines()
    start = said.index("Left open:")
    assert said[start + 20].startswith(f"  {path}, line 21, capacity: ")
    assert said[start + 21] == "  … and 17 more."
    assert len((tmp_path / FINDINGS).read_text("utf-8-sig").splitlines()) == 38


def test_offers_have_their_own_sheet(
    run: Run, needs: Path, write_csv: Write, out: Path, tmp_path: Path, files_in: Names
) -> None:
    given = write_csv("o.csv", [{"id": "A", "title": "Een"}, {"id": "A", "title": "Twee"}])
    assert run(needs, given, "--out", out).exit_code == 0
    assert "matches.left-out-offers.xlsx" in files_in(tmp_path)


def test_a_result_in_json_counts_what_was_left_out(
    run: Run, bad: Path, offers: Path, tmp_path: Path
) -> None:
    run(bad, offers, "--out", tmp_path / "m.json")
    assert '"left_out": {"needs": 2, "offers": 0}' in " ".join(
        (tmp_path / "m.json").read_text("utf-8").split()
    ).replace("{ ", "{").replace(" }", "}")
