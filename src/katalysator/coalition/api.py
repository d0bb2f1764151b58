"""The coalition's part of the API: the map (areas, blocks, hubs, regions) and the organisations."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router
from ninja.params.functions import Path

from katalysator.coalition.blocks import Block
from katalysator.coalition.filters import OrganisationFilter
from katalysator.coalition.models import Area, Hub, Organisation
from katalysator.core import regions
from katalysator.core.api import Links, PageOf, Resource, page_facts, paged
from katalysator.core.api_writing import tag
from katalysator.core.filters import ListQuery
from katalysator.core.language import active_language

router = Router(tags=["coalition"], by_alias=True)

Slug = Annotated[str, Path(pattern="^[-a-zA-Z0-9_]+$", max_length=80)]


class Named(Resource):
    """A word of the coalition: its key, and its name in the language of the answer."""

    slug: str
    name: str


class NamedList(Resource):
    """All words of one kind."""

    items: list[Named]


class RegionResource(Resource):
    """A region of NUTS 2021, with its centre in WGS 84."""

    code: str
    name: str
    latitude: float
    longitude: float


class RegionList(Resource):
    """All regions that listings and organisations can be placed in."""

    items: list[RegionResource]


class HubResource(Named):
    """A regional hub, the regions that it serves, and where that is stated."""

    regions: list[str]
    source: str


class HubList(Resource):
    """All hubs."""

    items: list[HubResource]


class OrganisationResource(Resource):
    """An organisation: a participant, or one that stands in the directory only."""

    slug: str
    name: str
    other_names: list[str]
    kind: str
    city: str
    region: str
    kvk: str
    ror: str
    website: str
    about: str
    blocks: list[str]
    areas: list[str]
    contact: str
    state: str
    is_participant: bool
    is_founding: bool
    joined_on: date | None
    confirmed_at: datetime | None
    is_example: bool
    source: str
    links: Links


class OrganisationPage(PageOf):
    """One page of organisations."""

    items: list[OrganisationResource]


@router.get("/areas", response=NamedList)
def areas(request: HttpRequest) -> NamedList:  # noqa: ARG001
    """Application areas: the rows of the matrix."""
    return NamedList(items=[Named(slug=area.slug, name=str(area)) for area in Area.objects.all()])


@router.get("/blocks", response=NamedList)
def blocks(request: HttpRequest) -> NamedList:  # noqa: ARG001
    """Building blocks: the columns of the matrix."""
    return NamedList(items=[Named(slug=block.value, name=str(block.label)) for block in Block])


@router.get("/regions", response=RegionList)
def region_list(request: HttpRequest) -> RegionList:  # noqa: ARG001
    """The country and its provinces."""
    language = active_language()
    known = [place for code, place in regions.REGIONS.items() if regions.covers("NL", code)]
    return RegionList(
        items=[
            RegionResource(
                code=place.code,
                name=place.names.in_(language),
                latitude=place.lat,
                longitude=place.lon,
            )
            for place in known
            if len(place.code) != 3
        ]
    )


@router.get("/hubs", response=HubList)
def hubs(request: HttpRequest) -> HubList:  # noqa: ARG001
    """Regional hubs and the regions that they serve."""
    known = Hub.objects.all()
    return HubList(items=[HubResource.model_validate(hub, from_attributes=True) for hub in known])


@router.get("/organisations", response=OrganisationPage)
def organisations(
    request: HttpRequest, query: Query[ListQuery[OrganisationFilter]]
) -> OrganisationPage:
    """Organisations by name: participants first, then others that the coalition knows of."""
    found = query.narrow(Organisation.objects.visible_to(request.user), request)
    page = paged(found.prefetch_related("areas"), query)
    items = [organisation_resource(request, each) for each in page]
    return OrganisationPage(items=items, **page_facts(request, page))


@router.get("/organisations/{slug}", response=OrganisationResource)
def organisation(request: HttpRequest, response: HttpResponse, slug: Slug) -> OrganisationResource:
    """One organisation."""
    seen = Organisation.objects.visible_to(request.user).prefetch_related("areas")
    found = get_object_or_404(seen, slug=slug)
    tag(response, found)
    return organisation_resource(request, found)


def organisation_resource(request: HttpRequest, record: Organisation) -> OrganisationResource:
    """An organisation as the API sends it."""
    as_stated = (
        "slug", "name", "other_names", "kind", "city", "region", "kvk", "ror", "website", "blocks",
        "contact", "state", "is_participant", "is_founding", "joined_on", "confirmed_at", "is_example", "source",
    )  # fmt: skip
    facts: dict[str, Any] = {name: getattr(record, name) for name in as_stated}
    return OrganisationResource(
        **facts,
        about=str(record.about),
        areas=[area.slug for area in record.areas.all()],
        links=Links.of(request, record, "organisation"),
    )
