"""Pages of needs and offers. Each view: fetch through `visible_to`, do one verb, show."""

from collections.abc import Sequence
from functools import partial
from typing import Any, cast

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
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from katalysator.coalition.models import PersonRequest
from katalysator.coalition.naming import area_names
from katalysator.coalition.queries import speaks_for_any
from katalysator.core import audit, panels
from katalysator.core.actors import REMINDER_LINK
from katalysator.core.changes import EVERYTHING, States, as_of, states
from katalysator.core.database.phrased import by_number
from katalysator.core.forms import add_fault, form_page
from katalysator.core.language import active_language
from katalysator.core.links import linked
from katalysator.core.pages import PageFacts, kept_page
from katalysator.core.personal import reader
from katalysator.core.sharing import SharedPage
from katalysator.engine.text import direction
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.listings import cards, export, verbs
from katalysator.listings.alike import alike_to_said
from katalysator.listings.cards import card_page
from katalysator.listings.filters import ListingFilter
from katalysator.listings.forms import ListingForm, initial_of
from katalysator.listings.halves import open_listing
from katalysator.listings.market import Market, market, markets
from katalysator.listings.models import Kind, Listing, half_of
from katalysator.listings.queries import ListingQuerySet, sight, sight_of_open
from katalysator.listings.rules import NOT_YOURS, possible
from katalysator.listings.standing import ANEW
from katalysator.listings.subjects import subjects_in, subjects_of
from katalysator.listings.workflow import LISTING, OPEN, SHOWN
from katalysator.search.models import found_by

_MY_ORDERS = {
    "title": ["title"],
    "market": ["market", "kind"],
    "state": ["state"],
    "best": ["-best_inside"],
}
_PUBLISH = "publish"  # the name of the button that saves and publishes at once
_OPENING = ("publish", "renew")  # the deeds that this does, each from other states
_ANYWAY = "anyway"  # the name of what a form says that was shown what is like it
_SWITCH = "switch"  # the name of the buttons that take a form along to the other language


@require_safe
def listing_list(request: HttpRequest) -> HttpResponse:
    """Browse and filter what this person may see."""
    by_state = request.GET.get("state") not in (None, "", OPEN)
    sees = sight(request.user) if by_state else sight_of_open(request.user)
    now = states()
    contents = partial(_board, choices_of=now.of(EVERYTHING))
    template = "listings/listing_list.html"
    return kept_page(request, template, contents, sees=sees, now=now, state=now.of())


def _board(request: HttpRequest, choices_of: str) -> PageFacts:
    asked = _asked(request)
    may_post = speaks_for_any(reader(request))
    page = card_page(asked.qs, request.GET.get("page"), inside=asked.inside)

    def shown() -> dict[str, Any]:
        query = request.GET.copy()
        query.pop("page", None)
        return {
            "form": asked.form,
            "choices_of": choices_of,
            "page": page,
            "active_filters": list(asked.active()),
            "may_post": may_post,
            "panels": panels.shown("board", request, query),
            "feed_query": query.urlencode(),
            "export_url": f"{reverse('listing-export')}?{query.urlencode()}",
        }

    return PageFacts(
        (page.paginator.count, [card.row for card in page], choices_of, may_post), shown
    )


@require_safe
def subject_list(request: HttpRequest) -> HttpResponse:
    """All subjects of what is open, to browse by."""
    now, sees, template = states(), sight_of_open(request.user), "listings/subject_list.html"
    return kept_page(request, template, _subjects, sees=sees, now=now, state=now.of())


def _subjects(request: HttpRequest) -> dict[str, Any]:
    return {"letters": subjects_in(Listing.objects.visible_to(reader(request)).open())}


@require_safe
def listing_export(request: HttpRequest) -> StreamingHttpResponse:
    """The same list as a spreadsheet that `katalysator match` reads."""
    whole = _asked(request).qs.with_owner().defer(*found_by("", "organisation__"))
    return export.as_csv(whole.iterator(chunk_size=500), reader=reader(request))


