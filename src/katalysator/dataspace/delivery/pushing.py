"""Data is brought to where its consumer wants it: by a job, which tries again where nobody takes it.

Each try begins at the first byte. What is stopped, ended or forbidden meanwhile is broken off within a second, as when it
is fetched.
"""

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Final

from django.db import transaction
from django.utils import timezone

from katalysator.core import outgoing
from katalysator.core.jobs import LATER, defer_later
from katalysator.core.outgoing import NotReached, OutsideStream
from katalysator.core.rows import locked
from katalysator.dataspace.delivery.formats import is_brought
from katalysator.dataspace.delivery.giving import (
    SOURCE,
    BrokenOff,
    NotGiven,
    counted,
    may_go_on,
    opened_for,
    sent,
    source_of,
)
from katalysator.dataspace.delivery.push_addresses import (
    PushAddress,
    push_address,
    without_secrets,
)
from katalysator.dataspace.delivery.sources.opened import OpenedData
from katalysator.dataspace.models import DataSource, DataUse, Transfer
from katalysator.dataspace.protocol.sending import RULE, in_english, send
from katalysator.faults import InvalidInput, gettext_noop as _

PAUSES: Final = (5, 30, 120, 600, 1800)
"""Seconds until it is brought again, after each try that came to nothing; then the transfer is ended."""
PATIENCE: Final = 30
SLOWEST: Final = 128 << 10
"""Bytes a second, after so many seconds, below which a try is broken off: what else goes out waits for it."""
LONGEST: Final = 900
"""Seconds that a try takes at most, however fast it is taken."""
_GONE: Final = _("This is not there any more.")
_TOO_SLOW: Final = _("It was taken too slowly.")
_TOO_LONG: Final = _("It took longer than a quarter of an hour.")
_NO_SOURCE: Final = _("The data could not be read where it is kept.")
_NO_LENGTH: Final = _(
    "A store of objects has to know how long it is, and the source does not say so."
)

_log = logging.getLogger(__name__)


class _TooSlow(Exception):  # noqa: N818
    """It would keep us for too long; the reason says how."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of a try: nothing is wrong, or what; whether it is over for good, or stopped by somebody meanwhile."""

    problem: str = ""
    is_final: bool = False
    is_stopped: bool = False


def why_not_brought(transfer: Transfer) -> str:
    """Why nothing can be brought to the address of a transfer, as the other side reads it; empty where it can."""
    if not is_brought(transfer):
        return ""
    try:
        push_address(transfer.format, transfer.data_address)
    except InvalidInput as fault:
        return f"dataAddress: {in_english(fault)}"
    return ""


def begin(transfer: Transfer) -> None:
    """Bring it as soon as the transaction of now is complete."""
    _queue(transfer, 0)


def forget_address(transfer: Transfer) -> None:
    """Forget where the data of a transfer that is over was fetched or brought, and what opened that. Cost: one query."""
    transfer.data_address = without_secrets(transfer.data_address)
    if transfer.heard and "dataAddress" in transfer.heard:
        transfer.heard = {**transfer.heard, "dataAddress": transfer.data_address}
    Transfer.objects.filter(pk=transfer.pk).update(
        data_address=transfer.data_address, heard=transfer.heard
    )


def bring(transfer: Transfer, tries: int) -> None:
    """Bring the data of a transfer, if this is the try that is due, and write down what came of it.

    Cost: some fifteen queries, and one each half second meanwhile.
    """
    if transfer.tries != tries or may_go_on(transfer):
        return
    outcome = _tried(transfer)
    if outcome.is_stopped:
        return
    if outcome.problem:
        _log.warning("Transfer %s is not brought: %s", transfer.pid, outcome.problem)
    with transaction.atomic():
        row = locked(transfer, _GONE)
        if may_go_on(row):
            return
        _follow(row, outcome)


def _tried(transfer: Transfer) -> _Outcome:
    """One try, from the first byte."""
    try:
        address = push_address(transfer.format, transfer.data_address)
        source = source_of(transfer.agreement)
    except InvalidInput as fault:
        return _Outcome(in_english(fault), is_final=True)
    except NotGiven as fault:
        return _Outcome(fault.reason, is_final=True)
    use = counted(transfer, "push")
    if use is None:
        return _Outcome("the terms do not allow it now", is_final=True)
    try:
        data = opened_for(use, source)
    except NotGiven:
        return _Outcome(_NO_SOURCE)
    if address.needs_length and data.length is None:
        data.blocks.close()
        return _Outcome(_NO_LENGTH, is_final=True)
    return _brought(address, source, data, use)


def _brought(address: PushAddress, source: DataSource, data: OpenedData, use: DataUse) -> _Outcome:
    headers = {**address.headers, "Content-Type": source.media_type}
    if data.length is not None:
        headers["Content-Length"] = str(data.length)
    blocks = sent(data, use, strict=True)
    try:
        answer = outgoing.opened(address.method, address.address, headers, body=_briskly(blocks))
    except BrokenOff as fault:
        return _broken_off(str(fault))
    except _TooSlow as fault:
        return _Outcome(str(fault), is_final=str(fault) == _TOO_LONG)
    except (NotReached, InvalidInput) as fault:
        return _Outcome(in_english(fault))
    finally:
        blocks.close()
        data.blocks.close()
    return _answered(answer)


def _broken_off(reason: str) -> _Outcome:
    if reason == SOURCE:
        return _Outcome(_NO_SOURCE)
    return _Outcome(reason, is_final=reason == "agreement-over", is_stopped=reason == "not-running")


def _answered(answer: OutsideStream) -> _Outcome:
    answer.close()
    is_good = HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES
    return _Outcome() if is_good else _Outcome(f"the other side answers {answer.status}")


def _briskly(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The same blocks, as long as they are taken fast enough."""
    began, count = time.monotonic(), 0
    for block in blocks:
        yield block
        count += len(block)
        took = time.monotonic() - began
        if took > LONGEST:
            raise _TooSlow(_TOO_LONG)
        if took > PATIENCE + count / SLOWEST:
            raise _TooSlow(_TOO_SLOW)


def _follow(row: Transfer, outcome: _Outcome) -> None:
    """End the transfer, well or not, or try again later."""
    if not outcome.problem:
        send(row, "completion", by=RULE)
    elif outcome.is_final or row.tries >= len(PAUSES):
        send(row, "termination", by=RULE, reason=outcome.problem)
    else:
        pause = PAUSES[row.tries]
        row.tries, row.problem = row.tries + 1, outcome.problem[:500]
        row.next_at = timezone.now() + timedelta(seconds=pause)
        row.save(update_fields=["tries", "problem", "next_at"])
        _queue(row, pause)


def _queue(row: Transfer, seconds: int) -> None:
    defer_later("dataspace.bring", seconds, priority=LATER, number=row.pk, tries=row.tries)
