"""Pages on which an organisation says what it is and how it takes part."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from katalysator.coalition.models import Organisation, PersonRequest
from katalysator.coalition.organisations import verbs
from katalysator.coalition.organisations.forms import OrganisationForm, initial_of
from katalysator.coalition.workflow import EDIT, MERGE, PARTICIPATION
from katalysator.core import audit, panels
from katalysator.core.actors import permits
from katalysator.core.forms import add_fault, done, form_page
from katalysator.faults import Conflict, InvalidInput


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_edit(request: PersonRequest, slug: str) -> HttpResponse:
    """Change what an organisation says of itself."""
    organisation = own_organisation(request, slug)
    form = OrganisationForm(
        request.POST or None,
        organisation=organisation,
        initial={**initial_of(organisation), "seen": audit.latest_of(organisation)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            verbs.edit(
                organisation, by=request.user, facts=form.facts(), seen=form.cleaned_data["seen"]
            )
        except (InvalidInput, Conflict) as error:
            add_fault(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(organisation)
    return form_page(request, "coalition/organisation_edit.html", form, organisation=organisation)


@login_required
@require_POST
def organisation_confirm(request: PersonRequest, slug: str) -> HttpResponse:
    """Say that all that stands there is still correct."""
    organisation = own_organisation(request, slug)
    verbs.confirm(organisation, by=request.user)
    messages.success(request, _("Thank you. We ask again in a year."))
    return redirect(organisation)


@login_required
@require_POST
def organisation_move(request: PersonRequest, slug: str, deed: str) -> HttpResponse:
    """Change how an organisation takes part."""
    organisation = _seen(request, slug)
    move = partial(verbs.move, organisation, deed, by=request.user)
    done(request, move, _(PARTICIPATION.step(deed).done))
    return redirect(organisation)


def own_organisation(request: PersonRequest, slug: str, permission: str = EDIT) -> Organisation:
    """An organisation with which this person may do this. Raises Http404, PermissionDenied."""
    organisation = _seen(request, slug)
    if not permits(request.user, permission, organisation):
        raise PermissionDenied
    return organisation


def actions(request: Any, organisation: Organisation) -> dict[str, Any]:
    """What this person may do with an organisation as it is now, with what other rooms have to do.

    Cost: a query for who is logged in.
    """
    if not request.user.is_authenticated:
        return {}
    can_edit = permits(request.user, EDIT, organisation)
    return {
        "organisation": organisation,
        "can_edit": can_edit,
        "can_merge": permits(request.user, MERGE),
        "is_stale": can_edit and organisation.is_stale,
        "deeds": [
            step
            for step in PARTICIPATION.transitions_from(organisation.state)
            if permits(request.user, step.permission, organisation)
        ],
        "panels": panels.shown("organisation-deeds", request, organisation) if can_edit else [],
    }


def _seen(request: PersonRequest, slug: str) -> Organisation:
    seen = Organisation.objects.visible_to(request.user)
    found: Organisation = get_object_or_404(seen, slug=slug)
    return found
