"""The API's part on webhooks: those that one keeps, what was sent to them, and of what can be told."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from katalysator.core.api import Links, PageOf, Paging, RecordNumber, Resource, page_facts, paged
from katalysator.core.api_writing import deeds_for, tag
from katalysator.webhooks.events import event_types
from katalysator.webhooks.models import Delivery, Webhook
from katalysator.webhooks.workflow import WEBHOOK

router = Router(tags=["webhooks"], by_alias=True)


class EventTypeResource(Resource):
    """A type of events: its name in messages, the kind of record that it is about, and what it means in words."""

    name: str
    kind: str
    label: str


class EventTypeList(Resource):
    """All that one can be told of."""

    items: list[EventTypeResource]


class WebhookResource(Resource):
    """A webhook: whose (null: the bureau's), where, and of what it is told.

    `failingSince` is the first failure after the last that arrived. `secretChangesAt` is till when the secret before
    counts too.
    """

    id: int
    organisation: str | None
    name: str
    address: str
    types: list[str]
    of_others: bool
    state: str
    succeeded_at: datetime | None
    failing_since: datetime | None
    secret_changes_at: datetime | None
    deeds: list[str]
    links: Links


class WebhookPage(PageOf):
    """One page of webhooks."""

    items: list[WebhookResource]


class DeliveryResource(Resource):
    """A message: what it tells, and what became of it.

    `state` is `waiting`, `arrived`, `failed` or `dropped`; `status` and `answer` are those of the last try, `problem` says why
    there was none.
    """

    id: UUID
    message: str
    type: str
    kind: str
    number: int
    at: datetime
    state: str
    tries: int
    tried_at: datetime | None
    next_at: datetime | None
    status: int | None
    problem: str
    answer: str


class DeliveryPage(PageOf):
    """One page of messages, the newest first."""

    items: list[DeliveryResource]


@router.get("/webhook-types", response=EventTypeList)
def webhook_types(request: HttpRequest) -> EventTypeList:
    """Of what programs can be told; some only for the bureau."""
    bureau = request.user.is_authenticated and request.user.is_coordinator
    items = [
        EventTypeResource(name=each.name, kind=each.kind, label=each.label)
        for each in event_types(bureau=bureau)
    ]
    return EventTypeList(items=items)


@router.get("/webhooks", response=WebhookPage)
def webhooks(request: HttpRequest, query: Query[Paging]) -> WebhookPage:
    """The webhooks of organisations that the asker manages; for the bureau its own. None for others."""
    seen = Webhook.objects.visible_to(request.user).select_related("organisation")
    page = paged(seen, query)
    items = [webhook_resource(request, each) for each in page]
    return WebhookPage(items=items, **page_facts(request, page))


@router.get("/webhooks/{number}", response=WebhookResource)
def webhook(request: HttpRequest, response: HttpResponse, number: RecordNumber) -> WebhookResource:
    """One webhook that the asker keeps."""
    found = visible_webhook(request, number)
    tag(response, found)
    return webhook_resource(request, found)


@router.get("/webhooks/{number}/deliveries", response=DeliveryPage)
def deliveries(request: HttpRequest, number: RecordNumber, query: Query[Paging]) -> DeliveryPage:
    """What was sent to it in the last thirty days, the newest first."""
    page = paged(visible_webhook(request, number).deliveries.all(), query)
    items = [delivery_resource(each) for each in page]
    return DeliveryPage(items=items, **page_facts(request, page))


def visible_webhook(request: HttpRequest, number: int) -> Webhook:
    """One that the asker keeps; raises a 404 for any other."""
    seen = Webhook.objects.visible_to(request.user).select_related("organisation")
    found: Webhook = get_object_or_404(seen, pk=number)
    return found


def webhook_resource(request: HttpRequest, row: Any) -> WebhookResource:
    """A webhook, and what the asker may do with it; never its secret."""
    return WebhookResource(
        id=row.pk,
        organisation=row.organisation.slug if row.organisation else None,
        name=row.name,
        address=row.address,
        types=row.types,
        of_others=row.of_others,
        state=row.state,
        succeeded_at=row.succeeded_at,
        failing_since=row.failing_since,
        secret_changes_at=row.old_until,
        deeds=deeds_for(request.user, WEBHOOK, row),
        links=Links.of(request, row, "webhook"),
    )


def delivery_resource(row: Delivery) -> DeliveryResource:
    """A message, and what became of it."""
    return DeliveryResource(
        id=row.pk,
        message=row.message_id,
        type=row.type,
        kind=row.kind,
        number=row.number,
        at=row.at,
        state=row.state,
        tries=row.tries,
        tried_at=row.tried_at,
        next_at=row.next_at,
        status=row.status,
        problem=row.problem_label,
        answer=row.answer,
    )
