"""The pages where the bureau says what its coalition calls things."""

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from katalysator.coalition.models import Person, PersonRequest
from katalysator.core.actors import permits
from katalysator.core.forms import add_fault
from katalysator.core.language import active_language, translate
from katalysator.engine.concepts import ESCO_NOTICE, ESCO_PREFIX, Concept, bundled_thesaurus
from katalysator.faults import Conflict, InvalidInput
from katalysator.readings import verbs
from katalysator.readings.models import CoalitionConcept
from katalysator.readings.thesaurus import newest_thesaurus
from katalysator.readings.verbs import ConceptContent
from katalysator.site.concepts.forms import ConceptForm
from katalysator.site.concepts.rows import FoundConcepts, counts

PAGE: Final = 20


@login_required
@require_safe
def concept_list(request: PersonRequest) -> HttpResponse:
    """The concepts of the coalition and ours, and how many listings tell of each."""
    _require_bureau(request.user)
    words = request.GET.get("q", "")[:100].strip()
    found = FoundConcepts(words)
    places = range(len(found))
    page = Paginator(places, PAGE).get_page(request.GET.get("page"))
    rows = found.rows(places[(page.number - 1) * PAGE : page.number * PAGE])
    told = counts(rows, request.user)
    own = CoalitionConcept.objects.filter(is_removed=False)
    removed = _removed(request.GET.get("removed", ""))
    context = {
        "words": words,
        "page": page,
        "rows": [(row, told[row.key]) for row in rows],
        "has_own": own.exists(),
        "notice": own.filter(key__startswith=ESCO_PREFIX).exists() and translate(ESCO_NOTICE),
        "removed": removed,
        "removed_name": removed.label(active_language()) if removed else "",
    }
    return render(request, "site/concepts.html", context)


@login_required
def concept_add(request: PersonRequest) -> HttpResponse:
    """Add a concept; with `of`, one that stands in place of ours, of which it begins as a copy."""
    _require_bureau(request.user)
    known = newest_thesaurus()
    ours, of = bundled_thesaurus(), request.GET.get("of", "")
    if request.method != "POST":
        form = ConceptForm.of(ours[of], known) if of in ours.row else ConceptForm(thesaurus=known)
        return _form_page(request, form, None)
    return _saved_or_asked_again(
        request, None, lambda content: verbs.add_concept(content, by=request.user)
    )


@login_required
def concept_edit(request: PersonRequest, key: str) -> HttpResponse:
    """Change a concept of the coalition."""
    _require_bureau(request.user)
    concept = get_object_or_404(CoalitionConcept, key=key, is_removed=False)
    known = newest_thesaurus()
    if request.method != "POST":
        return _form_page(request, ConceptForm.of(known[key], known), concept)
    return _saved_or_asked_again(
        request, concept, lambda content: verbs.change_concept(concept, content, by=request.user)
    )


@login_required
def concept_remove(request: PersonRequest, key: str) -> HttpResponse:
    """Remove a concept of the coalition, after asking."""
    _require_bureau(request.user)
    concept = get_object_or_404(CoalitionConcept, key=key, is_removed=False)
    if request.method != "POST":
        known = newest_thesaurus()[key]
        context = {
            "concept": known,
            "name": known.label(active_language()),
            "mends_ours": key in bundled_thesaurus().row,
        }
        return render(request, "site/concept_remove.html", context)
    try:
        verbs.remove_concept(concept, by=request.user)
    except Conflict as error:
        messages.error(request, str(error))
        return redirect("concept-list")
    return redirect(f"{reverse('concept-list')}?removed={key}")


@login_required
@require_POST
def concept_restore(request: PersonRequest, key: str) -> HttpResponse:
    """Put a concept back that was removed."""
    _require_bureau(request.user)
    concept = get_object_or_404(CoalitionConcept, key=key)
    try:
        verbs.restore_concept(concept, by=request.user)
        messages.success(request, _saved())
    except (Conflict, InvalidInput) as error:
        messages.error(request, str(error))
    return redirect("concept-list")


def _require_bureau(person: Person) -> None:
    if not permits(person, verbs.CHANGE_CONCEPTS):
        raise PermissionDenied


def _saved_or_asked_again(
    request: PersonRequest,
    concept: CoalitionConcept | None,
    save: Callable[[ConceptContent], CoalitionConcept],
) -> HttpResponse:
    form = ConceptForm(request.POST, thesaurus=newest_thesaurus())
    if form.is_valid():
        try:
            saved = save(form.content())
        except (Conflict, InvalidInput) as error:
            add_fault(form, error)
        else:
            messages.success(request, _saved() if concept else _added(saved))
            return redirect("concept-list")
    return _form_page(request, form, concept)


def _form_page(
    request: PersonRequest, form: ConceptForm, concept: CoalitionConcept | None
) -> HttpResponse:
    name = form.thesaurus[concept.key].label(active_language()) if concept else ""
    return render(request, "site/concept_form.html", {"form": form, "name": name})


def _removed(key: str) -> Concept | None:
    """What was just removed, to be put back."""
    rows = CoalitionConcept.objects.filter(key=key, is_removed=True) if key else ()
    return next((row.as_concept() for row in rows), None)


def _saved() -> str:
    return _("Saved. All texts are read again for it; in a few minutes matches go by it.")


def _added(concept: CoalitionConcept) -> str:
    if concept.key in bundled_thesaurus().row:
        instead = _("It stands in place of the one that Katalysator comes with.")
        return f"{instead} {_saved()}"
    return _saved()
