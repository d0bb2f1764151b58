"""Lists as sheets to take along, written while they are read."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from django.http import StreamingHttpResponse

from katalysator.formulas import harmless

_EXCEL: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"  # so that it reads UTF-8


class _Line:
    """A file that hands back each line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def as_sheet(
    name: str, header: Sequence[Any], rows: Iterable[Sequence[Any]]
) -> StreamingHttpResponse:
    """A download `name`.csv with these rows; what a spreadsheet would run is text in it. Memory: one row."""
    response = StreamingHttpResponse(_lines(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _lines(header: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield _EXCEL + writer.writerow(header)
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])
