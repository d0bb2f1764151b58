"""Pages of what the bureau wrote down of an organisation."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from katalysator.bureau.door import of_bureau
from katalysator.bureau.forms import NoteForm
from katalysator.bureau.models import BureauNote
from katalysator.bureau.notes import verbs
from katalysator.coalition.models import Organisation, PersonRequest
from katalysator.core.forms import carried_out, done, form_page

PAGE = 30


@of_bureau
@require_http_methods(["GET", "HEAD", "POST"])
def note_list(request: PersonRequest, slug: str) -> HttpResponse:
    """What was written down of an organisation, the newest first, and the form for more."""
    seen = Organisation.objects.visible_to(request.user)
    organisation = get_object_or_404(seen, slug=slug)
    form = NoteForm(request.POST or None)

    def write() -> BureauNote:
        return verbs.write(organisation, by=request.user, **form.cleaned_data)

    if carried_out(request, form, write, _("Written down.")):
        return redirect("note-list", slug)
    notes = BureauNote.objects.visible_to(request.user).filter(organisation=organisation)
    page = Paginator(notes, PAGE).get_page(request.GET.get("page"))
    labels = [str(each.label) for each in organisation.labellings.select_related("label")]
    return form_page(
        request, "bureau/note_list.html", form, organisation=organisation, page=page, labels=labels
    )


@of_bureau
@require_POST
def note_finish(request: PersonRequest, pk: int) -> HttpResponse:
    """Say that what was to be done is done, or is to be done after all."""
    note = _seen(request, pk)
    done(request, lambda: verbs.finish(note, by=request.user), _("Written down."))
    return redirect("note-list", note.organisation.slug)


@of_bureau
@require_POST
def note_delete(request: PersonRequest, pk: int) -> HttpResponse:
    """Throw a note away."""
    note = _seen(request, pk)
    done(request, lambda: verbs.delete(note, by=request.user), _("Thrown away."))
    return redirect("note-list", note.organisation.slug)


def _seen(request: PersonRequest, pk: int) -> BureauNote:
    notes = BureauNote.objects.visible_to(request.user).select_related("organisation")
    found: BureauNote = get_object_or_404(notes, pk=pk)
    return found
