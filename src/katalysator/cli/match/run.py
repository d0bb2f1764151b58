"""The whole of `katalysator match`: read two tables, match them, write the result."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Final

import numpy as np

from katalysator.cli import target
from katalysator.cli.answering import naming
from katalysator.cli.match import left_out, output, weights_file
from katalysator.cli.match.plugged import ModelFaults, about_models
from katalysator.cli.match.reading import (
    careful_minutes,
    encoder_for,
    is_careful,
    judge_for,
    reading,
)
from katalysator.cli.match.report import Kept, report_rows
from katalysator.cli.match.summary import sentences, summarise
from katalysator.cli.progress import ProgressLine
from katalysator.core.language import say
from katalysator.engine.concepts import with_own
from katalysator.engine.matching import (
    BlockFolder,
    Judge,
    JudgeChoice,
    Matching,
    Weights,
    match,
    stamp,
)
from katalysator.engine.text import EncoderChoice, ModelFault
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.matches.sheet_profiles import Listings
from katalysator.matches.sheet_sources import Sources
from katalysator.readings import concept_file

LARGE: Final = 50_000
"""Rows together from which on what was done is kept, so that a job that was broken off can go on."""

_VERSION: Final = 5  # of what is kept


@dataclass(frozen=True, slots=True)
class MatchRequest:
    """What is asked: two files, how to match them, and where the result goes.

    Reasons are written in `reasons_in`, else in the language of each need, where they are wanted.
    What the columns were taken for is kept under the name `mapping`, where there is one; `keep` puts the
    sheets' own columns beside each match.
    """

    sources: Sources
    out: Path
    weights: Path | None
    concepts: Path | None
    top: int
    least: float
    processes: int
    careful: str
    judge: str
    reasons_in: str | None
    reasoned: bool = True
    mapping: str = ""
    keep: bool = False

    @property
    def inputs(self) -> tuple[Path, ...]:
        """All files that are read."""
        return (*self.sources.files, *filter(None, (self.weights, self.concepts)))


def run(request: MatchRequest, progress: ProgressLine) -> list[str]:
    """Do it, and return what there is to say. Nothing is written where it fails."""
    target.check(request.out, output.KINDS, request.inputs)
    left_out.check(request.out, request.inputs)
    weights = weights_file.read(request.weights)
    concepts = concept_file.read(request.concepts)
    progress("files")
    needs, offers = request.sources.read()
    output.check_size(request.out, len(needs.profiles) * min(request.top, len(offers.profiles)))
    encoder, judge = _models(request, len(needs.profiles) + len(offers.profiles))
    find = partial(_found, needs, offers, weights, concepts, progress)
    found, faults = _found_by(find, request, judge)
    progress("write")
    names = {**offers.names, **needs.names} if request.reasoned else None
    own = Kept(needs, offers) if request.keep else None
    rows = report_rows(found.matches, names, request.reasons_in, progress, own)
    summary = summarise(needs, offers, found)
    output.write(request.out, rows, summary, own.columns if own else ())
    kept(request).remove()
    return [
        *left_out.about_reading(request.out, (needs, offers), request.mapping),
        *sentences(summary),
        *_about_care(request, len(needs.profiles) + len(offers.profiles), weights),
        *about_models(encoder, judge, found.second, faults),
        say("Written to %(out)s.", out=request.out),
    ]


def _models(request: MatchRequest, texts: int) -> tuple[EncoderChoice, JudgeChoice]:
    """The models that are asked for; refused before any work where one is no model at all."""
    with naming("--careful"):
        encoder = encoder_for(texts, request.careful)
    with naming("--judge"):
        return encoder, judge_for(request.judge)


def _found_by(
    find: Callable[[MatchRequest, Judge | None], Matching],
    request: MatchRequest,
    judge: JudgeChoice,
) -> tuple[Matching, ModelFaults]:
    """The matches, and what was the matter with models: without those, the first stage's result stands."""
    loaded, of_judge = _loaded(judge)
    try:
        return find(request, loaded), ModelFaults(None, of_judge)
    except ModelFault as fault:
        return find(replace(request, careful="no"), loaded), ModelFaults(fault, of_judge)


def _loaded(judge: JudgeChoice) -> tuple[Judge | None, ModelFault | None]:
    try:
        return judge.load(), None
    except ModelFault as fault:
        return None, fault


def _about_care(request: MatchRequest, texts: int, weights: Weights | None) -> Iterator[str]:
    """What was not done, and what it would take."""
    if is_careful(texts, request.careful):
        return
    if weights and weights.careful:
        yield say(
            "The weights were learned from texts that were read carefully, and these were not: "
            "the scores are too low. Use --careful yes here, or --careful no where you learn."
        )
    if request.careful == "auto":
        yield say(
            "The texts were read quickly. Reading them carefully too takes about %(minutes)s min "
            "more, and finds more: --careful yes.",
            minutes=careful_minutes(texts, request.processes),
        )


def _found(
    needs: Listings,
    offers: Listings,
    weights: Weights | None,
    own: str,
    progress: ProgressLine,
    request: MatchRequest,
    judge: Judge | None,
) -> Matching:
    """The matches in the order of the needs; what a long job has done is kept until they are there.

    Where two offers are as good, the one with the lower id comes first: the order of the rows does
    not matter, nor does the number of processes. Cost: 1 ms a text, shared by the processes, then
    that of `katalysator.engine.matching.pipeline.match`.
    """
    asking, giving = (sorted(side.profiles, key=attrgetter("key")) for side in (needs, offers))
    texts = len(asking) + len(giving)
    read = reading(texts, request.processes, request.careful, own)
    with _keeping(request, texts, progress) as blocks, read as reader:
        found = match(
            asking,
            giving,
            top=request.top,
            least=request.least,
            reader=reader,
            weights=weights,
            judge=judge,
            thesaurus=with_own(own),
            blocks=blocks,
            progress=progress,
        )
    place = {need.key: n for n, need in enumerate(needs.profiles)}
    order = np.array([place[need.key] for need in asking], np.intp)
    return replace(found, matches=found.matches.in_order(order))


@contextmanager
def _keeping(
    request: MatchRequest, texts: int, progress: ProgressLine
) -> Iterator[BlockFolder | None]:
    """Where a long job keeps what it has done, if it is long; a disk without room is told."""
    try:
        blocks = kept(request).open() if texts > LARGE else None
        if blocks and blocks.is_begun:
            progress.note(_("Going on where the same command was broken off."))
        yield blocks
    except OSError as error:
        raise InvalidInput(
            "state-failed",
            _("What has been done could not be kept (%(reason)s)."),
            hint=_("Make room and run the same command again: it will go on from there."),
            reason=error.strerror or str(error),
        ).at(request.out) from error


def kept(request: MatchRequest) -> BlockFolder:
    """Where a long job keeps what it has done, for the same command on the same files only."""
    given = [path and stamp(path) for path in (request.weights, request.concepts)]
    asked = (request.sources.state, request.top, given, request.careful)
    folder = request.out.with_name(f"{request.out.name}.state")
    return BlockFolder(folder, repr((_VERSION, asked)))
