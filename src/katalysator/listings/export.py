"""Listings as a table, in the columns that `katalysator match` reads without mapping."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import StreamingHttpResponse

from katalysator.core.cells import harmless
from katalysator.listings.models import Listing

COLUMNS = (
    "id", "kind", "market", "title", "text", "organisation", "areas", "region", "language", "skills",
    "level", "period_start", "period_end", "capacity", "ticket_min", "ticket_max", "region_required",
    "areas_required", "min_capacity",
)  # fmt: skip


def as_csv(listings: Iterable[Listing]) -> StreamingHttpResponse:
    """A download, written while it is read. Cost: one query, constant memory."""
    response = StreamingHttpResponse(_lines(listings), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="katalysator-listings.csv"'
    return response


class _Line:
    """A file that hands back each line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _lines(listings: Iterable[Listing]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield "\N{ZERO WIDTH NO-BREAK SPACE}" + writer.writerow(COLUMNS)  # so that Excel reads UTF-8
    for listing in listings:
        yield writer.writerow([harmless(value) for value in _row(listing)])


def _row(listing: Listing) -> list[Any]:
    return [
        listing.pk,
        listing.kind,
        listing.market,
        listing.title,
        listing.text,
        listing.organisation.name,
        ";".join(listing.areas),
        ";".join(listing.regions),
        listing.language,
        ";".join(listing.skills),
        ";".join(listing.labels),  # “term:choice”, so that the reader keeps the terms apart
        listing.start or "",
        listing.end or "",
        listing.capacity,
        listing.ticket_min if listing.ticket_min is not None else "",
        listing.ticket_max if listing.ticket_max is not None else "",
        "yes" if listing.region_required else "",
        "yes" if listing.areas_required else "",
        listing.min_capacity if listing.min_capacity > 1 else "",
    ]
