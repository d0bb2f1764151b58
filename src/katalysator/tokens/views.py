"""Pages on which people make tokens for their programs, and end them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from katalysator.coalition.models import PersonRequest
from katalysator.core.api_writing import scopes
from katalysator.core.forms import add_fault, form_page
from katalysator.faults import Conflict, InvalidInput
from katalysator.tokens import verbs
from katalysator.tokens.forms import TokenForm
from katalysator.tokens.models import Token


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def token_list(request: PersonRequest) -> HttpResponse:
    """One's tokens, and a form for another; the secret of a new one is shown once."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            token, secret = verbs.make(request.user, by=request.user, **form.cleaned_data)
        except (InvalidInput, Conflict) as error:
            add_fault(form, error)
        else:
            context = {"token": token, "secret": secret}
            return render(request, "tokens/token_made.html", context)
    found = Token.objects.visible_to(request.user)
    labels = {name: each.label for name, each in scopes().items()}
    tokens = [(each, [labels[name] for name in each.scopes if name in labels]) for each in found]
    return form_page(request, "tokens/token_list.html", form, tokens=tokens)


@login_required
@require_POST
def token_end(request: PersonRequest, pk: int) -> HttpResponse:
    """End one of one's tokens."""
    token = get_object_or_404(Token.objects.visible_to(request.user), pk=pk)
    try:
        verbs.end(token, by=request.user)
    except Conflict as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is ended: nothing can be done with it any more."))
    return redirect("token-list")
