"""Pages on which the bureau reads applications and decides."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from katalysator.admission import verbs
from katalysator.admission.forms import AdmitForm, DeclineForm
from katalysator.admission.models import Application
from katalysator.admission.workflow import APPLICATION, DECIDE
from katalysator.coalition.models import Area, PersonRequest
from katalysator.commitments.models import Commitment
from katalysator.core import panels, regions
from katalysator.core.actors import permits
from katalysator.core.forms import add_fault
from katalysator.core.language import active_language
from katalysator.faults import Conflict, InvalidInput

PAGE = 30


@login_required
@require_safe
def application_list(request: PersonRequest) -> HttpResponse:
    """All applications, those that wait first."""
    _allow(request)
    asked = request.GET.get("state", "")
    found = Application.objects.visible_to(request.user).in_state(asked)
    states = [state for state in APPLICATION.states if state != APPLICATION.initial]
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "panels": panels.shown("applications", request, page),
        "states": [(state, APPLICATION.label(state)) for state in states],
        "asked": asked,
    }
    return render(request, "admission/application_list.html", context)


@login_required
@require_safe
def application(request: PersonRequest, pk: int) -> HttpResponse:
    """One application, with what to decide."""
    found = _seen(request, pk)
    return _page(request, found, AdmitForm(application=found), DeclineForm())


@login_required
@require_POST
def application_admit(request: PersonRequest, pk: int) -> HttpResponse:
    """Let it take part."""
    found = _seen(request, pk)
    form = AdmitForm(request.POST, application=found)
    done = partial(verbs.admit, found, by=request.user)
    return _decided(request, "admit", form, done) or _page(
        request, found, form, DeclineForm(), status=422
    )


@login_required
@require_POST
def application_decline(request: PersonRequest, pk: int) -> HttpResponse:
    """Say no."""
    found = _seen(request, pk)
    form = DeclineForm(request.POST)
    done = partial(verbs.decline, found, by=request.user)
    return _decided(request, "decline", form, done) or _page(
        request, found, AdmitForm(application=found), form, status=422
    )


def _decided(
    request: PersonRequest, deed: str, form: Form, decide: Callable[..., object]
) -> HttpResponse | None:
    """Decide by what was typed, and go back to the list; None where the form is to be mended."""
    if not form.is_valid():
        return None
    try:
        decide(**form.cleaned_data)
    except InvalidInput as error:
        add_fault(form, error)
        return None
    except Conflict as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _(APPLICATION.step(deed).done))
    return redirect("application-list")


def _allow(request: PersonRequest) -> None:
    if not permits(request.user, DECIDE):
        raise PermissionDenied


def _seen(request: PersonRequest, pk: int) -> Application:
    _allow(request)
    found: Application = get_object_or_404(Application.objects.visible_to(request.user), pk=pk)
    return found


def _page(
    request: PersonRequest, found: Application, admit: Form, decline: Form, status: int = 200
) -> HttpResponse:
    names = {area.slug: str(area) for area in Area.objects.filter(slug__in=found.areas)}
    context: dict[str, Any] = {
        "application": found,
        "region": regions.name(found.region, active_language()),
        "areas": ", ".join(names.get(slug, slug) for slug in found.areas),
        "promises": _promised(found),
        "admit": admit,
        "decline": decline,
        "waits": APPLICATION.allows(found.state, "admit"),
    }
    return render(request, "admission/application.html", context, status=status)


def _promised(found: Application) -> list[tuple[str, int | None, str]]:
    """Each promise: what it is, how much, and what was said with it."""
    kinds = [kind for kind in Commitment.Kind if kind.value in found.promises]
    return [(str(kind.label), *found.promises[kind.value]) for kind in kinds]
