"""Text files: the encoding, the separator and the rows, as people and programs save them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from katalysator.faults import InvalidInput
from katalysator.tables import grid as limits, text_rows
from katalysator.tables.csv_file import read_csv
from katalysator.tables.grid import Grid

ReadText = Callable[..., Grid]


@pytest.fixture
def read(tmp_path: Path) -> ReadText:
    """Reads a file with this content."""

    def content(text: str | bytes, encoding: str = "utf-8", said: str | None = None) -> Grid:
        path = tmp_path / "table.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return read_csv(path, "table", said)

    return content


# Encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_unicode_and_separators(read: ReadText, encoding: str, separator: str, end: str) -> None:
    rows = (("id", "title"), ("é1", "Café 😀 שלום"))
    grid = read(end.join(separator.join(row) for row in rows) + end, encoding)
    assert (grid.rows, grid.encoding, grid.separator) == (rows, encoding, separator)


@pytest.mark.parametrize(
    ("encoding", "cell"),
    [
        ("cp1252", "Eén proef vanaf € 1.250, dia’s en ideeën"),
        ("cp1252", "8 à 12% – „Größe“"),
        ("cp858", "financiële coördinatie vóór € 500"),
        ("mac-roman", "geïnteresseerde patiënten"),
        ("mac-roman", "Café’s – België"),
        ("cp1250", "współpraca, Łódź"),
    ],
)
def test_old_encodings_are_told_by_what_people_write(
    read: ReadText, encoding: str, cell: str
) -> None:
    grid = read(f"Nr;Titel\n1;{cell}\n", encoding)
    assert grid.rows[1] == ("1", cell)
    assert grid.encoding == encoding


def test_encoding_that_is_said_decides(read: ReadText) -> None:
    grid = read("Nr;Titel\n1;Ãa\n", "cp1252", said="mac-roman")
    assert (grid.rows[1][1], grid.encoding) == ("√a", "mac-roman")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encoding_that_is_said_is_for_files_in_no_unicode(read: ReadText, encoding: str) -> None:
    assert read("title\nCafé €\n", encoding, said="cp1252").rows[1] == ("Café €",)


def test_some_odd_bytes_among_unicode_are_those_of_windows(read: ReadText) -> None:
    data = "title\nideeën, één, coördinatie\n".encode() + "later geplakt: café\n".encode("cp1252")
    grid = read(data)
    assert grid.rows[1:] == (("ideeën, één, coördinatie",), ("later geplakt: café",))
    assert grid.encoding == "utf-8"


@pytest.mark.parametrize("said", ["klingon", "base64", "undefined", "nul\0"])
def test_encoding_that_is_none(read: ReadText, said: str) -> None:
    with pytest.raises(InvalidInput, match="is not an encoding of text") as caught:
        read("Café\n", "cp1252", said=said)
    assert caught.value.code == "encoding-unknown"


def test_byte_that_is_not_in_the_encoding_that_is_said(read: ReadText) -> None:
    with pytest.raises(InvalidInput, match=r"Line 2: Byte 0xE9 \(number 7 of the file\) is not"):
        read("a;b\r\nCé\r\n", "cp1252", said="ascii")


def test_no_text(read: ReadText) -> None:
    with pytest.raises(InvalidInput, match="This is no table"):
        read(b"title\nx\0\x81y\n")


# Separators


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separator_that_the_first_line_says(read: ReadText, separator: str) -> None:
    grid = read(f"sep={separator}\r\na{separator}b,c;d\r\n")
    assert (grid.rows[0][0], grid.numbers, grid.separator) == ("a", (2,), separator)


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("Lijst van vragen, versie 3\n\nNr;Titel;Plaats\n1;Een, twee, drie;Ede\n", ";"),
        ("Nr;Prijs;Max\n1;2,5;3,5\n2;4,5;6,5\n", ";"),
        ("Nr,Title,Text\n1,One,first; second; third\n2,Two,a; b; c\n", ","),
        ("Nr\tTitel\tTekst\n1\tEen\tdit, dat; zus, zo\n", "\t"),
        ('"Nr","Titel"\n"1","a;b;c;d"\n', ","),
        ("Naam | Plaats\nEen, twee | Ede\n", "|"),
    ],
)
def test_separator_is_the_one_of_a_table(read: ReadText, text: str, separator: str) -> None:
    assert read(text).separator == separator


# Rows


def test_rows_are_as_long_as_they_were_written(read: ReadText) -> None:
    grid = read("Titel van de lijst\na;b;c\n1;2;3\n4;5\n6;7;8;;\n")
    assert [len(row) for row in grid.rows] == [1, 3, 3, 2, 5]


def test_rows_that_hold_nothing_are_counted_and_left_out(read: ReadText) -> None:
    grid = read('\na;b\n;;\n\n"1\n2";x\n \n3;y\n')
    assert grid.rows == (("a", "b"), ("1\n2", "x"), ("3", "y"))
    assert grid.numbers == (2, 5, 7)


def test_quoted_cells(read: ReadText) -> None:
    grid = read('title;text\n"Een; ""twee""";"regel 1\r\nregel 2"\n')
    assert grid.rows[1] == ('Een; "twee"', "regel 1\nregel 2")
    assert grid.mended == frozenset()


