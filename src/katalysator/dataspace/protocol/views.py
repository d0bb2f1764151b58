"""The web's side of a connector: who speaks is proven here, and what is said is handed to its doors."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from katalysator.dataspace.models import Connector
from katalysator.dataspace.protocol.doors import answer_to, unrecognised
from katalysator.dataspace.protocol.identity import Unrecognised, identity
from katalysator.dataspace.protocol.keys import public_key
from katalysator.dataspace.protocol.messages import VERSION
from katalysator.dataspace.protocol.transport import DoorAnswer


@csrf_exempt
def protocol(request: HttpRequest, slug: str, path: str) -> JsonResponse:
    """All that is said to a connector over the protocol."""
    connector = get_object_or_404(Connector.objects.speaking(), organisation__slug=slug)
    asked = f"{path}?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else path
    try:
        speaker = identity().speaker(request.headers.get("Authorization", ""), connector)
    except Unrecognised:
        return _response(unrecognised(asked))
    return _response(
        answer_to(connector, request.method or "", asked, request.body, speaker=speaker)
    )


def _response(given: DoorAnswer) -> JsonResponse:
    response = JsonResponse(given.told or {}, status=given.status)
    if given.next_page:
        response["Link"] = f'<{given.next_page}>; rel="next"'
    if given.status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
    return response


@require_GET
def versions(_request: HttpRequest, slug: str = "") -> JsonResponse:
    """Which versions of the protocol are spoken, by one connector or by all of the site; for anybody."""
    found = Connector.objects.speaking().order_by("organisation__slug")
    if slug:
        get_object_or_404(found, organisation__slug=slug)
        return JsonResponse({"protocolVersions": [_version("/dsp/2025-1", slug)]})
    told = [
        _version(each.base.removeprefix(settings.ADDRESS), each.organisation.slug) for each in found
    ]
    return JsonResponse({"protocolVersions": told})


def _version(path: str, slug: str) -> dict[str, Any]:
    return {
        "version": VERSION,
        "path": path,
        "binding": "HTTPS",
        "serviceId": slug,
        "identifierType": "did:web",
        "auth": {"protocol": "JWT", "version": "1.0", "profile": ["ES256"]},
    }


@require_GET
def document(_request: HttpRequest, slug: str) -> JsonResponse:
    """The did:web document of a connector: its key, and where it speaks."""
    connector = get_object_or_404(Connector.objects.speaking(), organisation__slug=slug)
    own, key = connector.participant_id, public_key(connector)
    method = f"{own}#{key['kid']}"
    return JsonResponse(
        {
            "@context": [
                "https://www.w3.org/ns/did/v1",
                "https://w3id.org/dspace/2025/1/context.jsonld",
            ],
            "id": own,
            "verificationMethod": [
                {"id": method, "type": "JsonWebKey2020", "controller": own, "publicKeyJwk": key}
            ],
            "authentication": [method],
            "capabilityInvocation": [method],
            "service": [
                {
                    "id": f"{own}#dsp",
                    "type": "DataService",
                    "serviceEndpoint": f"{connector.root}/.well-known/dspace-version",
                }
            ],
        },
        content_type="application/did+json",
    )
