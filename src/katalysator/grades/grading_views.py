"""Grading pairs one after another, without seeing a score: a page of the bureau."""

import time
from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from katalysator.coalition.models import PersonRequest
from katalysator.coalition.naming import area_names
from katalysator.faults import Conflict
from katalysator.grades import verbs
from katalysator.grades.choosing import SHEET, choose
from katalysator.grades.forms import MarkForm, SheetForm
from katalysator.grades.grading import GradingSheet
from katalysator.grades.models import Grade
from katalysator.grades.rules import TwoSides, require_bureau
from katalysator.listings.cards import terms_rows
from katalysator.listings.models import Listing

_STEPS: Final = {"skip": 1, "back": -1}
"""How far the other buttons lead."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def grading(request: PersonRequest) -> HttpResponse:
    """The next pair of the sheet: grade it, skip it, go back, or stop. Without a sheet: begin one."""
    require_bureau(request.user)
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
    require_bureau(request.user)
    form = SheetForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "size": SHEET}
        return render(request, "grades/grading_start.html", context, status=422)
    pairs = choose(request.user, market=form.cleaned_data["market"], seed=time.time_ns())
    if not pairs:
        GradingSheet.forget(request.session)
        context = {"form": form, "size": SHEET, "is_empty": True}
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
    own = Grade.objects.by(request.user).of_texts_now()
    known = own.filter(need=pair[0], offer=pair[1]).first()
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
    seen = Listing.objects.visible_to(request.user).open().with_owner()
    found = seen.defer("search").in_bulk(sheet.current.pair)
    need, offer = (found.get(number) for number in sheet.current.pair)
    return (need, offer) if need and offer else None


def _half(listing: Listing, names: Mapping[str, str]) -> dict[str, Any]:
    return {"listing": listing, "rows": terms_rows(listing, names)}


def _summary(request: PersonRequest, sheet: GradingSheet) -> dict[str, Any]:
    pairs = [each.pair for each in sheet.pairs]
    own = Grade.objects.by(request.user).of_texts_now().of_pairs(pairs)
    graded = [grade for grade in own if (grade.need_id, grade.offer_id) in set(pairs)]
    useful = sum(grade.is_useful for grade in graded)
    return {
        "sheet": sheet,
        "graded": len(graded),
        "useful": useful,
        "skipped": sheet.size - len(graded),
        "form": SheetForm(),
    }