@require_safe
def listing_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What a listing says, who fits it and why."""
    now = states()
    listing = open_listing(pk, request.user, now) or _read(request, pk, now)
    with as_of(now):
        actions = _actions(request, listing)
    return kept_page(
        request,
        "listings/listing_detail.html",
        partial(_told, listing=listing),
        sees="",  # all who come here see the same of it
        now=now,
        state=listing.version,
        own={"listing": listing, "listings/_actions.html": actions},
    )


def _read(request: HttpRequest, pk: int, now: States) -> Listing:
    """A listing as it is in the tables, in the state of its half of the market."""
    listing = _visible(request, pk)
    listing.version = now.of(half_of(listing.market, listing.kind))
    return listing


def _told(request: HttpRequest, listing: Listing) -> dict[str, Any]:
    names = area_names()
    return {
        "listing": listing,
        "shared": _shared(listing),
        "owner": listing.owner,
        "card": cards.card(listing, names, inside=False),  # of which nothing is shown of matches
        "terms_rows": [*cards.terms_rows(listing, names), *cards.standing_rows(listing)],
        "subjects": subjects_of(listing),
        "is_open": listing.is_open,
        "timeline": cards.timeline(listing),
        "panels": panels.shown("listing", request, listing),
    }


def _shared(listing: Listing) -> SharedPage | None:
    """What is told to who shares it; nothing of what not everybody sees."""
    if listing.state not in SHOWN or listing.visibility != Listing.Visibility.EVERYONE:
        return None
    return SharedPage(listing.title, listing.text, listing.get_absolute_url())


def _actions(request: HttpRequest, listing: Listing) -> dict[str, Any]:
    """What this person may do with a listing as it is now."""
    can_edit = rules.has_perm("listings.edit_listing", request.user, listing)
    return {
        "listing": listing,
        "can_edit": can_edit,
        "can_delete": can_edit and listing.state == LISTING.initial,
        "deeds": possible(listing, request.user),
        "panels": _own_panels(request, listing),
        "is_open": listing.is_open,
    }


def _own_panels(request: HttpRequest, listing: Listing) -> list[SafeString]:
    """What other rooms show here to who is logged in."""
    return panels.shown("listing-own", request, listing) if request.user.is_authenticated else []


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
    return render(request, "listings/listing_new.html", {"markets": choices})


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
        draft=_is_kept_as_draft(request),
        initial={"language": active_language()},
    )
    if _is_sent(request, form) and form.is_valid():
        if found := _said_before(request, form, which, market_slug):
            return _form_page(request, form, which, where, listing=None, alike=found)
        try:
            listing = verbs.post(
                form.owner,
                by=request.user,
                kind=which,
                market_slug=market_slug,
                content=form.content(),
            )
        except (InvalidInput, NotAllowed) as error:
            add_fault(form, error)
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
        draft=listing.state == LISTING.initial and _is_kept_as_draft(request),
        initial={**initial_of(listing), "seen": audit.latest_of(listing)},
    )
    form.keep_owner(listing)
    if _is_sent(request, form) and form.is_valid():
        try:
            edited = verbs.edit(
                listing, by=request.user, content=form.content(), seen=form.cleaned_data["seen"]
            )
        except InvalidInput as error:
            add_fault(form, error)
        except Conflict as error:
            form.add_error(None, str(error))
            _see_anew(form, listing)
        else:
            return _after_saving(request, edited)
    return _form_page(request, form, Kind(listing.kind), listing.market_class, listing=listing)


@login_required
@require_POST
def listing_move(request: PersonRequest, pk: str, deed: str) -> HttpResponse:
    """Take a listing to its next state."""
    return _moved(request, _visible(request, int(pk)), deed)


def listing_renew(request: HttpRequest, key: str) -> HttpResponse:
    """Renew what ends soon, by who has the link of the reminder; it asks first, as programs follow links too."""
    listing = linked(Listing.objects.with_owner(), key)
    if listing is None:
        return render(request, "listings/listing_renew_gone.html", status=404)
    if request.method == "POST":
        try:
            verbs.move(listing, ANEW, by=REMINDER_LINK)
        except (Conflict, InvalidInput, NotAllowed) as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Renewed."))
        return redirect("listing-renew", key=key)
    context = {
        "listing": listing,
        "can_renew": LISTING.allows(listing.state, ANEW),
        "standing": cards.standing_rows(listing),
    }
    return render(request, "listings/listing_renew.html", context)


@login_required
def listing_delete(request: PersonRequest, pk: int) -> HttpResponse:
    """Throw a draft away, after asking."""
    listing = _editable(request, pk)
    if listing.state != LISTING.initial:
        messages.error(request, _("Only a draft can be thrown away. Close this listing instead."))
        return redirect(listing)
    if request.method != "POST":
        return render(request, "listings/listing_delete.html", {"listing": listing})
    try:
        verbs.delete(listing, by=request.user)
    except Conflict as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The draft is gone."))
    return redirect("my-listings")


@login_required
@require_safe
def my_listings(request: PersonRequest) -> HttpResponse:
    """What this person's organisations ask and offer, and the person in own name, drafts included."""
    sort = request.GET.get("sort", "")
    order = _MY_ORDERS.get(sort, _MY_ORDERS["state"])
    mine = Listing.objects.of(request.user).order_by(*order, "-pk")
    page = card_page(mine, request.GET.get("page"), inside=True)
    return render(request, "listings/my_listings.html", {"page": page, "sort": sort})


