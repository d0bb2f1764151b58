"""The page on which who keeps a dataset says where its data is kept elsewhere."""

from typing import Any, cast

from allauth.core.ratelimit import consume_or_429
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from katalysator.coalition.models import PersonRequest
from katalysator.core.actors import permits
from katalysator.core.forms import carried_out, form_page
from katalysator.dataspace.delivery.forms import DataSourceForm
from katalysator.dataspace.delivery.verbs import give_address
from katalysator.dataspace.models import Dataset, DataSource
from katalysator.dataspace.rules import SHARE


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def dataset_source(request: PersonRequest, pk: int) -> HttpResponse:
    """Where the data of a dataset is, and a form to say that it is kept elsewhere. Cost: some six queries."""
    found = _kept_by(request, pk)
    form = DataSourceForm(request.POST or None, initial={"kind": DataSource.Kind.HTTP})
    if form.is_bound and (refused := consume_or_429(request, action="try_address")):
        return cast("HttpResponse", refused)

    def give() -> DataSource:
        said = form.cleaned_data
        return give_address(found, said["kind"], said["address"], form.told(), by=request.user)

    if carried_out(request, form, give, said=_("The data is there: its first byte came.")):
        return redirect("dataset-source", found.pk)
    source = DataSource.objects.filter(dataset=found).first()
    more: dict[str, Any] = {"dataset": found, "source": source}
    return form_page(request, "dataspace/delivery/source.html", form, **more)


def _kept_by(request: PersonRequest, pk: int) -> Dataset:
    """A dataset that this person keeps. Raises Http404, PermissionDenied."""
    seen = Dataset.objects.visible_to(request.user).select_related("connector__organisation")
    found: Dataset = get_object_or_404(seen, pk=pk)
    if not permits(request.user, SHARE, found):
        raise PermissionDenied
    return found
