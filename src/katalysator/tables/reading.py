"""Reading the tables of a file: from a path, a pipe or an upload, whatever its name says it is."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.tables.csv_file import read_csv
from katalysator.tables.file_kind import FileKind, kind_of
from katalysator.tables.frame_file import read_frame
from katalysator.tables.grid import LARGEST_FILE, Grid
from katalysator.tables.xlsx_file import read_xlsx

_BLOCK: Final = 1 << 20


def read_grids(
    source: Path | BinaryIO, *, name: str = "", encoding: str | None = None
) -> tuple[Grid, ...]:
    """Read the tables of a file.

    Parameters
    ----------
    source
        A path, which may lead to a pipe, or anything that gives bytes.
    name
        What the file goes by in a report; else its path.
    encoding
        How a text was saved, by the name that Python has for it; what is Unicode is read as that anyway.

    Returns
    -------
    One grid for each sheet that is shown and holds anything, in order; one for a file without sheets.

    Raises
    ------
    InvalidInput
        At the name of the file, where it is of another kind, too large or broken, or holds nothing.

    """
    called = name or (str(source) if isinstance(source, Path) else str(getattr(source, "name", "")))
    try:
        with _on_disk(source) as path:
            return _read(path, called, encoding)
    except InvalidInput as error:
        raise error.at(called) from None


def _read(path: Path, name: str, encoding: str | None) -> tuple[Grid, ...]:
    match kind_of(path):
        case FileKind.WORKBOOK:
            return read_xlsx(path, name)
        case FileKind.TEXT:
            return (read_csv(path, name, encoding),)
        case frame:
            return (read_frame(path, name, is_parquet=frame is FileKind.PARQUET),)


@contextmanager
def _on_disk(source: Path | BinaryIO) -> Iterator[Path]:
    """A file of at most the largest size, which can be read more than once."""
    try:
        if isinstance(source, Path) and source.is_file():
            if source.stat().st_size > LARGEST_FILE:
                raise _too_large()
            yield source
        elif isinstance(source, Path):
            with source.open("rb") as pipe, _spooled(pipe) as path:
                yield path
        else:
            with _spooled(source) as path:
                yield path
    except OSError as error:
        raise _unreadable(error) from None


@contextmanager
def _spooled(pipe: BinaryIO) -> Iterator[Path]:
    """A copy of what a pipe gives."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        left = LARGEST_FILE
        with path.open("wb") as copy:
            while block := pipe.read(_BLOCK):
                left -= len(block)
                if left < 0:
                    raise _too_large()
                copy.write(block)
        yield path


def _too_large() -> InvalidInput:
    return InvalidInput(
        "file-large",
        _("The file is larger than %(most)s MB."),
        hint=_("Split the table, by market for instance, and match the parts in turn."),
        most=LARGEST_FILE >> 20,
    )


def _unreadable(error: OSError) -> InvalidInput:
    return InvalidInput(
        "file-unreadable",
        _("The file cannot be read: %(reason)s."),
        hint=_("Look whether it exists and whether you may read it."),
        reason=error.strerror or type(error).__name__,
    )
