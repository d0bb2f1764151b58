"""Pages on which people come, and on which who holds an activity sees who does."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from katalysator.activities.enrolments import verbs
from katalysator.activities.enrolments.forms import InvitePartnerForm
from katalysator.activities.enrolments.queries import who, with_people
from katalysator.activities.models import Enrolment
from katalysator.activities.views import done, own, seen, writing
from katalysator.activities.workflow import ENROLMENT, HOLD, OWN
from katalysator.coalition.models import PersonRequest
from katalysator.core.downloads import as_sheet
from katalysator.core.forms import carried_out, form_page
from katalysator.core.workflow import Transition
from katalysator.faults import Conflict, NotAllowed, gettext_noop

PAGE = 50


@login_required
@require_POST
def register(request: PersonRequest, pk: int) -> HttpResponse:
    """Register, in one click."""
    found = seen(request, pk)
    try:
        made = verbs.register(found, request.user, by=request.user)
    except NotAllowed:
        raise PermissionDenied from None
    except Conflict as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _(_SAID[made.state]))
    return redirect(found)


@login_required
@require_POST
def own_move(request: PersonRequest, pk: int, deed: str) -> HttpResponse:
    """Accept or refuse an invitation, or say that one does not come."""
    mine = Enrolment.objects.of(request.user).open().select_related("activity")
    enrolment: Enrolment = get_object_or_404(mine, activity=pk)
    said = ENROLMENT.step(deed).done
    done(request, lambda: verbs.move(enrolment, deed, by=request.user), said)
    return redirect(enrolment.activity)


@login_required
@writing
def enrolment_list(request: PersonRequest, pk: int) -> HttpResponse:
    """Who comes, who waits and who asks; whom to invite."""
    found = own(request, pk)
    form = InvitePartnerForm(request.POST or None)

    def invite() -> object:
        return verbs.invite(found, form.cleaned_data["name"], by=request.user)

    if carried_out(request, form, invite, _("Invited. They get a letter.")):
        return redirect("enrolments", pk=pk)
    page = Paginator(with_people(found.enrolments.all()), PAGE).get_page(request.GET.get("page"))
    return form_page(
        request,
        "activities/enrolments.html",
        form,
        activity=found,
        page=page,
        rows=[(each, _told(each), _steps(each)) for each in page],
        may_note=found.has_begun and found.state in ("announced", "held"),
    )


@login_required
@require_POST
def enrolment_move(request: PersonRequest, pk: int, enrolment: int, deed: str) -> HttpResponse:
    """Give somebody a place, or none."""
    found = own(request, pk)
    row: Enrolment = get_object_or_404(found.enrolments, pk=enrolment)
    done(request, lambda: verbs.move(row, deed, by=request.user), ENROLMENT.step(deed).done)
    return redirect("enrolments", pk=pk)


@login_required
@require_POST
def attendance(request: PersonRequest, pk: int) -> HttpResponse:
    """Write down who was there."""
    found = own(request, pk)
    among, present = (
        {int(each) for each in request.POST.getlist(name) if each.isdecimal()}
        for name in ("among", "present")
    )
    done(
        request,
        lambda: verbs.note_attendance(found, present, by=request.user, among=among),
        _("Written down who was there."),
    )
    return redirect("enrolments", pk=pk)


@login_required
@require_safe
def enrolment_export(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Who comes, as a sheet."""
    header = (_("E-mail address"), _("Name"), _("Organisation"), _("State"), _("Since"))
    found = with_people(own(request, pk).enrolments.all())
    return as_sheet(f"activity-{pk}", header, map(_cells, found))


def _cells(enrolment: Enrolment) -> Sequence[Any]:
    return (*_told(enrolment), enrolment.state_label, enrolment.made_at.date().isoformat())


def _told(enrolment: Enrolment) -> tuple[str, str, str]:
    """Who it is, in words."""
    address, name, organisations = who(enrolment)
    return address, name, ", ".join(each.name for each in organisations)


def _steps(enrolment: Enrolment) -> list[Transition]:
    """What who holds it can do with one at a time; who was there is written down of all at once."""
    steps = ENROLMENT.transitions_from(enrolment.state, HOLD)
    return [step for step in steps if step.deed not in ("attend", "miss")]


_SAID = {
    "placed": gettext_noop("You have a place. You get a letter."),
    "waiting": gettext_noop(
        "It is full: you are on the waiting list, and hear when a place comes free."
    ),
    "asked": gettext_noop("You asked for a place. You hear of it."),
}
OWN_DEEDS = ENROLMENT.pattern_of(OWN)
ONE_DEEDS = "grant|decline"
