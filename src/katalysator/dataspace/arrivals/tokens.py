"""The token by which data elsewhere is fetched, as the other side told it, and another where it is over."""

import json
from typing import Any, Final

from katalysator.core.outgoing import NotReached, spoken
from katalysator.dataspace.models import Transfer
from katalysator.dataspace.protocol.identity import identity
from katalysator.faults import InvalidInput

_AUTHORIZATION: Final = "authorization"
_REFRESH: Final = "refreshEndpoint"
_LONGEST: Final = 10_000


def bearer(transfer: Transfer) -> dict[str, str]:
    """What is said with a request for data; nothing where no token was told."""
    token = _told(transfer).get(_AUTHORIZATION, "")
    if not token or len(token) > _LONGEST or not (token.isascii() and token.isprintable()):
        return {}
    return {"Authorization": token if " " in token else f"Bearer {token}"}


def refreshed(transfer: Transfer) -> bool:
    """Whether the other side gave another token, which is kept. Asks another machine."""
    where = _told(transfer).get(_REFRESH)
    if not where:
        return False
    said = identity().said_by(transfer.connector, transfer.partner_id)
    headers = {"Authorization": said, "Accept": "application/json"}
    try:
        answer = spoken("POST", where, b"", headers)
        told = json.loads(answer.body)
    except (NotReached, InvalidInput, ValueError, RecursionError):
        return False
    token = told.get(_AUTHORIZATION) if isinstance(told, dict) else None
    if answer.status != 200 or not isinstance(token, str) or not token:
        return False
    _keep(transfer, token)
    return True


def _keep(transfer: Transfer, token: str) -> None:
    properties = [
        {**each, "value": token} if each.get("name") == _AUTHORIZATION else each
        for each in transfer.data_address["endpointProperties"]
    ]
    transfer.data_address = {**transfer.data_address, "endpointProperties": properties}
    running = Transfer.objects.filter(pk=transfer.pk, state="STARTED")
    running.update(data_address=transfer.data_address)


def _told(transfer: Transfer) -> dict[str, str]:
    """The properties of the address, by their names."""
    told: Any = transfer.data_address if isinstance(transfer.data_address, dict) else {}
    return {
        str(each.get("name")): str(each.get("value", ""))
        for each in told.get("endpointProperties") or ()
        if isinstance(each, dict)
    }
