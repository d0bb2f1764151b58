"""Data is given out: whoever has a token of a transfer that runs gets it, as long as it may.

Whether it still may is looked at before the first byte, and each second while it is sent: what is stopped, ended or
forbidden meanwhile ends there.
"""

import logging
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Final

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from katalysator.core import audit
from katalysator.core.outgoing import NotReached
from katalysator.dataspace.deciding import decided, situation
from katalysator.dataspace.delivery.formats import PUSHES, is_brought
from katalysator.dataspace.delivery.ranges import ByteRange, NoSuchRange, asked_range
from katalysator.dataspace.delivery.sources.opened import OpenedData, Readable, SourceFault
from katalysator.dataspace.delivery.sources.opening import opened
from katalysator.dataspace.delivery.tokens import DataToken
from katalysator.dataspace.models import (
    Agreement,
    Connector,
    DataSource,
    DataUse,
    PolicyDecision,
    Transfer,
)
from katalysator.dataspace.protocol.machines import ProtocolRole
from katalysator.dataspace.protocol.sending import PARTNER, in_english

BLOCK: Final = 256 << 10
CUT_OFF: Final = "cut-off"
"""How a use ended of which not all was sent, and nobody here stopped it."""
SOURCE: Final = "source"
"""How one ended of which the source gave nothing, or not all."""
GOING_ON: Final = "going-on"
"""How one stands that was cut off, while it goes on from there: nobody else goes on with it meanwhile."""
NO_PART: Final = "no-part"
"""How one ended that asked for a part which the source has not."""
NO_RIGHT: Final = "the terms do not allow it now"
"""Why something is not given of which the terms say no."""
_FROM_THE_FIRST: Final = ("", "bytes=0-")
LOOK: Final = 0.5
"""Seconds between two looks whether it still may: what is taken back ends within a second."""

_log = logging.getLogger(__name__)


class NotGiven(Exception):  # noqa: N818
    """No data: the status says as much as who asks may know."""

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class BrokenOff(Exception):  # noqa: N818
    """Not all is sent, and who gets it could not see that otherwise; the reason says why."""


@dataclass(frozen=True, slots=True)
class GivenData:
    """What is sent: its kind and name, which part, how many bytes where that is known, and its blocks."""

    source: DataSource
    part: ByteRange | None
    blocks: "SentBlocks"
    length: int | None


class SentBlocks(Iterator[bytes]):
    """The blocks of data that is sent; whoever goes away before the first closes its source too."""

    def __init__(self, source: Readable, blocks: Generator[bytes, None, None]) -> None:
        self._source, self._blocks = source, blocks

    def __next__(self) -> bytes:
        return next(self._blocks)

    def close(self) -> None:
        """Send no more."""
        self._blocks.close()
        self._source.close()


def give(connector: Connector, pid: str, token: DataToken, asked: str) -> GivenData:
    """The data of a transfer, or the part that a header Range asks for.

    Raises NotGiven where it may not be had now, NoSuchRange. Each time is counted and written down, in the chain of its
    agreement. Cost: some ten queries, and one each half second while it is sent.
    """
    transfer = _running(connector, pid, token)
    source = source_of(transfer.agreement)
    if source.kind == DataSource.Kind.FILE:
        asked_range(asked, source.size or 0)  # before it counts as a use
    use = counted(transfer, asked)
    if use is None:
        raise NotGiven(HTTPStatus.FORBIDDEN, NO_RIGHT)
    data = opened_for(use, source, asked)
    return GivenData(source, data.part, SentBlocks(data.blocks, sent(data, use)), data.length)


def opened_for(use: DataUse, source: DataSource, asked: str = "") -> OpenedData:
    """The data of a source, for a use, of which it is written down where nothing comes. Raises NotGiven, NoSuchRange."""
    try:
        return opened(source, asked)
    except SourceFault as fault:
        _nothing_came(use, SOURCE)
        _log.warning(
            "The source of dataset %s gives nothing: %s", source.dataset_id, in_english(fault)
        )
        raise NotGiven(HTTPStatus.BAD_GATEWAY, "the data cannot be had where it is kept") from None
    except NoSuchRange:
        _nothing_came(use, NO_PART)
        raise


def _nothing_came(use: DataUse, why: str) -> None:
    DataUse.objects.filter(pk=use.pk).update(ended=why)


def may_go_on(transfer: Transfer) -> str:
    """Why a transfer gives no right to data now, in a word; empty where it does.

    What we are saying counts as said: who has a token of a start may come with it before its answer is here.
    """
    row = Transfer.objects.select_related("agreement").filter(pk=transfer.pk).first()
    if row is None or (row.outbox["target"] if row.outbox else row.state) != "STARTED":
        return "not-running"
    return "agreement-over" if row.agreement.why_not() else ""


def _running(connector: Connector, pid: str, token: DataToken) -> Transfer:
    found = Transfer.objects.filter(
        connector=connector, role=ProtocolRole.PROVIDER, provider_pid=pid, partner_id=token.consumer
    ).select_related("agreement", "connector__organisation")
    transfer = found.first()
    if transfer is None or token.transfer != pid or transfer.agreement.key != token.agreement:
        raise NotGiven(HTTPStatus.UNAUTHORIZED, "this token is of something else")
    if is_brought(transfer):
        raise NotGiven(HTTPStatus.FORBIDDEN, "it is brought, not fetched")
    if reason := may_go_on(transfer):
        raise NotGiven(HTTPStatus.FORBIDDEN, reason)
    return transfer


