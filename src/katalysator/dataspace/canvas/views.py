"""Pages of terms: the canvas step by step, what it fills in, the offers of a dataset in words, and terms without a canvas."""

from collections.abc import Collection
from functools import partial
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.coalition.models import PersonRequest
from katalysator.core.forms import carried_out, done, form_page
from katalysator.dataspace.agreements.freezing import draft_shown
from katalysator.dataspace.canvas import verbs
from katalysator.dataspace.canvas.filling import (
    CanvasAnswers,
    all_answers,
    canvas_of,
    chosen_terms,
    record_fields,
    unanswered,
)
from katalysator.dataspace.canvas.forms import OfferForm, SharingModelForm, as_initial
from katalysator.dataspace.canvas.steps import STEPS, kept
from katalysator.dataspace.canvas.terms import choices_of, terms_of
from katalysator.dataspace.canvas.wording import all_in_words, terms_in_words
from katalysator.dataspace.models import Dataset, DatasetOffer, SharingCanvas

_writing = require_http_methods(["GET", "HEAD", "POST"])
_NAMES: Final = tuple(STEPS)
MOST_SHOWN: Final = 50
"""So many offers of a dataset are shown: those that are open, and the newest of the others."""


@never_cache
@login_required
@require_safe
def dataset_terms(request: PersonRequest, pk: int) -> HttpResponse:
    """On which terms a dataset is offered, in words."""
    dataset = _shared(request, pk)
    rows = list(dataset.offers.order_by("-is_open", "-pk")[:MOST_SHOWN])
    said = all_in_words([each.terms for each in rows])
    offers = [
        {"offer": each, "lines": lines, "can_change": choices_of(each.terms) is not None}
        for each, lines in zip(rows, said, strict=True)
    ]
    has_canvas = SharingCanvas.objects.filter(dataset=dataset).exists()
    is_offered = any(each.is_open for each in rows)  # the open ones come first
    context = {
        "dataset": dataset,
        "offers": offers,
        "has_canvas": has_canvas,
        "is_offered": is_offered,
    }
    return render(request, "dataspace/canvas/terms.html", context)


@never_cache
@login_required
@_writing
def canvas(request: PersonRequest, pk: int) -> HttpResponse:
    """What the answers to the five questions make, those that are usual where nobody answered; a person confirms it."""
    dataset = _shared(request, pk)
    if request.method == "POST":
        may_share = request.POST.get("may_share") == "on"
        confirm = partial(verbs.confirm_as_usual, dataset, may_share=may_share, by=request.user)
        if not done(request, confirm, _offered_words(dataset)):
            return redirect("canvas", pk)
        return redirect("dataset-terms" if dataset.is_published else "dataset-publish", pk)
    row = canvas_of(dataset)
    answers, missing = all_answers(row), unanswered(row)
    terms = terms_of(chosen_terms(row.model, answers))
    partners = answers["partners"]
    signed = bool(partners.get("must_be_signed"))
    context = {
        "dataset": dataset,
        "canvas": row,
        "missing": missing,
        "owner": STEPS["owner"].form(initial=answers["owner"]),
        "steps": _steps(dataset, missing),
        "lines": terms_in_words(terms),
        "is_automatic": partners.get("is_automatic"),
        "must_be_signed": signed,
        "record": _record(row, answers),
        **draft_shown(dataset, terms, row.model, answers, must_be_signed=signed),
    }
    return render(request, "dataspace/canvas/canvas.html", context)


@never_cache
@login_required
@_writing
def canvas_way(request: PersonRequest, pk: int) -> HttpResponse:
    """Choose another way of sharing, from which the answers begin."""
    dataset = _shared(request, pk)
    row = canvas_of(dataset)
    form = SharingModelForm(request.POST or None, initial={"model": row.model})

    def begin() -> SharingCanvas:
        return verbs.begin_canvas(dataset, form.cleaned_data["model"], by=request.user)

    if carried_out(request, form, begin):
        return redirect("canvas", pk)
    context = {"dataset": dataset, "has_answers": bool(row.answers)}
    return form_page(request, "dataspace/canvas/way.html", form, **context)


