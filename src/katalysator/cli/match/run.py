"""The whole of `katalysator match`: read two tables, match them, write the result."""

from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from katalysator.cli import target
from katalysator.cli.match import columns, output
from katalysator.cli.match.columns import Mapped, Mappings
from katalysator.cli.match.finding import find
from katalysator.cli.match.report import Rows
from katalysator.cli.match.rows import Listings, listings
from katalysator.cli.match.summary import sentences, summarise
from katalysator.cli.match.table import Table
from katalysator.cli.match.tables import read_table
from katalysator.cli.match.values import Kind
from katalysator.cli.refusals import Refused, naming
from katalysator.cli.sentences import say
from katalysator.core.errors import InvalidInput
from katalysator.core.language import Language, gettext_noop
from katalysator.engine.matching.blocks import Folder
from katalysator.engine.matching.pipeline import Matching
from katalysator.engine.matching.progress import Progress
from katalysator.engine.text.embedding import UniversalSentenceEncoder

LARGE: Final = 50_000
"""Rows together from which on what was done is kept, so that a job that was broken off can go on."""

_VERSION: Final = 1  # of what is kept


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: two files, how to read and match them, and where the result goes.

    Reasons are written in `reasons_in`, else in the language of each need, where they are wanted.
    """

    needs: Path
    offers: Path
    out: Path
    mapped: Mappings
    encoding: str | None
    on: date | None
    top: int
    least: float
    processes: int
    reasons_in: Language | None
    reasoned: bool = True


def run(request: Request, spoken: Language, progress: Progress) -> list[str]:
    """Do it, and return what there is to say. Nothing is written where it fails."""
    with naming(request.out):
        target.check(request.out, output.KINDS, (request.needs, request.offers))
    progress("files", 0, 0)
    needs, offers = _read(request)
    most_rows = len(needs.profiles) * min(request.top, len(offers.profiles))
    with naming(request.out):
        output.check_size(request.out, most_rows)
    found = _found(request, needs, offers, progress)
    progress("write", 0, 0)
    names = {**offers.names, **needs.names}
    written = Rows(found.matches, names, request.reasons_in, request.reasoned, progress)
    summary = summarise(needs, offers, found)
    try:
        output.write(request.out, written, summary, spoken)
    except OSError as error:
        raise Refused([target.unwritten(request.out, error)]) from error
    kept(request).remove()
    said = say(gettext_noop("Written to %(out)s."), spoken, out=request.out)
    return [*sentences(summary, spoken), said]


def _read(request: Request) -> tuple[Listings, Listings]:
    problems: list[InvalidInput] = []
    asked = read_table(request.needs, request.encoding, problems)
    given = read_table(request.offers, request.encoding, problems)
    mapped = request.mapped
    if asked and given:
        problems += columns.missing(mapped.shared, asked, given)
    needs = _side(request, "need", asked, mapped.needs, problems)
    offers = _side(request, "offer", given, mapped.offers, problems)
    if problems or needs is None or offers is None:
        raise Refused(problems)
    return needs, offers


def _side(
    request: Request,
    kind: Kind,
    table: Table | None,
    own: Mapped,
    problems: list[InvalidInput],
) -> Listings | None:
    if table is None:
        return None
    problems += columns.missing(own, table)
    understood = columns.NEEDS if kind == "need" else columns.OFFERS
    try:
        mapped = {**request.mapped.shared, **own}
        layout = columns.layout(table.header.cells, mapped, understood)
    except InvalidInput as error:
        problems.append(table.at(error, table.header.number))
        return None
    return listings(table, layout, problems, kind=kind, on=request.on)


def _found(request: Request, needs: Listings, offers: Listings, progress: Progress) -> Matching:
    """The matches; what a long job has done is kept beside the result until that is there."""
    large = len(needs.profiles) + len(offers.profiles) > LARGE
    state = kept(request) if large else None
    try:
        return find(
            needs.profiles,
            offers.profiles,
            top=request.top,
            least=request.least,
            processes=request.processes,
            progress=progress,
            blocks=state.open() if state else None,
        )
    except BrokenProcessPool:
        raise Refused([_process_lost()]) from None
    except OSError as error:
        raise Refused([_unkept(error).at(str(request.out))]) from error


def kept(request: Request) -> Folder:
    """Where a long job keeps what it has done, for the same command on the same files only."""
    files = [
        (str(path.resolve()), path.stat().st_size, path.stat().st_mtime_ns)
        for path in (request.needs, request.offers)
    ]
    asked = (
        request.mapped,
        request.encoding,
        request.on,
        request.top,
        UniversalSentenceEncoder.name,
    )
    folder = request.out.with_name(f"{request.out.name}.state")
    return Folder(folder, repr((_VERSION, files, asked)))


def _unkept(error: OSError) -> InvalidInput:
    return InvalidInput(
        "state-failed",
        gettext_noop("What has been done could not be kept (%(reason)s)."),
        hint=gettext_noop("Make room and run the same command again: it will go on from there."),
        reason=error.strerror or str(error),
    )


def _process_lost() -> InvalidInput:
    return InvalidInput(
        "process-lost",
        gettext_noop("A process that reads the texts was stopped, for want of memory perhaps."),
        hint=gettext_noop("Try again with --processes 1."),
    )
