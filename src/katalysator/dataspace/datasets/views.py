"""Pages of datasets. Each view: fetch through `visible_to`, do one verb, show."""

from functools import partial
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.coalition.models import PersonRequest
from katalysator.coalition.naming import area_names
from katalysator.core import audit, panels, regions
from katalysator.core.actors import permits
from katalysator.core.forms import carried_out, done, form_page
from katalysator.core.language import active_language, translate
from katalysator.core.uploads import takes_file
from katalysator.dataspace.canvas.wording import all_in_words
from katalysator.dataspace.datasets import verbs
from katalysator.dataspace.datasets.cards import card_page, cards
from katalysator.dataspace.datasets.files import LARGEST
from katalysator.dataspace.datasets.filters import DatasetFilter
from katalysator.dataspace.datasets.forms import (
    DatasetForm,
    VersionForm,
    first_answers,
    initial_of,
)
from katalysator.dataspace.datasets.offering import offer_content
from katalysator.dataspace.datasets.records import lacks_data, unfinished
from katalysator.dataspace.models import (
    Connector,
    Dataset,
    DatasetOffer,
    DatasetVersion,
    DataSource,
)
from katalysator.dataspace.records.graph import with_all
from katalysator.dataspace.records.jsonld import dataset_data
from katalysator.dataspace.records.terms import shown_offers
from katalysator.dataspace.records.views import or_record
from katalysator.dataspace.rules import SHARE
from katalysator.faults import gettext_noop

_PUBLISHED: Final = gettext_noop(
    "Published. When somebody asks for it you get a letter, and it stands at Mine."
)
_PUBLISHED_AUTOMATIC: Final = gettext_noop(
    "Published. Who meets the terms gets it at once; who has it stands at Requests for data."
)
_PUBLISHED_BARE: Final = gettext_noop("Published. Nobody can ask for it before it has terms.")
_writing = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def dataset_list(request: HttpRequest) -> HttpResponse:
    """All that is published, narrowed down. Cost: six queries at most."""
    asked = DatasetFilter(request.GET, Dataset.objects.published(), request=request)
    context = {
        "form": asked.form,
        "page": card_page(asked.qs, request.GET.get("page")),
        "active_filters": list(asked.active()),
    }
    return render(request, "dataspace/datasets/dataset_list.html", context)


@login_required
@require_safe
def my_datasets(request: PersonRequest) -> HttpResponse:
    """What the organisations share that this person manages, also what is not published."""
    mine = Dataset.objects.of(request.user).order_by("-changed_at", "-pk")
    has = Connector.objects.visible_to(request.user).exists()
    context = {"page": card_page(mine, request.GET.get("page")), "may_make": has}
    return render(request, "dataspace/datasets/my_datasets.html", context)


@or_record
@require_safe
def dataset(request: HttpRequest, pk: int) -> HttpResponse:
    """What a dataset is, on which terms it can be had, and what changed in it."""
    found: Dataset = get_object_or_404(with_all(Dataset.objects.visible_to(request.user)), pk=pk)
    source = getattr(found, "source", None)
    may_keep = permits(request.user, SHARE, found) if request.user.is_authenticated else False
    offers = shown_offers(found, may_keep=may_keep)
    context = {
        "card": cards([found])[0],
        "dataset": found,
        "source": source,
        "versions": list(found.versions.all()),
        "offers": list(zip(offers, all_in_words([each.terms for each in offers]), strict=True)),
        "data_block": dataset_data(found) if found.is_published else "",
        **_shown_rows(found, source),
        "region": regions.name(found.region, active_language()) if found.region else "",
        "may_keep": may_keep,
        "next_step": _next_step(found, source, offers),
        "panels": panels.shown("dataset", request, found),
        "deeds": panels.shown("dataset-deeds", request, found),
    }
    return render(request, "dataspace/datasets/dataset.html", context)


def _next_step(found: Dataset, source: DataSource | None, offers: list[DatasetOffer]) -> str:
    """What its keeper does first: give the data, say on which terms, or publish it; empty where all is done."""
    if source is None and found.model != Dataset.Model.STAYS:
        return "data"
    if not offers:
        return "terms"
    return "" if found.is_published else "publish"


def _shown_rows(found: Dataset, source: DataSource | None) -> dict[str, Any]:
    """How its table begins, for who may see that: the names of its columns, and some rows with these names."""
    table = source.first_rows if source and found.may_show_rows else []
    return {
        "header": table[0] if table else [],
        "rows": [list(zip(table[0], each, strict=False)) for each in table[1:]],
    }


