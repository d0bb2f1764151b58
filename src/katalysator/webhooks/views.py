"""Pages on which who manages an organisation, and the bureau, keep webhooks and see what was sent to them."""

from functools import partial
from typing import Final, cast
from uuid import UUID

from allauth.core.ratelimit import consume_or_429
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from katalysator.coalition.models import Organisation, PersonRequest
from katalysator.core import audit
from katalysator.core.actors import permits
from katalysator.core.forms import carried_out, done, form_page
from katalysator.webhooks import verbs
from katalysator.webhooks.forms import WebhookForm, initial_of
from katalysator.webhooks.models import Webhook
from katalysator.webhooks.workflow import KEEP, WEBHOOK

_PAGE: Final = 25
_writing = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@login_required
@_writing
def webhook_list(request: PersonRequest, slug: str = "") -> HttpResponse:
    """The webhooks of an organisation, or of the bureau, and a form for another; the secret of a new one is shown once."""
    organisation = _organisation(request, slug)
    form = WebhookForm(request.POST or None, bureau=organisation is None)

    def add() -> tuple[Webhook, str]:
        return verbs.add(organisation, by=request.user, facts=form.facts())

    if made := carried_out(request, form, add):
        return _secret_page(request, *made)
    found = Webhook.objects.visible_to(request.user).of(organisation)
    more = {"organisation": organisation, "webhooks": found}
    return form_page(request, "webhooks/webhook_list.html", form, **more)


@never_cache
@login_required
@_writing
def webhook(request: PersonRequest, pk: int) -> HttpResponse:
    """One webhook: what was sent and what came of it, and how to change it."""
    found = _seen(request, pk)
    initial = {**initial_of(found), "seen": audit.latest_of(found)}
    bureau = found.organisation is None
    form = WebhookForm(request.POST or None, initial=initial, bureau=bureau)

    def edit() -> Webhook:
        seen = form.cleaned_data["seen"]
        return verbs.edit(found, by=request.user, facts=form.facts(), seen=seen)

    if carried_out(request, form, edit, said=_("Saved.")):
        return redirect(found)
    page = Paginator(found.deliveries.all(), _PAGE).get_page(request.GET.get("page"))
    steps = WEBHOOK.transitions_from(found.state, KEEP)
    more = {"webhook": found, "page": page, "steps": steps, "organisation": found.organisation}
    return form_page(request, "webhooks/webhook.html", form, **more)


@login_required
@require_POST
def webhook_move(request: PersonRequest, pk: int, deed: str) -> HttpResponse:
    """Pause it, or let it work again."""
    found = _seen(request, pk)
    done(request, partial(verbs.move, found, deed, by=request.user), _(WEBHOOK.step(deed).done))
    return redirect(found)


@login_required
@require_POST
def webhook_test(request: PersonRequest, pk: int) -> HttpResponse:
    """Send a test."""
    found = _seen(request, pk)
    if refused := consume_or_429(request, action="send_webhook"):
        return cast("HttpResponse", refused)
    said = _("A test is on its way. Open this page again in a moment.")
    done(request, partial(verbs.send_test, found, by=request.user), said)
    return redirect(found)


@login_required
@require_POST
def delivery_again(request: PersonRequest, pk: int, delivery: UUID) -> HttpResponse:
    """Send something once more."""
    found = _seen(request, pk)
    sent = get_object_or_404(found.deliveries.select_related("webhook__organisation"), pk=delivery)
    if refused := consume_or_429(request, action="send_webhook"):
        return cast("HttpResponse", refused)
    said = _("It is on its way again. Open this page again in a moment.")
    done(request, partial(verbs.send_again, sent, by=request.user), said)
    return redirect(found)


@never_cache
@login_required
@require_POST
def webhook_secret(request: PersonRequest, pk: int) -> HttpResponse:
    """Make a new secret, which is shown once."""
    found = _seen(request, pk)
    secret = verbs.renew_secret(found, by=request.user)
    return _secret_page(request, found, secret, renewed=True)


@login_required
@require_POST
def webhook_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Take it away."""
    found = _seen(request, pk)
    said = _("It is taken away: nothing is sent there any more.")
    done(request, partial(verbs.remove, found, by=request.user), said)
    return redirect(*_list_of(found.organisation))


def _secret_page(
    request: PersonRequest, webhook: Webhook, secret: str, *, renewed: bool = False
) -> HttpResponse:
    context = {"webhook": webhook, "secret": secret, "renewed": renewed}
    return render(request, "webhooks/webhook_secret.html", context)


def _organisation(request: PersonRequest, slug: str) -> Organisation | None:
    """Whose webhooks are meant: the bureau's where none is named. Raises Http404, PermissionDenied."""
    seen = Organisation.objects.visible_to(request.user)
    organisation = get_object_or_404(seen, slug=slug) if slug else None
    if not permits(request.user, KEEP, Webhook(organisation=organisation)):
        raise PermissionDenied
    return organisation


def _seen(request: PersonRequest, pk: int) -> Webhook:
    found = Webhook.objects.visible_to(request.user).select_related("organisation")
    row: Webhook = get_object_or_404(found, pk=pk)
    return row


def _list_of(organisation: Organisation | None) -> tuple[str, ...]:
    return ("webhook-list", organisation.slug) if organisation else ("webhook-list-bureau",)
