"""Buttons of data that arrives, and the file itself."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from katalysator.coalition.models import PersonRequest
from katalysator.core.attachments import store
from katalysator.core.attachments.serving import download
from katalysator.core.forms import done
from katalysator.dataspace.arrivals import verbs
from katalysator.dataspace.arrivals.receiving import ROOM
from katalysator.dataspace.models import ArrivedData
from katalysator.dataspace.processes.views import visible_transfer


@login_required
@require_POST
def transfer_fetch(request: PersonRequest, pk: int) -> HttpResponse:
    """Have the data fetched."""
    found = visible_transfer(request, pk)
    said = _("It is being fetched.")
    done(request, partial(verbs.fetch, found, by=request.user), said)
    return redirect(found)


@login_required
@require_POST
def arrived_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Throw our copy away."""
    found = visible_transfer(request, pk)
    done(request, partial(verbs.forget, found, by=request.user), _("Our copy is gone."))
    return redirect(found)


@never_cache
@login_required
@require_safe
def arrived_data(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The file that arrived, for who manages the organisation that asked for it."""
    found = get_object_or_404(
        ArrivedData, transfer=visible_transfer(request, pk), state=ArrivedData.State.DONE
    )
    try:
        file = store.opened(ROOM, found.key)
    except FileNotFoundError:
        raise Http404 from None
    response: FileResponse = download(file, found.name or "data", found.media_type)
    return response
