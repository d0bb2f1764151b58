"""Pages of introductions: one's own, all for the bureau, one of them, and the forms that begin one."""

from typing import Any, Final

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from katalysator.coalition.models import PersonRequest
from katalysator.core.forms import carried_out, form_page
from katalysator.introductions.eligibility import MeetingSide
from katalysator.introductions.filters import IntroductionFilter
from katalysator.introductions.forms import BrokerForm, FoundForm, ProposeForm
from katalysator.introductions.models import Introduction
from katalysator.introductions.pages import introduction_page, seen_introduction
from katalysator.introductions.presenting import lacking_of
from katalysator.introductions.queries import IntroductionQuerySet
from katalysator.introductions.seen import seen_of, with_parties
from katalysator.introductions.together import record
from katalysator.introductions.verbs import propose
from katalysator.introductions.workflow import PROPOSE
from katalysator.listings.models import Listing

PAGE: Final = 20
_writing = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_safe
def introduction_list(request: PersonRequest) -> HttpResponse:
    """The introductions of one's own organisations, and in one's own name."""
    return _list(
        request, Introduction.objects.of(request.user), "introductions/introduction_list.html"
    )


@login_required
@require_safe
def bureau_list(request: PersonRequest) -> HttpResponse:
    """All introductions, for the bureau."""
    if not request.user.is_coordinator:
        raise PermissionDenied
    return _list(
        request,
        Introduction.objects.visible_to(request.user),
        "introductions/introduction_queue.html",
    )


@login_required
@require_safe
def introduction(request: PersonRequest, pk: int) -> HttpResponse:
    """One introduction."""
    return introduction_page(request, seen_introduction(request, pk))


@login_required
@_writing
def introduce(request: PersonRequest, pk: int) -> HttpResponse:
    """Propose to meet the owner of a need or an offer; the bureau brings two others together with it."""
    other = _open_listing(request, pk)
    brought = _brought(request, other)
    if other.is_of(request.user):  # the way to it stands on pages of others
        if brought is None:
            return redirect(other)
        other, brought = brought, other
    if not rules.has_perm(PROPOSE, request.user):
        raise PermissionDenied
    if brought is not None and not brought.is_of(request.user) and request.user.is_coordinator:
        return _bring_together(request, other, brought)
    initial = {"own": f"listing-{brought.pk}"} if brought else {}
    form = ProposeForm(request.POST or None, person=request.user, other=other, initial=initial)

    def do() -> Introduction:
        sides = [form.side(), MeetingSide.of(other)]
        return propose(sides, by=request.user, why=form.cleaned_data["why"])

    if made := carried_out(request, form, do):
        _tell(request, made)
        return redirect(made)
    lacking = lacking_of(form.sides())
    return form_page(request, "introductions/propose.html", form, other=other, lacking=lacking)


@login_required
@_writing
def found_each_other(request: PersonRequest, pk: int) -> HttpResponse:
    """Tell with whom the owner of a need or an offer found each other, and what comes of it."""
    seen = Listing.objects.visible_to(request.user).with_owner()
    listing: Listing = get_object_or_404(seen, pk=pk)
    if not listing.is_of(request.user):
        raise PermissionDenied
    form = FoundForm(request.POST or None)

    def do() -> Introduction:
        other = form.other(request.user)
        return record(MeetingSide.of(listing), other, by=request.user, result=form.result())

    if made := carried_out(request, form, do, said=_("Good news. Thank you for telling.")):
        return redirect(made)
    return form_page(request, "introductions/found.html", form, listing=listing)


def _list(request: PersonRequest, found: IntroductionQuerySet, template: str) -> HttpResponse:
    asked = IntroductionFilter(request.GET, found, request=request)
    rows = with_parties(asked.qs)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    parties = seen_of(page.object_list, request.user)
    waiting = set(
        Introduction.objects.waiting_for(request.user)
        .filter(pk__in=[each.pk for each in page])
        .values_list("pk", flat=True)
    )
    context: dict[str, Any] = {
        "form": asked.form,
        "page": page,
        "rows": [(each, parties[each.pk], each.pk in waiting) for each in page],
        "active_filters": list(asked.active()),
    }
    return render(request, template, context)


def _bring_together(request: PersonRequest, other: Listing, brought: Listing) -> HttpResponse:
    form = BrokerForm(request.POST or None)

    def do() -> Introduction:
        sides = [MeetingSide.of(brought), MeetingSide.of(other)]
        return propose(sides, by=request.user, why=form.cleaned_data["why"])

    if made := carried_out(request, form, do, said=_("Proposed. Both get a mail.")):
        return redirect(made)
    return form_page(request, "introductions/propose.html", form, other=other, brought=brought)


def _tell(request: PersonRequest, made: Introduction) -> None:
    if made.is_known:
        messages.success(request, _("They had asked the same: you are introduced now."))
    else:
        messages.success(request, _("Proposed. They get a mail, and you hear what they say."))


def _open_listing(request: HttpRequest, pk: int) -> Listing:
    found: Listing = get_object_or_404(
        Listing.objects.visible_to(request.user).open().with_owner(), pk=pk
    )
    return found


def _brought(request: PersonRequest, other: Listing) -> Listing | None:
    """The listing of the other half with which somebody comes, as the address says."""
    number = request.GET.get("with", "")
    if not number.isascii() or not number.isdecimal() or len(number) > len(str(2**59)):
        return None
    seen = Listing.objects.visible_to(request.user).open().with_owner()
    found: Listing | None = (
        seen.filter(market=other.market).exclude(kind=other.kind).filter(pk=int(number)).first()
    )
    return found
