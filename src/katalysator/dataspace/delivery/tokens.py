"""Tokens with which data is fetched: short-lived, and bound to one transfer, its agreement and its consumer."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from joserfc import jwt
from joserfc.errors import JoseError

from katalysator.dataspace.models import Connector, Transfer
from katalysator.dataspace.protocol.keys import ALGORITHM, private_key

LIFE: Final = timedelta(minutes=10)
"""So long a token counts; then its consumer asks for another."""
PULL: Final = "HttpData-PULL"
HTTP: Final = "https://w3id.org/idsa/v4.1/HTTP"


@dataclass(frozen=True, slots=True)
class DataToken:
    """What a token says: of which transfer, agreement and consumer it is."""

    transfer: str
    agreement: str
    consumer: str


def issued(transfer: Transfer) -> str:
    """A new token of a transfer."""
    connector, now = transfer.connector, datetime.now(UTC)
    key = private_key(connector)
    claims = {
        "iss": connector.participant_id,
        "aud": data_root(connector),
        "sub": transfer.partner_id,
        "transfer": transfer.pid,
        "agreement": transfer.agreement.key,
        "jti": uuid4().hex,
        "iat": int(now.timestamp()),
        "exp": int((now + LIFE).timestamp()),
    }
    return jwt.encode({"alg": ALGORITHM, "kid": key.kid}, claims, key)


def read_token(authorization: str, connector: Connector) -> DataToken | None:
    """What a token of a connector says that counts now; None for anything else."""
    kind, _space, token = authorization.partition(" ")
    if kind.lower() != "bearer" or len(token) > 10_000:
        return None
    try:
        told: dict[str, Any] = dict(
            jwt.decode(token, private_key(connector), algorithms=[ALGORITHM]).claims
        )
    except (JoseError, ValueError, TypeError):
        return None
    is_ours = told.get("iss") == connector.participant_id and told.get("aud") == data_root(
        connector
    )
    if not is_ours or not isinstance(told.get("exp"), int):
        return None
    if told["exp"] <= datetime.now(UTC).timestamp():
        return None
    said = [told.get(name) for name in ("transfer", "agreement", "sub")]
    return DataToken(*map(str, said)) if all(isinstance(each, str) for each in said) else None


def data_root(connector: Connector) -> str:
    """Below which the data of a connector is fetched."""
    return f"{connector.root}/data"


def pull_address(transfer: Transfer) -> dict[str, Any]:
    """Where and with which token data is fetched, as a start message tells it."""
    where = f"{data_root(transfer.connector)}/{transfer.pid}"
    told = {
        "endpoint": where,  # once more: Eclipse EDC looks for it here
        "authorization": issued(transfer),
        "authType": "bearer",
        "expiresIn": str(int(LIFE.total_seconds())),
        "refreshEndpoint": f"{where}/token",
    }
    return {
        "@type": "DataAddress",
        "endpointType": HTTP,
        "endpoint": where,
        "endpointProperties": [
            {"@type": "EndpointProperty", "name": name, "value": value}
            for name, value in told.items()
        ],
    }
