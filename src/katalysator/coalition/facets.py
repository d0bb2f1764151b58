"""How the organisations of a list divide: by kind, by area and by province, with the list of each; and a map."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Count
from django.db.models.functions import Left
from django.http import QueryDict
from django.utils.translation import gettext as _

from katalysator.coalition.filters import OrganisationFilter, area_choices, province_choices
from katalysator.coalition.models import Organisation
from katalysator.coalition.queries import OrganisationQuerySet
from katalysator.core import regions

_PROVINCE: Final = 4  # letters of its code
_WEST, _NORTH = 3.2, 53.65
_WIDE, _HIGH = (
    62.0,
    100.0,
)  # units a degree of longitude, of latitude: about as far in the Netherlands
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
    named: dict[str, tuple[str, Mapping[str, object], dict[str, int]]] = {
        "kind": (_("Kind"), dict(Organisation.Kind.choices), _counted(records, "kind")),
        "area": (_("Area"), dict(area_choices()), _counted(records, "areas")),
        "region": (_("Region"), dict(province_choices()), _by_province(records)),
    }
    data: dict[str, str] = dict((asked.data or {}).items())  # type: ignore[arg-type]  # a page's query
    narrowed = {name for name, value in asked.form.cleaned_data.items() if value}
    found = {
        name: ListFacet(str(label), list(_shares(data, name, labels, counts)))
        for name, (label, labels, counts) in named.items()
        if name not in narrowed
    }
    circles = [_circle(share) for share in found["region"].shares] if "region" in found else []
    return ListDivision([each for each in found.values() if len(each.shares) > 1], circles)


def _counted(records: OrganisationQuerySet, name: str) -> dict[str, int]:
    rows = records.values(name).annotate(count=Count("pk", distinct=True))
    return dict(rows.values_list(name, "count"))


def _by_province(records: OrganisationQuerySet) -> dict[str, int]:
    rows = records.annotate(province=Left("region", _PROVINCE)).values("province")
    return dict(rows.annotate(count=Count("pk", distinct=True)).values_list("province", "count"))


def _shares(
    data: Mapping[str, str], name: str, labels: Mapping[str, object], counts: Mapping[str, int]
) -> Iterator[Share]:
    for value, count in sorted(counts.items(), key=lambda each: (-each[1], str(each[0]))):
        if value in labels:
            yield Share(value, str(labels[value]), count, _narrowed(data, name, value))


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
