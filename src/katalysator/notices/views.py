"""Pages: choose your letters, and the link at the end of a letter, which works without logging in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from katalysator.core.actors import LETTER_LINK
from katalysator.core.forms import form_page
from katalysator.faults import InvalidInput
from katalysator.notices import verbs
from katalysator.notices.choices import pace_of
from katalysator.notices.forms import LettersForm
from katalysator.notices.kinds import Addressee, LetterKind, Pace
from katalysator.notices.links import stop_of

_writing = require_http_methods(["GET", "HEAD", "POST"])


class AddresseeRequest(HttpRequest):
    """A request of somebody who is logged in."""

    user: Addressee  # type: ignore[assignment]


@login_required
@_writing
def letters(request: AddresseeRequest) -> HttpResponse:
    """When each kind of letters comes to oneself."""
    form = LettersForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        for name in form.changed_data:
            pace = form.cleaned_data[name]
            verbs.choose_letters(request.user, form.asked[name], pace, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("Saved."))
        return redirect("letters")
    return form_page(request, "notices/letters.html", form)


@csrf_exempt  # mail programs press the button: the key in the address says who asks
@_writing
def letters_stop(request: HttpRequest, key: str) -> HttpResponse:
    """Stop letters of one kind, by who has the letter. Only a POST changes something: programs follow links too."""
    found = stop_of(key)
    if found is None:
        return render(request, "notices/stop_gone.html", status=404)
    person, kind = found
    if request.method != "POST":
        return _stop_page(request, key, kind, pace_of(kind, person), None)
    try:
        chosen = kind.pace(request.POST.get("pace", Pace.NEVER))
        before = verbs.choose_letters(person, kind, chosen, by=LETTER_LINK)
    except InvalidInput:
        return _stop_page(request, key, kind, pace_of(kind, person), None, status=422)
    return _stop_page(request, key, kind, chosen, before)


@login_required
@require_POST
def address_works(request: AddresseeRequest) -> HttpResponse:
    """Say that one's address works again."""
    verbs.trust_address(request.user, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("Thank you: we send your letters there again."))
    return redirect("account")


def _stop_page(
    request: HttpRequest,
    key: str,
    kind: LetterKind,
    pace: Pace,
    before: Pace | None,
    status: int = 200,
) -> HttpResponse:
    """What is so now, and what can be done; where something was changed, how to undo it."""
    context = {"key": key, "kind": kind, "pace": pace, "before": before, "never": Pace.NEVER}
    context["changed"] = before is not None and before is not pace
    context["starts"] = before if before and before is not pace else kind.usual
    return render(request, "notices/stop.html", context, status=status)
