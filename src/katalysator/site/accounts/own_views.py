"""One's own pages: what waits and what is mine, the settings of the account, all that is held of me, and leaving."""

import json
from collections.abc import Callable
from typing import Any, TypeVar, cast

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.logout import logout
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from katalysator.coalition.models import PersonRequest
from katalysator.coalition.people import verbs
from katalysator.coalition.people.leaving import without_another_manager, without_anybody
from katalysator.core import panels
from katalysator.core.downloads import as_file
from katalysator.core.forms import add_fault, form_page
from katalysator.core.personal_data import held_of
from katalysator.faults import Conflict
from katalysator.site.accounts.forms import CloseForm, LanguageForm

OwnView = TypeVar("OwnView", bound=Callable[..., HttpResponse])


def confirmed_view(view: OwnView) -> OwnView:
    """Let who asks show once more who they are, unless they just did."""
    return cast("OwnView", reauthentication_required(view))


@login_required
@require_safe
def mine(request: PersonRequest) -> HttpResponse:
    """What waits for a person, and what is theirs."""
    context = {
        "waiting": panels.waiting_for(request),
        "panels": panels.shown("account", request),
    }
    return render(request, "site/mine.html", context)


@login_required
@require_safe
def settings(request: PersonRequest) -> HttpResponse:
    """What a person can do with the own account."""
    context = {
        "letters_in": LanguageForm(initial={"language": request.user.language}),
        "two_steps": Authenticator.objects.filter(user=request.user).exists(),
    }
    return render(request, "site/account.html", context)


@login_required
@require_POST
def language(request: PersonRequest) -> HttpResponse:
    """Choose the language of one's letters, and go on in it."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return form_page(request, "site/account.html", form, letters_in=form)
    chosen = form.cleaned_data["language"]
    verbs.choose_language(request.user, chosen, by=request.user)
    with override(chosen):
        messages.success(request, _("Saved."))
        return redirect("account-settings")


@require_safe
@login_required
@confirmed_view
def data(request: PersonRequest) -> HttpResponse:
    """All that is held of oneself, as a file."""
    text = json.dumps(held_of(request.user), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    name = f"katalysator-{timezone.localdate():%Y-%m-%d}.json"
    answer = as_file(HttpResponse(text, content_type="application/json"), name)
    answer["Cache-Control"] = "private, no-store"
    return answer


@login_required
@confirmed_view
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: PersonRequest) -> HttpResponse:
    """Delete one's own account, after reading what goes and what stays."""
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.close_account(request.user, by=request.user)
        except Conflict as fault:
            add_fault(form, fault)
        else:
            logout(request)
            messages.success(request, _("Your account is gone, with all that we held of you."))
            return redirect("home")
    left: dict[str, Any] = {
        "first": without_another_manager(request.user),
        "alone": without_anybody(request.user),
    }
    return form_page(request, "account/close.html", form, **left)
