"""Pages of the organisations that take part, and of the directory around them."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from katalysator.coalition.filters import OrganisationFilter
from katalysator.coalition.models import Organisation

PAGE = 30


@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    """The directory: participants, and others that the coalition knows of."""
    asked = OrganisationFilter(
        request.GET, Organisation.objects.visible_to(request.user), request=request
    )
    page = Paginator(asked.qs, PAGE).get_page(request.GET.get("page"))
    context = {"form": asked.form, "page": page, "active_filters": list(asked.active())}
    return render(request, "coalition/organisation_list.html", context)
