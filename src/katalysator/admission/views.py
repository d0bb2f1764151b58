"""Pages to apply, and for who applied; those of the bureau stand in `bureau_views.py`."""

from typing import cast

from allauth.core.ratelimit import consume_or_429
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.admission import verbs
from katalysator.admission.forms import ApplicationForm
from katalysator.admission.models import Application
from katalysator.admission.tasks import UNPROVEN_KEPT
from katalysator.admission.workflow import APPLICATION, OWN
from katalysator.core.actors import APPLICANT
from katalysator.core.forms import add_fault, form_page
from katalysator.core.links import linked
from katalysator.faults import Conflict, InvalidInput


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest) -> HttpResponse:
    """Ask to take part."""
    if request.method == "POST" and (refusal := consume_or_429(request, action="apply")):
        return cast("HttpResponse", refusal)
    form = ApplicationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.apply(form.applicant(), by=APPLICANT, organisation=form.known)
        except (InvalidInput, Conflict) as error:
            add_fault(form, error)
        else:
            return redirect("apply-sent")
    return form_page(request, "admission/apply.html", form)


@require_safe
def apply_sent(request: HttpRequest) -> HttpResponse:
    """What happens now: a link was sent."""
    return render(request, "admission/apply_sent.html", {"days": UNPROVEN_KEPT.days})


@require_safe
def application_own(request: HttpRequest, key: str) -> HttpResponse:
    """How an application stands, for who has the link; it asks first, as programs follow links too."""
    application = linked(Application.objects.all(), key)
    if application is None:
        return render(request, "admission/application_gone.html", status=404)
    steps = APPLICATION.transitions_from(application.state, OWN)
    context = {"application": application, "key": key, "steps": steps}
    return render(request, "admission/application_own.html", context)


@require_POST
def application_move(request: HttpRequest, key: str, deed: str) -> HttpResponse:
    """Confirm or withdraw, by who has the link."""
    application = linked(Application.objects.all(), key)
    if application is None:
        return render(request, "admission/application_gone.html", status=404)
    try:
        {"confirm": verbs.confirm, "withdraw": verbs.withdraw}[deed](application, by=APPLICANT)
    except Conflict as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _(APPLICATION.step(deed).done))
    return redirect("application-own", key=key)
