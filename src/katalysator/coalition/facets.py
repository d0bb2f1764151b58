"""How the organisations of a list divide: by kind, by area and by province, with the list of each; and a map."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, F
from django.db.models.expressions import Combinable
from django.db.models.functions import Left
from django.http import QueryDict

from katalysator.coalition.filters import OrganisationFilter
from katalysator.coalition.queries import OrganisationQuerySet
from katalysator.core import regions

_PARTS: Final[Mapping[str, Combinable]] = {
    "kind": F("kind"),
    "area": F("areas"),
    "region": Left("region", 4),
}
"""By what a list divides, as its filter calls it; a province is the first four letters of a region."""
_WEST, _NORTH = 3.2, 53.65
_WIDE, _HIGH = 62.0, 100.0  # units in a degree of longitude, of latitude, in the Netherlands
_LEAST, _MOST, _GROWTH = 7.0, 27.0, 3.2  # of a circle


@dataclass(frozen=True, slots=True)
class Share:
    """One part of a list: what it is called, how many there are, and the list of these."""

    value: str
    label: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class ListFacet:
    """One way in which a list divides, the largest part first."""

    label: str
    shares: Sequence[Share]


@dataclass(frozen=True, slots=True)
class Circle:
    """A province on the map: where, how large, and what it stands for."""

    x: float
    y: float
    radius: float
    share: Share


@dataclass(frozen=True, slots=True)
class ListDivision:
    """All ways in which a list divides, and the map of the provinces."""

    facets: Sequence[ListFacet]
    circles: Sequence[Circle]


def divided(asked: OrganisationFilter) -> ListDivision:
    """Divide what a list has been narrowed to, by all that it was not narrowed by. Cost: a query each."""
    records: OrganisationQuerySet = asked.qs.order_by()
    data: dict[str, str] = dict((asked.data or {}).items())  # type: ignore[arg-type]  # a page's query
    found: dict[str, ListFacet] = {}
    for name, part in _PARTS.items():
        if not asked.form.cleaned_data.get(name):
            field: Any = asked.form.fields[name]
            labels = {value: str(label) for value, label in field.choices if value}
            shares = list(_shares(data, name, labels, _counted(records, part)))
            found[name] = ListFacet(str(field.label), shares)
    circles = [_circle(share) for share in found["region"].shares] if "region" in found else []
    return ListDivision([each for each in found.values() if len(each.shares) > 1], circles)


def _counted(records: OrganisationQuerySet, part: Combinable) -> dict[str, int]:
    rows = records.values(part=part).annotate(count=Count("pk", distinct=True))
    return dict(rows.values_list("part", "count"))


def _shares(
    data: Mapping[str, str], name: str, labels: Mapping[str, str], counts: Mapping[str, int]
) -> Iterator[Share]:
    for value, count in sorted(counts.items(), key=lambda each: (-each[1], str(each[0]))):
        if value in labels:
            yield Share(value, labels[value], count, _narrowed(data, name, value))


def _narrowed(data: Mapping[str, str], name: str, value: str) -> str:
    """The same list, narrowed further."""
    query = QueryDict(mutable=True)
    query.update({key: each for key, each in data.items() if each and key != "page"})
    query[name] = value
    return f"?{query.urlencode()}"


def _circle(share: Share) -> Circle:
    place = regions.REGIONS[share.value]
    radius = min(_MOST, _LEAST + _GROWTH * (share.count - 1) ** 0.5)
    return Circle(
        round((place.lon - _WEST) * _WIDE, 1),
        round((_NORTH - place.lat) * _HIGH, 1),
        round(radius, 1),
        share,
    )
