"""Where a participant elsewhere speaks the protocol: read from the document of its did:web, and from what it says of its versions."""

import json
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit

from katalysator.core.outgoing import LONGEST_ADDRESS, NotReached, spoken
from katalysator.dataspace.protocol.counterparts import document_address
from katalysator.dataspace.protocol.messages import VERSION
from katalysator.faults import InvalidInput, gettext_noop as _

_VERSIONS: Final = "/.well-known/dspace-version"
_PATIENCE: Final = 5.0


def found_address(participant_id: str) -> str:
    """The address below which it speaks our version of the protocol. Raises InvalidInput at “participant_id”.

    Asks other machines, twice at most.
    """
    where = document_address(participant_id)
    if where is None:
        raise InvalidInput(
            "not-did-web",
            _("Only an id that begins with did:web: can be looked up."),
            hint=_("For another id, fill in the address and the keys."),
        ).at("participant_id")
    document = _asked(where)
    if document.get("id") != participant_id:
        raise _unfit()
    versions = _versions_address(document)
    told = _asked(versions).get("protocolVersions")
    for each in told if isinstance(told, list) else ():
        if isinstance(each, dict) and each.get("version") == VERSION:
            return _joined(versions, str(each.get("path", "")))
    raise _unfit()


def _versions_address(document: dict[str, Any]) -> str:
    services = document.get("service")
    for each in services if isinstance(services, list) else ():
        address = each.get("serviceEndpoint") if isinstance(each, dict) else None
        if isinstance(address, str) and address.endswith(_VERSIONS):
            return address
    raise _unfit()


def _joined(versions: str, path: str) -> str:
    """The root that the path of a version is told from, and that path."""
    found = f"{versions.removesuffix(_VERSIONS)}/{path.strip('/')}".rstrip("/")
    if len(found) > LONGEST_ADDRESS or urlsplit(found).netloc != urlsplit(versions).netloc:
        raise _unfit()
    return found


def _asked(address: str) -> dict[str, Any]:
    try:
        answer = spoken("GET", address, None, {"Accept": "application/json"}, patience=_PATIENCE)
        told = json.loads(answer.body) if answer.status == HTTPStatus.OK else {}
    except InvalidInput as error:
        raise error.at("participant_id") from None
    except (NotReached, ValueError, RecursionError):
        raise _unfit() from None
    return told if isinstance(told, dict) else {}


def _unfit() -> InvalidInput:
    return InvalidInput(
        "no-connector-there",
        _("There is no connector at this id that speaks our version of the protocol (2025-1)."),
        hint=_("Ask the other side for its id; or fill in the address and the keys by hand."),
    ).at("participant_id")
