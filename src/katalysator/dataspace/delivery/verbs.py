"""What can be done with what a dataset is delivered from, and to. Each verb is one transaction with its event.

Events name the machine that is spoken to, and no address: in that there may be a secret of who holds the data.
"""

import re
from collections.abc import Mapping
from contextlib import closing
from mimetypes import guess_type
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from django.db import transaction
from django.utils import timezone

from katalysator.cleaning import plain_line
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.attachments import store
from katalysator.core.outgoing import destination
from katalysator.core.rows import locked
from katalysator.dataspace.catalogues.verbs import begin_transfer
from katalysator.dataspace.delivery.formats import FORMATS, HTTP_PUSH, S3_PUSH
from katalysator.dataspace.delivery.push_addresses import push_address
from katalysator.dataspace.delivery.ranges import NoSuchRange
from katalysator.dataspace.delivery.sources.file import ROOM
from katalysator.dataspace.delivery.sources.opened import SourceFault
from katalysator.dataspace.delivery.sources.opening import opened
from katalysator.dataspace.delivery.sources.secrets import kept_secret
from katalysator.dataspace.delivery.sources.signing import StoreKeys, object_address
from katalysator.dataspace.models import Agreement, Dataset, DataSource, Transfer
from katalysator.dataspace.rules import require_sharer, require_speaker
from katalysator.faults import InvalidInput, gettext_noop as _

_FIRST: Final = "bytes=0-0"
_GONE: Final = _("This dataset is not there any more.")
_HEADER: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}")
_OURS: Final = frozenset({"host", "range", "connection", "content-length", "transfer-encoding"})
_NAMES: Final = {
    DataSource.Kind.HTTP: ("name", "value"),
    DataSource.Kind.S3: ("endpoint", "region", "key", "secret", "token"),
}
_USUAL_TYPE: Final = "application/octet-stream"


def give_address(
    dataset: Dataset, kind: str, address: str, secret: Mapping[str, str], *, by: Actor
) -> DataSource:
    """Say where the data of a dataset is kept elsewhere, in place of what was there; its first byte is tried.

    Parameters
    ----------
    dataset, kind, address, by
        Of which, `http` or `s3`, where (an address, or s3://bucket/name), and who says so.
    secret
        What the place wants to hear: of http the `name` and `value` of a header, of s3 `endpoint`, `region`, `key`, `secret`
        and, where there is one, `token`. It is kept sealed.

    Raises InvalidInput at its field, NotAllowed, Conflict.

    """
    require_sharer(dataset, by)
    source = _described(dataset, kind, address.strip(), secret)
    _try(source)  # outside of the transaction: it may take a while
    return _kept(dataset, source, by)


@transaction.atomic
def ask_to_bring(
    agreement: Agreement, format_: str, where: Mapping[str, Any], *, by: Actor
) -> Transfer:
    """Ask for the data of an agreement to be brought to an address of ours.

    `where` is a DataAddress of the protocol: what it holds besides is forgotten when the transfer is over.
    Raises InvalidInput at its field, NotAllowed, Conflict.
    """
    require_speaker(agreement, by)
    if format_ not in (HTTP_PUSH, S3_PUSH):
        raise InvalidInput("push-format", _("Nothing can be brought so.")).at("format")
    try:
        push_address(format_, where)
    except InvalidInput as fault:
        raise fault.at("address") from None
    return begin_transfer(agreement, format_, by=by, data_address=where)


def _described(dataset: Dataset, kind: str, address: str, secret: Mapping[str, str]) -> DataSource:
    """A source as it would be kept. Raises InvalidInput at its field."""
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
        dataset=dataset,
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


@transaction.atomic
def _kept(dataset: Dataset, source: DataSource, by: Actor) -> DataSource:
    row = locked(dataset, _GONE)
    require_sharer(row, by)
    before = DataSource.objects.filter(dataset=row).first()
    if before is not None:
        source.pk = before.pk
        if before.kind == DataSource.Kind.FILE:
            store.remove(ROOM, before.key)
    source.save()
    row.formats = list(dict.fromkeys((*row.formats, *FORMATS)))
    row.changed_at = timezone.now()
    row.save(update_fields=["formats", "changed_at"])
    host = urlsplit(source.address).hostname or ""
    audit.record("dataset.give-address", row, by=by, after={"kind": source.kind, "host": host})
    return source
