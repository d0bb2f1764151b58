"""The API's part on saved searches: one's own, each with the filters and words that it keeps."""

from datetime import datetime

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from katalysator.boards.models import SavedSearch
from katalysator.core.api import Links, PageOf, Paging, RecordNumber, Resource, page_facts, paged

router = Router(tags=["saved searches"], by_alias=True)


class SavedSearchResource(Resource):
    """A search under a name: `query` holds its filters and words, as `/listings` takes them.

    `pace` is how often its person is told what is new; `toldUntil` is until when that was done.
    """

    id: int
    name: str
    query: str
    pace: str
    made_at: datetime
    told_until: datetime
    links: Links


class SavedSearchPage(PageOf):
    """One page of saved searches."""

    items: list[SavedSearchResource]


@router.get("/saved-searches", response=SavedSearchPage)
def saved_searches(request: HttpRequest, query: Query[Paging]) -> SavedSearchPage:
    """One's own saved searches, by name; none for others."""
    page = paged(SavedSearch.objects.visible_to(request.user), query)
    items = [search_resource(request, each) for each in page]
    return SavedSearchPage(items=items, **page_facts(request, page))


@router.get("/saved-searches/{number}", response=SavedSearchResource)
def saved_search(request: HttpRequest, number: RecordNumber) -> SavedSearchResource:
    """One of one's own."""
    return search_resource(request, own_search(request, number))


def own_search(request: HttpRequest, number: int) -> SavedSearch:
    """One of the asker's; raises a 404 for any other."""
    found: SavedSearch = get_object_or_404(SavedSearch.objects.visible_to(request.user), pk=number)
    return found


def search_resource(request: HttpRequest, row: SavedSearch) -> SavedSearchResource:
    """A search as it is now."""
    return SavedSearchResource(
        id=row.pk,
        name=row.name,
        query=row.query,
        pace=row.pace,
        made_at=row.made_at,
        told_until=row.told_until,
        links=Links.of(request, row, "saved_search"),
    )
