"""Pages on which files come in, go out, and are taken away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.coalition.models import PersonRequest
from katalysator.core.attachments.kinds import AttachmentKind
from katalysator.core.attachments.serving import download
from katalysator.core.forms import add_fault
from katalysator.core.uploads import takes_file
from katalysator.faults import Conflict, InvalidInput
from katalysator.knowledge.files import keeping, verbs
from katalysator.knowledge.forms import FileForm
from katalysator.knowledge.models import KnowledgeFile
from katalysator.knowledge.views import deed_page, editable, visible


@takes_file(keeping.LARGEST)
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def file_add(request: PersonRequest, pk: int) -> HttpResponse:
    """Add a file to an item."""
    item = editable(request, pk)
    sent = request.method == "POST"
    form = FileForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = verbs.attach(item, by=request.user, name=file.name, data=file.read())
        except (InvalidInput, Conflict) as error:
            add_fault(form, error)
        else:
            messages.success(request, _("“%(name)s” is added.") % {"name": made.name})
            return redirect(item)
    return deed_page(request, item, form)


@require_safe
def file_download(request: HttpRequest, pk: int, file: int) -> FileResponse:
    """A file of an item that who asks may see."""
    found: KnowledgeFile = get_object_or_404(visible(request, pk).files.all(), pk=file)
    try:
        return download(keeping.opened(found), found.name, AttachmentKind(found.kind).media_type)
    except FileNotFoundError:
        raise Http404 from None


@login_required
@require_POST
def file_remove(request: PersonRequest, pk: int, file: int) -> HttpResponse:
    """Take a file away."""
    item = editable(request, pk)
    found: KnowledgeFile = get_object_or_404(item.files.all(), pk=file)
    try:
        verbs.detach(found, by=request.user)
    except Conflict as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("“%(name)s” is taken away.") % {"name": found.name})
    return redirect(item)
