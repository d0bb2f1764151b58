"""Data of a transfer, opened to be read from some byte on: within the house, or over HTTPS."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from mimetypes import guess_extension
from typing import Any, Final, Protocol
from uuid import UUID

from django.conf import settings

from katalysator.core import outgoing
from katalysator.core.outgoing import NotReached, OutsideStream
from katalysator.dataspace.arrivals.tokens import bearer, refreshed
from katalysator.dataspace.delivery.giving import NO_RIGHT, BrokenOff, GivenData, NotGiven, give
from katalysator.dataspace.delivery.ranges import ByteRange, NoSuchRange, told_range
from katalysator.dataspace.delivery.tokens import DataToken, data_root
from katalysator.dataspace.models import Connector, Transfer
from katalysator.dataspace.models.arrivals import LONGEST_NAME
from katalysator.dataspace.protocol.machines import ProtocolRole
from katalysator.faults import InvalidInput, gettext_noop as _

BLOCK: Final = 256 << 10
_KIND: Final = re.compile(r"[\w.+-]{1,50}/[\w.+-]{1,69}", re.ASCII)
_ANY_KIND: Final = "application/octet-stream"
_NOT_RUNNING: Final = _("The other side does not give it now: it stands still, or is over.")
_NO_RIGHT: Final = _("The terms give no right to the data.")
_NOT_THERE: Final = _("There is no data at the other side.")
_UNKNOWN: Final = _("The other side does not believe our token any more. Ask it to start again.")
_ELSEWHERE: Final = _("The other side gave no address that we can fetch from.")
_PACKED: Final = _("The other side sends it packed, though that was not asked.")
_WRONG: Final = _("Something went wrong at the other side.")
CUT_OFF: Final = _("It was cut off before its end.")


class NotArrived(Exception):  # noqa: N818
    """No data, or no more of it; the reason is a sentence to be translated. `is_final` where another try is of no use."""

    def __init__(self, reason: str, *, is_final: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_final = is_final


class _Closing(Protocol):
    def close(self) -> None:
        """Read no more."""


@dataclass(frozen=True, slots=True)
class ArrivingData:
    """What comes: from which byte on, how large all of it is where that is known, what it is, and its blocks.

    `source_key` is that of its source where that is of this house.
    """

    first: int
    size: int | None
    name: str
    media_type: str
    blocks: Iterator[bytes]
    source: _Closing
    source_key: UUID | None = None

    def close(self) -> None:
        """Read no more of it."""
        self.source.close()


def may_fetch(transfer: Transfer) -> bool:
    """Whether the data of a transfer can be fetched now: it runs, we asked for it, and it is not brought to us."""
    is_mine = transfer.side is ProtocolRole.CONSUMER and transfer.state == "STARTED"
    return is_mine and transfer.format.upper().endswith("PULL")


def opened(transfer: Transfer, first: int) -> ArrivingData:
    """The data of a transfer from a byte on, or from its beginning where it is not given in parts.

    Raises NotArrived, NoSuchRange where it is shorter.
    """
    if transfer.is_over:  # its address is forgotten
        raise NotArrived(_NOT_RUNNING, is_final=True)
    told = transfer.data_address if isinstance(transfer.data_address, dict) else {}
    address = str(told.get("endpoint") or "")
    if inner := _of_house(address):
        return _within(transfer, *inner, first)
    return _elsewhere(transfer, address, first)


def _of_house(address: str) -> tuple[Connector, str] | None:
    """The connector of ours that gives out the data of an address, and of which process."""
    start = f"{settings.ADDRESS}/dataspace/"
    if not address.startswith(start):
        return None
    slug = address.removeprefix(start).partition("/")[0]
    found = Connector.objects.speaking().filter(organisation__slug=slug).first()
    if found is None or not address.startswith(f"{data_root(found)}/"):
        return None
    return found, address.removeprefix(f"{data_root(found)}/")


def _within(transfer: Transfer, holder: Connector, pid: str, first: int) -> ArrivingData:
    """It is we who ask, and we know that: no token has to prove it, all else is looked at as for anybody."""
    token = DataToken(pid, transfer.agreement.key, transfer.connector.participant_id)
    try:
        given = give(holder, pid, token, part_from(first))
    except NotGiven as fault:
        if fault.reason == NO_RIGHT:
            raise NotArrived(_NO_RIGHT, is_final=True) from None
        raise _refused(fault.status) from None
    begins = _begin(given.part, first, given.blocks)
    return ArrivingData(
        begins,
        None if given.length is None else begins + given.length,
        given.source.name[:LONGEST_NAME],
        _kind(given.source.media_type),
        _blocks(given),
        given.blocks,
        given.source.key,
    )


def _begin(part: ByteRange | None, first: int, source: _Closing) -> int:
    """At which byte something begins: the one that was asked for, or the first where all of it comes."""
    if part is None:
        return 0
    if part.first != first:
        source.close()
        raise NotArrived(_WRONG)
    return first


def _blocks(given: GivenData) -> Iterator[bytes]:
    try:
        yield from given.blocks
    except (BrokenOff, NotReached, OSError):
        raise NotArrived(CUT_OFF) from None


def _elsewhere(transfer: Transfer, address: str, first: int) -> ArrivingData:
    headers = {"Accept": "*/*", **({"Range": part_from(first)} if first else {})}
    stream = _answered(address, {**headers, **bearer(transfer)})
    if stream.status == HTTPStatus.UNAUTHORIZED and refreshed(transfer):
        stream.close()
        stream = _answered(address, {**headers, **bearer(transfer)})
    try:
        return _read(stream, transfer, first)
    except BaseException:
        stream.close()
        raise


def _answered(address: str, headers: Mapping[str, str]) -> OutsideStream:
    try:
        return outgoing.opened("GET", address, headers)
    except InvalidInput:
        raise NotArrived(_ELSEWHERE, is_final=True) from None
    except NotReached as fault:
        raise NotArrived(fault.message) from None


def _read(stream: OutsideStream, transfer: Transfer, first: int) -> ArrivingData:
    status: Any = stream.status
    if status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        raise NoSuchRange
    if status not in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT):
        raise _refused(status)
    if stream.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise NotArrived(_PACKED, is_final=True)
    is_part = status == HTTPStatus.PARTIAL_CONTENT
    part = told_range(stream.headers.get("Content-Range", "")) if is_part else None
    if is_part and part is None:
        raise NotArrived(_WRONG)
    begins = _begin(part, first, stream)
    size = part.size if part else None
    if size is None and stream.length is not None:
        size = begins + stream.length
    kind = _kind(stream.headers.get("Content-Type", ""))
    return ArrivingData(begins, size, _name(transfer, kind), kind, _stream_blocks(stream), stream)


def _stream_blocks(stream: OutsideStream) -> Iterator[bytes]:
    try:
        while block := stream.read(BLOCK):
            yield block
    except (NotReached, OSError):
        raise NotArrived(CUT_OFF) from None


def _name(transfer: Transfer, kind: str) -> str:
    """A name for a file of which the other side says none: that of its dataset, and the usual ending of its kind."""
    negotiation = transfer.agreement.negotiation
    title = negotiation.title or "data"
    return f"{title[: LONGEST_NAME - 20]}{guess_extension(kind) or ''}"


def _kind(told: str) -> str:
    """A media type without what stands behind it; any where none is told that can be one."""
    name = told.partition(";")[0].strip()
    return name if _KIND.fullmatch(name) else _ANY_KIND


def part_from(first: int) -> str:
    """The header Range that asks for all from a byte on."""
    return f"bytes={first}-" if first else ""


def _refused(status: int) -> NotArrived:
    match status:
        case HTTPStatus.UNAUTHORIZED:
            return NotArrived(_UNKNOWN, is_final=True)
        case HTTPStatus.NOT_FOUND | HTTPStatus.GONE:
            return NotArrived(_NOT_THERE, is_final=True)
        case _ if (
            status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS
        ):
            return NotArrived(_WRONG)
        case _:
            return NotArrived(_NOT_RUNNING, is_final=True)
