"""Where programs read records: the catalogue of the coalition and of each connector, and each dataset by itself."""

from collections.abc import Callable
from functools import wraps
from hashlib import blake2b
from time import time
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.db.models import Count, Max, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from katalysator.core.kept import kept
from katalysator.core.language import active_language
from katalysator.dataspace.models import Connector, Dataset, DatasetOffer
from katalysator.dataspace.records.formats import FORMATS, RecordFormat, asked_format, written
from katalysator.dataspace.records.graph import (
    A_PAGE,
    PageOfCatalogue,
    catalogue_graph,
    dataset_graph,
    with_all,
)

_MOST_DIGITS = 7
_KEPT = 60  # seconds


@require_safe
def catalogue(request: HttpRequest, ending: str = "") -> HttpResponseBase:
    """All that participants of the coalition share, a hundred on a page; without an ending as a program asks for it."""
    form = _form(request, ending)
    address = f"{settings.ADDRESS}/catalog.{form.ending}"
    return _catalogue(request, form, address, _public(), None)


@require_safe
def connector_catalogue(request: HttpRequest, slug: str, ending: str = "") -> HttpResponseBase:
    """What one organisation shares."""
    connector = get_object_or_404(Connector.objects.speaking(), organisation__slug=slug)
    form = _form(request, ending)
    address = f"{connector.root}/catalog.{form.ending}"
    return _catalogue(request, form, address, _public().filter(connector=connector), connector)


@require_safe
def dataset_record(request: HttpRequest, pk: int, ending: str) -> HttpResponseBase:
    """One dataset, in a format."""
    return _record(request, pk, _form(request, ending))


@require_safe
def dataset_anywhere(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What a dataset is called in the web: a program gets its record there, and a person goes on to its page."""
    if (form := asked_format(request)) is not None:
        return _record(request, pk, form)
    response = redirect(f"/{active_language()}{request.path}/")  # its page is called alike
    patch_vary_headers(response, ["Accept"])
    return response


def or_record(
    page: Callable[..., HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Let the page of a dataset, a view with its `pk`, answer with its record to programs that ask for that."""

    @wraps(page)
    def answered(request: HttpRequest, pk: int, *given: Any, **named: Any) -> HttpResponseBase:
        form = asked_format(request) if request.method in ("GET", "HEAD") else None
        response = (
            page(request, pk, *given, **named) if form is None else _record(request, pk, form)
        )
        patch_vary_headers(response, ["Accept"])
        return response

    return answered


def _public() -> "QuerySet[Dataset]":
    """What anybody may know: the same whoever asks, so that it can be kept on the way."""
    found: QuerySet[Dataset] = Dataset.objects.visible_to(AnonymousUser())
    return with_all(found.order_by("pk"))


def _form(request: HttpRequest, ending: str) -> RecordFormat:
    if not ending:
        return asked_format(request) or FORMATS["ttl"]
    if ending not in FORMATS:
        raise Http404
    return FORMATS[ending]


def _record(request: HttpRequest, pk: int, form: RecordFormat) -> HttpResponseBase:
    graph = dataset_graph(get_object_or_404(_public(), pk=pk))
    return _answer(request, written(graph, form), form)


def _catalogue(
    request: HttpRequest,
    form: RecordFormat,
    address: str,
    datasets: "QuerySet[Dataset]",
    connector: Connector | None,
) -> HttpResponseBase:
    pages, asked = Paginator(datasets, A_PAGE), request.GET.get("page", "1")
    is_number = asked.isascii() and asked.isdecimal() and len(asked) <= _MOST_DIGITS
    if not is_number or not 1 <= int(asked) <= pages.num_pages:
        raise Http404
    told = PageOfCatalogue(address, pages.page(int(asked)))

    def made() -> bytes:
        return written(catalogue_graph(told, connector), form)

    # for a second of work there is a query or two; facts of organisations are at most a minute old
    key = (told.at(told.page.number), _state(datasets), int(time() / _KEPT))
    return _answer(request, kept("catalogue", key, made, len), form)


def _state(datasets: "QuerySet[Dataset]") -> tuple[object, ...]:
    """Names what these datasets are: another name where one comes, goes or changes. Cost: two queries."""
    those = datasets.select_related(None).prefetch_related(None).order_by()
    facts = those.aggregate(
        Count("pk"), Sum("pk"), Max("changed_at"), Max("versions"), Max("source__changed_at")
    )
    offers = DatasetOffer.objects.filter(dataset__in=those.values("pk"), is_open=True)
    return (*facts.values(), *offers.aggregate(Count("pk"), Max("pk")).values())


def _answer(request: HttpRequest, body: bytes, form: RecordFormat) -> HttpResponseBase:
    """A record, which programs on pages of others may have too; nothing where it is what they know."""
    response = HttpResponse(body, content_type=f"{form.media_type}; charset=utf-8")
    tag = quote_etag(blake2b(body, digest_size=16).hexdigest())
    response["ETag"] = tag
    response["Cache-Control"] = "public, no-cache"
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Content-Type-Options"] = "nosniff"
    patch_vary_headers(response, ["Accept"])
    found = get_conditional_response(request, etag=tag, response=response)
    return cast("HttpResponseBase", found)