@never_cache
@login_required
@_writing
def canvas_step(request: PersonRequest, pk: int, step: str) -> HttpResponse:
    """One of the five questions, with what was answered before or is usual."""
    if step not in STEPS:
        raise Http404
    dataset = _shared(request, pk)
    row = canvas_of(dataset)
    form = STEPS[step].form(request.POST or None, initial=all_answers(row)[step], dataset=dataset)

    def answer() -> SharingCanvas:
        return verbs.answer_step(dataset, step, kept(form), by=request.user)

    after = _NAMES.index(step) + 1
    if carried_out(request, form, answer):
        more = after < len(_NAMES)
        return redirect("canvas-step", pk, _NAMES[after]) if more else redirect("canvas", pk)
    context = {
        "dataset": dataset,
        "canvas": row,
        "here": STEPS[step],
        "number": after,
        "count": len(_NAMES),
        "steps": _steps(dataset, unanswered(row)),
    }
    return form_page(request, "dataspace/canvas/step.html", form, **context)


@never_cache
@login_required
@_writing
def offer_new(request: PersonRequest, pk: int) -> HttpResponse:
    """Offer a dataset on terms that are chosen on one page."""
    dataset = _shared(request, pk)
    initial = {"template": dataset.model}
    return _offer_page(request, dataset, OfferForm(request.POST or None, initial=initial))


@never_cache
@login_required
@_writing
def offer_change(request: PersonRequest, pk: int) -> HttpResponse:
    """Offer a dataset on other terms in place of these."""
    offer = _offer(request, pk)
    chosen = choices_of(offer.terms)
    if chosen is None or not offer.is_open:
        messages.error(request, _("These terms cannot be changed here. Make an offer anew."))
        return redirect("dataset-terms", offer.dataset_id)
    form = OfferForm(request.POST or None, initial=as_initial(offer, chosen))
    return _offer_page(request, offer.dataset, form, offer)


@login_required
@require_POST
def offer_close(request: PersonRequest, pk: int) -> HttpResponse:
    """Offer a dataset on these terms no more."""
    offer = _offer(request, pk)
    close = partial(verbs.close_offer, offer, by=request.user)
    done(request, close, _("This offer is closed. Agreements that were made stay."))
    return redirect("dataset-terms", offer.dataset_id)


def _offered_words(dataset: Dataset) -> str:
    """What is said when terms were made: others are offered nothing before the dataset is published."""
    if dataset.is_published:
        return _("The dataset is offered on these terms.")
    return _("These are the terms now.")


def _offer_page(
    request: PersonRequest, dataset: Dataset, form: OfferForm, old: DatasetOffer | None = None
) -> HttpResponse:
    def make() -> DatasetOffer:
        said = form.cleaned_data
        return verbs.replace_offer(
            dataset,
            old,
            terms_of(form.chosen()),
            said["is_automatic"],
            by=request.user,
            template=said["template"],
            must_be_signed=said["must_be_signed"],
        )

    if carried_out(request, form, make, _offered_words(dataset)):
        return redirect("dataset-terms", dataset.pk)
    return form_page(request, "dataspace/canvas/offer.html", form, dataset=dataset, offer=old)


def _record(canvas: SharingCanvas, answers: CanvasAnswers) -> list[tuple[Any, Any]]:
    """The fields of the record that are filled in, as a page shows them."""
    shown = Dataset(**record_fields(canvas.model, answers))
    told = (
        (_("Who made it"), shown.creator),
        (_("Personal data"), shown.get_personal_display()),
        (_("Access"), shown.get_access_display()),
        (_("Licence"), shown.get_licence_display()),
        (_("Way of sharing"), shown.get_model_display()),
        (
            _("Desk for questions"),
            ", ".join(filter(None, (shown.contact_name, shown.contact_email))),
        ),
    )
    return [(label, value) for label, value in told if value]


def _steps(dataset: Dataset, missing: Collection[str]) -> list[dict[str, Any]]:
    """The five questions with where each is, and whether it is answered."""
    return [
        {
            "name": name,
            "question": step.question,
            "address": reverse("canvas-step", args=[dataset.pk, name]),
            "is_answered": name not in missing,
        }
        for name, step in STEPS.items()
    ]


def _shared(request: PersonRequest, pk: int) -> Dataset:
    """A dataset of an organisation that one manages."""
    own = Dataset.objects.of(request.user).with_holder()
    found: Dataset = get_object_or_404(own, pk=pk)
    return found


def _offer(request: PersonRequest, pk: int) -> DatasetOffer:
    offer = get_object_or_404(DatasetOffer.objects.select_related("dataset"), pk=pk)
    offer.dataset = _shared(request, offer.dataset_id)
    return offer
