"""Pages of the coalition itself: what it answers for, its look, and where the bureau changes that."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from katalysator.coalition.founding import verbs
from katalysator.coalition.founding.current import current
from katalysator.coalition.founding.facts import KnownCoalition
from katalysator.coalition.founding.forms import CoalitionForm
from katalysator.coalition.models import Person, PersonRequest
from katalysator.coalition.workflow import FOUND
from katalysator.core import audit
from katalysator.core.actors import permits
from katalysator.core.archives import zipped
from katalysator.core.downloads import as_file
from katalysator.core.forms import add_fault, form_page
from katalysator.faults import Conflict, InvalidInput

_PIECE: Final = 1 << 16
_YEAR: Final = "max-age=31536000, immutable"
SURE_FOR: Final = timedelta(days=364)
"""So long what was confirmed may be relied on; RFC 9116 wants less than a year."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def coalition_edit(request: PersonRequest) -> HttpResponse:
    """Change what the coalition is; saving says that all of it is correct."""
    if not permits(request.user, FOUND):
        raise PermissionDenied
    known = KnownCoalition.now()
    initial = {"seen": audit.latest_of(known.row)}
    sent = request.method == "POST"
    form = CoalitionForm(request.POST if sent else None, known=known, initial=initial)
    if sent and form.is_valid() and (facts := form.facts()):
        try:
            verbs.settle(facts, by=request.user, seen=form.cleaned_data["seen"])
        except (InvalidInput, Conflict) as error:
            add_fault(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("coalition-edit")
    return form_page(request, "coalition/coalition_edit.html", form, known=known.row)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of people, who is responsible for it, and what people can ask."""
    return render(request, "coalition/privacy.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "coalition/accessibility.html")


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Where the bureau can be reached."""
    return render(request, "coalition/contact.html", {"hubs": KnownCoalition.now().hubs})


@require_safe
def theme(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 — every view gets it
    """The colours of the coalition, as custom properties over those of the house."""
    own = {"--kat-action": current().accent, "--kat-action-dark": current().accent_dark}
    said = "".join(f"{name}:{colour};" for name, colour in own.items() if colour)
    response = HttpResponse(f":root{{{said}}}\n", "text/css")
    response["Cache-Control"] = _YEAR  # its address names the colours
    return response


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a weak spot (RFC 9116); nothing where nobody answers for it."""
    coalition = current()
    address = coalition.security or coalition.contact
    if not address or coalition.confirmed_at is None:
        raise Http404
    until = (coalition.confirmed_at + SURE_FOR).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = [
        f"Contact: {address if '://' in address else f'mailto:{address}'}",
        f"Expires: {until}",
        f"Preferred-Languages: {', '.join(coalition.languages)}",
        f"Canonical: {request.build_absolute_uri(reverse('security-txt'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", "text/plain; charset=utf-8")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def export_page(request: PersonRequest) -> HttpResponseBase:
    """Take everything along, as one archive; addresses of people only where that is asked."""
    if not permits(request.user, FOUND):
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "coalition/export.html")
    with_people = request.POST.get("people") == "yes"
    response = StreamingHttpResponse(
        _archive(request.user, with_people=with_people), content_type="application/zip"
    )
    name = f"{slugify(str(current()))}-{timezone.localdate().isoformat()}.zip"
    return as_file(response, name)


def _archive(person: Person, *, with_people: bool) -> Iterator[bytes]:
    """The archive in pieces, made when it is asked for: memory stays the same however much there is."""
    with TemporaryDirectory() as made:
        folder, archive = Path(made, "tables"), Path(made, "all.zip")
        folder.mkdir()
        verbs.take_along(folder, by=person, with_people=with_people)
        zipped(folder, archive)
        with archive.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece
