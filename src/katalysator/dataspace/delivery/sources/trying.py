"""A source elsewhere is described, and tried before it is kept."""

import re
from collections.abc import Mapping
from contextlib import closing
from mimetypes import guess_type
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from django.utils import timezone

from katalysator.cleaning import plain_line
from katalysator.core.outgoing import destination
from katalysator.dataspace.delivery.ranges import NoSuchRange
from katalysator.dataspace.delivery.sources.opened import SourceFault
from katalysator.dataspace.delivery.sources.opening import opened
from katalysator.dataspace.delivery.sources.secrets import kept_secret
from katalysator.dataspace.delivery.sources.signing import StoreKeys, object_address
from katalysator.dataspace.models import DataSource
from katalysator.faults import InvalidInput, gettext_noop as _

_FIRST: Final = "bytes=0-0"
_HEADER: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}")
_OURS: Final = frozenset({"host", "range", "connection", "content-length", "transfer-encoding"})
_NAMES: Final = {
    DataSource.Kind.HTTP: ("name", "value"),
    DataSource.Kind.S3: ("endpoint", "region", "key", "secret", "token"),
}
_USUAL_TYPE: Final = "application/octet-stream"


def tried(kind: str, address: str, secret: Mapping[str, str]) -> DataSource:
    """A source as it would be kept, of which the first byte came. Asks another machine.

    Raises InvalidInput at its field.
    """
    source = _described(kind, address.strip(), secret)
    _try(source)
    return source


def _described(kind: str, address: str, secret: Mapping[str, str]) -> DataSource:
    if kind not in _NAMES:
        raise InvalidInput("source-kind", _("Data elsewhere is on the web or in a store.")).at(
            "kind"
        )
    told = {
        name: secret.get(name, "").strip()
        for name in _NAMES[DataSource.Kind(kind)]
        if secret.get(name)
    }
    for name, value in told.items():
        if not (value.isascii() and value.isprintable()):
            raise InvalidInput(
                "source-letters", _("Here only plain letters, digits and signs can stand.")
            ).at(name)
    where = _web_address(address, told) if kind == DataSource.Kind.HTTP else _store(address, told)
    name = unquote(urlsplit(where).path.rpartition("/")[2])
    source = DataSource(
        kind=kind,
        address=address,
        secret=kept_secret(told),
        name=plain_line(name)[:200] or urlsplit(where).hostname or "",
        media_type=guess_type(name)[0] or _USUAL_TYPE,
        changed_at=timezone.now(),
    )
    _require_short(source)
    return source


def _web_address(address: str, told: Mapping[str, str]) -> str:
    name = told.get("name", "")
    if name and (not _HEADER.fullmatch(name) or name.lower() in _OURS):
        raise InvalidInput("source-header", _("This is no name of a header that you can set.")).at(
            "name"
        )
    return _spoken_to(address, "address")


def _store(address: str, told: Mapping[str, str]) -> str:
    for name in ("key", "secret"):
        if not told.get(name):
            raise InvalidInput("source-keys", _("A store wants to know who asks.")).at(name)
    keys = StoreKeys.of(told)
    try:
        where = object_address(keys.endpoint, address)
    except InvalidInput as fault:
        raise fault.at("address") from None
    return _spoken_to(where, "endpoint")


def _spoken_to(address: str, field: str) -> str:
    try:
        destination(address)
    except InvalidInput as fault:
        raise fault.at(field) from None
    return address


def _require_short(source: DataSource) -> None:
    longest: Any = DataSource._meta.get_field("address").max_length
    if len(source.address) > longest:
        raise InvalidInput("address-long", _("This address is too long.")).at("address")


def _try(source: DataSource) -> None:
    """Ask for its first byte, and keep how large it is and of which kind. Raises InvalidInput where that is not given."""
    try:
        data = opened(source, _FIRST)
    except SourceFault as fault:
        raise InvalidInput(fault.code, fault.message, hint=fault.hint, **fault.parameters).at(
            "address"
        ) from None
    except NoSuchRange:
        raise InvalidInput("source-empty", _("There is nothing at this address.")).at(
            "address"
        ) from None
    with closing(data.blocks):
        source.size = data.part.size if data.part else data.length
        told = plain_line(data.media_type)[:120]
        if told and source.media_type == _USUAL_TYPE:
            source.media_type = told
