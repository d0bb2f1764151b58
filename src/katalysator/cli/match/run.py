"""The whole of `katalysator match`: read two tables, match them, write the result."""

from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from katalysator.cli.match import columns, output
from katalysator.cli.match.columns import Mapped, Mappings
from katalysator.cli.match.finding import find
from katalysator.cli.match.refusals import Refused
from katalysator.cli.match.report import rows
from katalysator.cli.match.rows import Listings, listings
from katalysator.cli.match.sentences import say
from katalysator.cli.match.summary import sentences, summarise
from katalysator.cli.match.table import Table
from katalysator.cli.match.tables import read_table
from katalysator.cli.match.values import Kind
from katalysator.core.errors import InvalidInput
from katalysator.core.language import Language, gettext_noop
from katalysator.engine.matching.pipeline import Matching, Progress


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: two files, how to read and match them, and where the result goes.

    Reasons are written in `reasons_in`, else in the language of each need.
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


def run(request: Request, spoken: Language, progress: Progress) -> list[str]:
    """Do it, and return what there is to say. Nothing is written where it fails."""
    with _naming(request.out):
        output.check(request.out, (request.needs, request.offers))
    progress("files", 0, 0)
    needs, offers = _read(request)
    most_rows = len(needs.profiles) * min(request.top, len(offers.profiles))
    with _naming(request.out):
        output.check_size(request.out, most_rows)
    found = _found(request, needs, offers, progress)
    progress("write", 0, 0)
    written = list(rows(found.matches, {**offers.names, **needs.names}, request.reasons_in))
    summary = summarise(needs, offers, written, found)
    try:
        output.write(request.out, written, summary, spoken)
    except OSError as error:
        raise Refused([_unwritten(request.out, error)]) from error
    said = say(gettext_noop("Written to %(out)s."), spoken, out=request.out)
    return [*sentences(summary, spoken), said]


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    try:
        yield
    except InvalidInput as error:
        raise Refused([error.at(str(path))]) from None


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
    try:
        return find(
            needs.profiles,
            offers.profiles,
            top=request.top,
            least=request.least,
            processes=request.processes,
            progress=progress,
        )
    except BrokenProcessPool:
        raise Refused([_process_lost()]) from None


def _process_lost() -> InvalidInput:
    return InvalidInput(
        "process-lost",
        gettext_noop("A process that reads the texts was stopped, for want of memory perhaps."),
        hint=gettext_noop("Try again with --processes 1."),
    )


def _unwritten(out: Path, error: OSError) -> InvalidInput:
    return InvalidInput(
        "out-failed",
        gettext_noop("The result could not be written (%(reason)s)."),
        hint=gettext_noop("Make room, or give it another place."),
        reason=error.strerror,
    ).at(str(out))
