"""What would become of the rows of a sheet beside the listings that are there: new, changed, or the same."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final

from django.db.models import Q

from katalysator.coalition.models import Area
from katalysator.faults import InvalidInput
from katalysator.listings.contents import Content, content_of, facts, fill
from katalysator.listings.importing import remarks
from katalysator.listings.importing.rows import SheetRow, SheetRows, Target, at
from katalysator.listings.models import Listing
from katalysator.tables.records import LeftOutLine

_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "regions": ("region",),
    "reference": ("id",),
    "period": ("period_end", "period_start", "period"),
    "ticket": ("ticket_max", "ticket_min", "amount"),
    "capacity": ("capacity", "min_capacity"),
}
"""The fields of a sheet that say a part of a listing, where they have another name."""


class Effect(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row, the listing as it will be, and what that said before; nothing where it is new."""

    row: SheetRow
    listing: Listing
    before: Mapping[str, Any]
    after: Mapping[str, Any]

    @property
    def effect(self) -> Effect:
        """What becomes of it."""
        if not self.before:
            return Effect.NEW
        return Effect.CHANGED if self.changes else Effect.SAME

    @property
    def changes(self) -> tuple[str, ...]:
        """The parts that will be others than they are; the terms by their names."""
        old, new = ({**said, **said.get("terms", {})} for said in (self.before, self.after))
        names = dict.fromkeys((*new, *old))
        return tuple(each for each in names if each != "terms" and old.get(each) != new.get(each))


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """What becomes of all rows that can be taken in, and those that cannot, with their reasons."""

    rows: tuple[PlannedRow, ...]
    left_out: tuple[LeftOutLine, ...]

    def of(self, effect: Effect) -> list[PlannedRow]:
        """The rows of which this becomes."""
        return [each for each in self.rows if each.effect is effect]

    @property
    def counts(self) -> Mapping[Effect, int]:
        """How many there are of each effect."""
        return Counter(each.effect for each in self.rows)

    @property
    def fingerprint(self) -> str:
        """The same for plans that do the same to the same listings, and for no others."""
        told = [(each.listing.pk, each.before, each.after) for each in self.rows]
        return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def planned(sheet: SheetRows, target: Target, *, locked: bool = False) -> SheetPlan:
    """See what would become of the rows of a sheet; nothing is written.

    `locked` keeps the listings that are there from others until the transaction ends. Cost: two queries.
    """
    planning = _Planning(sheet, target, _there(sheet.rows, target, locked=locked))
    for row in sheet.rows:
        planning.take(row)
    left_out = sorted((*sheet.left_out, *planning.left_out), key=lambda each: each.line.number)
    return SheetPlan(tuple(planning.rows), tuple(left_out))


def _there(rows: Sequence[SheetRow], target: Target, *, locked: bool) -> list[Listing]:
    """The listings that the rows may be about."""
    references = [row.reference for row in rows if row.reference]
    titles = [row.headline for row in rows]
    mine = Listing.objects.filter(organisation=target.organisation, kind=target.kind)
    meant = mine.filter(
        Q(reference__in=references) | Q(market=target.market.slug, title__in=titles)
    )
    found = meant.order_by("pk").select_related("organisation")
    return list(found.select_for_update(of=("self",)) if locked else found)


@dataclass(slots=True)
class _Planning:
    """Goes by the rows, and remembers what each is about."""

    sheet: SheetRows
    target: Target
    there: Iterable[Listing]
    areas: frozenset[str] = field(init=False)
    by_reference: dict[str, Listing] = field(init=False)
    by_title: dict[str, list[Listing]] = field(init=False)
    seen: dict[object, int] = field(default_factory=dict)
    rows: list[PlannedRow] = field(default_factory=list)
    left_out: list[LeftOutLine] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.areas = frozenset(Area.objects.values_list("slug", flat=True))
        self.by_reference = {each.reference: each for each in self.there if each.reference}
        self.by_title = {}
        for each in self.there:
            if each.market == self.target.market.slug:
                self.by_title.setdefault(each.title, []).append(each)

    def take(self, row: SheetRow) -> None:
        """SheetPlan one row, or leave it out."""
        try:
            self.rows.append(self._planned(row))
        except InvalidInput as error:
            part = str(error.where[0]) if error.where else ""
            plain = InvalidInput(error.code, error.message, hint=error.hint, **error.parameters)
            placed = at(self.sheet.read, plain, row.line, *_COLUMNS.get(part, (part, "text")))
            self.left_out.append(LeftOutLine(row.line, (placed,)))

    def _planned(self, row: SheetRow) -> PlannedRow:
        found = self._found(row)
        self._require_once(row, found)
        before = facts(found) if found else {}
        listing = found or self._new()
        fill(listing, _content(listing, row, is_new=found is None), known_areas=self.areas)
        return PlannedRow(row, listing, before, facts(listing))

    def _new(self) -> Listing:
        return Listing(
            organisation=self.target.organisation,
            kind=self.target.kind,
            market=self.target.market.slug,
        )

    def _found(self, row: SheetRow) -> Listing | None:
        """The listing that a row is about: by its number; else the only one with its title, and no other number."""
        known = self.by_reference.get(row.reference)
        if known and known.market != self.target.market.slug:
            raise remarks.other_market_has_it(row.reference, known.market_class).at("reference")
        if known:
            return known
        alike = self.by_title.get(row.headline, [])
        if row.reference:
            alike = [each for each in alike if not each.reference]
        return alike[0] if len(alike) == 1 else None

    def _require_once(self, row: SheetRow, found: Listing | None) -> None:
        """Refuse a row that is about the same as one above it."""
        about = found.pk if found else row.reference or (row.headline,)
        first = self.seen.setdefault(about, row.line.number)
        if first != row.line.number:
            raise remarks.stands_twice(first).at("title")


def _content(listing: Listing, row: SheetRow, *, is_new: bool) -> Content:
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
