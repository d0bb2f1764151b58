"""Data is given out: whoever has a token of a transfer that runs gets it, as long as it may.

Whether it still may is looked at before the first byte, and each second while it is sent: what is stopped, ended or
forbidden meanwhile ends there.
"""

import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import BinaryIO, Final

from django.db import transaction
from django.utils import timezone

from katalysator.core import audit
from katalysator.core.attachments import store
from katalysator.dataspace.deciding import decided, situation
from katalysator.dataspace.delivery.ranges import ByteRange, asked_range
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
from katalysator.dataspace.protocol.sending import PARTNER

ROOM: Final = "dataspace"
BLOCK: Final = 256 << 10
CUT_OFF: Final = "cut-off"
"""How a use ended of which not all was sent, and nobody here stopped it."""
LOOK: Final = 0.5
"""Seconds between two looks whether it still may: what is taken back ends within a second."""


class NotGiven(Exception):  # noqa: N818
    """No data: the status says as much as who asks may know."""

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


@dataclass(frozen=True, slots=True)
class GivenData:
    """What is sent: its kind and name, which part, and its blocks."""

    source: DataSource
    part: ByteRange | None
    blocks: "SentBlocks"


class SentBlocks(Iterator[bytes]):
    """The blocks of a file that is sent; whoever goes away before the first closes it too."""

    def __init__(self, file: BinaryIO, blocks: Generator[bytes, None, None]) -> None:
        self._file, self._blocks = file, blocks

    def __next__(self) -> bytes:
        return next(self._blocks)

    def close(self) -> None:
        """Send no more."""
        self._blocks.close()
        self._file.close()


def give(connector: Connector, pid: str, token: DataToken, asked: str) -> GivenData:
    """The data of a transfer, or the part that a header Range asks for.

    Raises NotGiven where it may not be had now, NoSuchRange. Each time is counted and written down, in the chain of its
    agreement. Cost: some ten queries, and one each half second while it is sent.
    """
    transfer = _running(connector, pid, token)
    source = _source(transfer.agreement)
    part = asked_range(asked, source.size or 0)
    use = _counted(transfer, asked)
    if use is None:
        raise NotGiven(HTTPStatus.FORBIDDEN, "the terms do not allow it now")
    file = store.opened(ROOM, source.key)
    return GivenData(source, part, SentBlocks(file, _sent(file, part, use)))


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
    if reason := may_go_on(transfer):
        raise NotGiven(HTTPStatus.FORBIDDEN, reason)
    return transfer


def _source(agreement: Agreement) -> DataSource:
    dataset = agreement.dataset
    source = DataSource.objects.filter(dataset=dataset).first() if dataset else None
    if source is None:
        raise NotGiven(HTTPStatus.NOT_FOUND, "there is no data")
    return source


@transaction.atomic
def _counted(transfer: Transfer, asked: str) -> DataUse | None:
    """One more use, if the terms allow it; their answer is kept also where they do not."""
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=transfer.agreement_id)
    count = DataUse.objects.filter(transfer__agreement=agreement).count() + 1
    now = timezone.now()
    if not _allowed(transfer, agreement, count, now):
        return None
    use = DataUse.objects.create(
        transfer=transfer, count=count, began_at=now, asked=asked[:60], ended=CUT_OFF
    )
    audit.record(
        "transfer.use",
        transfer,
        by=PARTNER,
        chain=f"agreement-{agreement.pk}",
        after={"count": count, "asked": asked[:60]},
    )
    return use


def _allowed(transfer: Transfer, agreement: Agreement, count: int, now: datetime) -> bool:
    declared = agreement.negotiation.declared
    here = situation(
        transfer.partner_id, now=now, declared=declared, count=count, since=agreement.made_at
    )
    step = PolicyDecision.Step.USE
    return decided(
        transfer.connector, step, agreement.key, agreement.policy, "read", here
    ).is_allowed


def _sent(file: BinaryIO, part: ByteRange | None, use: DataUse) -> Generator[bytes, None, None]:
    """The blocks of a file, until all is sent or it may not go on; how it ended is written down."""
    began, sent, ended = time.monotonic(), 0, CUT_OFF
    looked = began
    left = part.length if part else None
    try:
        file.seek(part.first if part else 0)
        while left is None or left > 0:
            block = file.read(BLOCK if left is None else min(BLOCK, left))
            if not block:
                break
            if time.monotonic() - looked >= LOOK:
                looked = time.monotonic()
                if reason := may_go_on(use.transfer):
                    ended = reason
                    return
            yield block
            sent += len(block)
            left = None if left is None else left - len(block)
        ended = ""
    finally:
        file.close()
        DataUse.objects.filter(pk=use.pk).update(
            seconds=round(time.monotonic() - began, 3), sent=sent, ended=ended
        )
