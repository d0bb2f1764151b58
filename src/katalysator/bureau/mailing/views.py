"""Pages of letters to many: written, looked at as each reads them, sent, stopped."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.bureau.door import of_bureau
from katalysator.bureau.forms import MailingForm, NewMailingForm, mailing_initial
from katalysator.bureau.mailing import verbs
from katalysator.bureau.mailing.merging import merged, words
from katalysator.bureau.models import Mailing
from katalysator.bureau.selection import Selection
from katalysator.bureau.workflow import MAILING
from katalysator.coalition.models import PersonRequest
from katalysator.coalition.workflow import RUN
from katalysator.core import audit
from katalysator.core.forms import carried_out, done, form_page

PAGE = 30


def mailing_new(request: PersonRequest, selection: Selection) -> HttpResponse:
    """Write a letter to who speaks for the organisations that are chosen, begun where the page before says how."""
    form = NewMailingForm(
        request.POST if "sure" in request.POST else None, initial=request.POST.dict()
    )

    def write() -> Mailing:
        managers = form.cleaned_data["to"] == "managers"
        return verbs.write(
            selection.records, by=request.user, managers_only=managers, **form.said()
        )

    if mailing := carried_out(request, form, write):
        return redirect(mailing)
    more = {"selection": selection, "words": words(), "count": selection.records.count()}
    return form_page(request, "bureau/mailing_form.html", form, **more)


@of_bureau
@require_safe
def mailing_list(request: PersonRequest) -> HttpResponse:
    """Letters to many, the newest first."""
    counts = {
        "count": Count("letters"),
        "written": Count("letters", Q(letters__written_at__isnull=False)),
    }
    found = (
        Mailing.objects.visible_to(request.user).annotate(**counts).order_by("-written_at", "-pk")
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "bureau/mailing_list.html", {"page": page})


@of_bureau
@require_safe
def mailing(request: PersonRequest, pk: int) -> HttpResponse:
    """A letter as each of its readers gets it, one a page, and how far it is."""
    found = _seen(request, pk)
    letters = found.letters.select_related("person", "organisation").order_by(
        "organisation__sort_name", "pk"
    )
    page = Paginator(letters, 1).get_page(request.GET.get("page"))
    shown = [(each, merged(found, each.organisation, each.person)) for each in page]
    context: dict[str, Any] = {
        "mailing": found,
        "page": page,
        "shown": shown[0] if shown else None,
        "written": found.letters.filter(written_at__isnull=False).count(),
        "steps": MAILING.transitions_from(found.state, RUN),
        "is_draft": found.state == MAILING.initial,
    }
    return render(request, "bureau/mailing.html", context)


@of_bureau
@require_http_methods(["GET", "HEAD", "POST"])
def mailing_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Change what a letter says that was not sent."""
    found = _seen(request, pk)
    initial = {**mailing_initial(found), "seen": audit.latest_of(found)}
    form = MailingForm(request.POST or None, initial=initial)

    def edit() -> Mailing:
        seen = form.cleaned_data["seen"]
        return verbs.edit(found, by=request.user, seen=seen, **form.said())

    if carried_out(request, form, edit):
        messages.success(request, _("Saved."))
        return redirect(found)
    more = {"mailing": found, "words": words(), "count": found.letters.count()}
    return form_page(request, "bureau/mailing_form.html", form, **more)


@of_bureau
@require_POST
def mailing_delete(request: PersonRequest, pk: int) -> HttpResponse:
    """Throw a letter away that was not sent."""
    found = _seen(request, pk)
    if done(request, lambda: verbs.delete(found, by=request.user), _("Thrown away.")):
        return redirect("mailing-list")
    return redirect(found)


@of_bureau
@require_POST
def mailing_move(request: PersonRequest, pk: int, deed: str) -> HttpResponse:
    """Have a letter go out in ten minutes, or keep it in."""
    found = _seen(request, pk)
    move = {"send": verbs.send, "stop": verbs.stop}[deed]
    done(request, lambda: move(found, by=request.user), _(MAILING.step(deed).done))
    return redirect(found)


def _seen(request: PersonRequest, pk: int) -> Mailing:
    found: Mailing = get_object_or_404(Mailing.objects.visible_to(request.user), pk=pk)
    return found
