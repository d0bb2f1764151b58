"""Pages of needs and offers. Each view: fetch through `visible_to`, do one verb, show."""

from typing import cast

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    QueryDict,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from katalysator.coalition.models import Organisation, PersonRequest
from katalysator.coalition.queries import speaks_for_any
from katalysator.core import audit
from katalysator.core.errors import Conflict
from katalysator.core.language import active_language
from katalysator.engine.text import direction
from katalysator.exchange import export, presentation, verbs
from katalysator.exchange.filtering import active, narrowed
from katalysator.exchange.forms import FilterForm, ListingForm, initial_of
from katalysator.exchange.matching import candidates
from katalysator.exchange.models import Kind, Listing
from katalysator.exchange.paging import card_page
from katalysator.exchange.registry import Market, market, markets
from katalysator.exchange.shelf import shelf
from katalysator.exchange.workflow import LISTING
from katalysator.faults import InvalidInput

_MY_ORDERS = {
    "title": ["title"],
    "market": ["market", "kind"],
    "state": ["state"],
    "best": ["-best_inside"],
}
_SWITCH = "switch"  # the name of the buttons that take a form along to the other language
_DONE = {
    "publish": gettext_noop("Published. We look for matches now."),
    "settle": gettext_noop("Good news. This listing is now marked as matched."),
    "reopen": gettext_noop("Open again. We look for matches now."),
    "close": gettext_noop("Closed. You can publish it again whenever you like."),
    "withdraw": gettext_noop("Back to draft. Only your organisation and the bureau see it now."),
}


@require_safe
def listing_list(request: HttpRequest) -> HttpResponse:
    """Browse and filter what this person may see."""
    inside = speaks_for_any(request.user)
    form = FilterForm(request.GET)
    found = narrowed(Listing.objects.visible_to(request.user), form, inside=inside)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "page": card_page(found, request.GET.get("page"), inside=inside),
        "active_filters": list(active(form, request.GET)),
        "export_url": f"{reverse('listing-export')}?{query.urlencode()}",
    }
    return render(request, "exchange/listing_list.html", context)


@require_safe
def listing_export(request: HttpRequest) -> StreamingHttpResponse:
    """The same list as a spreadsheet that `katalysator match` reads."""
    inside = speaks_for_any(request.user)
    listings = Listing.objects.visible_to(request.user)
    found = narrowed(listings, FilterForm(request.GET), inside=inside)
    return export.as_csv(found.with_names().iterator(chunk_size=500))


@require_safe
def listing_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What a listing says, who fits it and why."""
    listing = _visible(request, pk)
    inside = speaks_for_any(request.user)
    found = candidates(listing, seen_by=request.user) if listing.is_open else None
    names = presentation.area_names()
    context = {
        "listing": listing,
        "card": presentation.card(listing, names, inside=inside),
        "terms_rows": presentation.terms_rows(listing, names),
        "can_edit": rules.has_perm("exchange.edit_listing", request.user, listing),
        "can_delete": listing.state == LISTING.initial,
        "actions": _actions(listing),
        "is_open": listing.is_open,
        "matches_pending": listing.is_open and found is None,
        "timeline": presentation.timeline(listing),
    }
    if found is not None:
        cards = presentation.match_cards(listing, found, inside=inside)
        context |= {
            "matches": cards,
            "shelf": shelf(cards),
            "seen_total": found.seen,
            "hidden": presentation.hidden_rows(listing.market_class, found.hidden),
        }
    return render(request, "exchange/listing_detail.html", context)


@login_required
@require_safe
def listing_new(request: PersonRequest) -> HttpResponse:
    """First step of posting: a need or an offer, and in which market."""
    _allow_posting(request)
    choices = [
        {
            "name": each.slug,
            "label": each.label,
            "sentence_need": each.need_example,
            "sentence_offer": each.offer_example,
            "url_need": reverse("listing-create", args=[Kind.NEED, each.slug]),
            "url_offer": reverse("listing-create", args=[Kind.OFFER, each.slug]),
        }
        for each in markets()
    ]
    return render(request, "exchange/listing_new.html", {"markets": choices})


@login_required
def listing_create(request: PersonRequest, kind: str, market_slug: str) -> HttpResponse:
    """Second step of posting: say it, and publish it or keep it as a draft."""
    _allow_posting(request)
    where, which = _market_or_404(market_slug), Kind(kind)
    form = ListingForm(
        request.POST or None,
        market=where,
        kind=which,
        person=request.user,
        initial={"language": active_language()},
    )
    if _is_sent(request, form) and form.is_valid():
        try:
            listing = verbs.post(
                form.cleaned_data["organisation"],
                by=request.user,
                kind=which,
                market_slug=market_slug,
                content=form.content(),
            )
        except InvalidInput as error:
            _show_error(form, error)
        else:
            return _after_saving(request, listing)
    return _form_page(request, form, which, where, listing=None)


@login_required
def listing_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Change what a listing says."""
    listing = _editable(request, pk)
    form = ListingForm(
        request.POST or None,
        market=listing.market_class,
        kind=Kind(listing.kind),
        person=request.user,
        initial={**initial_of(listing), "seen": audit.latest_of(listing)},
    )
    form.fields["organisation"].disabled = True
    if _is_sent(request, form) and form.is_valid():
        try:
            edited = verbs.edit(
                listing, by=request.user, content=form.content(), seen=form.cleaned_data["seen"]
            )
        except InvalidInput as error:
            _show_error(form, error)
        except Conflict as error:
            form.add_error(None, str(error))
            _see_anew(form, listing)
        else:
            return _after_saving(request, edited)
    return _form_page(request, form, Kind(listing.kind), listing.market_class, listing=listing)


