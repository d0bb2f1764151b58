"""The API's part for AI-on-Demand (AIOD): what anybody may see, in the field names of its metadata model, to be harvested."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from katalysator.activities.aiod import event_aiod
from katalysator.activities.models import Activity
from katalysator.coalition.aiod import organisation_aiod
from katalysator.coalition.models import Area, Organisation
from katalysator.core.api import PageOf, Paging, page_facts, paged
from katalysator.core.language import ENGLISH
from katalysator.knowledge.aiod import educational_resource_aiod, publication_aiod
from katalysator.knowledge.models import KnowledgeItem

router = Router(tags=["aiod"], by_alias=True)

_STRANGER = AnonymousUser()


class AiodPage(PageOf):
    """One page of records; each in the field names of AIOD, which are not ours."""

    items: list[dict[str, Any]] = Field(
        description="See https://api.aiod.eu: fields that hold numbers of AIOD itself are left out."
    )


@router.get("/aiod/organisations", response=AiodPage)
def aiod_organisations(request: HttpRequest, paging: Query[Paging]) -> AiodPage:
    """Participants, as `organisation` of AIOD."""
    found = Organisation.objects.visible_to(_STRANGER).participants().prefetch_related("areas")
    return _page(request, paging, found, organisation_aiod)


@router.get("/aiod/events", response=AiodPage)
def aiod_events(request: HttpRequest, paging: Query[Paging]) -> AiodPage:
    """Activities, as `event` of AIOD."""
    found = Activity.objects.visible_to(_STRANGER).shown().select_related("choice")
    return _page(request, paging, found, event_aiod)


@router.get("/aiod/publications", response=AiodPage)
def aiod_publications(request: HttpRequest, paging: Query[Paging]) -> AiodPage:
    """Publications among what is shared, as `publication` of AIOD."""
    return _page(request, paging, _known("publication"), publication_aiod)


@router.get("/aiod/educational-resources", response=AiodPage)
def aiod_educational_resources(request: HttpRequest, paging: Query[Paging]) -> AiodPage:
    """Teaching material among what is shared, as `educational_resource` of AIOD."""
    return _page(request, paging, _known("course"), educational_resource_aiod)


def _known(kind: str) -> QuerySet[KnowledgeItem]:
    found: QuerySet[KnowledgeItem] = KnowledgeItem.objects.visible_to(_STRANGER).shown()
    return found.filter(kind=kind)


def _page(
    request: HttpRequest,
    paging: Paging,
    records: QuerySet[Any],
    told: Callable[..., dict[str, Any]],
) -> AiodPage:
    """The page that is asked for, in order of making. Cost: three queries, and one for what they bring along."""
    page = paged(records.order_by("pk"), paging)
    areas = {area.pk: area.name.in_(ENGLISH) for area in Area.objects.all()}
    items = [
        told(each, page=request.build_absolute_uri(each.get_absolute_url()), areas=areas)
        for each in page
    ]
    return AiodPage(items=items, **page_facts(request, page))