def test_what_keeps_spreadsheets_from_running_a_cell_is_taken_out(read: ReadText) -> None:
    assert read("a;b\n'=1+1;'s avonds\n").rows[1] == ("=1+1", "'s avonds")


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ('1;"Cursus "schrijven"";x', ("1", 'Cursus "schrijven"', "x")),
        ('1;"Wie zegt "a; b" hier";x', ("1", 'Wie zegt "a; b" hier', "x")),
        ('1;"Slimme" camera;x', ("1", '"Slimme" camera', "x")),
        ('1;"nooit gesloten;x', ("1", '"nooit gesloten', "x")),
        ('1;"een \\"woord\\" apart";x', ("1", 'een "woord" apart', "x")),
        ('1;"zegt "ja"\nen "nee" ook";x', ("1", 'zegt "ja"\nen "nee" ook', "x")),
    ],
)
def test_quotation_marks_that_do_not_pair_take_no_row_along(
    read: ReadText, row: str, cells: tuple[str, ...]
) -> None:
    grid = read(f'nr;titel;plaats\n0;"a";"b"\n{row}\n2;"c";"d"\n3;e;f\n')
    assert grid.rows[2:] == (cells, ("2", "c", "d"), ("3", "e", "f"))
    assert grid.mended == {2}


def test_a_cell_that_swallows_rows_until_a_mark_at_a_far_end(read: ReadText) -> None:
    grid = read('nr;titel;plaats\n1;"Nieuw;x\n2;b;y\n3;c;scherm 12"\n4;d;w\n')
    assert len(grid.rows) == 5
    assert 1 in grid.mended


def test_quotation_marks_at_random_are_refused_before_they_take_for_ever(
    read: ReadText, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_rows, "_MOST_IN_VAIN", 1 << 20)
    with pytest.raises(InvalidInput, match=r"Line \d+: The quotation marks of the row") as caught:
        read('x";"\n' * 10_000)
    assert caught.value.code == "file-quotes"


def test_marks_inside_a_cell_are_text(read: ReadText) -> None:
    grid = read('nr;titel\n1;scherm 12" breed\n2;de "beste" keus\n')
    assert grid.rows[1:] == (("1", 'scherm 12" breed'), ("2", 'de "beste" keus'))
    assert grid.mended == frozenset()


# Limits


def test_nothing_in_it(read: ReadText) -> None:
    with pytest.raises(InvalidInput, match="There is nothing in it"):
        read("\n;;\n \n")


@pytest.mark.parametrize(
    ("limit", "code"), [("MOST_ROWS", "rows-many"), ("MOST_CELLS", "cells-many")]
)
def test_too_much(read: ReadText, monkeypatch: pytest.MonkeyPatch, limit: str, code: str) -> None:
    monkeypatch.setattr(limits, limit, 3)
    with pytest.raises(InvalidInput) as caught:
        read("a;b\n1;2\n3;4\n5;6\n")
    assert caught.value.code == code
