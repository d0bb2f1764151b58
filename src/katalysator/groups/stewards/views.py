"""Pages on which the bureau says who is chair or contact point of a corner, and people what is shown of them."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from katalysator.coalition.merged.forms import ChooseForm
from katalysator.coalition.models import PersonRequest
from katalysator.core.actors import permits
from katalysator.core.forms import carried_out, done, form_page
from katalysator.groups.models import Steward
from katalysator.groups.stewards import verbs
from katalysator.groups.stewards.forms import StewardForm, found_by
from katalysator.groups.workflow import RUN


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def steward_list(request: PersonRequest) -> HttpResponse:
    """Who is chair or contact point of what, and how to name another."""
    if not permits(request.user, RUN):
        raise PermissionDenied
    find = ChooseForm(request.GET)
    words = find.cleaned_data["q"] if find.is_valid() else ""
    among = found_by(words)
    form = StewardForm(request.POST or None, among=among)

    def name() -> Steward:
        said, chosen = form.cleaned_data, form.chosen
        return verbs.name(
            form.corner,
            by=request.user,
            duty=said["duty"],
            organisation=chosen.organisation,
            membership=chosen.membership,
        )

    if carried_out(request, form, name):
        messages.success(request, _("Named. It stands on the page of that part of the coalition."))
        return redirect("steward-list")
    stewards = Steward.objects.with_names().select_related("area", "hub", "person", "organisation")
    shown = stewards.order_by("hub__name", "area__position", "block", "duty", "pk")
    more = {"find": find, "words": words, "among": among, "stewards": shown}
    return form_page(request, "groups/steward_list.html", form, **more)


@login_required
@require_POST
def steward_stop(request: PersonRequest, pk: int) -> HttpResponse:
    """End that somebody is it: by the bureau, or by oneself."""
    found = _seen(request, pk)
    done(request, partial(verbs.stop, found, by=request.user), _("Done."))
    return redirect("steward-list" if permits(request.user, RUN) else "account")


@login_required
@require_POST
def steward_address(request: PersonRequest, pk: int) -> HttpResponse:
    """Show one's own e-mail address there, or no longer."""
    shows = request.POST.get("shows") == "yes"
    show = partial(verbs.show_address, _seen(request, pk), by=request.user, shows=shows)
    done(request, show, _("Done."))
    return redirect("account")


def _seen(request: PersonRequest, pk: int) -> Steward:
    """One of one's own; any of them for the bureau. Raises Http404."""
    found = Steward.objects.answered_by(request.user).select_related("organisation", "area", "hub")
    steward: Steward = get_object_or_404(found, pk=pk)
    return steward
