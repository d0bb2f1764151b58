"""Saying whether a match is useful, on its card."""

from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from katalysator.coalition.models import PersonRequest
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.grades import verbs
from katalysator.grades.forms import ReasonForm
from katalysator.grades.models import USEFUL, Grade
from katalysator.grades.rules import TwoSides
from katalysator.listings.models import Listing

_SAID: Final = {"useful": 2, "not-useful": 0}
"""The grade that each button gives."""


@login_required
@require_POST
def grade_match(request: PersonRequest, pk: int, other: int) -> HttpResponse:
    """Say whether a match is useful, why not, or nothing any more; back to its card."""
    here = _visible(request, pk)
    pair = _as_pair(here, _visible(request, other))
    try:
        _say(request, pair)
    except NotAllowed:
        raise PermissionDenied from None
    except (Conflict, InvalidInput) as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(f"{here.get_absolute_url()}#opinion-{other}")


def _say(request: PersonRequest, pair: TwoSides) -> None:
    said = request.POST.get("say", "")
    if said == "nothing":
        verbs.withdraw(*pair, by=request.user)
        return
    if said not in _SAID:
        raise Http404
    form = ReasonForm(request.POST)
    why = form.cleaned_data if form.is_valid() and said == "not-useful" else {}
    verbs.grade(*pair, by=request.user, value=_value(request, pair, said), **why)


def _value(request: PersonRequest, pair: TwoSides, said: str) -> int:
    """The grade of a button; a finer one that says the same stays."""
    own = Grade.objects.by(request.user).filter(need=pair[0], offer=pair[1]).first()
    value = _SAID[said]
    return own.value if own and own.is_useful == (value >= USEFUL) else value


def _visible(request: HttpRequest, pk: int) -> Listing:
    seen = Listing.objects.visible_to(request.user).select_related("organisation").defer("search")
    listing: Listing = get_object_or_404(seen, pk=pk)
    return listing


def _as_pair(one: Listing, other: Listing) -> TwoSides:
    return (one, other) if one.is_need else (other, one)
