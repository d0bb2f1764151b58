"""The page on which the bureau makes two records one: choose, look at both, and confirm."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from katalysator.cleaning import plain_line
from katalysator.coalition.duplicates import alike, pairs
from katalysator.coalition.merged import verbs
from katalysator.coalition.merged.forms import ChooseForm
from katalysator.coalition.merged.records import left
from katalysator.coalition.models import Organisation, PersonRequest
from katalysator.coalition.workflow import MERGE
from katalysator.core.actors import permits
from katalysator.faults import Conflict, InvalidInput

_PAIRS, _FOUND = 50, 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: PersonRequest) -> HttpResponse:
    """Look at two records, and make them one."""
    if not permits(request.user, MERGE):
        raise PermissionDenied
    kept, gone = (_named(request, name) for name in ("kept", "gone"))
    if kept is None or gone is None or kept == gone:
        return _choose(request, kept)
    if request.method == "POST":
        try:
            made = verbs.merge(kept, gone, by=request.user)
        except (Conflict, InvalidInput) as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The two are one now."))
            return redirect(made)
    context = {
        "kept": kept,
        "gone": gone,
        "rows": _facts(kept, gone),
        "moves": sum(left(gone).values()),
    }
    return render(request, "coalition/merge.html", context)


def _choose(request: PersonRequest, kept: Organisation | None) -> HttpResponse:
    """Pairs that look alike; or, where one record is chosen, those that it may be one with."""
    form = ChooseForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    context: dict[str, Any] = {"form": form, "kept": kept}
    if kept is None:
        context["pairs"] = pairs(_PAIRS)
    elif words:
        context["found"] = Organisation.objects.named(words).exclude(pk=kept.pk)[:_FOUND]
    else:
        names, facts = (
            tuple(kept.other_names),
            {"kvk": kept.kvk, "ror": kept.ror, "website": kept.website},
        )
        same = alike(name=kept.name, other_names=names, **facts)
        context["found"] = same.exclude(pk=kept.pk)[:_FOUND]
    return render(request, "coalition/merge_choose.html", context)


def _named(request: PersonRequest, name: str) -> Organisation | None:
    slug = plain_line((request.POST or request.GET).get(name, ""))
    seen = Organisation.objects.visible_to(request.user)
    found: Organisation | None = seen.filter(slug=slug).first()
    return found


def _facts(kept: Organisation, gone: Organisation) -> list[tuple[str, str, str]]:
    """What both say, side by side."""
    shown = {
        _("Name"): "name", _("Kind"): "get_kind_display", _("State"): "state_label", _("City"): "city",
        _("Region"): "region_label", _("KvK number"): "kvk", "ROR": "ror", _("Website"): "website",
        _("What do you do?"): "about",
    }  # fmt: skip
    return [(label, _said(kept, name), _said(gone, name)) for label, name in shown.items()]


def _said(organisation: Organisation, name: str) -> str:
    value = getattr(organisation, name)
    return str(value() if callable(value) else value)
