"""Listings as a table, in the columns that `katalysator match` reads without mapping."""

from collections.abc import Iterable, Sequence
from typing import Any

import rules
from django.contrib.auth.models import AnonymousUser
from django.http import StreamingHttpResponse

from katalysator.coalition.models import Person
from katalysator.core.downloads import as_sheet
from katalysator.listings.market import markets
from katalysator.listings.models import Listing
from katalysator.listings.workflow import EDIT

_COLUMNS = (
    "id", "kind", "market", "title", "text", "organisation", "own_name", "areas", "region", "language", "skills",
    "level", "period_start", "period_end", "capacity", "ticket_min", "ticket_max", "region_required",
    "areas_required", "min_capacity", "reference", "stands_until",
)  # fmt: skip
_AS_STATED = ("kind", "market", "title", "text", "language")
_TABLE_NAMES = {"start": "period_start", "end": "period_end"}


def columns() -> tuple[str, ...]:
    """The columns of the table: those of every listing, and the intervals that markets declare.

    Choices on which both sides must agree stand together under `level`.
    """
    terms = [term for each in markets() for term in each.own_terms().values()]
    names = [name for term in terms if term.hard and term.is_interval for name in term.names]
    return tuple(dict.fromkeys((*_COLUMNS, *names)))


def as_csv(
    listings: Iterable[Listing], *, reader: Person | AnonymousUser | None = None
) -> StreamingHttpResponse:
    """A download, written while it is read. Cost: one query, constant memory.

    What owners call their listings themselves is told to a `reader` who may change them.
    """
    names = columns()
    rows = (_row(listing, reader, names) for listing in listings)
    return as_sheet("katalysator-listings", names, rows)


def _row(
    listing: Listing, reader: Person | AnonymousUser | None, names: Sequence[str]
) -> Sequence[Any]:
    cells = _cells(listing)
    if reader and rules.has_perm(EDIT, reader, listing):
        cells["reference"] = listing.reference
    return [cells.get(name, "") for name in names]


def _cells(listing: Listing) -> dict[str, Any]:
    cells = {
        **{name: getattr(listing, name) for name in _AS_STATED},
        "id": listing.pk,
        "organisation": listing.organisation.name,
        "own_name": listing.owner.name if listing.owner.is_person else "",
        "areas": ";".join(listing.areas),
        "region": ";".join(listing.regions),
        "skills": ";".join(listing.skills),
        "level": ";".join(listing.labels),  # “term:choice”, so that a reader keeps them apart
        "region_required": "yes" if listing.region_required else "",
        "stands_until": listing.stands_until or "",
        "areas_required": "yes" if listing.areas_required else "",
    }
    terms = listing.market_class.terms
    for name, value in listing.stated().items():
        stated = {
            _TABLE_NAMES.get(column, column): cell
            for column, cell in terms[name].to_cells(value).items()
        }
        cells = stated | cells
    return cells