def source_of(agreement: Agreement) -> DataSource:
    """Where the data of an agreement comes from. Raises NotGiven."""
    dataset = agreement.dataset
    source = DataSource.objects.filter(dataset=dataset).first() if dataset else None
    if source is None:
        raise NotGiven(HTTPStatus.NOT_FOUND, "there is no data")
    return source


@transaction.atomic
def counted(transfer: Transfer, asked: str) -> DataUse | None:
    """One more use, if the terms allow it; their answer is kept also where they do not.

    What is fetched is the same use where it goes on exactly where it was cut off.
    """
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=transfer.agreement_id)
    cut_off = _cut_off_there(transfer, asked)
    count = _number(transfer, cut_off)
    now = timezone.now()
    if not _allowed(transfer, agreement, count, now):
        return None
    use = cut_off or DataUse(transfer=transfer, count=count, began_at=now, asked=asked[:60])
    use.ended = GOING_ON if cut_off else CUT_OFF
    use.save()
    audit.record(
        "transfer.use",
        transfer,
        by=PARTNER,
        chain=f"agreement-{agreement.pk}",
        after={"count": count, "asked": asked[:60]},
    )
    return use


def number_of_next(transfer: Transfer, asked: str) -> int:
    """Which use of its agreement it would be to fetch the data of a transfer now, or this part of it. Cost: two queries."""
    return _number(transfer, _cut_off_there(transfer, asked))


def _number(transfer: Transfer, cut_off: DataUse | None) -> int:
    """Which use one is that may go on with one that was cut off."""
    return cut_off.count if cut_off else _earlier(transfer) + 1


def _earlier(transfer: Transfer) -> int:
    """How often the data of a transfer was used under its agreement before.

    One of which nothing came from the source is no use. What is brought is one, however often that was tried, and none where it
    ended with nothing taken.
    """
    uses = DataUse.objects.filter(transfer__agreement_id=transfer.agreement_id)
    uses = uses.exclude(ended__in=(SOURCE, NO_PART), sent=0)
    brought, in_vain = Q(transfer__format__in=PUSHES), Q(sent=0, transfer__state="TERMINATED")
    if is_brought(transfer):
        uses = uses.exclude(transfer=transfer)
    fetched = Count("pk", filter=~brought)
    pushed = Count("transfer", filter=brought & ~in_vain, distinct=True)
    return int(uses.aggregate(count=fetched + pushed)["count"])


def _cut_off_there(transfer: Transfer, asked: str) -> DataUse | None:
    """The last use of a transfer, where it began at the first byte and was cut off at just the one that is asked for now."""
    last = DataUse.objects.filter(transfer=transfer).order_by("-id").first()
    if last is None or last.ended in ("", GOING_ON) or last.asked not in _FROM_THE_FIRST:
        return None
    return last if last.sent and asked == f"bytes={last.sent}-" else None


def _allowed(transfer: Transfer, agreement: Agreement, count: int, now: datetime) -> bool:
    declared = agreement.negotiation.declared
    here = situation(
        transfer.partner_id, now=now, declared=declared, count=count, since=agreement.made_at
    )
    step = PolicyDecision.Step.USE
    return decided(
        transfer.connector, step, agreement.key, agreement.policy, "read", here
    ).is_allowed


def sent(data: OpenedData, use: DataUse, *, strict: bool = False) -> Generator[bytes, None, None]:
    """The blocks of data, until all is sent or it may not go on; how it ended is written down.

    Raises BrokenOff where it ends before its end, and no length was told by which that could be seen, or where it is `strict`.
    """
    began, count, ended = time.monotonic(), 0, CUT_OFF
    looked = began
    try:
        for block in _blocks(data.blocks):
            if time.monotonic() - looked >= LOOK:
                looked = time.monotonic()
                if reason := may_go_on(use.transfer):
                    ended = reason
                    break
            count += len(block)
            yield block
        else:
            ended = ""
    except (NotReached, OSError):
        ended = SOURCE
    finally:
        data.blocks.close()
        DataUse.objects.filter(pk=use.pk).update(
            seconds=round(use.seconds + time.monotonic() - began, 3),
            sent=use.sent + count,
            ended=ended,
        )
    if ended and (strict or data.length is None):
        raise BrokenOff(ended)


def _blocks(source: Readable) -> Iterator[bytes]:
    """What comes, in whole blocks as far as nobody waits for that: those go straight out, small ones do not.

    What came before it broke off is given before that is raised.
    """
    parts, size, began = list[bytes](), 0, time.monotonic()
    fault: NotReached | OSError | None = None
    try:
        while part := source.read(BLOCK - size):
            parts.append(part)
            size += len(part)
            if size == BLOCK or time.monotonic() - began >= LOOK / 2:
                yield b"".join(parts)
                parts, size, began = [], 0, time.monotonic()
    except (NotReached, OSError) as error:
        fault = error
    if parts:
        yield b"".join(parts)
    if fault:
        raise fault
