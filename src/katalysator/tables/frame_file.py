"""Tables in Parquet and Arrow files: typed columns, read as the texts that one would type."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.tables.grid import (
    LARGEST_FILE,
    Grid,
    check_columns,
    check_rows,
    nothing_in_it,
)

if TYPE_CHECKING:
    import polars as pl

_OFTEN: Final = 10  # rows for each distinct value from which on the rows share one copy of it


def read_frame(path: Path, name: str, *, is_parquet: bool) -> Grid:
    """Read a file: the names of its columns are row 0. A list in a cell becomes one with semicolons.

    Raises InvalidInput where it cannot be read, holds nothing that is text, or is too large.
    """
    import polars as pl

    try:
        frame = _checked((pl.scan_parquet if is_parquet else pl.scan_ipc)(path, glob=False))
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError):
        raise _broken() from None
    header = tuple(column.strip() for column in frame.columns)
    rows = zip(*(_texts(column) for column in frame.iter_columns()), strict=True)
    kept = {number: cells for number, cells in enumerate(rows, 1) if any(cells)}
    return Grid(name, (header, *kept.values()), (0, *kept))


def _checked(file: "pl.LazyFrame") -> "pl.DataFrame":
    """The table in a file. Its size is looked at first: a small file may say the same a billion times."""
    import polars as pl

    columns = len(file.collect_schema())
    if not columns:
        raise nothing_in_it()
    check_columns(columns)
    rows = int(file.select(pl.len()).collect().item())
    check_rows(rows, rows * columns)
    lengths = file.select(pl.col(pl.String).str.len_bytes().cast(pl.UInt64()).sum())
    if sum(lengths.collect(engine="streaming").row(0)) > LARGEST_FILE:
        raise _too_much_text()
    return file.collect()


def _texts(column: "pl.Series") -> Iterable[str]:
    """The cells of a column as texts, empty where there is no value."""
    import polars as pl

    try:
        texts = _typed(column).fill_null("").str.strip_chars()
    except pl.exceptions.PolarsError:
        raise _no_text(column) from None
    if texts.n_unique() * _OFTEN > len(texts):
        return texts.to_list()
    known: dict[str, str] = {}
    return [known.setdefault(text, text) for text in texts.to_list()]


def _typed(column: "pl.Series") -> "pl.Series":
    import polars as pl

    dtype = column.dtype
    if isinstance(dtype, pl.List):
        return column.list.eval(pl.element().cast(pl.String())).list.join(";")
    if dtype == pl.Boolean():
        return column.replace_strict({True: "yes", False: "no"}, return_dtype=pl.String())
    if dtype.is_float():
        return pl.Series([None if value is None else f"{value:.15g}" for value in column])
    if dtype == pl.Datetime() and not (column != column.dt.date().cast(dtype)).any():
        return column.dt.date().cast(pl.String())
    if dtype.is_nested() or dtype == pl.Binary():
        raise _no_text(column)
    return column.cast(pl.String())


def _broken() -> InvalidInput:
    return InvalidInput(
        "file-frame",
        _("This is not a Parquet or Arrow file that can be read."),
        hint=_("Write it again, or save the table as “CSV UTF-8”."),
    )


def _too_much_text() -> InvalidInput:
    return InvalidInput(
        "file-texts",
        _("The texts in it are longer than %(most)s MB together."),
        hint=_("Shorten them, or split the table."),
        most=LARGEST_FILE >> 20,
    )


def _no_text(column: "pl.Series") -> InvalidInput:
    return InvalidInput(
        "column-type",
        _("The column “%(column)s” holds %(type)s, which is no text."),
        hint=_("Leave the column out, or write its values as texts."),
        column=column.name,
        type=str(column.dtype),
    )
