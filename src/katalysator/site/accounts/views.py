"""Another address for an account: it counts after a link in a mail was followed, as a first password does.

The answer is the same whether somebody has the address already or not; only a mail to it says so.
"""

from datetime import timedelta
from typing import Final, cast

from allauth.account.adapter import get_adapter
from allauth.core.ratelimit import consume_or_429
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from katalysator.coalition import verbs
from katalysator.coalition.models import Person, PersonRequest
from katalysator.coalition.queries import address_wish
from katalysator.core.forms import add_fault, form_page
from katalysator.faults import Conflict, InvalidInput
from katalysator.site.accounts.forms import AddressForm

_PATIENCE: Final = timedelta(days=3)
_SALT: Final = "katalysator.site.accounts.address"
_writing = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@sensitive_post_parameters("password")
@_writing
def address(request: PersonRequest) -> HttpResponse:
    """The address of the account; another one can be asked for."""
    if refusal := consume_or_429(request, action="manage_email"):
        return cast("HttpResponse", refusal)
    form = AddressForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            _ask(request, form.cleaned_data["email"])
        except InvalidInput as fault:
            add_fault(form, fault)
        else:
            return redirect("account_email")
    wish = address_wish(request.user)
    waits = wish is not None and wish.at > timezone.now() - _PATIENCE
    return form_page(request, "account/email.html", form, waits=waits, days=_PATIENCE.days)


@login_required
@_writing
def confirm_address(request: PersonRequest, key: str) -> HttpResponse:
    """What the link in the mail leads to: it asks first, as programs follow links too."""
    asked = _asked(key)
    if request.method != "POST":
        wish = address_wish(request.user)
        works = wish is not None and wish.pk == asked
        return render(request, "account/email_confirm.html", {"works": works})
    try:
        before = verbs.confirm_address(request.user, asked=asked, by=request.user)
    except Conflict as fault:
        messages.error(request, str(fault))
    else:
        _tell_of_change(request, before)
    return redirect("account_email")


@login_required
@require_safe
def first_password(request: PersonRequest) -> HttpResponse:
    """Where who logs in elsewhere, and has no password here, asks for a link with which one is chosen."""
    if request.user.has_usable_password():
        return redirect("account_change_password")
    return render(request, "account/password_first.html")


def _ask(request: PersonRequest, email: str) -> None:
    """Note the wish, and send the link; who has an account with this address is told so instead."""
    event = verbs.ask_address(request.user, email, by=request.user)
    taken = Person.objects.filter(email=email).exists()
    path = reverse("account_confirm_email", args=[signing.dumps(event.pk, salt=_SALT)])
    get_adapter().send_mail(
        "account/email/address_taken" if taken else "account/email/address_asked",
        email,
        {"link": request.build_absolute_uri(path), "days": _PATIENCE.days},
    )


def _asked(key: str) -> int:
    """The number of the event that a link belongs to; 0 for a link that is not ours or too old."""
    try:
        return int(signing.loads(key, salt=_SALT, max_age=_PATIENCE))
    except signing.BadSignature:
        return 0


def _tell_of_change(request: PersonRequest, before: str) -> None:
    """Say it on the page, and to the address of before."""
    messages.success(request, _("Your account has a new e-mail address."))
    get_adapter().send_mail("account/email/address_changed", before, {})
