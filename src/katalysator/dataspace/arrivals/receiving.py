"""Data is received by turns of a job: each goes on where the last one ended, and the row says how far it is.

One turn lasts at most some minutes, for whatever else goes out waits for it. Where nothing comes it is tried again later,
until a person has to look.
"""

import hashlib
import time
from contextlib import closing
from typing import BinaryIO, Final

from django.utils import timezone

from katalysator.core.attachments import store
from katalysator.core.jobs import LATER, defer_later
from katalysator.dataspace.arrivals.opening import (
    BLOCK,
    CUT_OFF,
    ArrivingData,
    NotArrived,
    opened,
)
from katalysator.dataspace.delivery.ranges import NoSuchRange
from katalysator.dataspace.models import ArrivedData
from katalysator.dataspace.models.arrivals import STALE
from katalysator.faults import gettext_noop as _

ROOM: Final = "dataspace-arrived"
LARGEST: Final = 2 << 30
"""Bytes that are kept of one transfer."""
TURN: Final = 120.0
"""Seconds of one turn."""
NOTED: Final = 1.0
"""Seconds between two notes of how far it is."""
PAUSES: Final = (2, 10, 60, 300, 900)
"""Seconds until it is tried again, after each try that came to nothing."""
_TOO_LARGE: Final = _("It is larger than what is kept here: fetch it with a program.")
_NO_ROOM: Final = _("There is no room to keep it here.")
_COMING: Final = (ArrivedData.State.WAITING, ArrivedData.State.RUNNING)


class _Taken(Exception):  # noqa: N818
    """Somebody threw it away, or began another turn, while it came."""


def receive(row: ArrivedData, turn: int) -> None:
    """One turn, if this is the one that is due: a job may run twice. Memory: a block."""
    if not _begun(row, turn):
        return
    try:
        is_whole = _received(row)
    except _Taken:
        return
    except NotArrived as fault:
        _wait(row, fault)
        return
    if is_whole:
        _finish(row)
    else:
        queue(row, 0)


def _begun(row: ArrivedData, turn: int) -> bool:
    """Whether this turn begins now; one that failed in its midst begins again once nobody can be at it any more."""
    is_again = row.turn == turn + 1 and row.state == ArrivedData.State.RUNNING
    if is_again and row.is_coming:
        row.turn = turn
        queue(row, int(STALE.total_seconds()))
        return False
    if row.turn != turn and not is_again:
        return False
    if not _marked(row, state=ArrivedData.State.RUNNING, turn=row.turn + 1):
        return False
    row.turn += 1
    return True


def queue(row: ArrivedData, seconds: int) -> None:
    """Have the next turn in so many seconds."""
    defer_later("dataspace.receive", seconds, priority=LATER, number=row.pk, turn=row.turn)


def _received(row: ArrivedData) -> bool:
    """Whether all of it is here now. Raises NotArrived, _Taken."""
    at = row.received = min(row.received, store.length(ROOM, row.key))
    with closing(_opened(row)) as data:
        row.received, row.size, row.source_key = data.first, data.size, data.source_key
        row.name, row.media_type = data.name, data.media_type
        if (row.size or 0) > LARGEST:
            raise NotArrived(_TOO_LARGE, is_final=True)
        try:
            with store.growing(ROOM, row.key, row.received) as file:
                return _written(row, data, file, is_further=data.first >= at)
        except OSError:
            raise NotArrived(_NO_ROOM, is_final=True) from None


def _opened(row: ArrivedData) -> ArrivingData:
    """The rest of it; all of it where what is there now is not what was there before."""
    try:
        data = opened(row.transfer, row.received)
        if not data.first or _is_of_same(row, data):
            return data
        data.close()
    except NoSuchRange:
        pass
    try:
        return opened(row.transfer, 0)
    except NoSuchRange:
        raise NotArrived(CUT_OFF) from None


def _is_of_same(row: ArrivedData, data: ArrivingData) -> bool:
    """Whether what comes is of what came before, as far as can be seen."""
    return row.source_key == data.source_key and (
        row.size is None or data.size is None or row.size == data.size
    )


def _written(row: ArrivedData, data: ArrivingData, file: BinaryIO, *, is_further: bool) -> bool:
    """Whether all of it is written now. A turn that brings more than there was is no try that came to nothing."""
    until, noted = time.monotonic() + TURN, time.monotonic()
    try:
        for block in data.blocks:
            file.write(block)
            row.received += len(block)
            row.tries = 0 if is_further else row.tries
            if row.received > LARGEST:
                raise NotArrived(_TOO_LARGE, is_final=True)
            now = time.monotonic()
            if now - noted >= NOTED:
                noted = now
                _note(row, file)
            if now >= until and row.size != row.received:
                return False
    finally:
        file.flush()
        _note(row, file)
    if row.size is not None and row.received < row.size:
        raise NotArrived(CUT_OFF)
    return True


def _note(row: ArrivedData, file: BinaryIO) -> None:
    """Write down how far it is. Raises _Taken where nobody wants it any more."""
    file.flush()
    told = {
        "received": row.received,
        "size": row.size,
        "source_key": row.source_key,
        "name": row.name,
        "media_type": row.media_type,
        "tries": row.tries,
    }
    if not _marked(row, **told):
        raise _Taken


def _marked(row: ArrivedData, **told: object) -> bool:
    """Write something down of what is coming; whether it still is."""
    coming = ArrivedData.objects.filter(pk=row.pk, key=row.key, turn=row.turn, state__in=_COMING)
    return bool(coming.update(**told, changed_at=timezone.now()))


def _finish(row: ArrivedData) -> None:
    """All of it is here: what it is by its bytes, for who compares it with what was sent."""
    digest = hashlib.sha256()
    with store.opened(ROOM, row.key) as file:
        while block := file.read(BLOCK):
            digest.update(block)
    told = {"sha256": digest.hexdigest(), "size": row.received, "problem": "", "tries": 0}
    _marked(row, **told, state=ArrivedData.State.DONE)


def _wait(row: ArrivedData, fault: NotArrived) -> None:
    """Try again later, each time longer, until a person has to look."""
    if fault.is_final or row.tries >= len(PAUSES):
        _marked(row, state=ArrivedData.State.STOPPED, problem=fault.reason)
        return
    pause = PAUSES[row.tries]
    row.tries += 1
    if _marked(row, state=ArrivedData.State.WAITING, problem=fault.reason, tries=row.tries):
        queue(row, pause)
