"""Pages of a round by own order: who decides on it asks both sides, and each side says its order."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from katalysator.coalition.models import PersonRequest
from katalysator.core.actors import permits
from katalysator.core.forms import carried_out, form_page
from katalysator.rounds.matching.forms import least_lines
from katalysator.rounds.matching.verbs import ask
from katalysator.rounds.matching.views import seen_round
from katalysator.rounds.models import MatchingRound, RoundOrder
from katalysator.rounds.orders.forms import OrderForm, OrdersUntilForm
from katalysator.rounds.orders.sides import OwnSide, own_sides, shown
from katalysator.rounds.orders.verbs import say
from katalysator.rounds.workflow import HOLD

_writing = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@_writing
def round_ask(request: PersonRequest, pk: int) -> HttpResponse:
    """Say until when both sides are asked for their order."""
    found = seen_round(request, pk)
    if not permits(request.user, HOLD, found):
        raise PermissionDenied
    form = OrdersUntilForm(request.POST or None, initial={"until": found.ordered_until})

    def do() -> MatchingRound:
        return ask(found, form.cleaned_data["until"], by=request.user)

    if made := carried_out(
        request, form, do, said=_("Both sides are asked for their order, by letter.")
    ):
        return redirect(made)
    return form_page(request, "rounds/round_ask.html", form, round=found)


@login_required
@require_safe
def own_orders(request: PersonRequest) -> HttpResponse:
    """One's own needs and offers in rounds that ask for an order."""
    return render(request, "rounds/own_orders.html", {"sides": own_sides(request.user)})


@login_required
@_writing
def own_order(request: PersonRequest, pk: int, listing: int) -> HttpResponse:
    """Whom one of one's own needs or offers would meet first, and whom not."""
    side = own_side(request, pk, listing)
    form = OrderForm(
        request.POST if request.method == "POST" else None,
        shown=shown(side, request.user),
        said=side.said,
    )

    def do() -> RoundOrder:
        return say(side.round, side.listing, form.said(), by=request.user)

    if carried_out(request, form, do, said=_("Kept. You can change it until the last day.")):
        return redirect("own-orders")
    regions = ", ".join(least_lines(side.round.least_in).splitlines())
    return form_page(request, "rounds/own_order.html", form, side=side, regions=regions)


def own_side(request: PersonRequest, pk: int, listing: int) -> OwnSide:
    """One's own need or offer in a round that asks for its order. Raises Http404 for any other."""
    found = get_object_or_404(MatchingRound, pk=pk, state="ordering")
    for side in own_sides(request.user, found):
        if side.listing.pk == listing:
            return side
    raise Http404
