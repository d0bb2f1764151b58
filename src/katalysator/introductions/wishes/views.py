"""The page on which who manages an organisation says whom it meets."""

from typing import Any, Final

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from katalysator.coalition.models import Organisation, PersonRequest
from katalysator.coalition.organisations.views import own_organisation
from katalysator.core.forms import carried_out, done
from katalysator.introductions.models import MeetingPause, NeverMeet
from katalysator.introductions.wishes import verbs
from katalysator.introductions.wishes.forms import NeverForm, PauseForm
from katalysator.introductions.workflow import WISH

_PAGE: Final = "meeting-wishes"


@login_required
@require_safe
def meeting_wishes(request: PersonRequest, slug: str) -> HttpResponse:
    """Until when an organisation takes no proposals, and whom it never meets."""
    return _page(request, own_organisation(request, slug, WISH))


@login_required
@require_POST
def pause(request: PersonRequest, slug: str) -> HttpResponse:
    """Take no proposals for a while."""
    organisation, form = own_organisation(request, slug, WISH), PauseForm(request.POST)

    def do() -> object:
        return verbs.pause(organisation, by=request.user, **form.cleaned_data)

    if carried_out(request, form, do, said=_("Saved. Nobody is told why you take no proposals.")):
        return redirect(_PAGE, slug)
    return _page(request, organisation, pause=form)


@login_required
@require_POST
def resume(request: PersonRequest, slug: str) -> HttpResponse:
    """Take proposals again."""
    organisation = own_organisation(request, slug, WISH)
    done(
        request,
        lambda: verbs.resume(organisation, by=request.user),
        _("You take proposals again."),
    )
    return redirect(_PAGE, slug)


@login_required
@require_POST
def avoid(request: PersonRequest, slug: str) -> HttpResponse:
    """Put somebody on the list."""
    organisation, form = own_organisation(request, slug, WISH), NeverForm(request.POST)

    def do() -> object:
        return verbs.avoid(organisation, form.organisation(), by=request.user)

    if carried_out(request, form, do, said=_("On your list. Nobody else sees it.")):
        return redirect(_PAGE, slug)
    return _page(request, organisation, never=form)


@login_required
@require_POST
def allow(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Take somebody off the list."""
    organisation = own_organisation(request, slug, WISH)
    mine = NeverMeet.objects.visible_to(request.user).filter(organisation=organisation)
    found = get_object_or_404(mine.select_related("other"), pk=pk)
    done(
        request,
        lambda: verbs.allow(organisation, found.other, by=request.user),
        _("Taken off the list."),
    )
    return redirect(_PAGE, slug)


def _page(
    request: PersonRequest, organisation: Organisation, **to_mend: forms.Form
) -> HttpResponse:
    """The page, with a form that is to be mended where there is one."""
    seen = MeetingPause.objects.visible_to(request.user).now()
    listed = NeverMeet.objects.visible_to(request.user).filter(organisation=organisation)
    context: dict[str, Any] = {
        "organisation": organisation,
        "paused": seen.filter(organisation=organisation).first(),
        "listed": listed.select_related("other"),
        "pause": PauseForm(),
        "never": NeverForm(),
        **to_mend,
    }
    status = 422 if to_mend else 200
    return render(request, "introductions/meeting_wishes.html", context, status=status)
