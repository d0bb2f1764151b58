"""Whom our connectors speak with: participants of the register, and organisations of this coalition that have a connector."""

import json
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import unquote

from django.conf import settings
from django.utils import timezone

from katalysator.core.outgoing import NotReached, spoken
from katalysator.dataspace.models import Connector, Partner
from katalysator.dataspace.protocol.keys import public_key
from katalysator.faults import InvalidInput

FRESH: Final = timedelta(minutes=5)
"""So long the keys of a document are used before it is asked for again."""
PAUSE: Final = timedelta(seconds=10)
"""So long nobody asks for a document again that was not there: its server may just be starting."""
MOST_KEYS: Final = 20


def own_connector(participant_id: str) -> Connector | None:
    """The connector of ours that is called so, of an organisation that takes part."""
    slug = participant_id.rpartition(":")[2]
    found = Connector.objects.speaking().filter(organisation__slug=slug).first()
    return found if found and found.participant_id == participant_id else None


def public_keys(participant_id: str, connector: Connector) -> dict[str, Any]:
    """The keys (a JWK set) that a participant signs with; none of one that this connector does not speak with."""
    if own := own_connector(participant_id):
        return {"keys": [public_key(own)]}
    known = Partner.objects.known_to(connector).filter(participant_id=participant_id).first()
    if known is None or known.is_blocked:
        return {}
    return dict(known.keys) if known.keys else _of_document(known)


def document_address(participant_id: str) -> str | None:
    """Where the document of a did:web stands, None for another kind of id."""
    if not participant_id.startswith("did:web:"):
        return None
    host, *path = (unquote(each) for each in participant_id.removeprefix("did:web:").split(":"))
    scheme = "http" if settings.OUTGOING_LOOPBACK and host.startswith("127.0.0.1") else "https"
    return f"{scheme}://{host}/{'/'.join(path) if path else '.well-known'}/did.json"


def _of_document(partner: Partner) -> dict[str, Any]:
    """The keys that stand in the document of a did:web, asked for at most once in a few minutes."""
    now = timezone.now()
    if partner.found_at is None or partner.found_at < now - FRESH:
        found = _keys_of(_document(partner.participant_id))
        partner.found_keys, since = {"keys": found}, now if found else now - FRESH + PAUSE
        Partner.objects.filter(pk=partner.pk).update(found_keys=partner.found_keys, found_at=since)
    return dict(partner.found_keys)


def _document(participant_id: str) -> dict[str, Any]:
    """The document, empty where there is none that can be used."""
    address = document_address(participant_id)
    if address is None:
        return {}
    try:
        answer = spoken("GET", address, None, {"Accept": "application/did+json, application/json"})
        document = json.loads(answer.body) if answer.status == HTTPStatus.OK else {}
    except (NotReached, InvalidInput, ValueError, RecursionError):
        return {}
    is_its_own = isinstance(document, dict) and document.get("id") == participant_id
    return document if is_its_own else {}


def _keys_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The keys of a document, by the names of their methods and by their own."""
    methods = document.get("verificationMethod")
    found: list[dict[str, Any]] = []
    for method in methods[:MOST_KEYS] if isinstance(methods, list) else ():
        key = method.get("publicKeyJwk") if isinstance(method, dict) else None
        if isinstance(key, dict):
            names = dict.fromkeys(filter(None, (method.get("id"), key.get("kid"))))
            found += [{**key, "kid": name} for name in names if isinstance(name, str)]
    return found
