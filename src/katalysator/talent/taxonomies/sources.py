"""Files of a taxonomy as they are given: a folder, zips or tables, packed or not; bounded, and read line by line."""

import csv
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from katalysator.faults import InvalidInput, gettext_noop as _

LARGEST_TABLE: Final = 1 << 28
"""So many bytes a table may have, unpacked."""
_LARGEST_WHOLE: Final = 1 << 30
_MOST_FILES: Final = 300
_MOST_ZIPS: Final = 12
_DEEPEST: Final = 2
_LONGEST_CELL: Final = 200_000
_TABLE: Final = re.compile(r"\.csv(\.gz)?$", re.IGNORECASE)
_DAMAGED: Final = (zipfile.BadZipFile, gzip.BadGzipFile, EOFError, zlib.error, NotImplementedError, RuntimeError)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TaxonomyLine:
    """A line of a table: its cells by the names of columns, and where it stands, for who is told what is wrong."""

    file: str
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name) or ""

    def wrong(self, fault: InvalidInput) -> InvalidInput:
        """The fault, placed at this line."""
        return fault.at(self.number).at(self.file)


@dataclass(frozen=True, slots=True)
class _Table:
    """A table by its name and that of the zip it came in, with the bytes of it as they are packed."""

    name: str
    inside: str
    packed: Path | tuple[zipfile.ZipFile, zipfile.ZipInfo]

    @property
    def is_gzip(self) -> bool:
        return self.name.lower().endswith(".gz")

    def opened(self) -> IO[bytes]:
        if isinstance(self.packed, Path):
            return self.packed.open("rb")
        file, member = self.packed
        return file.open(member)


class TaxonomySource:
    """The tables that were given, by name; which are opened when they are asked for."""

    def __init__(self, tables: Sequence[_Table]) -> None:
        self._tables = {each.name: each for each in tables}
        self.inside = sorted({each.inside for each in tables if each.inside})
        """The names of the zips that tables came in."""

    @classmethod
    def of(cls, *paths: Path) -> "TaxonomySource":
        """All tables of folders, zips and files. Raises InvalidInput for what is none of these, or far too large."""
        tables = [table for path in paths for table in _found(path)]
        if not tables:
            raise InvalidInput(
                "taxonomy-no-tables",
                _("There are no tables here."),
                hint=_(
                    "Give the folder or zip of a taxonomy as CSV, such as the download of ESCO."
                ),
            )
        if len(tables) > _MOST_FILES:
            raise _large()
        seen = dict[str, _Table]()
        for each in tables:
            before = seen.setdefault(each.name, each)
            if before is not each and not _same(before, each):
                raise InvalidInput(
                    "taxonomy-twice",
                    _("This table is given twice, and the two differ."),
                    hint=_("Give the tables of one version alone."),
                ).at(each.name)
        return cls(list(seen.values()))

    @property
    def names(self) -> list[str]:
        """The names of all tables."""
        return sorted(self._tables)

    def lines(self, name: str, *needed: str) -> Iterator[TaxonomyLine]:
        """The lines of a table below its header, which has the columns that are needed. Raises InvalidInput."""
        with _unpacked(self._tables[name]) as file:
            yield from _lines(name, file, needed)


def _found(path: Path) -> Iterator[_Table]:
    try:
        yield from _tables(path)
    except _DAMAGED:
        raise _damaged().at(path.name) from None
    except OSError as fault:
        raise InvalidInput(
            "taxonomy-unreadable", _("This cannot be read: %(why)s."), why=str(fault.strerror)
        ).at(path.name) from None


def _tables(path: Path) -> Iterator[_Table]:
    if path.is_dir():
        for each in sorted(path.iterdir()):
            if each.is_file() and _TABLE.search(each.name):
                yield _Table(each.name, "", each)
            elif each.suffix.lower() == ".zip":
                yield from _tables(each)
    elif _TABLE.search(path.name):
        yield _Table(path.name, "", path)
    elif zipfile.is_zipfile(path):
        yield from _members(zipfile.ZipFile(path), path.name, depth=0)
    else:
        raise InvalidInput(
            "taxonomy-kind",
            _("This is neither a folder, nor a zip, nor a table (.csv)."),
            hint=_("Give the folder or zip of a taxonomy as CSV, such as the download of ESCO."),
        ).at(path.name)


