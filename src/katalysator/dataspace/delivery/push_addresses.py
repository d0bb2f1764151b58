"""Where a consumer wants data to be brought, as its request says it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from katalysator.core.outgoing import destination
from katalysator.dataspace.delivery.formats import S3_PUSH
from katalysator.dataspace.delivery.sources.signing import StoreKeys, object_address, signed
from katalysator.faults import InvalidInput, gettext_noop as _

_METHODS: Final[dict[str, Literal["PUT", "POST"]]] = {"PUT": "PUT", "POST": "POST"}
_LONGEST_VALUE: Final = 10_000


@dataclass(frozen=True, slots=True)
class PushAddress:
    """An address, how it is spoken to, and what is said there; a store of objects has to know the length beforehand."""

    method: Literal["PUT", "POST"]
    address: str
    headers: Mapping[str, str] = field(repr=False)
    needs_length: bool = False


def push_address(format_: str, told: Mapping[str, Any] | None) -> PushAddress:
    """What an address of a request says. Raises InvalidInput for one to which nothing can be brought."""
    if not isinstance(told, Mapping):
        raise InvalidInput("push-address", _("There is no address to bring it to."))
    said = _properties(told)
    endpoint = str(told.get("endpoint") or "")
    return _store(endpoint, said) if format_ == S3_PUSH else _web(endpoint, said)


def without_secrets(told: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """An address without where it is, which may open it too, and without what opens it."""
    if told is None:
        return None
    secret = ("endpoint", "endpointProperties")
    return {name: value for name, value in told.items() if name not in secret}


def _properties(told: Mapping[str, Any]) -> dict[str, str]:
    """The properties of an address, by name; what no header can hold is none."""
    listed = told.get("endpointProperties")
    found: dict[str, str] = {}
    for each in listed if isinstance(listed, list) else ():
        name, value = (each.get("name"), each.get("value")) if isinstance(each, dict) else (0, 0)
        if not (isinstance(name, str) and isinstance(value, str) and _is_line(value)):
            raise InvalidInput("push-property", _("A property of the address cannot be read."))
        found[name] = value
    return found


def _is_line(value: str) -> bool:
    return len(value) <= _LONGEST_VALUE and value.isascii() and value.isprintable()


def _web(endpoint: str, said: Mapping[str, str]) -> PushAddress:
    method = _METHODS.get(said.get("method", "PUT").upper())
    if method is None:
        raise InvalidInput("push-method", _("It can be brought with PUT or POST alone."))
    token, kind = said.get("authorization", ""), said.get("authType", "bearer")
    if token and kind.lower() == "bearer" and not token.lower().startswith("bearer "):
        token = f"Bearer {token}"
    destination(endpoint)
    return PushAddress(method, endpoint, {"Authorization": token} if token else {})


def _store(endpoint: str, said: Mapping[str, str]) -> PushAddress:
    keys = StoreKeys.of(
        {
            "endpoint": endpoint or said.get("endpointOverride", ""),
            "region": said.get("region", ""),
            "key": said.get("accessKeyId", ""),
            "secret": said.get("secretAccessKey", ""),
            "token": said.get("sessionToken", ""),
        }
    )
    name = said.get("objectName") or said.get("keyName", "")
    address = object_address(keys.endpoint, f"s3://{said.get('bucketName', '')}/{name}")
    destination(address)  # before it is signed: botocore takes only what is an address
    return PushAddress("PUT", address, signed("PUT", address, keys, {}), needs_length=True)
