"""The API of those who save searches: save, change and delete one's own."""

from typing import Annotated

from django.http import HttpResponse
from pydantic import Field

from katalysator.boards import verbs
from katalysator.boards.api import (
    SavedSearchResource,
    own_search,
    router,
    search_resource,
)
from katalysator.boards.models import PACES
from katalysator.coalition.models import PersonRequest
from katalysator.core.api import RecordNumber
from katalysator.core.api_writing import Given, Scope
from katalysator.faults import gettext_noop as _
from katalysator.notices.kinds import Pace

__all__ = ("SEARCHES", "router")

SEARCHES = Scope("searches", _("Save searches of your own, and say how often you hear what is new"))

_ONE = "/saved-searches/{number}"
_PACES = Field(description=f"One of {', '.join(PACES)}.")


class SavedSearchChange(Given):
    """What changes of a search; what is left out stays as it is."""

    name: str = ""
    pace: Annotated[str, _PACES] = Pace.NEVER.value


class NewSavedSearch(SavedSearchChange):
    """A search to save: its `query` as in the address of a list; what is no filter of needs and offers is left out."""

    name: str
    query: str = ""


@router.post("/saved-searches", response={201: SavedSearchResource}, **SEARCHES.required)
def save_search(
    request: PersonRequest, response: HttpResponse, given: NewSavedSearch
) -> SavedSearchResource:
    """Save a search."""
    said = {"name": given.name, "query": given.query, "pace": given.pace}
    shown = search_resource(request, verbs.save_search(request.user, by=request.user, **said))
    response["Location"] = shown.links.this
    return shown


@router.patch(_ONE, response=SavedSearchResource, **SEARCHES.required)
def change_search(
    request: PersonRequest, number: RecordNumber, given: SavedSearchChange
) -> SavedSearchResource:
    """Give it another name, or be told otherwise from now on."""
    found = own_search(request, number)
    said = {"name": found.name, "pace": found.pace, **given.stated}
    return search_resource(request, verbs.change_search(found, by=request.user, **said))


@router.delete(_ONE, response={204: None}, **SEARCHES.required)
def drop_search(request: PersonRequest, number: RecordNumber) -> None:
    """Delete it."""
    verbs.drop_search(own_search(request, number), by=request.user)
