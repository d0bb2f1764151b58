"""Files of datasets: how large they may be, what they are called on the web, and how a table in one begins."""

import io
from typing import Final

from katalysator.faults import InvalidInput
from katalysator.tables.reading import read_grids

LARGEST: Final = 50_000_000
"""Bytes of one file that is given by hand."""
MOST_OF_ORGANISATION: Final = 1_000_000_000
"""Bytes of all files of an organisation together."""
ROWS: Final = 20
"""So many rows of a table are shown at most."""
SHARE: Final = 10
"""And of a smaller table one in so many, so that what is shown is never the data itself."""
_COLUMNS: Final = 30
_CELL: Final = 100
_BEGINNING: Final = 1 << 18
"""So much of a text is read for its first rows."""
_WHOLE: Final = 5_000_000
"""Bytes of a file that has to be read as a whole for that."""
_TEXTS: Final = (".csv", ".tsv")
_WHOLES: Final = (".xlsx", ".parquet")
_MEDIA_TYPES: Final = {
    ".csv": "text/csv; charset=utf-8",
    ".tsv": "text/tab-separated-values; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".geojson": "application/geo+json",
    ".jsonld": "application/ld+json",
    ".ttl": "text/turtle; charset=utf-8",
    ".xml": "application/xml",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".zip": "application/zip",
    ".gz": "application/gzip",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".parquet": "application/vnd.apache.parquet",
    ".arrow": "application/vnd.apache.arrow.file",
    ".gpkg": "application/geopackage+sqlite3",
}
ANY: Final = "application/octet-stream"


def media_type(name: str) -> str:
    """What a file is called on the web, by the ending of its name; bytes of any kind where that is not known."""
    return _MEDIA_TYPES.get(_ending(name), ANY)


def first_rows(name: str, content: bytes) -> list[list[str]]:
    """How a table in a file begins: the names of its columns and a small part of its rows.

    Empty for what is no table, and for one with too few rows to show a part of.
    """
    ending = _ending(name)
    if ending in _TEXTS:
        content = _beginning(content)
    elif ending not in _WHOLES or len(content) > _WHOLE:
        return []
    try:
        grids = read_grids(io.BytesIO(content), name=name)
    except InvalidInput:
        return []
    table = grids[0].rows if grids else ()
    few = min(ROWS, (len(table) - 1) // SHARE)
    rows = table[: few + 1] if few > 0 else ()
    return [[str(cell)[:_CELL] for cell in row[:_COLUMNS]] for row in rows]


def _ending(name: str) -> str:
    return f".{name.rpartition('.')[2].lower()}"


def _beginning(content: bytes) -> bytes:
    """The first whole lines of a text."""
    if len(content) <= _BEGINNING:
        return content
    return content[: content.rfind(b"\n", 0, _BEGINNING) + 1] or content[:_BEGINNING]