def _members(file: zipfile.ZipFile, inside: str, depth: int) -> Iterator[_Table]:
    """The tables in a zip, and in the zips in it, and in those in them."""
    members = [each for each in file.infolist() if not each.is_dir()]
    if len(members) > _MOST_FILES or sum(each.file_size for each in members) > _LARGEST_WHOLE:
        raise _large().at(inside)
    zips = [each for each in members if each.filename.lower().endswith(".zip")]
    if len(zips) > _MOST_ZIPS or (zips and depth == _DEEPEST):
        raise _large().at(inside)
    for member in members:
        name = member.filename.rsplit("/", 1)[-1]
        if member in zips:
            inner = io.BytesIO(_read(file.open(member), name))
            yield from _members(zipfile.ZipFile(inner), name, depth + 1)
        elif _TABLE.search(name):
            yield _Table(name, inside, (file, member))


def _same(one: _Table, other: _Table) -> bool:
    with _unpacked(one) as first, _unpacked(other) as second:
        return first.read() == second.read()


def _unpacked(table: _Table) -> io.BytesIO:
    """What is in a table, no more than it may have, whatever its zip says of it."""
    try:
        with table.opened() as packed:
            content = _read(packed, table.name)
        if table.is_gzip:
            content = _read(gzip.GzipFile(fileobj=io.BytesIO(content)), table.name)  # type: ignore[arg-type]
    except _DAMAGED:
        raise _damaged().at(table.name) from None
    return io.BytesIO(content)


def _read(file: IO[bytes], name: str) -> bytes:
    content = file.read(LARGEST_TABLE + 1)
    if len(content) > LARGEST_TABLE:
        raise _large().at(name)
    return content


def _lines(name: str, file: io.BytesIO, needed: Sequence[str]) -> Iterator[TaxonomyLine]:
    csv.field_size_limit(_LONGEST_CELL)
    text = io.TextIOWrapper(file, "utf-8-sig", newline="")
    try:
        first = text.readline()
        text.seek(0)
        delimiter = max(",;\t", key=first.count)
        rows = csv.reader(text, delimiter=delimiter)
        header = [cell.strip() for cell in next(rows, [])]
        if missing := [each for each in needed if each not in header]:
            raise (
                InvalidInput(
                    "taxonomy-columns",
                    _("This table lacks the columns %(missing)s."),
                    hint=_("Give it as it was downloaded."),
                    missing=tuple(missing),
                )
                .at(1)
                .at(name)
            )
        for cells in rows:
            if not any(cells):
                continue
            if len(cells) != len(header):
                raise (
                    InvalidInput(
                        "taxonomy-cells",
                        _("There are %(cells)s cells in this line, and %(columns)s columns."),
                        hint=_("Give it as it was downloaded."),
                        cells=len(cells),
                        columns=len(header),
                    )
                    .at(rows.line_num)
                    .at(name)
                )
            yield TaxonomyLine(name, rows.line_num, dict(zip(header, cells, strict=True)))
    except UnicodeDecodeError:
        raise InvalidInput(
            "taxonomy-encoding",
            _("This table is not written in UTF-8."),
            hint=_("Give it as it was downloaded, and not as a spreadsheet kept it."),
        ).at(name) from None
    except csv.Error:
        raise (
            InvalidInput(
                "taxonomy-csv",
                _("This line cannot be read as CSV."),
                hint=_("Give it as it was downloaded."),
            )
            .at(rows.line_num)
            .at(name)
        ) from None


def _large() -> InvalidInput:
    return InvalidInput(
        "taxonomy-large",
        _("This is more than is read of a taxonomy: a table may have %(most)s MB, unpacked."),
        hint=_("Give the tables of one version alone."),
        most=LARGEST_TABLE >> 20,
    )


def _damaged() -> InvalidInput:
    return InvalidInput(
        "taxonomy-packed",
        _("This is packed in a way that cannot be read, or it is damaged."),
        hint=_("Download it again."),
    )
