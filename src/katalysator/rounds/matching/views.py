"""Pages of matching rounds: all of them, one of them, what it chose, who got nothing, and its settings."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.coalition.models import PersonRequest
from katalysator.core import audit
from katalysator.core.actors import permits
from katalysator.core.downloads import as_sheet
from katalysator.core.forms import carried_out, done, form_page
from katalysator.introductions.workflow import INTRODUCTION
from katalysator.listings.models import Kind, Listing
from katalysator.rounds.matching import told, verbs
from katalysator.rounds.matching.figures import RoundFigures
from katalysator.rounds.matching.forms import RoundForm, least_lines
from katalysator.rounds.models import MatchingRound, RoundPair, RoundRuling, RoundShortfall
from katalysator.rounds.workflow import HOLD, MAKE, MATCHING_ROUND

PAGE: Final = 25
_HAPPENED: Final = 20
_ASKED: Final = ("gathered", "ordering")
_writing = require_http_methods(["GET", "HEAD", "POST"])
_RULINGS: Final = {"fixed": True, "never": False, "free": None}
"""What the buttons beside a pair say."""


@login_required
@require_safe
def round_list(request: PersonRequest) -> HttpResponse:
    """The rounds that one may see, the newest first."""
    _require_maker(request)
    found = MatchingRound.objects.visible_to(request.user).select_related("group")
    found = found.annotate(paired=Count("pairs")).order_by("-made_at", "-pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "rounds/round_list.html", {"page": page})


@login_required
@_writing
def round_new(request: PersonRequest) -> HttpResponse:
    """Begin a round."""
    _require_maker(request)
    form = RoundForm(request.POST or None, person=request.user, initial=_asked(request))

    def do() -> MatchingRound:
        return verbs.make(form.settings(), by=request.user, group=form.working_group())

    if made := carried_out(request, form, do, said=_("Ready to be computed.")):
        return redirect(made)
    return form_page(request, "rounds/round_form.html", form)


@login_required
@_writing
def round_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Change what a round is called, says or chooses by."""
    found = seen_round(request, pk)
    settings = verbs.RoundSettings.of(found)
    initial = {**asdict(settings), "least_in": least_lines(settings.least_in)}
    form = RoundForm(request.POST or None, person=request.user, made=True, initial=initial)

    def do() -> MatchingRound:
        return verbs.edit(found, form.settings(), by=request.user)

    said = _("Changed. Compute it again to see what comes of it.")
    if made := carried_out(request, form, do, said=said):
        return redirect(made)
    return form_page(request, "rounds/round_form.html", form, round=found)


@login_required
@require_safe
def matching_round(request: PersonRequest, pk: int) -> HttpResponse:
    """One round: its settings, what comes of it, and what can be done."""
    found = seen_round(request, pk)
    figures = RoundFigures.of(found.figures)
    context: dict[str, Any] = {
        "round": found,
        "settings": list(_settings(found)),
        "deeds": _deeds(request, found),
        "history": [
            (at, MATCHING_ROUND.history(verb)) for at, verb in audit.newest(found, _HAPPENED)
        ],
    }
    if figures is not None and found.figures["outcomes"] and not found.runs:
        context |= {
            "figures": figures,
            "ways": list(told.ways(found, figures)),
            "effects": list(told.effects(figures)),
            "kinds": told.kinds(figures),
            "certificate": told.certificate(figures),
            "received": told.received(figures),
            "regions": told.regions(figures),
            "reasons": _reasons(request, found),
        }
    if found.is_by_own_order and found.state in _ASKED:
        context["asked"] = _asked_sides(found)
        context["may_ask"] = permits(request.user, HOLD, found)
    if found.is_out:
        context["answers"] = _answers(found)
    return render(request, "rounds/round.html", context)


@login_required
@require_safe
def round_pairs(request: PersonRequest, pk: int) -> HttpResponse:
    """Whom it brings together, the surest first, and what was ruled by hand."""
    found = seen_round(request, pk)
    page = Paginator(_pairs(request, found), PAGE).get_page(request.GET.get("page"))
    seen = RoundRuling.objects.visible_to(request.user).filter(round=found)
    rulings = list(seen.select_related("need__organisation", "offer__organisation"))
    said = {(each.need_id, each.offer_id): each.is_fixed for each in rulings}
    context = {
        "round": found,
        "page": page,
        "rows": [(each, said.get((each.need_id, each.offer_id))) for each in page],
        "ruled_out": [each for each in rulings if not each.is_fixed],
    }
    return render(request, "rounds/round_pairs.html", context)


@login_required
@require_safe
def round_without(request: PersonRequest, pk: int) -> HttpResponse:
    """Who got nothing, and why."""
    found = seen_round(request, pk)
    rows = RoundShortfall.objects.visible_to(request.user).filter(round=found)
    kind, reason = request.GET.get("kind", ""), request.GET.get("reason", "")
    if kind in Kind.values:
        rows = rows.filter(kind=kind)
    if reason in RoundShortfall.Reason.values:
        rows = rows.filter(reason=reason)
    rows = rows.select_related("listing__organisation", "listing__membership", "best")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "round": found,
        "page": page,
        "kinds": Kind.choices,
        "kind": kind,
        "reasons": RoundShortfall.Reason.choices,
        "reason": reason,
    }
    return render(request, "rounds/round_without.html", context)


