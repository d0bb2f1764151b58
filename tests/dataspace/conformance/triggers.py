"""Addresses by which a program makes our connector begin something, and say something in it."""

import json
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from katalysator.dataspace.delivery.tokens import pull_address
from katalysator.dataspace.models import Agreement, Connector, Negotiation, Transfer
from katalysator.dataspace.models.processes import new_pid
from katalysator.dataspace.protocol.sending import RULE, send
from katalysator.site.urls import urlpatterns as of_site
from tests.dataspace.conformance.seed import USE


@csrf_exempt
def begin_negotiation(request: HttpRequest) -> JsonResponse:
    """Ask for a contract."""
    told = json.loads(request.body)
    offer = {"@id": told["offerId"], "@type": "Offer", "target": told["datasetId"], **USE}
    row = Negotiation.objects.create(**_consumer(told), offer=offer)
    send(row, "request", by=RULE)
    return JsonResponse({"pid": row.pid})


@csrf_exempt
def begin_transfer(request: HttpRequest) -> JsonResponse:
    """Ask for data."""
    told = json.loads(request.body)
    agreement = Agreement.objects.get(role="consumer", key=told["agreementId"])
    row = Transfer.objects.create(**_consumer(told), agreement=agreement, format=told["format"])
    send(row, "request", by=RULE)
    return JsonResponse({"pid": row.pid})


@csrf_exempt
def say(request: HttpRequest) -> JsonResponse:
    """Say something in the newest process of a kind, or in the one that is named."""
    told = json.loads(request.body)
    rows: Any = Negotiation.objects if told["kind"] == "negotiation" else Transfer.objects
    found = rows.by_pid(told["pid"]) if "pid" in told else rows.order_by("-pk")
    row = found.first()
    address = pull_address(row) if told["word"] == "start" and row.role == "provider" else None
    send(row, told["word"], by=RULE, data_address=address)
    return JsonResponse({"pid": row.pid})


def _consumer(told: dict[str, Any]) -> dict[str, Any]:
    return {
        "connector": Connector.objects.get(),
        "role": "consumer",
        "consumer_pid": new_pid(),
        "partner_id": told["providerId"],
        "partner_address": told["connectorAddress"],
    }


urlpatterns = [
    path("kit/negotiations", begin_negotiation),
    path("kit/transfers", begin_transfer),
    path("kit/say", say),
    *of_site,
]
