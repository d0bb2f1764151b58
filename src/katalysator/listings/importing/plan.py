"""What would become of the rows of a sheet beside the listings that are there: new, changed, or the same."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Q

from katalysator.coalition.models import Area
from katalysator.importing.plan import Planning
from katalysator.listings.contents import Content, content_of, facts, fill
from katalysator.listings.importing import remarks
from katalysator.listings.importing.rows import ListingRow, Target
from katalysator.listings.models import Listing
from katalysator.listings.sheet_measures import MEASURES

_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "regions": ("region",),
    "reference": ("id",),
    "period": ("period_end", "period_start", "period"),
    "ticket": ("ticket_max", "ticket_min", "amount"),
    "capacity": ("capacity", "min_capacity"),
    **MEASURES,
}
"""The fields of a sheet that say a part of a listing, where they have another name."""


@dataclass(slots=True)
class ListingPlanning(Planning):
    """What becomes of rows beside the listings of their organisation. Cost: two queries."""

    target: Target
    there: Sequence[Listing]
    areas: frozenset[str] = field(init=False)
    by_reference: dict[str, Listing] = field(init=False)
    by_title: dict[str, list[Listing]] = field(init=False)

    columns = _COLUMNS
    leading = "title"

    def __post_init__(self) -> None:
        self.areas = frozenset(Area.objects.values_list("slug", flat=True))
        self.by_reference = {each.reference: each for each in self.there if each.reference}
        self.by_title = {}
        for each in self.there:
            if each.market == self.target.market.slug:
                self.by_title.setdefault(each.title, []).append(each)

    def found(self, row: ListingRow) -> Listing | None:
        """By its number; else the only one with its title, and no other number."""
        known = self.by_reference.get(row.reference)
        if known and known.market != self.target.market.slug:
            raise remarks.other_market_has_it(row.reference, known.market_class).at("reference")
        if known:
            return known
        alike = self.by_title.get(row.headline, [])
        if row.reference:
            alike = [each for each in alike if not each.reference]
        return alike[0] if len(alike) == 1 else None

    def made(self, row: ListingRow) -> Listing:  # noqa: ARG002 — all alike
        """A draft."""
        return Listing(
            organisation=self.target.organisation,
            kind=self.target.kind,
            market=self.target.market.slug,
        )

    def fill(self, record: Listing, row: ListingRow, *, is_new: bool) -> None:
        """What the row says takes the place of what was there."""
        fill(record, _content(record, row, is_new=is_new), known_areas=self.areas)

    def facts(self, record: Listing) -> Mapping[str, Any]:
        """As the audit trail has it."""
        return facts(record)

    def about(self, row: ListingRow) -> Sequence[Hashable]:
        """Its number, or else its title."""
        return [row.reference or (row.headline,)]


def there(rows: Sequence[ListingRow], target: Target, *, locked: bool) -> list[Listing]:
    """The listings that the rows may be about."""
    references = [row.reference for row in rows if row.reference]
    titles = [row.headline for row in rows]
    mine = Listing.objects.filter(organisation=target.organisation, person=None, kind=target.kind)
    meant = mine.filter(
        Q(reference__in=references) | Q(market=target.market.slug, title__in=titles)
    )
    found = meant.order_by("pk").select_related("organisation")
    return list(found.select_for_update(of=("self",)) if locked else found)


def _content(listing: Listing, row: ListingRow, *, is_new: bool) -> Content:
    """What a listing says after a row was taken in: what the row says nothing of stays."""
    if is_new:
        own = {"title": row.headline, "language": row.language}
        return Content(**{**own, **row.said}, terms=row.terms, reference=row.reference)
    said = {name: _in_its_order(getattr(listing, name), each) for name, each in row.said.items()}
    terms = _merged(listing.stated(), row.terms)
    return content_of(listing, terms=terms, reference=row.reference or None, **said)


def _in_its_order(kept: Any, said: Any) -> Any:
    """What is said; as it is kept where that holds the same in another order."""
    return tuple(kept) if isinstance(said, tuple) and set(kept) == set(said) else said


def _merged(stated: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """The terms that are stated, with what a row says of them; of a range, an end that it leaves out stays."""
    merged = dict(stated)
    for name, value in said.items():
        if isinstance(value, dict):
            told = {end: each for end, each in value.items() if each is not None}
            merged[name] = {**(stated.get(name) or {}), **told}
        else:
            merged[name] = value
    return merged
