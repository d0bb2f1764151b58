"""Signatures of S3 (SigV4): botocore makes them, and nothing else of it is used."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from katalysator.faults import InvalidInput, gettext_noop as _

_SCHEME: Final = "s3://"


@dataclass(frozen=True, slots=True)
class StoreKeys:
    """Where a store is, and the keys by which it knows who asks."""

    endpoint: str
    region: str
    key: str
    secret: str
    token: str = ""

    @classmethod
    def of(cls, told: Mapping[str, str]) -> "StoreKeys":
        """The keys as they were told."""
        region = told.get("region") or "us-east-1"
        endpoint = told.get("endpoint") or f"https://s3.{region}.amazonaws.com"
        return cls(
            endpoint, region, told.get("key", ""), told.get("secret", ""), told.get("token", "")
        )


def object_address(endpoint: str, name: str) -> str:
    """Where an object s3://bucket/key is on the web. Raises InvalidInput for another name."""
    bucket, _slash, key = name.removeprefix(_SCHEME).partition("/")
    if not name.startswith(_SCHEME) or not bucket or not key or {".", ".."} & set(name.split("/")):
        raise InvalidInput(
            "object-name",
            _("This is no name of an object in a store."),
            hint=_("Write it as s3://bucket/name."),
        )
    return f"{endpoint.rstrip('/')}/{quote(bucket, safe='')}/{quote(key, safe='/~-._')}"


def signed(
    method: str, address: str, keys: StoreKeys, headers: Mapping[str, str]
) -> dict[str, str]:
    """The headers of a request, with those that prove who asks; what is sent with it is not signed, for it is not known yet."""
    from botocore.auth import S3SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials

    class Unread(S3SigV4Auth):  # type: ignore[misc]
        def payload(self, _request: Any) -> str:
            return "UNSIGNED-PAYLOAD"

    asked = AWSRequest(method, address, dict(headers))
    who = Credentials(keys.key, keys.secret, keys.token or None)
    Unread(who, "s3", keys.region).add_auth(asked)
    return {name: str(value) for name, value in asked.headers.items()}
