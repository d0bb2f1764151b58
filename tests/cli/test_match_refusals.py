"""What the command refuses: each message names the file, the line and the column, and the mend."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from katalysator.cli.match import refusals, table, values
from katalysator.faults import Refused
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


CELLS = [
    ("period_start", "31/12/2026", "can be read as different days", "2026-01-31"),
    ("period_start", "31/02/2027", "not a day of the calendar", "2026-01-31"),
    ("period_start", "2026-02-30", "not a day of the calendar", "2026-01-31"),
    ("period_end", "morgen", "is not a date", "2026-01-31"),
    ("period_end", "2026-01-01 12:30", "is not a date", "without a time"),
    ("region", "Utrech", "not a region", "Did you mean Utrecht (NL31)"),
    ("region", "Utrecht; Mars", "“Mars” is not a region", "NUTS code"),
    ("language", "Fries", "not a language", "nl, en"),
    ("kind", "vraagstuk", "neither a need nor an offer", "Write need or offer"),
    ("capacity", "-1", "not a number of places", "whole number from 0 to 1,000,000"),
    ("capacity", "1,5", "not a number of places", "whole number"),
    ("capacity", "1000001", "not a number of places", "from 0 to 1,000,000"),
    ("capacity", "²", "not a number of places", "whole number"),
    ("min_capacity", "veel", "not a number of places", "whole number"),
    ("ticket_min", "veel", "not an amount", "Write the amount in euros"),
    ("ticket_max", "1.250 mln", "two different amounts", "Write the amount in euros"),
    ("ticket_max", "-5", "less than nothing", "without a minus sign"),
    ("region_required", "Marss", "“Marss” is not a region", "NUTS code"),
    ("region_required", "ja", "insists on its “region”, but names none", "Fill in “region”"),
    ("areas_required", "x", "insists on its “areas”, but names none", "or write “no”"),
    ("title", "#REF!", "shows the error #REF!", "Mend its formula"),
    ("organisation", "#N/B", "shows the error #N/B", "empty the cell"),
    ("title", "x" * 1_001, "has 1,001 characters; 1,000 is the most", "Shorten it"),
    ("text", "x" * 20_001, "has 20,001 characters; 20,000 is the most", "Shorten it"),
]


@pytest.mark.parametrize(("column", "cell", "wrong", "mend"), CELLS)
def test_cells(refusal: Refusal, column: str, cell: str, wrong: str, mend: str) -> None:
    header = "title" if column == "title" else f"title,{column}"
    row = f'"{cell}"' if column == "title" else f'Iets,"{cell}"'
    said = refusal(f"{header}\nGoed{',' if column != 'title' else ''}\n{row}\n")
    assert said.startswith(f"n.csv, line 3, {column}: ")
    assert wrong in said
    assert mend in said
    assert said.count("\n") == 1


def test_column_goes_by_its_owners_name(refusal: Refusal) -> None:
    assert "n.csv, line 2, Einddatum: " in refusal("Titel;Einddatum\nIets;ooit\n")


def test_period_reversed(refusal: Refusal) -> None:
    said = refusal("title,start,end\nIets,2026-03-01,2026-02-01\n")
    assert said == (
        "n.csv, line 2, end: The period ends on 2026-02-01, before it starts on 2026-03-01. "
        "Change one of the two dates, or let them trade places.\n"
    )


def test_amounts_reversed(refusal: Refusal) -> None:
    said = refusal("title;ticket_min;ticket_max\nIets;250k;1,5 duizend\n")
    assert "n.csv, line 2, ticket_max: The highest amount, €1,500, is below the lowest" in said


def test_one_bad_date_is_one_problem(refusal: Refusal) -> None:
    assert refusal("title,end\nIets,#N/A\n").count("\n") == 1


def test_required_beside_a_wrong_region_is_one_problem(refusal: Refusal) -> None:
    assert refusal("title,region,region_required\nIets,Mars,ja\n").count("\n") == 1


def test_double_id_names_both_lines(refusal: Refusal) -> None:
    said = refusal("id,title\nA,Een\nB,Twee\nA,Drie\n")
    assert said.startswith("n.csv, line 4, id: “A” stands on line 2 and again on line 4.")
    assert "its own id" in said


def test_empty_id(refusal: Refusal) -> None:
    assert "n.csv, line 3, id: The id is empty. Give every row its own" in refusal(
        "id,title\nA,Een\n ,Twee\n"
    )


def test_silent_row(refusal: Refusal) -> None:
    said = refusal("id,title,text\nA,Een,\nB,<br>, \n")
    assert said.startswith("n.csv, line 3: Title and text are both empty. Say in a sentence")


def test_wrong_number_of_cells(refusal: Refusal) -> None:
    said = refusal('id,title\nA,"over\ntwee regels"\nB,Een, twee\nC\n')
    assert "n.csv, line 4: This row has 3 cells and the header 2." in said
    assert "n.csv, line 5: This row has 1 cells and the header 2." in said
    assert "“,” or a new line must be between quotation marks" in said


def test_quotes_that_do_not_pair(refusal: Refusal) -> None:
    said = refusal('id,title\nA,Een\nB,"nooit dicht\nC,Drie\n')
    assert said.startswith("n.csv, line 3: The quotation marks of the row that starts here")
    assert "write those inside it twice" in said


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
    assert "n.xlsx, line 1: There is no row under the header." in result.stderr
    assert not out.exists()


def test_only_row_with_a_wrong_count_is_one_problem(refusal: Refusal) -> None:
    assert refusal("id,title\nA\n").count("\n") == 1


def test_files_that_traded_places(run: Run, tmp_path: Path, out: Path) -> None:
    (tmp_path / "n.csv").write_text("title,kind\nEen,offer\n")
    (tmp_path / "o.csv").write_text("title,kind\nEen,vraag\n")
    result = run(tmp_path / "n.csv", tmp_path / "o.csv", "--out", out)
    assert result.exit_code == 2
    needs, offers = result.stderr.splitlines()
    assert "n.csv, line 1, kind: None of the rows says “need” here. Have the two files" in needs
    assert "o.csv, line 1, kind: None of the rows says “offer” here. Have the two files" in offers
    assert not out.exists()


def test_problem_of_one_file_given_twice_is_told_once(run: Run, tmp_path: Path, out: Path) -> None:
    (tmp_path / "n.csv").write_text("title,kind\nEen,offer\nTwee,iets\nDrie,need\n")
    result = run(tmp_path / "n.csv", tmp_path / "n.csv", "--out", out)
    assert result.stderr.count("\n") == 1
    assert "line 3, kind: “iets” is neither" in result.stderr


def test_no_title_or_text(refusal: Refusal) -> None:
    said = refusal("id,Onderwerp\nA,Een\n")
    assert "n.csv, line 1: There is no column “title” or “text” among: id, Onderwerp." in said
    assert "--column title=NAME" in said


def test_two_columns_that_mean_the_same(refusal: Refusal) -> None:
    said = refusal("title,Tekst,Omschrijving\nEen,twee,drie\n")
    assert "n.csv, line 1: “Tekst” and “Omschrijving” both mean “text”." in said
    assert "--column text=NAME" in said


def test_bytes_that_are_not_utf8(refusal: Refusal) -> None:
    said = refusal("id,title\nA,Een\nB,caf\xe9\n".encode("cp1252"))
    assert said.startswith("n.csv, line 3: Byte 0xE9 (number 21 of the file) is not utf-8.")
    assert "--encoding cp1252" in said


def test_bytes_that_are_not_what_was_said(refusal: Refusal) -> None:
    assert "line 1: Byte 0xE9" in refusal("titl\xe9\n".encode("cp1252"), "--encoding", "ascii")


def test_utf16_without_mark(refusal: Refusal) -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        for name in ("Een", "Café één"):  # in UTF-8 the first is text with zeros, the other nothing
            said = refusal(f"id,title\nA,{name}\n".encode(encoding))
            assert said.startswith(
                "n.csv: This is not text in UTF-8, but in UTF-16 without a mark."
            )
            assert f"--encoding {encoding}" in said


@pytest.mark.parametrize("options", [(), ("--encoding", "cp1252"), ("--encoding", "latin-1")])
@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00\xa4\x81\x00\x00\x81\xff\x00",
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
    said = refusal("title\nEen\n", name="n.ods")
    assert (
        said
        == "n.ods: This kind of file cannot be read. Save it as one of these: .csv, .xlsx, .parquet, .arrow, .feather.\n"
    )


@pytest.mark.parametrize(
    "content", [b"", b"title\nEen\n", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0"]
)
def test_no_workbook(refusal: Refusal, content: bytes) -> None:
    said = refusal(content, name="n.xlsx")
    assert said.startswith("n.xlsx: This is not a workbook that can be read. Open it in")


def test_file_too_large(run: Run, offers: Path, out: Path, tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(table.LARGEST_FILE + 1)
    result = run(large, offers, "--out", out)
    assert result.exit_code == 2
    assert "large.csv: The file is larger than 1,024 MB. Split the table" in result.stderr


def test_too_many_rows(refusal: Refusal, monkeypatch: pytest.MonkeyPatch) -> None:
    assert table.MOST_ROWS == 1_000_000
    monkeypatch.setattr(table, "MOST_ROWS", 1_000)
    said = refusal("title\n" + "x\n" * 1_001)
    assert "n.csv: There are more than 1,000 rows. Split the table" in said


def test_all_problems_of_both_files_at_once(run: Run, tmp_path: Path, out: Path) -> None:
    (tmp_path / "n.csv").write_text("id,region\n1,NL31\n")
    (tmp_path / "o.csv").write_text("title,capacity\nEen,-1\nTwee,veel\n")
    result = run(tmp_path / "n.csv", tmp_path / "o.csv", "--out", out)
    assert result.exit_code == 2
    lines = result.stderr.splitlines()
    assert [f"{name}, line {line}" in said for name, line, said in zip(
        ("n.csv", "o.csv", "o.csv"), (1, 2, 3), lines, strict=True
    )] == [True] * 3  # fmt: skip


def test_twenty_problems_and_how_many_more(refusal: Refusal) -> None:
    said = refusal("title,capacity\n" + "Iets,veel\n" * 37).splitlines()
    assert len(said) == 21
    assert said[-1] == "… and 17 more."


def test_long_values_are_cut_in_messages(refusal: Refusal) -> None:
    assert len(refusal(f"title,end\nIets,{'9' * 5_000}\n")) < 400


def test_in_dutch(refusal: Refusal) -> None:
    said = refusal("titel;regio;plaatsen\nIets;Mars;1\nIets;;veel\n", "--language", "nl")
    assert said.splitlines() == [
        (
            "n.csv, regel 2, regio: “Mars” is geen regio die wij kennen. "
            "Geef een provincie, geen gemeente, of een NUTS-code zoals NL31; “NL” is het hele land."
        ),
        (
            "n.csv, regel 3, plaatsen: “veel” is geen aantal plaatsen. "
            "Schrijf alleen cijfers: een geheel getal van 0 tot en met 1.000.000."
        ),
    ]


def test_dutch_numbers_amounts_and_regions_in_dutch_messages(refusal: Refusal) -> None:
    lines = refusal(
        f"title,region,ticket_min,ticket_max\n{'x' * 1_001},,,\nIets,Zuid-Hollnd,,\nIets,,250k,1500\n",
        *("--language", "nl"),
    ).splitlines()
    assert "De tekst telt 1.001 tekens; het mogen er hooguit 1.000 zijn." in lines[0]
    assert "Bedoel je Zuid-Holland (NL33)?" in lines[1]
    assert "Het hoogste bedrag, €\u00a01.500, is lager dan het laagste, €\u00a0250.000." in lines[2]


def test_line_numbers_are_as_an_editor_shows_them(refusal: Refusal) -> None:
    rows = "".join(f"{n},Iets\n" for n in range(1_300))
    said = refusal(f"id,title\n{rows}7,Iets\n", "--language", "nl")
    assert said.startswith("n.csv, regel 1302, id: “7” staat op regel 9 en nog eens op regel 1302.")


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


@pytest.mark.parametrize("pair", ["title", "title=", "=Onderwerp", "kleur=Rood"])
def test_mapping_that_says_nothing(refusal: Refusal, pair: str) -> None:
    said = refusal("title\nEen\n", "--column", pair)
    assert f"“{pair}” does not say which column is which." in said
    assert "one of: id, market, title" in said


def test_mapping_to_a_column_that_is_not_there(refusal: Refusal) -> None:
    said = refusal("title,Soort\nEen,twee\n", "--needs-column", "market=Sort")
    assert "n.csv: There is no column “Sort” to read as “market”." in said
    assert "The columns are: title, Soort." in said


def test_shared_mapping_must_be_in_one_of_both(refusal: Refusal) -> None:
    said = refusal("title\nEen\n", "--column", "market=Soort")
    assert "n.csv + offers.csv: There is no column “Soort”" in said


def test_refused_can_be_read_as_text() -> None:
    error = Refused(refusals.says_nothing())
    assert "Title and text are both empty." in str(error)


def test_limits_are_those_of_the_documentation() -> None:
    assert (values.LONGEST_TITLE, values.LONGEST_TEXT) == (1_000, 20_000)
    assert (table.LARGEST_FILE, table.MOST_ROWS) == (2**30, 1_000_000)
