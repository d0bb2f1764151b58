"""The API of those who keep webhooks: add, change, pause, test, send again, renew the secret."""

from typing import Final, Literal
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from katalysator.coalition.models import PersonRequest
from katalysator.coalition.writing_api import named_organisation
from katalysator.core.api import RecordNumber, Resource
from katalysator.core.api_writing import Given, IfMatch, Scope, require_patience, seen, tag
from katalysator.faults import gettext_noop as _
from katalysator.webhooks import verbs
from katalysator.webhooks.api import (
    DeliveryResource,
    WebhookResource,
    delivery_resource,
    router,
    visible_webhook,
    webhook_resource,
)
from katalysator.webhooks.forms import initial_of
from katalysator.webhooks.models import Webhook
from katalysator.webhooks.verbs import WebhookFacts

__all__ = ("WEBHOOKS", "router")

WEBHOOKS = Scope("webhooks", _("Keep webhooks: to which addresses events are told"))

_ONE: Final = "/webhooks/{number}"


class WebhookChange(Given):
    """What changes of a webhook; what is left out stays as it is. `types` are those of `/webhook-types`."""

    name: str = ""
    address: str = ""
    types: list[str] = []
    of_others: bool = False


class NewWebhook(WebhookChange):
    """A webhook of an `organisation` that one manages; of the bureau, where none is named."""

    organisation: str = ""
    name: str
    address: str
    types: list[str]


class WebhookDeed(Given):
    """A deed of a webhook, one of its `deeds`."""

    deed: Literal["pause", "resume"]


class WebhookWithSecret(Resource):
    """A webhook, and the secret that signs its messages: it is shown this once."""

    secret: str
    webhook: WebhookResource


@router.post("/webhooks", response={201: WebhookWithSecret}, **WEBHOOKS.required)
def add_webhook(
    request: PersonRequest, response: HttpResponse, given: NewWebhook
) -> WebhookWithSecret:
    """Let an address be told of events."""
    owner = named_organisation(request, given.organisation) if given.organisation else None
    facts = WebhookFacts(given.name, given.address, given.types, given.of_others)
    made, secret = verbs.add(owner, by=request.user, facts=facts)
    shown = _shown(request, response, made)
    response["Location"] = shown.links.this
    return WebhookWithSecret(secret=secret, webhook=shown)


@router.patch(_ONE, response=WebhookResource, **WEBHOOKS.required)
def change_webhook(
    request: PersonRequest,
    response: HttpResponse,
    number: RecordNumber,
    given: WebhookChange,
    if_match: IfMatch = "",
) -> WebhookResource:
    """Change where it is, and of what it is told."""
    found = visible_webhook(request, number)
    facts = WebhookFacts(**{**initial_of(found), **given.stated})
    changed = verbs.edit(found, by=request.user, facts=facts, seen=seen(if_match))
    return _shown(request, response, changed)


@router.delete(_ONE, response={204: None}, **WEBHOOKS.required)
def remove_webhook(request: PersonRequest, number: RecordNumber) -> None:
    """Take it away, with all that was sent to it."""
    verbs.remove(visible_webhook(request, number), by=request.user)


@router.post(f"{_ONE}/deeds", response=WebhookResource, **WEBHOOKS.required)
def move_webhook(
    request: PersonRequest, response: HttpResponse, number: RecordNumber, given: WebhookDeed
) -> WebhookResource:
    """Pause it, or let it work again."""
    moved = verbs.move(visible_webhook(request, number), given.deed, by=request.user)
    return _shown(request, response, moved)


@router.post(f"{_ONE}/secrets", response={201: WebhookWithSecret}, **WEBHOOKS.required)
def renew_webhook_secret(
    request: PersonRequest, response: HttpResponse, number: RecordNumber
) -> WebhookWithSecret:
    """Make a new secret; the one before counts beside it for a day."""
    found = visible_webhook(request, number)
    secret = verbs.renew_secret(found, by=request.user)
    found.refresh_from_db()
    return WebhookWithSecret(secret=secret, webhook=_shown(request, response, found))


@router.post(f"{_ONE}/tests", response={201: DeliveryResource}, **WEBHOOKS.required)
def test_webhook(request: PersonRequest, number: RecordNumber) -> DeliveryResource:
    """Send a test; what becomes of it, `deliveries` tells."""
    require_patience(request, "send_webhook")
    return delivery_resource(verbs.send_test(visible_webhook(request, number), by=request.user))


@router.post(
    f"{_ONE}/deliveries/{{delivery}}/tries", response={201: DeliveryResource}, **WEBHOOKS.required
)
def send_again(request: PersonRequest, number: RecordNumber, delivery: UUID) -> DeliveryResource:
    """Send something once more."""
    require_patience(request, "send_webhook")
    sent = visible_webhook(request, number).deliveries.select_related("webhook__organisation")
    again = verbs.send_again(get_object_or_404(sent, pk=delivery), by=request.user)
    return delivery_resource(again)


def _shown(request: PersonRequest, response: HttpResponse, row: Webhook) -> WebhookResource:
    tag(response, row)
    return webhook_resource(request, row)
