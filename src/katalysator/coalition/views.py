"""Pages of the organisations that take part, and of the directory around them."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from katalysator.coalition.filtering import OrganisationFilter, narrowed
from katalysator.coalition.models import Organisation

PAGE = 30


@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    """The directory: participants, and others that the coalition knows of."""
    form = OrganisationFilter(request.GET)
    found = narrowed(Organisation.objects.visible_to(request.user), form)
    page = Paginator(found.prefetch_related("areas"), PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {"form": form, "page": page, "query": query.urlencode()}
    return render(request, "coalition/organisation_list.html", context)
