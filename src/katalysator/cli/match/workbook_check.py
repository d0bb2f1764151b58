"""What a workbook may be made of: looked at before it is read, for its reader trusts what it is told.

A small file can say that its next row is number 999,999,999,999, unpack to terabytes, or define one
word by ten others ten times over. Every part is walked through once here, in blocks, and the first thing
that no spreadsheet program writes ends it.
"""

import re
import zipfile
from collections.abc import Iterable
from functools import cache, reduce
from pathlib import Path
from typing import Final
from xml.parsers import expat

from katalysator.cli.match.table import MOST_CELLS
from katalysator.faults import InvalidInput, gettext_noop as _

_LARGEST_UNPACKED: Final = 512 * 1024 * 1024
_MOST_PARTS: Final = 5_000
_MOST_ROWS: Final = 1_048_576  # of a sheet
_MOST_COLUMNS: Final = 16_384  # of a sheet: up to XFD
_MOST_TEXTS: Final = 2_000_000
_MOST_TAGS: Final = 250_000  # of a part that is read as one piece, such as the styles
_DEEPEST: Final = 64
_BLOCK: Final = 1 << 16
_BLOCKS_OF_ONE_TAG: Final = 32  # 2 MB: no cell holds a text of that length
_PART: Final = b"PK\x01\x02"
_PLACE: Final = re.compile("([A-Z]{1,3})[0-9]{1,7}")


def check_workbook(path: Path) -> None:
    """Refuse a file that is no workbook, or one of which the reader would need too much.

    Cost: one pass over all that is in it; memory for a few blocks.
    """
    if not zipfile.is_zipfile(path) or _parts(path) > _MOST_PARTS:
        raise broken()
    with zipfile.ZipFile(path) as archive:
        if sum(member.file_size for member in archive.infolist()) > _LARGEST_UNPACKED:
            raise _too_large()
        for name in archive.namelist():
            with archive.open(name) as part:
                _Walk().through(iter(lambda part=part: part.read(_BLOCK), b""))  # type: ignore[misc]


def broken() -> InvalidInput:
    """The refusal of a file that cannot be read."""
    return InvalidInput(
        "file-workbook",
        _("This is not a workbook that can be read."),
        hint=_("Open it in a spreadsheet program and save it as .xlsx, without a password."),
    )


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


class _Walk:
    """A walk through one part; what is no XML ends it, which is for the reader to say."""

    def __init__(self) -> None:
        self.tags = self.depth = self.rows = self.columns = 0
        self.most: int | None = None

    def through(self, blocks: Iterable[bytes]) -> None:
        """Walk. Raises InvalidInput where something is too much."""
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.StartDoctypeDeclHandler = self._declares
        silent, seen = 0, 0
        for block in blocks:
            try:
                parser.Parse(block)
            except expat.ExpatError:
                return
            silent, seen = (silent + 1, seen) if self.tags == seen else (0, self.tags)
            if silent > _BLOCKS_OF_ONE_TAG:
                raise broken()

    def _declares(self, *_: object) -> None:
        raise broken()

    def _start(self, name: str, given: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        self.tags, self.depth = self.tags + 1, self.depth + 1
        if self.most is None:
            self.most = {"worksheet": 4 * MOST_CELLS, "sst": 4 * _MOST_TEXTS}.get(kind, _MOST_TAGS)
        if self.tags > self.most or self.depth > _DEEPEST:
            raise broken()
        if kind == "row":
            self._row(given.get("r"))
        elif kind == "c":
            self._cell(given.get("r"))

    def _end(self, _name: str) -> None:
        self.depth -= 1

    def _row(self, number: str | None) -> None:
        """Rows have rising numbers."""
        before, self.rows = self.rows, self.rows + 1
        if number is not None:
            self.rows = int(number) if number.isdecimal() and len(number) < 8 else 0
        self.columns = 0
        if not before < self.rows <= _MOST_ROWS:
            raise broken()

    def _cell(self, place: str | None) -> None:
        """Cells stand in rising columns."""
        before, self.columns = self.columns, self.columns + 1
        if place is not None:
            found = _PLACE.fullmatch(place)
            self.columns = _column(found[1]) if found else 0
        if not before < self.columns <= _MOST_COLUMNS:
            raise broken()


@cache
def _column(letters: str) -> int:
    """The number of a column from A, which is 1, to ZZZ."""
    return reduce(lambda number, letter: number * 26 + ord(letter) - ord("A") + 1, letters, 0)
