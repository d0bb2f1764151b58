"""What the command refuses: each message names the file, the line and the column, and the mend."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from katalysator.faults import Refused
from katalysator.tables import grid as limits
from katalysator.tables.sheets import nothing_under_it
from tests.cli.tables import Names, Run, Write

Refusal = Callable[..., str]


@pytest.fixture
def refusal(run: Run, offers: Path, out: Path, tmp_path: Path, files_in: Names) -> Refusal:
    """Writes needs as text or bytes, and returns what the command says when it refuses them."""

    def said(content: str | bytes, *options: str, name: str = "n.csv") -> str:
        data = content.encode() if isinstance(content, str) else content
        (tmp_path / name).write_bytes(data)
        result = run(tmp_path / name, offers, "--out", out, *options)
        assert result.exit_code == 2, result.output
        assert result.stdout == ""
        assert files_in(tmp_path) == {name, "offers.csv"}
        return str(result.stderr).replace(f"{tmp_path}{os.sep}", "")

    return said


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_empty_file(refusal: Refusal, content: str) -> None:
    assert "n.csv: There is nothing in it. The first line names the columns" in refusal(content)


@pytest.mark.parametrize("content", ["id,title\n", "id;title", "id,title\n\n , \n"])
def test_header_without_a_row(refusal: Refusal, content: str) -> None:
    said = refusal(content)
    assert said.startswith("n.csv, line 1: There is no row under the header. Put the needs")


def test_workbook_with_a_header_only(run: Run, offers: Path, out: Path, write_xlsx: Write) -> None:
    book = write_xlsx("n.xlsx", [{"id": None, "title": None}])
    result = run(book, offers, "--out", out)
    assert result.exit_code == 2
    assert "n.xlsx, Sheet, line 1: There is no row under the header." in result.stderr
    assert not out.exists()


def test_files_that_traded_places(run: Run, tmp_path: Path, out: Path) -> None:
    (tmp_path / "n.csv").write_text("title,kind\nEen,offer\n")
    (tmp_path / "o.csv").write_text("title,kind\nEen,vraag\n")
    result = run(tmp_path / "n.csv", tmp_path / "o.csv", "--out", out)
    assert result.exit_code == 2
    needs, offers = result.stderr.splitlines()
    assert "n.csv, line 1, kind: None of the rows says “need”. Have the two files" in needs
    assert "o.csv, line 1, kind: None of the rows says “offer”. Have the two files" in offers
    assert not out.exists()


def test_no_title_or_text(refusal: Refusal) -> None:
    said = refusal("id,region\nA,NL31\n")
    assert said.startswith("n.csv, line 1: There is no column that says what is asked or offered")
    assert "among: id, region. Say which one it is: --column text=NAME." in said


def test_bytes_that_are_not_what_was_said(refusal: Refusal) -> None:
    assert "line 1: Byte 0xE9" in refusal("titl\xe9\n".encode("cp1252"), "--encoding", "ascii")


@pytest.mark.parametrize("options", [(), ("--encoding", "cp1252"), ("--encoding", "latin-1")])
@pytest.mark.parametrize(
    "content",
    [
        b"\x00\x00\x00\x00\x00\x00\x00\x00",
        b"id,title\nA,\x00\n",
    ],
)
def test_file_that_is_no_text(refusal: Refusal, content: bytes, options: tuple[str, ...]) -> None:
    said = refusal(content, *options)
    assert said == (
        "n.csv: This is no table, but a file of another kind. "
        "Save the table in it as “CSV UTF-8” or as .xlsx.\n"
    )


@pytest.mark.parametrize("name", ["klingon", "base64", "undefined", "idna2"])
def test_unknown_encoding(refusal: Refusal, name: str) -> None:
    said = refusal("title\nEen\n", "--encoding", name)
    assert said.startswith(f"--encoding: “{name}” is not an encoding of text. Most spreadsheets")
    assert "cp1252" in said
    assert "geen codering" in refusal("title\nEen\n", "--encoding", name, "--language", "nl")


def test_file_of_another_kind(refusal: Refusal) -> None:
    """Whatever its name says; see also tests/tables/test_file_kinds.py."""
    said = refusal(b"%PDF-1.7\n", name="n.xlsx")
    assert said.startswith("n.xlsx: This is a PDF")
    assert said.count("\n") == 1


def test_no_workbook(refusal: Refusal) -> None:
    said = refusal(b"PK\x03\x04broken", name="n.xlsx")
    assert said.startswith("n.xlsx: This is not a workbook that can be read. Open it in")


def test_a_name_says_nothing_of_what_a_file_is(
    run: Run, needs: Path, offers: Path, out: Path
) -> None:
    named_otherwise = needs.rename(needs.with_suffix(".xlsx"))
    assert run(named_otherwise, offers, "--out", out).exit_code == 0


def test_file_too_large(run: Run, offers: Path, out: Path, tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(limits.LARGEST_FILE + 1)
    result = run(large, offers, "--out", out)
    assert result.exit_code == 2
    assert "large.csv: The file is larger than 1,024 MB. Split the table" in result.stderr


def test_too_many_rows(refusal: Refusal, monkeypatch: pytest.MonkeyPatch) -> None:
    assert limits.MOST_ROWS == 1_000_000
    monkeypatch.setattr(limits, "MOST_ROWS", 1_000)
    said = refusal("title\n" + "x\n" * 1_001)
    assert "n.csv: There are more than 1,000 rows. Split the table" in said


def test_all_problems_of_both_files_at_once(run: Run, tmp_path: Path, out: Path) -> None:
    (tmp_path / "n.csv").write_text("id,region\n1,NL31\n")
    (tmp_path / "o.csv").write_text("id,title\n1,#REF!\n2,#N/B\n")
    result = run(tmp_path / "n.csv", tmp_path / "o.csv", "--out", out)
    assert result.exit_code == 2
    needs, one, two = result.stderr.splitlines()
    assert "n.csv, line 1: There is no column that says what is asked" in needs
    assert "o.csv, line 2, title: The cell shows the error #REF!" in one
    assert "o.csv, line 3, title: The cell shows the error #N/B" in two


def test_where_no_row_is_left_all_is_refused_with_the_reasons(refusal: Refusal) -> None:
    said = refusal(f"title,region\n{'x' * 1_001},Ede\n{'y' * 1_002},Ede\n").splitlines()
    assert [line.partition(": The text has")[0] for line in said] == [
        "n.csv, line 2, title",
        "n.csv, line 3, title",
    ]


@pytest.mark.parametrize("rows", ["A,,\n", "A,,\nB,-,\n", "A,<br>,Ede\n"])
def test_where_no_row_says_anything(refusal: Refusal, rows: str) -> None:
    said = refusal(f"id,title,region\n{rows}")
    assert said.startswith("n.csv, line 1: There is no row under the header. Put the needs")


def test_twenty_problems_and_how_many_more(refusal: Refusal) -> None:
    said = refusal("id,title\n" + "".join(f"{n},#REF!\n" for n in range(37))).splitlines()
    assert len(said) == 21
    assert said[-1] == "… and 17 more."


def test_refused_can_be_read_as_text() -> None:
    error = Refused(nothing_under_it())
    assert "There is no row under the header." in str(error)


def test_limits_are_those_of_the_documentation() -> None:
    assert (limits.LARGEST_FILE, limits.MOST_ROWS) == (2**30, 1_000_000)


@pytest.mark.parametrize("name", ["m.txt", "m", "m.xls", ".csv"])
def test_result_in_an_unknown_form(
    run: Run, needs: Path, offers: Path, tmp_path: Path, name: str
) -> None:
    result = run(needs, offers, "--out", tmp_path / name)
    assert result.exit_code == 2
    assert "cannot be written in this form. End the name with one of these: .xlsx" in result.stderr


def test_form_is_checked_before_anything_is_read(run: Run, tmp_path: Path, offers: Path) -> None:
    broken = tmp_path / "broken.csv"
    broken.write_bytes(b"\xff")
    result = run(broken, offers, "--out", tmp_path / "m.txt")
    assert "broken.csv" not in result.stderr


def test_result_over_an_input(run: Run, needs: Path, offers: Path, tmp_path: Path) -> None:
    before = needs.read_bytes()
    link = tmp_path / "link.csv"
    link.symlink_to(needs)
    for target in (needs, offers, tmp_path / "." / "needs.csv", link):
        result = run(needs, offers, "--out", target)
        assert result.exit_code == 2
        assert "is one of those that are read. Give the result another name." in result.stderr
    assert needs.read_bytes() == before


def test_more_rows_than_a_sheet_holds(run: Run, write_csv: Write, tmp_path: Path) -> None:
    many = write_csv("many.csv", [{"title": str(n)} for n in range(1_100)])
    result = run(many, many, "--out", tmp_path / "m.xlsx", "--top", "1000")
    assert result.exit_code == 2
    assert "m.xlsx: A sheet cannot hold the 1,100,000 rows that there may be." in result.stderr
    assert "Write to .csv, or ask for fewer offers with --top." in result.stderr


def test_result_in_a_folder_that_is_not_there(
    run: Run, needs: Path, offers: Path, tmp_path: Path
) -> None:
    (tmp_path / "folder.csv").mkdir()
    for target in (tmp_path / "nowhere" / "m.csv", tmp_path / "folder.csv"):
        result = run(needs, offers, "--out", target)
        assert result.exit_code == 2
        assert "Nothing can be written there. Name a file in a folder" in result.stderr


@pytest.mark.parametrize("pair", ["title", "title=", "=Onderwerp", "smaak=Rood"])
def test_mapping_that_says_nothing(refusal: Refusal, pair: str) -> None:
    said = refusal("title\nEen\n", "--column", pair)
    assert f"“{pair}” does not say which column is which." in said
    assert "Before the sign comes one of: id, kind, market, title, text" in said


def test_mapping_to_a_column_that_is_not_there(refusal: Refusal) -> None:
    said = refusal("title,Soort\nEen,twee\n", "--needs-column", "market=Sort")
    assert "n.csv, line 1: There is no column “Sort” to read as “market”." in said
    assert "The columns are: title, Soort." in said


def test_shared_mapping_must_be_in_one_of_both(refusal: Refusal) -> None:
    said = refusal("title\nEen\n", "--column", "market=Soort")
    assert "n.csv + offers.csv: There is no column “Soort”" in said
