"""What is no table is refused in a sentence that says what it is, whatever its name says."""

import zipfile
from pathlib import Path

import polars as pl
import pytest
from openpyxl import Workbook

from katalysator.faults import InvalidInput
from katalysator.tables.reading import read_grids

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def _refusal(path: Path) -> str:
    with pytest.raises(InvalidInput) as caught:
        read_grids(path)
    assert caught.value.code == "file-kind"
    assert caught.value.where == (str(path),)
    return caught.value.sentence


@pytest.mark.parametrize(
    ("start", "told"),
    [
        (b"%PDF-1.7\n", "This is a PDF"),
        (b"\x89PNG\r\n\x1a\n", "This is a picture"),
        (b"\xff\xd8\xff\xe0", "This is a picture"),
        (b"{\\rtf1\\ansi", "This is a text document"),
        (b"\x1f\x8b\x08", "This is a packed file"),
        (b"SQLite format 3\0", "This is a database"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html>", "This is a web page"),
        (b"<?xml version='1.0'?><Workbook/>", "This is a web page or XML"),
        (b'[{"title": "x"}]', "This is JSON"),
        (_OLE + "Workbook".encode("utf-16-le"), "of the old kind .xls"),
        (_OLE + "WordDocument".encode("utf-16-le"), "This is a Word document"),
        (_OLE + "EncryptedPackage".encode("utf-16-le"), "This workbook has a password"),
        (_OLE, "This is a file of an old program"),
    ],
)
def test_by_the_first_bytes(tmp_path: Path, start: bytes, told: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(start + b" and more")
    assert told in _refusal(path)


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("content.xml", "This is an OpenDocument file"),
        ("word/document.xml", "This is a Word document"),
        ("ppt/presentation.xml", "This is a presentation"),
        ("xl/workbook.bin", "of the kind .xlsb"),
        ("Index/Document.iwa", "Apple Numbers"),
        ("needs.csv", "This is a packed file. Unpack it"),
    ],
)
def test_by_what_is_in_an_archive(tmp_path: Path, part: str, told: str) -> None:
    path = tmp_path / "table.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, "x")
    assert told in _refusal(path)


def test_the_name_does_not_matter(tmp_path: Path) -> None:
    frame = pl.DataFrame({"a": ["b"]})
    frame.write_parquet(tmp_path / "parquet.csv")
    frame.write_ipc(tmp_path / "arrow.xlsx")
    frame.write_csv(tmp_path / "text.parquet")
    book = Workbook()
    assert book.active is not None
    book.active.append(["a"])
    book.active.append(["b"])
    book.save(tmp_path / "workbook.txt")
    for path in tmp_path.iterdir():
        (grid,) = read_grids(path)
        assert grid.rows == (("a",), ("b",)), path


def test_a_workbook_that_was_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(b"PK\x03\x04" + bytes(100))
    with pytest.raises(InvalidInput, match="This is not a workbook that can be read"):
        read_grids(path)


def test_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.touch()
    with pytest.raises(InvalidInput, match=r"t\.csv: There is nothing in it\."):
        read_grids(path)


@pytest.mark.parametrize("word", ["BMI", "PAR1", "ARROW1", "GIF", "PK", "Rar", "%"])
def test_a_header_that_begins_as_another_kind(tmp_path: Path, word: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f"{word};b\n1;2\n")
    assert read_grids(path)[0].rows[0] == (word, "b")
