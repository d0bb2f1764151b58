"""Pages on which other organisations judge knowledge, or say what it brought them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.coalition.models import PersonRequest
from katalysator.coalition.queries import speaks_for_any
from katalysator.core.forms import add_fault
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.knowledge.cards import card_page
from katalysator.knowledge.forms import PeerForm, ReviewersForm, ReviewForm, UseForm
from katalysator.knowledge.models import KnowledgeItem, KnowledgeReview, KnowledgeUse
from katalysator.knowledge.queries import peers_of
from katalysator.knowledge.reviews import verbs as reviewing
from katalysator.knowledge.uses import verbs as using
from katalysator.knowledge.views import deed_page, editable, visible

_writing = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_safe
def review_list(request: PersonRequest) -> HttpResponse:
    """What waits for reviews: what one's own organisation was asked for first."""
    if not speaks_for_any(request.user):
        raise PermissionDenied
    waits = KnowledgeItem.objects.visible_to(request.user).in_review().order_by("changed_at", "pk")
    asked = KnowledgeReview.objects.asked_of(request.user).select_related("item__organisation")
    page = card_page(waits, request.GET.get("page"))
    return render(request, "knowledge/review_list.html", {"page": page, "asked": asked})


@login_required
@_writing
def reviewers(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask participants for a review."""
    item = editable(request, pk)
    form = ReviewersForm(request.POST or None, item=item)
    if request.method == "POST" and form.is_valid():
        try:
            asked = reviewing.ask(item, form.chosen(), by=request.user)
        except (InvalidInput, Conflict) as error:
            add_fault(form, error)
        else:
            messages.success(request, _asked(len(asked)))
            return redirect(item)
    return deed_page(request, item, form)


@login_required
@_writing
def review_new(request: PersonRequest, pk: int) -> HttpResponse:
    """Give a review, or give it anew."""
    item = visible(request, pk)
    given = item.reviews.given().filter(organisation__in=peers_of(request.user, item)).first()
    start = {"verdict": given.verdict, "remark": given.remark} if given else {}
    form = ReviewForm(request.POST or None, item=item, person=request.user, initial=start)
    return _said(request, item, form, reviewing.give)


@login_required
@require_POST
def review_decline(request: PersonRequest, pk: int, review: int) -> HttpResponse:
    """Say that one cannot review what one was asked to."""
    item = visible(request, pk)
    asked = get_object_or_404(item.reviews.filter(organisation__in=_own(request)), pk=review)
    try:
        reviewing.decline(asked, by=request.user)
    except NotAllowed:
        raise PermissionDenied from None
    except Conflict as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("That is fine. We let them know."))
    return redirect("knowledge-reviews")


@login_required
@_writing
def use_new(request: PersonRequest, pk: int) -> HttpResponse:
    """Say that one's organisation used an item, and what that brought."""
    item = visible(request, pk)
    form = UseForm(request.POST or None, item=item, person=request.user)
    return _said(request, item, form, using.use)


@login_required
@require_POST
def use_take_back(request: PersonRequest, pk: int, use: int) -> HttpResponse:
    """Take back that one's organisation used an item."""
    item = visible(request, pk)
    said: KnowledgeUse = get_object_or_404(item.uses.filter(organisation__in=_own(request)), pk=use)
    try:
        using.take_back(said, by=request.user)
    except NotAllowed:
        raise PermissionDenied from None
    except Conflict as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is taken back."))
    return redirect(item)


def _said(request: PersonRequest, item: KnowledgeItem, form: PeerForm, verb: Any) -> HttpResponse:
    """Let a verb do what a form says for another organisation; nobody does it for their own."""
    if not form.offers_any:
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        try:
            verb(item, said.pop("organisation"), by=request.user, **said)
        except (InvalidInput, Conflict) as error:
            add_fault(form, error)
        else:
            messages.success(request, _("Thank you. It stands on the page of this knowledge."))
            return redirect(item)
    return deed_page(request, item, form)


def _own(request: PersonRequest) -> list[int]:
    return sorted(request.user.own_organisations)


def _asked(count: int) -> str:
    return _("They are asked by mail.") if count else _("They were asked already.")