@login_required
@_writing
def dataset_new(request: PersonRequest) -> HttpResponse:
    """Describe a dataset."""
    mine = Connector.objects.visible_to(request.user).select_related("organisation")
    if not mine:
        return redirect("dataspace")
    start = {**first_answers(active_language()), "connector": request.GET.get("connector", "")}
    form = DatasetForm(request.POST or None, connectors=mine, initial=start)

    def make() -> Dataset:
        return verbs.save_dataset(form.cleaned_data["connector"], form.record(), by=request.user)

    if made := carried_out(request, form, make, said=_("Saved. Now give the data.")):
        return redirect("dataset-version", made.pk)
    return form_page(request, "dataspace/datasets/dataset_form.html", form, dataset=None)


@login_required
@_writing
def dataset_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Change what the record says."""
    found = kept_by(request, pk)
    start = {**initial_of(found), "seen": audit.latest_of(found)}
    form = DatasetForm(request.POST or None, connectors=None, dataset=found, initial=start)

    def edit() -> Dataset:
        seen = form.cleaned_data["seen"]
        return verbs.save_dataset(
            found.connector, form.record(), by=request.user, dataset=found, seen=seen
        )

    if carried_out(request, form, edit, said=_("Saved.")):
        return redirect(found)
    return form_page(request, "dataspace/datasets/dataset_form.html", form, dataset=found)


@takes_file(LARGEST)
@login_required
@_writing
def dataset_version(request: PersonRequest, pk: int) -> HttpResponse:
    """Give the data, or another version of it."""
    found = kept_by(request, pk)
    source = DataSource.objects.filter(dataset=found).first()
    sent = request.method == "POST"
    data = (request.POST, request.FILES) if sent else (None, None)
    needs_file = source is None or source.kind == DataSource.Kind.FILE
    form = VersionForm(*data, needs_file=needs_file, is_first=not found.versions.exists())

    def give() -> DatasetVersion:
        said = {
            "version": form.cleaned_data["version"],
            "notes": form.cleaned_data.get("notes", ""),
        }
        if file := form.cleaned_data["file"]:
            return verbs.give_file(found, file.name, file.read(), by=request.user, **said)
        return verbs.note_version(found, by=request.user, **said)

    if carried_out(request, form, give, said=_("The data is there.")):
        has_terms = found.offers.filter(is_open=True).exists()
        return redirect(found) if has_terms else redirect("canvas", pk)
    template = "dataspace/datasets/dataset_version.html"
    return form_page(request, template, form, dataset=found, source=source)


@login_required
@_writing
def dataset_publish(request: PersonRequest, pk: int) -> HttpResponse:
    """See what others will see, and publish it."""
    found = kept_by(request, pk)
    if request.method == "POST":
        said = _published(found)
        done(request, partial(verbs.publish, found, by=request.user), translate(said))
        return redirect(found)
    names = area_names()
    offer = offer_content(found)
    source = DataSource.objects.filter(dataset=found).first()
    terms = list(found.offers.filter(is_open=True).values_list("terms", flat=True))
    context = {
        "dataset": found,
        "offer": offer,
        "source": source,
        "terms": all_in_words(terms),
        "missing": list(unfinished(found).values()),
        "lacks_data": lacks_data(found),
        "lacks_terms": not terms,
        **_shown_rows(found, source),
        "areas": [names.get(slug, slug) for slug in offer.areas],
        "regions": [regions.name(code, active_language()) for code in offer.regions],
    }
    return render(request, "dataspace/datasets/dataset_publish.html", context)


def _published(found: Dataset) -> str:
    """What is said when others see it: who decides on who asks for it."""
    ways = set(found.offers.filter(is_open=True).values_list("is_automatic", flat=True))
    if not ways:
        return _PUBLISHED_BARE
    return _PUBLISHED_AUTOMATIC if ways == {True} else _PUBLISHED


@login_required
@require_POST
def dataset_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Show it no more."""
    found = kept_by(request, pk)
    said = _("Withdrawn. Who has an agreement keeps it; nobody new gets one.")
    done(request, partial(verbs.withdraw, found, by=request.user), said)
    return redirect(found)


@login_required
@_writing
def dataset_delete(request: PersonRequest, pk: int) -> HttpResponse:
    """Throw away what was never shared, after asking."""
    found = kept_by(request, pk)
    if request.method != "POST":
        return render(request, "dataspace/datasets/dataset_delete.html", {"dataset": found})
    if done(request, partial(verbs.delete, found, by=request.user), _("The dataset is gone.")):
        return redirect("my-datasets")
    return redirect(found)


def visible(request: HttpRequest, pk: int) -> Dataset:
    """A dataset that who asks may see. Raises Http404."""
    seen: Any = Dataset.objects.visible_to(request.user).with_holder()
    found: Dataset = get_object_or_404(seen, pk=pk)
    return found


def kept_by(request: PersonRequest, pk: int) -> Dataset:
    """A dataset that this person may change. Raises Http404, PermissionDenied."""
    found = visible(request, pk)
    if not permits(request.user, SHARE, found):
        raise PermissionDenied
    return found
