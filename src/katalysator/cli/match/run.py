"""The whole of `katalysator match`: read two tables, match them, write the result."""

from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from katalysator.cli import target
from katalysator.cli.answering import naming
from katalysator.cli.match import output, weights_file
from katalysator.cli.match.matching import find, process_lost
from katalysator.cli.match.report import ReportRows
from katalysator.cli.match.rows import Listings
from katalysator.cli.match.sources import Sources
from katalysator.cli.match.summary import sentences, summarise
from katalysator.cli.progress import ProgressLine
from katalysator.core.language import say
from katalysator.engine.matching import BlockFolder, Matching, Weights, stamp
from katalysator.engine.text import UniversalSentenceEncoder
from katalysator.faults import InvalidInput, Refused
from katalysator.faults import gettext_noop as _

LARGE: Final = 50_000
"""Rows together from which on what was done is kept, so that a job that was broken off can go on."""

_VERSION: Final = 2  # of what is kept


@dataclass(frozen=True, slots=True)
class MatchRequest:
    """What is asked: two files, how to match them, and where the result goes.

    Reasons are written in `reasons_in`, else in the language of each need, where they are wanted.
    """

    sources: Sources
    out: Path
    weights: Path | None
    top: int
    least: float
    processes: int
    reasons_in: str | None
    reasoned: bool = True

    @property
    def inputs(self) -> tuple[Path, ...]:
        """All files that are read."""
        return self.sources.files if self.weights is None else (*self.sources.files, self.weights)


def run(request: MatchRequest, progress: ProgressLine) -> list[str]:
    """Do it, and return what there is to say. Nothing is written where it fails."""
    with naming(request.out):
        target.check(request.out, output.KINDS, request.inputs)
    weights = weights_file.read(request.weights)
    progress("files", 0, 0)
    needs, offers = request.sources.read()
    most_rows = len(needs.profiles) * min(request.top, len(offers.profiles))
    with naming(request.out):
        output.check_size(request.out, most_rows)
    found = _found(request, needs, offers, weights, progress)
    progress("write", 0, 0)
    names = {**offers.names, **needs.names}
    written = ReportRows(found.matches, names, request.reasons_in, request.reasoned, progress)
    summary = summarise(needs, offers, found)
    try:
        output.write(request.out, written, summary)
    except OSError as error:
        raise Refused(target.unwritten(request.out, error)) from error
    kept(request).remove()
    return [*sentences(summary), say("Written to %(out)s.", out=request.out)]


def _found(
    request: MatchRequest,
    needs: Listings,
    offers: Listings,
    weights: Weights,
    progress: ProgressLine,
) -> Matching:
    """The matches; what a long job has done is kept beside the result until that is there."""
    large = len(needs.profiles) + len(offers.profiles) > LARGE
    try:
        blocks = kept(request).open() if large else None
        if blocks is not None and len(blocks):
            progress.note(_("Going on where the same command was broken off."))
        return find(
            needs.profiles,
            offers.profiles,
            top=request.top,
            least=request.least,
            processes=request.processes,
            weights=weights,
            progress=progress,
            blocks=blocks,
        )
    except BrokenProcessPool:
        raise Refused(process_lost()) from None
    except OSError as error:
        raise Refused(_unkept(error).at(str(request.out))) from error


def kept(request: MatchRequest) -> BlockFolder:
    """Where a long job keeps what it has done, for the same command on the same files only."""
    weights = stamp(request.weights) if request.weights else None
    asked = (request.sources.state, request.top, weights, UniversalSentenceEncoder.name)
    folder = request.out.with_name(f"{request.out.name}.state")
    return BlockFolder(folder, repr((_VERSION, asked)))


def _unkept(error: OSError) -> InvalidInput:
    return InvalidInput(
        "state-failed",
        _("What has been done could not be kept (%(reason)s)."),
        hint=_("Make room and run the same command again: it will go on from there."),
        reason=error.strerror or str(error),
    )
