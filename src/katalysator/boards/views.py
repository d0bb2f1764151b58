"""Pages of saved searches: one's list, saving, changing and deleting. Each view does one verb, and shows."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.boards import verbs
from katalysator.boards.forms import SearchForm
from katalysator.boards.models import SavedSearch
from katalysator.coalition.models import PersonRequest
from katalysator.core.forms import carried_out, done, form_page
from katalysator.listings.filters import ListingFilter
from katalysator.listings.models import Listing


@never_cache
@login_required
@require_safe
def saved_search_list(request: PersonRequest) -> HttpResponse:
    """One's saved searches."""
    found = SavedSearch.objects.visible_to(request.user)
    searches = [(each, _asked(request, each.asked)) for each in found]
    return render(request, "boards/saved_search_list.html", {"searches": searches})


@login_required
@require_safe
def saved_search(request: PersonRequest, pk: int) -> HttpResponse:
    """The board with the filters and words of a search."""
    return redirect(_own(request, pk).board)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def saved_search_new(request: PersonRequest) -> HttpResponse:
    """Save the filters and words of the board, which stand in the address."""
    form = SearchForm(request.POST or None)
    query = request.META.get("QUERY_STRING", "")

    def save() -> SavedSearch:
        said = form.cleaned_data
        return verbs.save_search(request.user, by=request.user, query=query, **said)

    made = carried_out(request, form, save, _("Saved. It stands in your account."))
    if made is not None:
        return redirect("saved-search-list")
    return form_page(
        request, "boards/saved_search_form.html", form, asked=_asked(request, request.GET)
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def saved_search_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Give a search another name, or be told otherwise."""
    search = _own(request, pk)
    form = SearchForm(request.POST or None, initial={"name": search.name, "pace": search.pace})

    def change() -> SavedSearch:
        return verbs.change_search(search, by=request.user, **form.cleaned_data)

    if carried_out(request, form, change, _("Saved.")) is not None:
        return redirect("saved-search-list")
    asked = _asked(request, search.asked)
    return form_page(request, "boards/saved_search_form.html", form, search=search, asked=asked)


@login_required
@require_POST
def saved_search_delete(request: PersonRequest, pk: int) -> HttpResponse:
    """Delete a search."""
    do = partial(verbs.drop_search, _own(request, pk), by=request.user)
    done(request, do, _("The search is deleted."))
    return redirect("saved-search-list")


def _own(request: PersonRequest, pk: int) -> SavedSearch:
    return get_object_or_404(SavedSearch.objects.visible_to(request.user), pk=pk)


def _asked(request: HttpRequest, query: QueryDict) -> list[str]:
    """What is filtered on, in words."""
    filters = ListingFilter(query, Listing.objects.none(), request=request)
    return [each.label for each in filters.active()]
