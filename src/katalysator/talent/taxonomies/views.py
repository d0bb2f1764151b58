"""The bureau's pages of taxonomies: files given and what came of them, versions side by side, and what is added to them."""

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.coalition.models import PersonRequest
from katalysator.core.actors import permits
from katalysator.core.forms import carried_out, done, form_page
from katalysator.core.uploads import takes_file
from katalysator.talent.models import (
    FigureSet,
    LocalConcept,
    TaxonomyUpload,
    TaxonomyVersion,
    WorkGroup,
)
from katalysator.talent.taxonomies import verbs
from katalysator.talent.taxonomies.changes import changes_between
from katalysator.talent.taxonomies.current import current_taxonomy, taxonomy_by
from katalysator.talent.taxonomies.forms import (
    FiguresForm,
    LocalConceptForm,
    TaxonomyUploadForm,
    together,
)
from katalysator.talent.taxonomies.local import LocalContent
from katalysator.talent.taxonomies.permissions import KEEP_TAXONOMIES
from katalysator.talent.taxonomies.problems import told
from katalysator.talent.taxonomies.upload_verbs import LARGEST_UPLOAD, give_files
from katalysator.talent.taxonomies.uses import uses_of
from katalysator.talent.work.figure_files import read_figures
from katalysator.talent.work.verbs import take_in_figures

SHOWN: Final = 50
"""So many keys of each kind the page of a version shows."""
_LARGEST_FIGURES: Final = 20_000_000


@takes_file(LARGEST_UPLOAD)
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def taxonomy_list(request: PersonRequest) -> HttpResponse:
    """The versions that there are, files that wait to be read, and a way to give more. Cost: five queries."""
    _require_bureau(request)
    sent = request.method == "POST"
    form = TaxonomyUploadForm(request.POST if sent else None, request.FILES if sent else None)

    def give() -> TaxonomyUpload:
        name, content = together(form.cleaned_data["file"])
        return give_files(name, content, form.cleaned_data["version"], by=request.user)

    if carried_out(request, form, give, _("Read in the background: look here again soon.")):
        return redirect("taxonomy-list")
    uploads = [
        (each, [told(problem) for problem in each.problems])
        for each in TaxonomyUpload.objects.visible_to(request.user).select_related("made")
    ]
    return form_page(
        request,
        "talent/taxonomy_list.html",
        form,
        versions=list(TaxonomyVersion.objects.told()),
        uploads=uploads,
        concepts=list(LocalConcept.objects.all()),
    )


@login_required
@require_safe
def taxonomy_version(request: PersonRequest, pk: int) -> HttpResponse:
    """What would change if a version were used: keys that are gone, renamed or new, and how many records these touch."""
    _require_bureau(request)
    version = get_object_or_404(TaxonomyVersion.objects.told(), pk=pk)
    current = current_taxonomy()
    context: dict[str, Any] = {"version": version, "shown": SHOWN}
    if current is not None and not version.is_current:
        found = changes_between(current, taxonomy_by(version.digest))
        context |= {
            "changes": found,
            "gone": found.gone[:SHOWN],
            "renamed": found.renamed[:SHOWN],
            "proposed": len(found.proposals),
            "uses": uses_of(found.lost),
        }
    return render(request, "talent/taxonomy_version.html", context)


@login_required
@require_POST
def taxonomy_use(request: PersonRequest, pk: int) -> HttpResponse:
    """Use a version from now on."""
    version = _kept(request, pk)
    done(request, partial(verbs.use_version, version, by=request.user), _("Used from now on."))
    return redirect("taxonomy-list")


@login_required
@require_POST
def taxonomy_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Throw a version away."""
    version = _kept(request, pk)
    done(request, partial(verbs.remove_version, version, by=request.user), _("Thrown away."))
    return redirect("taxonomy-list")


@login_required
@require_POST
def taxonomy_redirect(request: PersonRequest, pk: int) -> HttpResponse:
    """Let all keys that are gone lead to what has the same label, as is proposed."""
    version, current = _kept(request, pk), current_taxonomy()
    after = taxonomy_by(version.digest)
    proposals = changes_between(current, after).proposals if current else {}
    if not proposals:
        messages.error(request, _("No key that is gone has the label of one that is new."))
        return redirect(version)
    do = partial(verbs.redirect_keys, version, by=request.user, redirects=proposals)
    said = ngettext("%(count)s key leads on.", "%(count)s keys lead on.", len(proposals))
    done(request, do, said % {"count": len(proposals)})
    return redirect(version)


@takes_file(_LARGEST_FIGURES)
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def figure_list(request: PersonRequest) -> HttpResponse:
    """The figures that there are, and a way to give newer ones. Cost: four queries."""
    _require_bureau(request)
    sent = request.method == "POST"
    form = FiguresForm(request.POST if sent else None, request.FILES if sent else None)

    def take_in() -> list[FigureSet]:
        said = dict(form.cleaned_data)
        _name, content = together(said.pop("file"))
        with TemporaryDirectory() as folder:
            file = Path(folder) / "given.zip"
            file.write_bytes(content)
            found = read_figures([file])
        return take_in_figures(found, by=request.user, **said)

    if carried_out(request, form, take_in, _("Taken in.")) is not None:
        return redirect("figure-list")
    sets = FigureSet.objects.annotate(count=Count("rows"))
    mapped = WorkGroup.objects.exclude(isco=[]).count()
    return form_page(request, "talent/figure_list.html", form, sets=list(sets), mapped=mapped)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def local_concept_new(request: PersonRequest) -> HttpResponse:
    """Add an own occupation or skill."""
    _require_bureau(request)
    form = LocalConceptForm(request.POST or None, initial={"kind": "occupation"})

    def add() -> LocalConcept:
        return verbs.add_local_concept(form.content(), by=request.user)

    if carried_out(request, form, add, _("Saved.")):
        return redirect("taxonomy-list")
    return form_page(request, "talent/local_concept_form.html", form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def local_concept_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Change an own occupation or skill."""
    _require_bureau(request)
    row = get_object_or_404(LocalConcept, pk=pk)
    form = LocalConceptForm(request.POST or None, initial=LocalContent.of(row).fields())

    def change() -> LocalConcept:
        return verbs.change_local_concept(row, form.content(), by=request.user)

    if carried_out(request, form, change, _("Saved.")):
        return redirect("taxonomy-list")
    return form_page(request, "talent/local_concept_form.html", form, concept=row)


@login_required
@require_POST
def local_concept_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Take an own occupation or skill out."""
    _require_bureau(request)
    row = get_object_or_404(LocalConcept, pk=pk)
    done(request, partial(verbs.remove_local_concept, row, by=request.user), _("Taken out."))
    return redirect("taxonomy-list")


def _kept(request: PersonRequest, pk: int) -> TaxonomyVersion:
    _require_bureau(request)
    return get_object_or_404(TaxonomyVersion.objects.told(), pk=pk)


def _require_bureau(request: PersonRequest) -> None:
    if not permits(request.user, KEEP_TAXONOMIES):
        raise PermissionDenied
