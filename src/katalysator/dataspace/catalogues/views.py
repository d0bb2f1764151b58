"""Pages on which an organisation looks what others share, asks for it, and has it delivered."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

from allauth.core.ratelimit import consume_or_429
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.coalition.models import PersonRequest
from katalysator.core.forms import carried_out, done, form_page
from katalysator.core.language import say
from katalysator.dataspace.agreements.freezing import draft_shown
from katalysator.dataspace.canvas.wording import TermsLine, all_in_words
from katalysator.dataspace.catalogues import asking, verbs
from katalysator.dataspace.catalogues.asking import CatalogueParty
from katalysator.dataspace.catalogues.forms import DataAskForm
from katalysator.dataspace.catalogues.reading import CatalogueEntry
from katalysator.dataspace.deciding import open_offers
from katalysator.dataspace.delivery.tokens import PULL
from katalysator.dataspace.models import Connector, Dataset, DatasetOffer, Negotiation, Transfer
from katalysator.dataspace.processes.shown import ToldVerdict, verdicts
from katalysator.faults import Conflict

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class ToldOffer:
    """Terms in words, and whether we meet them."""

    lines: list[TermsLine]
    verdict: ToldVerdict
    draft: Mapping[str, Any] | None
    """The articles of the agreement that would come of it; None where its holder is elsewhere, or has no text for it."""
    is_automatic: bool


@never_cache
@login_required
@require_safe
def catalogue_list(request: PersonRequest) -> HttpResponse:
    """Whom one's organisations can ask for data."""
    own = list(_own(request))
    asked = request.GET.get("for", "")
    connector = next((each for each in own if each.organisation.slug == asked), None)
    connector = connector or next(iter(own), None)
    parties = asking.parties_for(connector) if connector else []
    context = {
        "own": own,
        "connector": connector,
        "why": "" if connector else _why_nobody(request),
        "page": Paginator(parties, PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "dataspace/catalogues/catalogue_list.html", context)


@never_cache
@login_required
@require_safe
def catalogue(request: PersonRequest, slug: str) -> HttpResponse:
    """What a participant shares with one's organisation, as it says so now."""
    connector, whom = _asked(request, slug)
    if refused := _too_often(request):
        return refused
    found, problem = None, ""
    try:
        found = asking.catalogue_page(connector, whom, request.GET.get("more", ""))
    except Conflict as fault:
        problem = str(fault)
    context = {
        "connector": connector,
        "whom": whom,
        "found": found,
        "problem": problem,
        "query": urlencode({"of": whom.participant_id}),
    }
    return render(request, "dataspace/catalogues/catalogue.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def catalogue_dataset(request: PersonRequest, slug: str) -> HttpResponse:
    """A dataset of somebody else with its terms in words, and the form to ask for it."""
    connector, whom = _asked(request, slug)
    if refused := _too_often(request):
        return refused
    try:
        found = asking.catalogue_entry(connector, whom, request.GET.get("key", "")[:300])
    except Conflict as fault:
        messages.error(request, str(fault))
        return redirect(_catalogue_of(connector, whom))
    if found is None:
        return _not_offered(request, connector, whom)
    data = request.POST if request.method == "POST" else None
    form = DataAskForm(data, found=found, asker=connector.participant_id)

    def do() -> Negotiation:
        return verbs.ask(
            connector, whom, found.key, form.asked(), form.declared(), by=request.user, title=found.title
        )  # fmt: skip

    if made := carried_out(request, form, do, said=_("Your request is on its way.")):
        return redirect(made)
    asked_here = Negotiation.objects.filter(connector=connector)
    context = {
        "connector": connector,
        "whom": whom,
        "dataset": found,
        "offers": _told(found, whom, connector),
        "earlier": asking.asked_before(asked_here, whom.participant_id, found.key),
        "back": _catalogue_of(connector, whom),
    }
    return form_page(request, "dataspace/catalogues/dataset.html", form, **context)


def _not_offered(
    request: PersonRequest, connector: Connector, whom: CatalogueParty
) -> HttpResponse:
    """Back to the page of what a holder here shares, but not with this organisation, with the reason. Raises Http404 for all else."""
    seen = Dataset.objects.visible_to(request.user).with_holder()
    found = get_object_or_404(seen, key=request.GET.get("key", "")[:300])
    if found.connector.participant_id != whom.participant_id:
        raise Http404
    said = say(
        "On the terms that stand here %(organisation)s cannot ask for this data.",
        organisation=connector.organisation.name,
    )
    messages.error(request, said)
    return redirect(found)


@never_cache
@login_required
@require_safe
def dataset_ask(request: PersonRequest, pk: int) -> HttpResponse:
    """The way from the page of a dataset to asking for it, for one of one's organisations."""
    found = get_object_or_404(
        Dataset.objects.visible_to(request.user).select_related("connector__organisation"), pk=pk
    )
    own = [each for each in _own(request) if each.pk != found.connector_id]
    holder = found.connector.participant_id
    ways = [
        (each.organisation.name, asking.asking_address(each, holder, found.key)) for each in own
    ]
    if len(ways) == 1:
        return redirect(ways[0][1])
    context = {"dataset": found, "ways": ways, "why": _why_nobody(request)}
    return render(request, "dataspace/catalogues/ask.html", context)


@login_required
@require_POST
def transfer_begin(request: PersonRequest, pk: int) -> HttpResponse:
    """Have the data of an agreement delivered."""
    seen = Negotiation.objects.visible_to(request.user).filter(agreement__isnull=False)
    rows = seen.select_related("connector__organisation", "agreement__negotiation")
    found: Negotiation = get_object_or_404(rows, pk=pk)
    begin = partial(verbs.begin_transfer, found.agreement, PULL, by=request.user)
    said = _("Your request is on its way.")
    made = done(request, begin, said)
    return redirect(made if isinstance(made, Transfer) else found)


def _told(found: CatalogueEntry, whom: CatalogueParty, connector: Connector) -> list[ToldOffer]:
    """Its offers as they are shown. Cost: four queries, however many, and one for each draft that is about areas."""
    terms = [each.terms for each in found.offers]
    lines = all_in_words(terms)
    met = verdicts(terms, connector.participant_id, {}, is_asking=True)
    offered = [{"@id": each.key, **each.terms} for each in found.offers]
    own = open_offers(whom.participant_id, found.key, offered)
    return [
        ToldOffer(said, verdict, _draft(offer), offer is not None and offer.is_automatic)
        for said, verdict, offer in zip(lines, met, own, strict=True)
    ]


def _draft(own: DatasetOffer | None) -> Mapping[str, Any] | None:
    if own is None or not own.template:
        return None
    return draft_shown(
        own.dataset, own.terms, own.template, own.answers, must_be_signed=own.must_be_signed
    )


def _own(request: PersonRequest) -> Any:
    """The connectors that one may ask with."""
    seen = Connector.objects.visible_to(request.user).speaking()
    return seen.order_by("organisation__name")


def _why_nobody(request: PersonRequest) -> str:
    """Why one can ask with no organisation: all of it is of one's `own`, a `manager` can, or there is `no-connector`."""
    if _own(request).exists():
        return "own"
    theirs = Connector.objects.speaking().filter(organisation__memberships__person=request.user)
    return "manager" if theirs.exists() else "no-connector"


def _asked(request: PersonRequest, slug: str) -> tuple[Connector, CatalogueParty]:
    """With which connector whom is asked. Raises Http404."""
    connector = get_object_or_404(_own(request), organisation__slug=slug)
    whom = asking.party(connector, request.GET.get("of", "")[:300])
    if whom is None:
        raise Http404
    return connector, whom


def _too_often(request: PersonRequest) -> HttpResponse | None:
    """Why nobody is asked now: nobody knocks elsewhere for ever through us, and here each answer is written down."""
    refusal: HttpResponse | None = consume_or_429(request, action="ask_partner", limit_get=True)
    return refusal


def _catalogue_of(connector: Connector, whom: CatalogueParty) -> str:
    query = urlencode({"of": whom.participant_id})
    return f"{reverse('catalogue', args=[connector.organisation.slug])}?{query}"
