"""The home of the data space, and the page on which who manages an organisation keeps its connector."""

from functools import partial
from typing import Any, cast

from allauth.core.ratelimit import consume_or_429
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.coalition.models import Organisation, PersonRequest
from katalysator.core import panels
from katalysator.core.actors import permits
from katalysator.core.forms import carried_out, done, form_page
from katalysator.dataspace.connectors import verbs
from katalysator.dataspace.connectors.forms import PartnerForm
from katalysator.dataspace.datasets.cards import cards
from katalysator.dataspace.models import Connector, Dataset, Partner
from katalysator.dataspace.rules import SHARE

_NEWEST = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is shared, what one's own organisations share, and the way to each part."""
    mine = Organisation.objects.managed_by(request.user).participants().order_by("sort_name")
    newest = Dataset.objects.published().with_holder().order_by("-changed_at", "-pk")
    context = {
        "cards": cards(newest[:_NEWEST]),
        "managed": mine.select_related("connector"),
        "panels": panels.shown("dataspace", request),
    }
    return render(request, "dataspace/home.html", context)


@login_required
@require_POST
def connector_open(request: PersonRequest, slug: str) -> HttpResponse:
    """Let an organisation take part."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    said = _("The connection is open. Now describe what you share.")
    if done(request, partial(verbs.open_connector, organisation, by=request.user), said):
        return redirect("connector-page", slug)
    return redirect("dataspace")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def connector(request: PersonRequest, slug: str) -> HttpResponse:
    """A connector: who it is, its key, whom it knows elsewhere, and a form for another."""
    own = _kept_by(request, slug)
    form = PartnerForm(request.POST or None)
    if request.method == "POST" and (refused := consume_or_429(request, action="find_partner")):
        return cast("HttpResponse", refused)

    def add() -> Partner:
        return verbs.add_partner(own, by=request.user, facts=form.facts())

    if carried_out(request, form, add, said=_("Saved. You can speak with it now.")):
        return redirect(own)
    more: dict[str, Any] = {
        "connector": own,
        "partners": Partner.objects.known_to(own),
        "panels": panels.shown("connector", request, own),
    }
    return form_page(request, "dataspace/connectors/connector.html", form, **more)


@login_required
@require_POST
def connector_key(request: PersonRequest, slug: str) -> HttpResponse:
    """Give it another key."""
    own = _kept_by(request, slug)
    said = _("There is a new key. What the one before signed counts no more.")
    done(request, partial(verbs.renew_key, own, by=request.user), said)
    return redirect(own)


@login_required
@require_POST
def partner_block(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Hear a participant elsewhere no more."""
    own = _kept_by(request, slug)
    found = get_object_or_404(Partner.objects.known_to(own), pk=pk)
    said = _("Blocked. What it says is not heard any more.")
    done(request, partial(verbs.block_partner, own, found, by=request.user), said)
    return redirect(own)


@login_required
@require_POST
def partner_unblock(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Hear it again."""
    own = _kept_by(request, slug)
    found = get_object_or_404(Partner.objects.known_to(own), pk=pk)
    done(
        request,
        partial(verbs.unblock_partner, own, found, by=request.user),
        _("It is heard again."),
    )
    return redirect(own)


def _kept_by(request: PersonRequest, slug: str) -> Connector:
    """A connector that this person keeps. Raises Http404, PermissionDenied."""
    every = Connector.objects.select_related("organisation")
    found = every.filter(organisation__slug=slug).first()
    if found is None or not permits(request.user, SHARE, found):
        raise PermissionDenied
    return found
