"""The data of an agreement is brought to an address: who holds it does that, and we ask for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from katalysator.cli.answering import naming
from katalysator.cli.dataspace.carrying import carried_on
from katalysator.cli.dataspace.fetching import not_yet
from katalysator.cli.dataspace.own import own_agreement, own_connector
from katalysator.cli.dataspace.sharing import secret_in
from katalysator.cli.dataspace.telling import DataspaceOutcome
from katalysator.cli.exchange.showing import fact
from katalysator.core.actors import DATA_DESK
from katalysator.core.language import say
from katalysator.dataspace.delivery.formats import HTTP_PUSH, S3_PUSH
from katalysator.dataspace.delivery.tokens import HTTP
from katalysator.dataspace.delivery.verbs import ask_to_bring
from katalysator.dataspace.models import Transfer
from katalysator.dataspace.protocol.machines import ProtocolRole

_STORE: Final = "s3://"
_OF_STORES: Final = {"key": "accessKeyId", "secret": "secretAccessKey", "token": "sessionToken"}
"""What the protocol calls what `publish` calls otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BringRequest:
    """What is brought to which address, as the options of the command say it."""

    agreement: str
    address: str
    secret: Path | None
    wait: bool
    seconds: int
    slug: str


def brought(asked: BringRequest) -> DataspaceOutcome:
    """Ask for the data of an agreement to be brought. Raises KatalysatorError."""
    own = own_connector(asked.slug)
    agreement = own_agreement(own, asked.agreement, ProtocolRole.CONSUMER)
    format_ = S3_PUSH if asked.address.startswith(_STORE) else HTTP_PUSH
    where = _data_address(asked.address, secret_in(asked.secret) if asked.secret else {})
    with naming(asked.address):
        row = ask_to_bring(agreement, format_, where, by=DATA_DESK)
    row = carried_on(row, _is_done, wait=asked.wait, seconds=asked.seconds)
    if not _is_done(row):
        follow = say("See how far it is with: katalysator dataspace status %(pid)s", pid=row.pid)
        return not_yet(row, follow, is_waited_for=asked.wait)
    told = {"transfer": row.pid, "state": row.state, "problem": row.problem}
    return DataspaceOutcome(told, [fact(say("Delivery"), row.pid), say("It is brought.")])


def _data_address(address: str, secret: Mapping[str, str]) -> dict[str, Any]:
    """The address as the protocol says it."""
    told, endpoint = dict(secret), address
    if address.startswith(_STORE):
        endpoint = told.pop("endpoint", "")
        bucket, _slash, name = address.removeprefix(_STORE).partition("/")
        told = {_OF_STORES.get(each, each): value for each, value in told.items()}
        told |= {"bucketName": bucket, "objectName": name}
    properties = [
        {"@type": "EndpointProperty", "name": name, "value": value} for name, value in told.items()
    ]
    where: dict[str, Any] = {"@type": "DataAddress", "endpointType": HTTP}
    where |= {"endpoint": endpoint} if endpoint else {}
    return where | ({"endpointProperties": properties} if properties else {})


def _is_done(row: Transfer) -> bool:
    return row.state == "COMPLETED"
