"""Pages of the organisations that take part, and of the directory around them."""

from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from katalysator.coalition.facets import divided
from katalysator.coalition.filters import OrganisationFilter
from katalysator.coalition.models import Organisation
from katalysator.core.changes import EVERYTHING, states
from katalysator.core.pages import kept_page
from katalysator.core.personal import reader

PAGE = 30


@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    """The directory: participants, and others that the coalition knows of."""
    now = states()
    contents, state = partial(_directory, choices_of=now.of(EVERYTHING)), now.of(EVERYTHING)
    template = "coalition/organisation_list.html"
    return kept_page(request, template, contents, sees="", now=now, state=state)


def _directory(request: HttpRequest, choices_of: str) -> dict[str, Any]:
    seen = Organisation.objects.visible_to(reader(request))
    asked = OrganisationFilter(request.GET, seen, request=request)
    page = Paginator(asked.qs, PAGE).get_page(request.GET.get("page"))
    return {
        "form": asked.form,
        "choices_of": choices_of,
        "page": page,
        "active_filters": list(asked.active()),
        "division": divided(asked),
    }