@login_required
@require_POST
def listing_move(request: PersonRequest, pk: int, verb: str) -> HttpResponse:
    """Take a listing to its next state."""
    listing = _editable(request, pk)
    try:
        verbs.move(listing, verb, by=request.user)
    except Conflict as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _(_DONE[verb]))
    return redirect(listing)


@login_required
def listing_delete(request: PersonRequest, pk: int) -> HttpResponse:
    """Throw a draft away, after asking."""
    listing = _editable(request, pk)
    if listing.state != LISTING.initial:
        messages.error(request, _("Only a draft can be thrown away. Close this listing instead."))
        return redirect(listing)
    if request.method != "POST":
        return render(request, "exchange/listing_delete.html", {"listing": listing})
    try:
        verbs.delete(listing, by=request.user)
    except Conflict as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The draft is gone."))
    return redirect("my-listings")


@require_safe
def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation with what it asks and offers."""
    organisations = Organisation.objects.visible_to(request.user).prefetch_related("areas")
    organisation = get_object_or_404(organisations, slug=slug)
    inside = speaks_for_any(request.user)
    seen = Listing.objects.visible_to(request.user).filter(organisation=organisation)
    page = card_page(seen.order_by("-pk"), request.GET.get("page"), inside=inside)
    context = {"organisation": organisation, "page": page}
    return render(request, "exchange/organisation_detail.html", context)


@login_required
@require_safe
def my_listings(request: PersonRequest) -> HttpResponse:
    """What this person's organisations ask and offer, drafts included."""
    sort = request.GET.get("sort", "")
    order = _MY_ORDERS.get(sort, _MY_ORDERS["state"])
    mine = Listing.objects.of(request.user).order_by(*order, "-pk")
    page = card_page(mine, request.GET.get("page"), inside=True)
    return render(request, "exchange/my_listings.html", {"page": page, "sort": sort})


def _visible(request: HttpRequest, pk: int) -> Listing:
    seen = Listing.objects.visible_to(request.user).select_related("organisation").defer("search")
    listing: Listing = get_object_or_404(seen, pk=pk)
    return listing


def _editable(request: PersonRequest, pk: int) -> Listing:
    listing = _visible(request, pk)
    if not rules.has_perm("exchange.edit_listing", request.user, listing):
        raise PermissionDenied
    return listing


def _allow_posting(request: PersonRequest) -> None:
    if not rules.has_perm("exchange.post_listing", request.user):
        raise PermissionDenied


def _market_or_404(slug: str) -> type[Market]:
    try:
        return market(slug)
    except KeyError:
        raise Http404 from None


def _actions(listing: Listing) -> list[tuple[str, str, str]]:
    by_clock = {"expire"}
    labels = {step.verb: step.label for step in LISTING.transitions}
    return [
        (verb, _(labels[verb]), reverse("listing-move", args=[listing.pk, verb]))
        for verb in LISTING.verbs(listing.state)
        if verb not in by_clock
    ]


def _after_saving(request: PersonRequest, listing: Listing) -> HttpResponse:
    verb = "publish"
    if verb in request.POST and LISTING.allows(listing.state, verb):
        verbs.move(listing, verb, by=request.user)
        messages.success(request, _(_DONE[verb]))
    else:
        messages.success(request, _("Saved."))
    _warn_of_wrong_half(request, listing)
    return redirect(listing)


def _warn_of_wrong_half(request: PersonRequest, listing: Listing) -> None:
    """Say so where an offer asks, or a need gives: the commonest mistake in such lists."""
    wants = direction(listing.title, listing.text)
    if not listing.is_need and wants == "seeks" and not listing.market_class.offers_may_ask:
        messages.warning(
            request,
            _("This offer reads as a question. If you look for this yourself, post a need."),
        )
    if listing.is_need and wants == "gives":
        messages.warning(
            request, _("This need reads as an offer. If you have this yourself, post an offer.")
        )


def _is_sent(request: PersonRequest, form: ListingForm) -> bool:
    """Whether this is to be saved; a form that goes along to the other language is not."""
    state = request.POST.get(_SWITCH)
    if state == "untried":
        form.untried()
    return request.method == "POST" and state is None


def _show_error(form: ListingForm, error: InvalidInput) -> None:
    place = error.where[0] if error.where else None
    name = str(place) if place in form.fields else None
    form.add_error(name, str(error))


def _see_anew(form: ListingForm, listing: Listing) -> None:
    """Let the form know of the newest change: whoever saves again means to overwrite it."""
    typed = cast("QueryDict", form.data).copy()
    typed["seen"] = str(audit.latest_of(listing))
    form.data = typed


def _form_page(
    request: HttpRequest,
    form: ListingForm,
    kind: Kind,
    where: type[Market],
    *,
    listing: Listing | None,
) -> HttpResponse:
    context = {
        "form": form,
        "kind": kind,
        "market": where,
        "listing": listing,
        "is_new": listing is None,
        "language_form": "listing-form",
        "can_publish": listing is None or LISTING.allows(listing.state, "publish"),
        "example": where.need_example if kind == Kind.NEED else where.offer_example,
    }
    status = 422 if form.errors else 200
    return render(request, "exchange/listing_form.html", context, status=status)
