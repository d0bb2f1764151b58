"""The pages that take a sheet in: give it, look what would happen, let it happen, and take it back.

The same for every kind; `urls.py` says which.
"""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.core.actors import permits
from katalysator.core.downloads import as_file
from katalysator.core.forms import form_page
from katalysator.core.uploads import takes_file
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.importing import keeping, preview, verbs
from katalysator.importing.downloads import left_out_sheet
from katalysator.importing.forms import said_of_columns
from katalysator.importing.kinds import SheetImport
from katalysator.importing.models import KeptSheet
from katalysator.importing.plan import SheetPlan
from katalysator.importing.reading import LARGEST_SHEET, GivenFile, ReadSheet
from katalysator.importing.rows import SheetRows

_CONFIRM: Final = "confirm"
"""The name of the button that takes the sheet in."""
_WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@takes_file(LARGEST_SHEET)
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, kind: SheetImport) -> HttpResponse:
    """Upload a sheet."""
    person: Any = request.user
    if not permits(person, kind.permission):
        raise PermissionDenied
    sent = request.method == "POST"
    form = kind.form(request.POST if sent else None, request.FILES if sent else None, person=person)
    if sent and form.is_valid():
        given = form.cleaned_data["file"]
        file = GivenFile(given.read(), given.name)
        try:
            return redirect(keeping.keep(file, kind, kind.told(form.cleaned_data), of=person))
        except InvalidInput as error:
            form.add_error("file", str(error))
    return form_page(request, "importing/give.html", form, **_shared(kind))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, kind: SheetImport, pk: UUID) -> HttpResponse:
    """Look what would become of a sheet, say what its columns hold, and take it in; or see what came of it."""
    if (sheet := _sheet(request, kind, pk)) is None:
        return _gone(request, kind)
    if request.method == "POST":
        return _answered(request, sheet)
    if sheet.taken is not None:
        return _result_page(request, sheet, sheet.taken)
    return _preview_page(request, sheet)


@login_required
@require_safe
def rest(request: HttpRequest, kind: SheetImport, pk: UUID) -> HttpResponse:
    """The rows that cannot be taken in, with their reasons, as a sheet."""
    if (sheet := _sheet(request, kind, pk)) is None:
        return _gone(request, kind)
    read = keeping.read(sheet)
    if read.problem:
        return redirect(sheet)
    _rows, plan = _planned(sheet, read)
    workbook = left_out_sheet(read.table, plan.left_out)
    return as_file(HttpResponse(workbook, content_type=_WORKBOOK), "left-out.xlsx")


@login_required
@require_POST
def undo(request: HttpRequest, kind: SheetImport, pk: UUID) -> HttpResponse:
    """Undo what was made of a sheet."""
    if (sheet := _sheet(request, kind, pk)) is None:
        return _gone(request, kind)
    made = len((sheet.taken or {}).get("new", ()))
    person: Any = request.user
    gone = verbs.take_back(sheet, by=person)
    sentence = ngettext("%(count)s of them is gone.", "%(count)s of them are gone.", gone)
    messages.success(request, sentence % {"count": gone})
    if gone < made:
        messages.warning(request, _("What was changed or used since stays."))
    return redirect(sheet)


def _sheet(request: HttpRequest, kind: SheetImport, pk: UUID) -> KeptSheet | None:
    """The person's own sheet, while it is kept, and while they may take it in there."""
    person: Any = request.user
    sheet = keeping.kept(pk, kind, of=person)
    if sheet is None:
        return None
    try:
        kind.require(sheet.place, person)
    except (NotAllowed, LookupError):
        return None
    return sheet


def _rows(sheet: KeptSheet, read: ReadSheet) -> SheetRows:
    return sheet.kind.rows(read.records(), sheet.place)


def _planned(sheet: KeptSheet, read: ReadSheet) -> tuple[SheetRows, SheetPlan]:
    """All rows, and what would become of them."""
    rows = _rows(sheet, read)
    planning = sheet.kind.planning(rows, sheet.place, locked=False)
    return rows, planning.planned(rows)


def _answered(request: HttpRequest, sheet: KeptSheet) -> HttpResponse:
    """Keep what was said of the columns, and take the sheet in where that was asked."""
    if sheet.taken is not None:
        return redirect(sheet)
    person: Any = request.user
    usable = sheet.kind.labels(sheet.place)
    keeping.choose(sheet, said_of_columns(request.POST, usable))
    read = keeping.read(sheet)
    if _CONFIRM in request.POST and read.problem is None:
        try:
            seen = request.POST.get("seen", "")
            verbs.take_in(sheet, by=person, rows=_rows(sheet, read), seen=seen)
        except (Conflict, NotAllowed) as error:
            messages.error(request, str(error))
    return redirect(sheet)


def _preview_page(request: HttpRequest, sheet: KeptSheet) -> HttpResponse:
    kind, target, read = sheet.kind, sheet.place, keeping.read(sheet)
    context = _shared(kind, sheet) | {
        "table": read.table,
        "columns": preview.columns(read, kind, target),
        "problem": read.problem and read.problem.sentence,
    }
    if read.problem is None:
        rows, plan = _planned(sheet, read)
        context |= preview.context(read, rows, plan, kind, target)
    return render(request, "importing/preview.html", context)


def _result_page(request: HttpRequest, sheet: KeptSheet, taken: dict[str, Any]) -> HttpResponse:
    """What came of a sheet, and what can be done next."""
    keys = [*taken["new"], *(taken["changed"] if sheet.kind.shows_changed else ())]
    context = _shared(sheet.kind, sheet) | {
        "new": len(taken["new"]),
        "changed": len(taken["changed"]),
        "same": taken["same"],
        "left_out_count": taken["left_out"],
        "shown": sheet.kind.shown(request, keys[: preview.SHOWN]),
        "more": max(0, len(keys) - preview.SHOWN),
    }
    return render(request, "importing/result.html", context)


def _gone(request: HttpRequest, kind: SheetImport) -> HttpResponse:
    """The answer where there is no such sheet: it was not kept, or is of another."""
    return render(request, "importing/gone.html", _shared(kind), status=404)


def _shared(kind: SheetImport, sheet: KeptSheet | None = None) -> dict[str, Any]:
    """What all these pages show."""
    target = sheet.place if sheet else None
    about = kind.about_target(target) if sheet else {}
    return {
        "kind": kind,
        "words": kind.words,
        "sheet": sheet,
        "give_url": kind.address,
        "rest_name": f"{kind.url_name}-rest",
        "undo_name": f"{kind.url_name}-undo",
        **about,
    }
