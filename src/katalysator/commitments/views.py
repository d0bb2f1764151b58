"""Pages for those who bring something: what is promised, what was brought."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.coalition.models import Organisation, PersonRequest
from katalysator.coalition.organisations.views import own_organisation
from katalysator.commitments import verbs
from katalysator.commitments.forms import ContributionForm, PromisesForm, initial_of
from katalysator.commitments.models import Commitment, Contribution
from katalysator.commitments.progress import progress
from katalysator.commitments.verbs import Promise
from katalysator.core.forms import add_fault, form_page
from katalysator.faults import Conflict, InvalidInput

_writing = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_safe
def commitment_list(request: PersonRequest, slug: str) -> HttpResponse:
    """What an organisation promised and brought, for those who keep it."""
    organisation = own_organisation(request, slug)
    found = progress(Commitment.objects.of(organisation))
    context = {"organisation": organisation, "commitments": found}
    return render(request, "commitments/commitment_list.html", context)


@login_required
@_writing
def commitment_edit(request: PersonRequest, slug: str) -> HttpResponse:
    """Say what an organisation brings."""
    organisation = own_organisation(request, slug)
    form = PromisesForm(request.POST or None, initial=initial_of(_promises(organisation)))
    if request.method == "POST" and form.is_valid():
        try:
            verbs.promise(organisation, by=request.user, promises=form.promises())
        except (InvalidInput, Conflict) as error:
            add_fault(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("commitment-list", slug=slug)
    return form_page(request, "commitments/commitment_edit.html", form, organisation=organisation)


@login_required
@_writing
def contribution_new(request: PersonRequest, slug: str, kind: str) -> HttpResponse:
    """Write down what was brought of a commitment."""
    organisation = own_organisation(request, slug)
    commitment = get_object_or_404(Commitment.objects.of(organisation), kind=kind)
    form = ContributionForm(request.POST or None, commitment=commitment)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.bring(commitment, by=request.user, **form.cleaned_data)
        except InvalidInput as error:
            add_fault(form, error)
        else:
            messages.success(request, _("Written down. Thank you for it."))
            return redirect("commitment-list", slug=slug)
    return form_page(
        request,
        "commitments/contribution_new.html",
        form,
        organisation=organisation,
        commitment=commitment,
    )


@login_required
@require_POST
def contribution_take_back(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Take back what was written down by mistake."""
    organisation = own_organisation(request, slug)
    found = Contribution.objects.filter(commitment__organisation=organisation)
    try:
        verbs.take_back(get_object_or_404(found, pk=pk), by=request.user)
    except Conflict as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is taken back."))
    return redirect("commitment-list", slug=slug)


def _promises(organisation: Organisation) -> dict[str, Promise]:
    found = Commitment.objects.of(organisation)
    return {each.kind: Promise(each.amount, each.note) for each in found}
