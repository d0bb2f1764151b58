"""What every room's part of the API shares: names in camelCase, pages with links, refused filters.

The API itself, its document and its errors are in `site/api.py`.
"""

from collections.abc import Sequence
from typing import Annotated, Any, Self, TypeVar

from django import forms
from django.core.paginator import EmptyPage, Page as PageOfRecords, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja.errors import HttpError, ValidationError
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

LARGEST_PAGE = 100
RecordNumber = Annotated[int, Field(ge=1, le=2**63 - 1)]
"""The number of a record."""

FormT = TypeVar("FormT", bound=forms.Form)


class Resource(BaseModel):
    """Anything that is sent or asked; its names are in camelCase outside."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True)


class Links(Resource):
    """Where a record is: in the API, and as a page for people."""

    this: str = Field(alias="self")
    page: str

    @classmethod
    def of(cls, request: HttpRequest, record: Any, route: str) -> Self:
        """Those of a record that has a page; `route` is what reads it, by the name of its function."""
        key = getattr(record, "slug", record.pk)
        return cls(
            this=request.build_absolute_uri(reverse(f"api:{route}", args=[key])),
            page=request.build_absolute_uri(record.get_absolute_url()),
        )


class PageLinks(Resource):
    """The page of a list and its neighbours; null where there is none."""

    this: str = Field(alias="self")
    previous: str | None
    next: str | None


class Paging(Resource):
    """Which page of a list."""

    page: int = Field(1, ge=1)
    page_size: int = Field(25, ge=1, le=LARGEST_PAGE)


class PageOf(Resource):
    """One page of a list; subclasses add its `items`."""

    total: int
    page: int
    page_size: int
    links: PageLinks


def paged(records: QuerySet[Any] | Sequence[Any], paging: Paging) -> PageOfRecords[Any]:
    """The page that is asked for; raises a 404 beyond the last. Cost: two queries."""
    paginator = Paginator(records, paging.page_size)
    try:
        return paginator.page(paging.page)
    except EmptyPage:
        facts = {"page": paging.page, "last": paginator.num_pages}
        raise HttpError(
            404, _("There is no page %(page)s; the last is %(last)s.") % facts
        ) from None


def page_facts(request: HttpRequest, page: PageOfRecords[Any]) -> dict[str, Any]:
    """The fields of `PageOf`, for the page that was found."""
    return {
        "total": page.paginator.count,
        "page": page.number,
        "page_size": page.paginator.per_page,
        "links": PageLinks(
            this=_address(request, page.number),
            previous=_address(request, page.number - 1) if page.has_previous() else None,
            next=_address(request, page.number + 1) if page.has_next() else None,
        ),
    }


def checked(form: FormT) -> FormT:
    """The form, when all in it can be read; raises a 400 that names what cannot."""
    if not form.is_valid():
        raise ValidationError(
            [
                {"loc": (to_camel(name),), "msg": text}
                for name, texts in form.errors.items()
                for text in texts
            ]
        )
    return form


def _address(request: HttpRequest, page: int) -> str:
    query = request.GET.copy()
    query["page"] = str(page)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
