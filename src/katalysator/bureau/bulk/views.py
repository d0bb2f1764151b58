"""Pages of a deed for many: what it needs, how far it is, undoing it."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from katalysator.bureau.bulk import verbs
from katalysator.bureau.bulk.deeds import bulk_deed
from katalysator.bureau.bulk.going_through import AT_ONCE, carry_on
from katalysator.bureau.bulk.kinds import address_of, kind_of
from katalysator.bureau.door import of_bureau
from katalysator.bureau.forms import BulkForm
from katalysator.bureau.models import Bulk, BulkLine
from katalysator.bureau.selection import Selection
from katalysator.bureau.workflow import BULK
from katalysator.coalition.models import PersonRequest
from katalysator.core.forms import carried_out, done, form_page

PAGE = 50
_SHOWN = 10


def bulk_new(request: PersonRequest, deed: str, selection: Selection) -> HttpResponse:
    """Say what is going to be done with how many, ask what it needs, and do it after a yes."""
    asked = bulk_deed(deed)
    if asked is None:
        return redirect(selection.kind.back)
    is_sure = "sure" in request.POST
    form = BulkForm(request.POST if is_sure else None, deed=asked)

    def start() -> Bulk:
        value = form.cleaned_data.get("value", "")
        return verbs.start(deed, selection.records, by=request.user, value=value)

    if bulk := carried_out(request, form, start):
        _go_through(bulk)
        return redirect(bulk)
    found, count = selection.records, selection.records.count()
    return form_page(
        request, "bureau/bulk_form.html", form,
        deed=asked, selection=selection, kind=address_of(selection.kind), count=count,
        said=selection.kind.said(count), some=found[:_SHOWN],
    )  # fmt: skip


@of_bureau
@require_safe
def bulk_list(request: PersonRequest) -> HttpResponse:
    """What was done for many at once, the newest first."""
    found = Bulk.objects.visible_to(request.user).select_related("author")
    page = Paginator(
        found.annotate(count=Count("lines")).order_by("-started_at", "-pk"), PAGE
    ).get_page(request.GET.get("page"))
    rows = [(each, bulk_deed(each.deed), BULK.label(each.state)) for each in page]
    return render(request, "bureau/bulk_list.html", {"page": page, "rows": rows})


@of_bureau
@require_safe
def bulk(request: PersonRequest, pk: int) -> HttpResponse:
    """How far a deed for many is, and what became of each."""
    found = _seen(request, pk)
    counts = dict(found.lines.order_by().values_list("state").annotate(Count("pk")))
    lines = found.lines.select_related("organisation", "application", "listing")
    lines = lines.order_by("state", "organisation__sort_name", "pk")
    deed = bulk_deed(found.deed)
    page = Paginator(lines, PAGE).get_page(request.GET.get("page"))
    is_left = BULK.allows(found.state, "undo") and counts.get(BulkLine.State.DONE)
    runs = "runs" in BULK.states[found.state].tags
    context = {
        "bulk": found,
        "deed": deed,
        "kind": kind_of(deed.about if deed else "organisation"),
        "state": BULK.label(found.state),
        "counts": [(_said(state), counts[state]) for state in BulkLine.State if state in counts],
        "all": sum(counts.values()),
        "runs": runs,
        "can_undo": deed is not None and deed.can_be_undone and is_left,
        "page": page,
        "rows": [(each, _said(each.state)) for each in page],
    }
    return render(request, "bureau/bulk.html", context)


@of_bureau
@require_POST
def bulk_undo(request: PersonRequest, pk: int) -> HttpResponse:
    """Undo a deed for many, but for what was changed since."""
    found = _seen(request, pk)
    if done(request, lambda: verbs.undo(found, by=request.user), _(BULK.step("undo").done)):
        _go_through(found)
    return redirect(found)


def _go_through(bulk: Bulk) -> None:
    """A few lines while the reader waits; the job that follows from the deed goes through the rest."""
    carry_on(bulk, AT_ONCE)


def _seen(request: PersonRequest, pk: int) -> Bulk:
    found: Bulk = get_object_or_404(Bulk.objects.visible_to(request.user), pk=pk)
    return found


def _said(state: str) -> str:
    return {
        BulkLine.State.WAITING: _("Still to do"),
        BulkLine.State.DONE: _("Done"),
        BulkLine.State.NOTHING: _("Nothing to do: it was so already"),
        BulkLine.State.REFUSED: _("Not done"),
        BulkLine.State.UNDONE: _("Undone"),
        BulkLine.State.KEPT: _("Not undone"),
    }[BulkLine.State(state)]
