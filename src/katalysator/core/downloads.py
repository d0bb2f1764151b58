"""Files to take along; lists as sheets, written while they are read."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, TypeVar

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from katalysator.formulas import harmless

ResponseT = TypeVar("ResponseT", bound=HttpResponseBase)

_EXCEL: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"  # so that it reads UTF-8


class _Line:
    """A file that hands back each line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def as_file(response: ResponseT, name: str) -> ResponseT:
    """The same answer, as a file that is kept by this name."""
    response["Content-Disposition"] = str(content_disposition_header(True, name))
    return response


def as_sheet(
    name: str, header: Sequence[Any], rows: Iterable[Sequence[Any]]
) -> StreamingHttpResponse:
    """A download `name`.csv with these rows; what a spreadsheet would run is text in it. Memory: one row."""
    response = StreamingHttpResponse(_lines(header, rows), content_type="text/csv; charset=utf-8")
    return as_file(response, f"{name}.csv")


def _lines(header: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield _EXCEL + writer.writerow(header)
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])