def _asked(request: HttpRequest) -> ListingFilter:
    listings = Listing.objects.visible_to(reader(request))
    return ListingFilter(request.GET, listings, request=request)


def _visible(request: HttpRequest, pk: int) -> Listing:
    who = reader(request)

    def seen() -> ListingQuerySet:
        return Listing.objects.visible_to(who).with_all_shown()

    found = by_number("listing", sight(who), seen, [pk])
    if pk not in found:
        raise Http404
    return found[pk]


def _editable(request: PersonRequest, pk: int) -> Listing:
    listing = _visible(request, pk)
    if not rules.has_perm("listings.edit_listing", request.user, listing):
        raise PermissionDenied
    return listing


def _allow_posting(request: PersonRequest) -> None:
    if not rules.has_perm("listings.post_listing", request.user):
        raise PermissionDenied


def _market_or_404(slug: str) -> type[Market]:
    try:
        return market(slug)
    except KeyError:
        raise Http404 from None


def _moved(request: PersonRequest, listing: Listing, deed: str) -> HttpResponse:
    """Do a deed, and say what came of it; what is not finished leads to its form."""
    try:
        verbs.move(listing, deed, by=request.user)
        messages.success(request, _(LISTING.transition(listing.state, deed).done))
    except NotAllowed as error:
        if error.code == NOT_YOURS:
            raise PermissionDenied from None
        messages.error(request, str(error))
    except Conflict as error:
        messages.error(request, str(error))
    except InvalidInput as error:
        messages.error(request, error.sentence)
        return redirect("listing-edit", listing.pk)
    return redirect(listing)


def _after_saving(request: PersonRequest, listing: Listing) -> HttpResponse:
    _warn_of_wrong_half(request, listing)
    if _is_to_be_published(request) and (deed := _opening(listing)):
        return _moved(request, listing, deed)
    messages.success(request, _("Saved."))
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


def _opening(listing: Listing) -> str:
    """The deed by which a listing that is not open would be; none for one that is."""
    possible = (deed for deed in _OPENING if LISTING.allows(listing.state, deed))
    return "" if listing.is_open else next(possible, "")


def _is_to_be_published(request: HttpRequest) -> bool:
    return _PUBLISH in request.POST


def _is_kept_as_draft(request: HttpRequest) -> bool:
    """Whether something may be missing; not where what was to be published changes its language."""
    whole = _is_to_be_published(request) or request.POST.get(_SWITCH) == "published"
    return not whole


def _is_sent(request: PersonRequest, form: ListingForm) -> bool:
    """Whether this is to be saved; a form that goes along to the other language is not."""
    state = request.POST.get(_SWITCH)
    if state == "untried":
        form.untried()
    return request.method == "POST" and state is None


def _said_before(
    request: PersonRequest, form: ListingForm, kind: Kind, market_slug: str
) -> list[Listing]:
    """What the owner posted before that says nearly the same; nothing where who posts has seen that."""
    if _ANYWAY in request.POST:
        return []
    return alike_to_said(form.content(), form.owner, kind, market_slug)


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
    alike: Sequence[Listing] = (),
) -> HttpResponse:
    context = {
        "alike": [(each, LISTING.allows(each.state, ANEW)) for each in alike],
        "kind": kind,
        "market": where,
        "listing": listing,
        "is_new": listing is None,
        "language_form": "listing-form",
        "can_publish": listing is None or bool(_opening(listing)),
        "example": where.need_example if kind == Kind.NEED else where.offer_example,
    }
    return form_page(request, "listings/listing_form.html", form, **context)
