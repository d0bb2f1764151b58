"""What a file is by its first bytes, whatever it is called; what is no table is refused with what to do."""

import codecs
import zipfile
from enum import Enum
from pathlib import Path
from typing import Final

from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.tables.grid import nothing_in_it
from katalysator.tables.part_walk import broken


class FileKind(Enum):
    """The kinds of files that are read."""

    TEXT = "text"
    WORKBOOK = "workbook"
    PARQUET = "parquet"
    ARROW = "arrow"


_START: Final = 4096
_BLOCK: Final = 1 << 20
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of all programs of Office until 2007
_AS_TABLE: Final = _("Open it in a spreadsheet program and save the table as .xlsx or “CSV UTF-8”.")
_TYPED_OVER: Final = _("Put its texts in a table, and save that as .xlsx or “CSV UTF-8”.")
_Told = tuple[str, str]
"""A sentence and a hint."""

_FRAMES: Final = {b"PAR1": FileKind.PARQUET, b"ARROW1\0\0": FileKind.ARROW}
_PACKED: Final = (b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")

_OTHERS: Final[dict[tuple[bytes, ...], _Told]] = {
    (b"%PDF",): (_("This is a PDF, and no table."), _TYPED_OVER),
    (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*"): (
        _("This is a picture, and no table."),
        _TYPED_OVER,
    ),
    (b"{\\rtf",): (_("This is a text document (RTF), and no table."), _TYPED_OVER),
    _PACKED: (
        _("This is a packed file."),
        _("Unpack it, and give the table that is in it."),
    ),
    (b"SQLite format 3",): (_("This is a database, and no table."), _AS_TABLE),
    (b'[{"', b'{"', b"[\n", b"[\r\n", b"{\n", b"{\r\n"): (
        _("This is JSON, and no table."),
        _AS_TABLE,
    ),
}
_MARK_UP: Final = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<head", b"<meta")

_IN_ARCHIVES: Final = {
    "xl/workbook.bin": (
        _("This is a workbook of the kind .xlsb, which cannot be read."),
        _AS_TABLE,
    ),
    "content.xml": (
        _("This is an OpenDocument file (.ods or .odt), which cannot be read."),
        _AS_TABLE,
    ),
    "word/document.xml": (_("This is a Word document, and no table."), _TYPED_OVER),
    "ppt/presentation.xml": (_("This is a presentation, and no table."), _TYPED_OVER),
    "index/document.iwa": (
        _("This is a file of Apple Numbers or Pages, which cannot be read."),
        _AS_TABLE,
    ),
}
_IN_OLE: Final = {
    "EncryptedPackage": (
        _("This workbook has a password."),
        _("Open it in a spreadsheet program and save it without a password."),
    ),
    "Workbook": (_("This is a workbook of the old kind .xls, which cannot be read."), _AS_TABLE),
    "Book": (_("This is a workbook of the old kind .xls, which cannot be read."), _AS_TABLE),
    "WordDocument": (_("This is a Word document, and no table."), _TYPED_OVER),
}


def kind_of(path: Path) -> FileKind:
    """The kind of a file. Raises InvalidInput where it is empty, or of a kind that is not read."""
    with path.open("rb") as file:
        start = file.read(_START)
    if not start:
        raise nothing_in_it()
    if start.startswith(_ZIP):
        return _of_archive(path)
    if start.startswith(_OLE):
        raise _old_office(path)
    if told := _other(start):
        raise _refused(*told)
    if b"\0" not in start:  # a header may begin with “PAR1”
        return FileKind.TEXT
    return next((kind for sign, kind in _FRAMES.items() if start.startswith(sign)), FileKind.TEXT)


def _other(start: bytes) -> _Told | None:
    """What a file that begins so is, if that can be told and is no table."""
    if start.removeprefix(codecs.BOM_UTF8).lstrip()[:16].lower().startswith(_MARK_UP):
        return _("This is a web page or XML, also if its name ends in .xls."), _AS_TABLE
    return next((told for signs, told in _OTHERS.items() if start.startswith(signs)), None)


def _refused(sentence: str, hint: str) -> InvalidInput:
    return InvalidInput("file-kind", sentence, hint=hint)


def _of_archive(path: Path) -> FileKind:
    """The kind of a file that is a ZIP archive: every program of an office writes those."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
        raise broken() from None
    if "xl/workbook.xml" in names:
        return FileKind.WORKBOOK
    told = next((told for name, told in _IN_ARCHIVES.items() if name in names), None)
    raise _refused(*(told or _OTHERS[_PACKED]))


def _old_office(path: Path) -> InvalidInput:
    """The refusal of a file of Office until 2007, or with a password: by the parts it names."""
    last = b""
    found: set[str] = set()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found.update(name for name in _IN_OLE if name.encode("utf-16-le") in last + block)
            last = block[-64:]
    told = next((told for name, told in _IN_OLE.items() if name in found), None)
    return _refused(*(told or (_("This is a file of an old program, and no table."), _AS_TABLE)))
