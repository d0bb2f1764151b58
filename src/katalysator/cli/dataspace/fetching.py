"""The data of an agreement is fetched into a file: whole or not at all, a block at a time."""

import hashlib
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from katalysator.cli import target
from katalysator.cli.dataspace.carrying import carried_on
from katalysator.cli.dataspace.own import own_agreement, own_connector
from katalysator.cli.dataspace.telling import DataspaceOutcome
from katalysator.cli.exchange.showing import fact
from katalysator.cli.progress import ProgressLine
from katalysator.core.actors import DATA_DESK
from katalysator.core.language import number, say, translate
from katalysator.dataspace.arrivals.opening import ArrivingData, NotArrived, opened
from katalysator.dataspace.catalogues.verbs import begin_transfer
from katalysator.dataspace.delivery.giving import BrokenOff
from katalysator.dataspace.delivery.ranges import NoSuchRange
from katalysator.dataspace.delivery.tokens import PULL
from katalysator.dataspace.models import Transfer
from katalysator.dataspace.protocol.machines import ProtocolRole
from katalysator.faults import Conflict, InvalidInput, KatalysatorError, gettext_noop as _

_SHOWN: Final = 0.2
"""Seconds between two figures of how far it is."""
_CUT_OFF: Final = _("It broke off before its end.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRequest:
    """What is fetched into which file, as the options of the command say it."""

    agreement: str
    out: Path
    force: bool
    wait: bool
    seconds: int
    slug: str


def fetched(asked: FetchRequest) -> DataspaceOutcome:
    """Fetch the data of an agreement. Raises KatalysatorError."""
    _require_free(asked.out, force=asked.force)
    own = own_connector(asked.slug)
    agreement = own_agreement(own, asked.agreement, ProtocolRole.CONSUMER)
    row = begin_transfer(agreement, PULL, by=DATA_DESK)
    row = carried_on(row, _is_started, wait=asked.wait, seconds=asked.seconds)
    if not _is_started(row):
        again = say("It waits for the other side. Do this again later, or with --wait.")
        return not_yet(row, again, is_waited_for=asked.wait)
    size, digest = _written(row, asked.out)
    told = {"transfer": row.pid, "file": str(asked.out), "size": size, "sha256": digest}
    lines = [
        say("Written to %(out)s (%(size)s bytes).", out=asked.out, size=number(size)),
        fact("SHA-256", digest),
    ]
    return DataspaceOutcome(told, lines)


def _require_free(out: Path, *, force: bool) -> None:
    if out.exists() and not force:
        raise InvalidInput(
            "fetch-exists",
            _("%(target)s is there already."),
            hint=_("Choose another name, or --force."),
            target=out,
        )
    if out.is_dir() or not out.parent.is_dir():
        raise InvalidInput(
            "out-folder",
            _("Nothing can be written there."),
            hint=_("Name a file in a folder that exists and that you may write in."),
        ).at(out)


def _is_started(row: Transfer) -> bool:
    return row.state == "STARTED"


def not_yet(row: Transfer, what_now: str, *, is_waited_for: bool) -> DataspaceOutcome:
    """A delivery that is not where it should be, and what to do now. Raises Conflict where it never will be."""
    if row.is_over:
        raise Conflict(
            "transfer-over",
            _("The other side ended it: %(reason)s"),
            reason=translate(row.reason) or "—",
        )
    told = {"transfer": row.pid, "state": row.state, "problem": row.problem}
    lines = [fact(say("Delivery"), row.pid), fact(say("State"), row.state), what_now]
    return DataspaceOutcome(told, lines, not is_waited_for)


def _written(row: Transfer, out: Path) -> tuple[int, str]:
    """Write the file, and say how large it is and what it is by its bytes. Raises KatalysatorError."""
    try:
        with (
            closing(opened(row, 0)) as data,
            target.replacing(out) as unfinished,
            ProgressLine(quiet=False) as line,
        ):
            return _copied(data, unfinished, line)
    except NotArrived as fault:
        raise KatalysatorError("not-arrived", fault.reason) from None
    except (BrokenOff, NoSuchRange):
        raise KatalysatorError("not-arrived", _CUT_OFF) from None


def _copied(data: ArrivingData, file: Path, line: ProgressLine) -> tuple[int, str]:
    digest, size, shown = hashlib.sha256(), 0, 0.0
    with file.open("wb") as kept:
        for block in data.blocks:
            kept.write(block)
            digest.update(block)
            size += len(block)
            if time.monotonic() - shown > _SHOWN:
                shown = time.monotonic()
                line.tell(_("Fetching: %(size)s bytes"), size=number(size))
    if data.size is not None and size < data.size:
        raise KatalysatorError("not-arrived", _CUT_OFF)
    return size, digest.hexdigest()