@login_required
@require_safe
def round_export(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Whom it brings together, as a table."""
    found = seen_round(request, pk)
    header = ("need", "need_title", "need_organisation", "offer", "offer_title", "offer_organisation", "score", "introduction", "refused")  # fmt: skip
    return as_sheet(f"katalysator-round-{found.pk}", header, _lines(_pairs(request, found)))


@login_required
@require_POST
def round_rule(request: PersonRequest, pk: int) -> HttpResponse:
    """Rule by hand that a pair is taken, never is, or neither."""
    found = seen_round(request, pk)
    said = request.POST.get("as", "")
    if said not in _RULINGS:
        raise Http404
    need, offer = (_listing(request, name) for name in ("need", "offer"))
    done(
        request,
        lambda: verbs.rule(found, need, offer, by=request.user, is_fixed=_RULINGS[said]),
        _("Ruled. Compute the round again to see what comes of it."),
    )
    return redirect("round-pairs", pk=found.pk)


@login_required
@require_POST
def round_move(request: PersonRequest, pk: int, deed: str) -> HttpResponse:
    """What needs no words."""
    found = seen_round(request, pk)
    said = _(MATCHING_ROUND.step(deed).done)
    done(request, lambda: verbs.DEEDS[deed](found, by=request.user), said)
    return redirect(found)


def seen_round(request: HttpRequest, pk: int) -> MatchingRound:
    """A round that this person may see; else there is none."""
    seen = MatchingRound.objects.visible_to(request.user).select_related("group")
    found: MatchingRound = get_object_or_404(seen, pk=pk)
    return found


def _require_maker(request: PersonRequest) -> None:
    if not permits(request.user, MAKE):
        raise PermissionDenied


def _asked(request: HttpRequest) -> dict[str, str]:
    """What the address asks a new round to begin with."""
    return {name: request.GET.get(name, "") for name in ("market", "group", "area")}


def _deeds(request: PersonRequest, found: MatchingRound) -> list[Any]:
    if not permits(request.user, HOLD, found):
        return []
    steps = MATCHING_ROUND.transitions_from(found.state, HOLD)
    return [(each, _(each.label)) for each in steps if each.deed in verbs.DEEDS]


def _asked_sides(found: MatchingRound) -> dict[str, int]:
    """How many could meet somebody, and how many of them said their order."""
    counted: dict[str, int] = found.candidates.aggregate(
        pairs=Count("pk"),
        needs=Count("need", distinct=True),
        offers=Count("offer", distinct=True),
    )
    return {**counted, "said": found.orders.count()}


def _settings(found: MatchingRound) -> Iterator[tuple[Any, Any]]:
    """What it chooses by, in words."""
    form = RoundForm.base_fields
    said = verbs.RoundSettings.of(found)
    yield form["market"].label, found.market_label
    yield form["group"].label, found.group.name if found.group else _("The whole coalition")
    for name in ("area", "region"):
        if value := getattr(said, name):
            yield form[name].label, told.place(name, value)
    yield form["method"].label, found.get_method_display()
    yield form["least"].label, f"{said.least} %"
    yield form["per_need"].label, said.per_need
    yield form["per_offer"].label, said.per_offer
    if said.within_capacity:
        yield form["within_capacity"].label, _("yes")
    if said.per_organisation:
        yield form["per_organisation"].label, said.per_organisation
    if said.kept:
        yield form["kept_for"].label, f"{found.get_kept_for_display()}: {said.kept}"
    if said.least_in:
        yield form["least_in"].label, least_lines(said.least_in)


def _reasons(request: PersonRequest, found: MatchingRound) -> list[tuple[str, str, str, int]]:
    """How many needs and offers got nothing, by why."""
    rows = RoundShortfall.objects.visible_to(request.user).filter(round=found).order_by()
    counts = rows.values_list("kind", "reason").annotate(n=Count("pk")).order_by("kind", "-n")
    labels = dict(RoundShortfall.Reason.choices)
    return [(kind, reason, str(labels[reason]), n) for kind, reason, n in counts]


def _answers(found: MatchingRound) -> list[tuple[str, int]]:
    """How many of its introductions are where, and how many were refused."""
    rows = found.pairs.order_by().values_list("introduction__state").annotate(n=Count("pk"))
    counts = dict(rows)
    refused = found.pairs.exclude(refused="").count()
    lines = [
        (INTRODUCTION.label(state), counts[state])
        for state in INTRODUCTION.states
        if state in counts
    ]
    waiting = counts.get(None, 0) - refused
    if waiting:
        lines.insert(0, (_("Still to go out"), waiting))
    return [*lines, (_("Could not be proposed"), refused)] if refused else lines


def _pairs(request: PersonRequest, found: MatchingRound) -> "QuerySet[RoundPair]":
    seen = RoundPair.objects.visible_to(request.user).filter(round=found)
    sides = [f"{side}__{of}" for side in ("need", "offer") for of in ("organisation", "membership")]
    rows: QuerySet[RoundPair] = seen.select_related("introduction", *sides)
    return rows


def _lines(pairs: "QuerySet[RoundPair]") -> Iterator[list[Any]]:
    for each in pairs.iterator():
        sides = [[side.pk, side.title, side.owner.name] for side in (each.need, each.offer)]
        yield [*sides[0], *sides[1], round(each.score, 6), each.introduction_id or "", each.refused]


def _listing(request: HttpRequest, name: str) -> Listing:
    number = request.POST.get(name, "")
    if not number.isascii() or not number.isdecimal() or len(number) > len(str(2**59)):
        raise Http404
    found: Listing = get_object_or_404(Listing.objects.visible_to(request.user), pk=int(number))
    return found
