"""An address on the web: asked each time anew, with the part that is wanted; nothing of it is kept here."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from katalysator.core import outgoing
from katalysator.core.outgoing import NotReached, OutsideStream
from katalysator.dataspace.delivery.ranges import NoSuchRange, one_range, told_range
from katalysator.dataspace.delivery.sources.opened import OpenedData, SourceFault
from katalysator.dataspace.delivery.sources.secrets import secret_of
from katalysator.dataspace.models import DataSource
from katalysator.faults import InvalidInput, gettext_noop as _

LOST: Final = _("The secret of this source cannot be read any more: give it again.")


def opened(source: DataSource, asked: str) -> OpenedData:
    """What is at an address, or a part of it. Raises SourceFault, NoSuchRange."""
    secret = secret_of(source)
    if secret is None:
        raise SourceFault("source-secret", LOST)
    name, value = secret.get("name", ""), secret.get("value", "")
    return asked_for(source.address, {name: value} if name else {}, asked)


def asked_for(address: str, headers: Mapping[str, str], asked: str) -> OpenedData:
    """What an address answers to somebody who says these headers. Raises SourceFault, NoSuchRange."""
    part = one_range(asked)
    try:
        stream = outgoing.opened("GET", address, {**headers, **({"Range": part} if part else {})})
    except (NotReached, InvalidInput) as fault:
        raise SourceFault(fault.code, fault.message, hint=fault.hint, **fault.parameters) from None
    try:
        return _read(stream, is_part=bool(part))
    except BaseException:
        stream.close()
        raise


def _read(stream: OutsideStream, *, is_part: bool) -> OpenedData:
    if is_part and stream.status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        raise NoSuchRange
    if stream.status not in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT):
        raise _answers(str(stream.status))
    if stream.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise SourceFault(
            "source-packed", _("The source sends it packed, though that was not asked.")
        )
    told = stream.headers.get("Content-Range", "")
    part = told_range(told) if stream.status == HTTPStatus.PARTIAL_CONTENT else None
    if stream.status == HTTPStatus.PARTIAL_CONTENT and part is None:
        raise _answers(f"206 {told[:60]}")
    return OpenedData(part, stream.length, stream, stream.headers.get("Content-Type", ""))


def _answers(what: str) -> SourceFault:
    return SourceFault("source-answer", _("The source answers %(what)s."), what=what)
