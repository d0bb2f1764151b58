"""Saying whether a match is useful on its card, and grading pairs one after another."""

import time
from typing import Any, Final

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from katalysator.coalition.models import PersonRequest
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.grades import verbs
from katalysator.grades.choosing import SHEET, choose
from katalysator.grades.forms import MarkForm, ReasonForm, SheetForm
from katalysator.grades.grading import GradingSheet
from katalysator.grades.models import USEFUL, Grade
from katalysator.grades.rules import TwoSides
from katalysator.listings.cards import area_names, period_label, terms_rows
from katalysator.listings.models import Listing

_SAID: Final = {"useful": 2, "not-useful": 0}
"""The grade that each button gives."""
_STEPS: Final = {"skip": 1, "back": -1}
"""How far the other buttons of the grading page lead."""


@login_required
@require_POST
def grade_match(request: PersonRequest, pk: int, other: int) -> HttpResponse:
    """Say whether a match is useful, why not, or nothing any more; back to its card."""
    here = _visible(request, pk)
    pair = _as_pair(here, _visible(request, other))
    try:
        _say(request, pair)
    except NotAllowed:
        raise PermissionDenied from None
    except (Conflict, InvalidInput) as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(f"{here.get_absolute_url()}#opinion-{other}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def grading(request: PersonRequest) -> HttpResponse:
    """The next pair of the sheet: grade it, skip it, go back, or stop. Without a sheet: begin one."""
    _allow(request)
    sheet = GradingSheet.of(request.session)
    if sheet is None:
        return render(request, "grades/grading_start.html", {"form": SheetForm(), "size": SHEET})
    if request.method == "POST":
        return _done(request, sheet)
    return _pair_page(request, sheet, None)


@login_required
@require_POST
def grading_start(request: PersonRequest) -> HttpResponse:
    """Begin a new sheet, of all markets or of one."""
    _allow(request)
    form = SheetForm(request.POST)
    market = form.cleaned_data["market"] if form.is_valid() else ""
    pairs = choose(request.user, market=market, seed=time.time_ns())
    if not pairs:
        GradingSheet.forget(request.session)
        context = {"form": SheetForm(request.POST), "size": SHEET, "is_empty": True}
        return render(request, "grades/grading_start.html", context)
    GradingSheet(pairs).keep(request.session)
    return redirect("grading")


def _done(request: PersonRequest, sheet: GradingSheet) -> HttpResponse:
    """What a button of the grading page does; nothing where another tab is further."""
    if request.POST.get("at") != str(sheet.at):
        return redirect("grading")
    deed = request.POST.get("deed", "grade")
    if deed == "stop":
        GradingSheet.forget(request.session)
        return redirect("grading")
    if deed in _STEPS:
        sheet.moved(_STEPS[deed]).keep(request.session)
        return redirect("grading")
    form = MarkForm(request.POST)
    pair = _current(request, sheet)
    if pair and not form.is_valid():
        return _pair_page(request, sheet, form)
    if pair and sheet.current:
        _mark(request, pair, form.cleaned_data["value"], sheet.current.chosen)
    sheet.moved(1).keep(request.session)
    return redirect("grading")


def _mark(request: PersonRequest, pair: TwoSides, value: int, chosen: str) -> None:
    try:
        verbs.grade(*pair, by=request.user, value=value, chosen=chosen)
    except Conflict as error:
        messages.error(request, str(error))


def _pair_page(request: PersonRequest, sheet: GradingSheet, form: MarkForm | None) -> HttpResponse:
    """The pair in front; those that closed meanwhile are passed by. At the end: what was done."""
    pair = _current(request, sheet)
    while sheet.current and pair is None:
        sheet = sheet.moved(1)
        sheet.keep(request.session)
        pair = _current(request, sheet)
    if pair is None:
        return render(request, "grades/grading_end.html", _summary(request, sheet))
    known = Grade.objects.by(request.user).filter(need=pair[0], offer=pair[1]).first()
    names = area_names()
    context = {
        "sheet": sheet,
        "form": form or MarkForm(initial={"value": known.value} if known else None),
        "halves": [_half(each, names) for each in pair],
    }
    return render(request, "grades/grading.html", context, status=422 if form else 200)


def _current(request: HttpRequest, sheet: GradingSheet) -> TwoSides | None:
    """Need and offer of the pair in front, while both can be seen and are open."""
    if sheet.current is None:
        return None
    seen = Listing.objects.visible_to(request.user).open().select_related("organisation")
    found = seen.defer("search").in_bulk(sheet.current.pair)
    need, offer = (found.get(number) for number in sheet.current.pair)
    return (need, offer) if need and offer else None


def _half(listing: Listing, names: dict[str, str]) -> dict[str, Any]:
    rows = terms_rows(listing, names)
    return {"listing": listing, "rows": rows, "period": period_label(listing)}


def _summary(request: PersonRequest, sheet: GradingSheet) -> dict[str, Any]:
    pairs = [each.pair for each in sheet.pairs]
    own = Grade.objects.by(request.user).of_pairs(pairs)
    graded = [grade for grade in own if (grade.need_id, grade.offer_id) in set(pairs)]
    useful = sum(grade.is_useful for grade in graded)
    return {
        "sheet": sheet,
        "graded": len(graded),
        "useful": useful,
        "skipped": sheet.size - len(graded),
        "form": SheetForm(),
    }


def _allow(request: PersonRequest) -> None:
    if not rules.has_perm("grades.measure", request.user):
        raise PermissionDenied


def _say(request: PersonRequest, pair: TwoSides) -> None:
    said = request.POST.get("say", "")
    if said == "nothing":
        verbs.withdraw(*pair, by=request.user)
        return
    if said not in _SAID:
        raise Http404
    form = ReasonForm(request.POST)
    why = form.cleaned_data if form.is_valid() and said == "not-useful" else {}
    verbs.grade(*pair, by=request.user, value=_value(request, pair, said), **why)


def _value(request: PersonRequest, pair: TwoSides, said: str) -> int:
    """The grade of a button; a finer one that says the same stays."""
    own = Grade.objects.by(request.user).filter(need=pair[0], offer=pair[1]).first()
    value = _SAID[said]
    return own.value if own and own.is_useful == (value >= USEFUL) else value


def _visible(request: HttpRequest, pk: int) -> Listing:
    seen = Listing.objects.visible_to(request.user).select_related("organisation").defer("search")
    listing: Listing = get_object_or_404(seen, pk=pk)
    return listing


def _as_pair(one: Listing, other: Listing) -> TwoSides:
    return (one, other) if one.is_need else (other, one)
