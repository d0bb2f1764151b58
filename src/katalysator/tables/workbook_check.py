"""What a workbook may be made of: looked at before it is read, for its reader trusts what it is told.

A small file can say that its next row is number 999,999,999,999, unpack to terabytes, or define one
word by ten others ten times over. Every part is walked through once here, in blocks, and the first thing
that no spreadsheet program writes ends it. What the reader does not tell of a sheet is kept on the way.
"""

import posixpath
import zipfile
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.tables.cell_styles import CellStyles, cell_styles
from katalysator.tables.part_walk import PartWalk, SheetMarks, broken

_LARGEST_UNPACKED: Final = 512 * 1024 * 1024
_LARGEST_SMALL_PART: Final = 32 * 1024 * 1024
_MOST_PARTS: Final = 5_000
_BLOCK: Final = 1 << 16
_PART: Final = b"PK\x01\x02"
_STYLES, _BOOK, _LINKS = "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_TEXTS: Final = "xl/sharedstrings.xml"


def check_workbook(path: Path) -> list[SheetMarks]:
    """What each sheet tells beside its values, in order.

    Raises InvalidInput where a file is no workbook, or one of which the reader would need too much.
    Cost: one pass over all that is in it; memory for a few blocks and the marks.
    """
    if not zipfile.is_zipfile(path) or _parts(path) > _MOST_PARTS:
        raise broken()
    with zipfile.ZipFile(path) as archive:
        names = [name.lower().replace("\\", "/") for name in archive.namelist()]
        if len(set(names)) < len(
            names
        ):  # of two parts with one name we and the reader may take another
            raise broken()
        if sum(member.file_size for member in archive.infolist()) > _LARGEST_UNPACKED:
            raise _too_large()
        styles = _styles(archive)
        marks = {name.lower(): _walked(archive, name, styles) for name in archive.namelist()}
        sheets = [marks.get(part.lower()) for part in _sheet_parts(archive)]
    whole = [told for told in sheets if told and told.is_whole]
    if len(whole) < len(sheets) or not marks.get(_TEXTS, SheetMarks()).is_whole:
        raise broken()  # the reader would go on with what it understands of it
    return whole


def _too_large() -> InvalidInput:
    return InvalidInput(
        "file-unpacked",
        _("The workbook unpacks to more than 512 MB."),
        hint=_("Split it, or save the sheet on its own, without pictures and layout."),
    )


def _parts(path: Path) -> int:
    """How many parts the list at the end of the file has, without reading that list."""
    count, last = 0, b""
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            count += (last + block).count(_PART)
            last = block[-len(_PART) + 1 :]
    return count


def _walked(archive: zipfile.ZipFile, name: str, styles: CellStyles) -> SheetMarks:
    with archive.open(name) as part:
        return PartWalk(styles).through(iter(lambda: part.read(_BLOCK), b""))


def _tree(archive: zipfile.ZipFile, name: str) -> ET.Element:
    """A small part as a whole, after a walk through it."""
    if archive.getinfo(name).file_size > _LARGEST_SMALL_PART:
        raise broken()
    _walked(archive, name, CellStyles())
    return ET.fromstring(archive.read(name))  # noqa: S314 - the walk refuses what it fears


def _styles(archive: zipfile.ZipFile) -> CellStyles:
    return cell_styles(_tree(archive, _STYLES)) if _STYLES in archive.namelist() else CellStyles()


def _sheet_parts(archive: zipfile.ZipFile) -> list[str]:
    """The names of the parts with the sheets, in the order of the book."""
    links = {link.get("Id"): link.get("Target", "") for link in _tree(archive, _LINKS)}
    sheets = _tree(archive, _BOOK).iterfind("{*}sheets/{*}sheet")
    return [_part(links.get(_link(sheet), "")) for sheet in sheets]


def _link(sheet: ET.Element) -> str:
    return next((value for name, value in sheet.items() if name.endswith("}id")), "")


def _part(target: str) -> str:
    """The name of a part that the book calls so."""
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
