"""The pages that take a sheet in: give it, look what would happen, let it happen, and take it back."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.coalition.models import PersonRequest
from katalysator.coalition.naming import area_names
from katalysator.core.actors import permits
from katalysator.core.forms import form_page
from katalysator.core.uploads import takes_file
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.listings import cards
from katalysator.listings.importing import keeping, preview, verbs
from katalysator.listings.importing.downloads import left_out_sheet
from katalysator.listings.importing.fields import labels
from katalysator.listings.importing.forms import GivenSheetForm, said_of_columns
from katalysator.listings.importing.plan import planned
from katalysator.listings.importing.reading import LARGEST_SHEET
from katalysator.listings.importing.rows import read_rows
from katalysator.listings.models import KeptSheet, Listing
from katalysator.listings.rules import require_editor

_CONFIRM: Final = "confirm"
"""The name of the button that takes the sheet in."""
_WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@takes_file(LARGEST_SHEET)
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_sheet(request: PersonRequest) -> HttpResponse:
    """Upload a sheet of needs or offers."""
    if not permits(request.user, "listings.post_listing"):
        raise PermissionDenied
    sent = request.method == "POST"
    form = GivenSheetForm(
        request.POST if sent else None, request.FILES if sent else None, person=request.user
    )
    if sent and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            return redirect(keeping.keep(file.read(), file.name, form.target(), of=request.user))
        except InvalidInput as error:
            form.add_error("file", str(error))
    return form_page(request, "listings/import_sheet.html", form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_preview(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Look what would become of a sheet, say what its columns hold, and take it in; or see what came of it."""
    if (sheet := _sheet(request, pk)) is None:
        return _gone(request)
    if request.method == "POST":
        return _answered(request, sheet)
    if sheet.taken is not None:
        return _result_page(request, sheet, sheet.taken)
    return _preview_page(request, sheet)


@login_required
@require_safe
def import_rest(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The rows that cannot be taken in, with their reasons, as a sheet."""
    if (sheet := _sheet(request, pk)) is None:
        return _gone(request)
    read, target = keeping.read(sheet), keeping.target_of(sheet)
    if read.problem:
        return redirect(sheet)
    plan = planned(read_rows(read, target), target)
    response = HttpResponse(left_out_sheet(read.table, plan.left_out), content_type=_WORKBOOK)
    response["Content-Disposition"] = 'attachment; filename="left-out.xlsx"'
    return response


@login_required
@require_POST
def import_undo(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Throw the drafts away that came of a sheet."""
    if (sheet := _sheet(request, pk)) is None:
        return _gone(request)
    made = len((sheet.taken or {}).get("new", ()))
    gone = verbs.take_back(sheet, by=request.user)
    sentence = ngettext("%(count)s draft is gone.", "%(count)s drafts are gone.", gone)
    messages.success(request, sentence % {"count": gone})
    if gone < made:
        messages.warning(request, _("What was changed or published since stays."))
    return redirect(sheet)


def _sheet(request: PersonRequest, pk: UUID) -> KeptSheet | None:
    """The person's own sheet, while it is kept, and while they speak for its organisation."""
    sheet = keeping.kept(pk, of=request.user)
    if sheet:
        try:
            require_editor(Listing(organisation=sheet.organisation), request.user)
        except NotAllowed:
            return None
    return sheet


def _answered(request: PersonRequest, sheet: KeptSheet) -> HttpResponse:
    """Keep what was said of the columns, and take the sheet in where that was asked."""
    if sheet.taken is not None:
        return redirect(sheet)
    target = keeping.target_of(sheet)
    keeping.choose(sheet, said_of_columns(request.POST, labels(target.half, target.market)))
    read = keeping.read(sheet)
    if _CONFIRM in request.POST and read.problem is None:
        try:
            rows, seen = read_rows(read, target), request.POST.get("seen", "")
            verbs.take_in(sheet, by=request.user, rows=rows, seen=seen)
        except (Conflict, NotAllowed) as error:
            messages.error(request, str(error))
    return redirect(sheet)


def _preview_page(request: PersonRequest, sheet: KeptSheet) -> HttpResponse:
    read, target = keeping.read(sheet), keeping.target_of(sheet)
    context = {
        "sheet": sheet,
        "table": read.table,
        "columns": preview.columns(read, target),
        "problem": read.problem and read.problem.sentence,
    }
    if read.problem is None:
        rows = read_rows(read, target)
        context |= preview.context(read, rows, planned(rows, target), target)
    return render(request, "listings/import_preview.html", context)


def _result_page(request: PersonRequest, sheet: KeptSheet, taken: dict[str, Any]) -> HttpResponse:
    """What came of a sheet, and what can be done next."""
    keys = [*taken["new"], *taken["changed"]]
    shown = Listing.objects.visible_to(request.user).filter(pk__in=keys[: preview.SHOWN])
    names = area_names()
    context = {
        "sheet": sheet,
        "new": len(taken["new"]),
        "changed": len(taken["changed"]),
        "same": taken["same"],
        "left_out_count": taken["left_out"],
        "listings": [
            cards.card(each, names, inside=True) for each in shown.with_names().order_by("pk")
        ],
        "more": max(0, len(keys) - preview.SHOWN),
    }
    return render(request, "listings/import_result.html", context)


def _gone(request: HttpRequest) -> HttpResponse:
    """The answer where there is no such sheet: it was not kept, or is of another."""
    return render(request, "listings/import_gone.html", status=404)
