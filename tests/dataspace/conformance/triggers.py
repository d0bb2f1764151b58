"""The two addresses by which the kit makes our connector begin something."""

import json
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

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
    *of_site,
]
