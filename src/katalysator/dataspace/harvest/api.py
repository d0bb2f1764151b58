"""The API of all data, here and elsewhere, to be read by anybody."""

from typing import Any, Literal

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from katalysator.cleaning import plain_line
from katalysator.core.api import PageOf, Paging, Resource, page_facts, paged
from katalysator.dataspace.harvest.everywhere import EverywhereQuery, entry, everywhere
from katalysator.dataspace.vocabularies import DataTheme

router = Router(tags=["datasets"], by_alias=True)
_LONGEST = 200


class DataEntryResource(Resource):
    """A dataset: here, or in the catalogue elsewhere that `source` names; `page` is where it lives, null where that is not known."""

    place: Literal["here", "elsewhere"]
    title: str
    text: str = Field(description="Its first words.")
    language: str
    publisher: str
    theme: str = Field(description="A data theme of the European Union, such as HEAL; or empty.")
    licence: str
    source: str | None
    page: str | None


class DataEntryPage(PageOf):
    """One page of all data."""

    items: list[DataEntryResource]


class DataEntryQuery(Paging):
    """Which of it."""

    q: str = Field("", max_length=_LONGEST, description="Words, all of which stand in it.")
    theme: Literal[("", *DataTheme.values)] = Field("", description="A data theme.")  # type: ignore[valid-type]
    here: bool = Field(False, description="Only what is shared here.")


@router.get("/all-datasets", response=DataEntryPage)
def all_datasets(request: HttpRequest, query: Query[DataEntryQuery]) -> DataEntryPage:
    """All data by title: what participants share here, and what was found in feeds of others. The same whoever asks."""
    asked = EverywhereQuery(plain_line(query.q), query.theme, "here" if query.here else "")
    page = paged(everywhere(asked, AnonymousUser()), query)
    items = [_resource(row) for row in page]
    return DataEntryPage(**page_facts(request, page), items=items)


def _resource(row: Any) -> DataEntryResource:
    found = entry(row)
    where = f"{settings.ADDRESS}{found.page}" if found.place == "here" else found.page
    return DataEntryResource(
        place=found.place,
        title=found.title,
        text=found.text,
        language=found.language,
        publisher=found.publisher,
        theme=found.theme,
        licence=found.licence,
        source=found.source or None,
        page=where or None,
    )
