"""The whole of `katalysator learn`: read, score the pairs that met, learn, write the weights."""

from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np

from katalysator.cli import target
from katalysator.cli.answering import naming
from katalysator.cli.learn.outcomes import Outcomes
from katalysator.cli.match import weights_file
from katalysator.cli.match.matching import process_lost, reading
from katalysator.cli.match.rows import Listings
from katalysator.cli.match.sources import Sources
from katalysator.core.language import number, say, translate
from katalysator.engine.arrays import FloatArray
from katalysator.engine.matching import (
    FEWEST_OUTCOMES,
    Calibration,
    HeldBack,
    Part,
    Progress,
    Weights,
    held_back,
    parts_of,
    probability,
)
from katalysator.faults import InvalidInput, Refused
from katalysator.faults import gettext_noop as _

_TOLD: Final = (0.5, 0.6, 0.7, 0.8)  # scores of which the chance is told


@dataclass(frozen=True, slots=True)
class LearnRequest:
    """What is asked: the tables, what became of pairs, and where the weights go."""

    sources: Sources
    outcomes: Path
    out: Path
    weights: Path | None
    processes: int


@dataclass(frozen=True, slots=True)
class Learned:
    """The outcomes, what they taught, and what that is worth where there are enough to tell."""

    outcomes: Outcomes
    calibration: Calibration
    held: HeldBack | None


def run(request: LearnRequest, progress: Progress) -> list[str]:
    """Do it, and return what there is to say. Nothing is written where it fails."""
    earlier = (request.weights,) if request.weights else ()
    with naming(request.out):
        files = (*request.sources.files, request.outcomes, *earlier)
        target.check(request.out, weights_file.KINDS, files)
    weights = weights_file.read(request.weights)
    progress("files", 0, 0)
    needs, offers = request.sources.read()
    outcomes = Outcomes.read(request.outcomes, request.sources.encoding, needs, offers)
    parts = _parts(request, needs, offers, outcomes, weights, progress)
    with naming(request.outcomes):
        learned = _learned(parts, outcomes, weights)
    progress("write", 0, 0)
    _write(request.out, learned)
    said = say("Written to %(out)s.", out=request.out)
    return [*sentences(learned), said, *_about_worth(learned)]


def _parts(
    request: LearnRequest,
    needs: Listings,
    offers: Listings,
    outcomes: Outcomes,
    weights: Weights,
    progress: Progress,
) -> dict[Part, FloatArray]:
    texts = len(needs.profiles) + len(offers.profiles)
    try:
        with reading(texts, request.processes) as reader:
            return parts_of(
                needs.profiles,
                offers.profiles,
                outcomes.need,
                outcomes.offer,
                reader=reader,
                weights=weights,
                progress=progress,
            )
    except BrokenProcessPool:
        raise Refused(process_lost()) from None


def _learned(parts: dict[Part, FloatArray], outcomes: Outcomes, weights: Weights) -> Learned:
    yes = outcomes.accepted
    if np.ptp(np.sum(list(parts.values()), axis=0)) == 0.0:
        raise InvalidInput(
            "outcomes-score-alike",
            _("All these pairs score alike, so nothing can be learned from them."),
            hint=_("Add introductions of other needs and offers."),
        )
    try:
        found = Calibration(weights).fit(parts, yes)
    except ValueError:
        raise InvalidInput(
            "outcomes-unfit",
            _("Nothing can be learned from these outcomes: no part speaks for a yes."),
            hint=_("Look whether yes and no have traded places."),
        ) from None
    return Learned(outcomes, found, _held(parts, outcomes, weights))


def _held(parts: dict[Part, FloatArray], outcomes: Outcomes, weights: Weights) -> HeldBack | None:
    """What was learned, judged on outcomes that were held back; None where that cannot be told."""
    try:
        return held_back(parts, outcomes.accepted, weights=weights)
    except ValueError:
        return None


def _write(path: Path, learned: Learned) -> None:
    found, held = learned.calibration, learned.held
    text = weights_file.as_json(
        found.weights_,
        outcomes=found.outcomes_,
        accepted=int(learned.outcomes.accepted.sum()),
        curve=asdict(found.curve_),
        concordance_held_back=asdict(held) if held else None,
    )
    try:
        with target.replacing(path) as unfinished:
            unfinished.write_text(text, "utf-8")
    except OSError as error:
        raise Refused(target.unwritten(path, error)) from error


def sentences(learned: Learned) -> list[str]:
    """What was learned, in words."""
    outcomes, found = learned.outcomes, learned.calibration
    first = say(
        "Outcomes: %(count)s, of which %(yes)s yes. Left out, because not known yet: %(unknown)s.",
        count=found.outcomes_,
        yes=int(outcomes.accepted.sum()),
        unknown=outcomes.unknown,
    )
    return [first, *_about_weights(found), _about_chances(found)]


def _about_weights(found: Calibration) -> list[str]:
    before, after = asdict(found.weights), asdict(found.weights_)
    width = max(map(len, before))
    return [
        f"  {name:{width}}  {number(old, 3)} → {number(after[name], 3)}"
        for name, old in before.items()
    ]


def _about_chances(found: Calibration) -> str:
    chances = probability(_TOLD, found.curve_).tolist()
    told = tuple(
        f"{number(score, 1)}: {chance:.0%}" for score, chance in zip(_TOLD, chances, strict=True)
    )
    return say("The chance of a yes by score: %(chances)s.", chances=told)


def _about_worth(learned: Learned) -> Iterator[str]:
    held = learned.held
    if held is None:
        yield say(
            "What this is worth cannot be told before there are %(fewest)s of yes and of no.",
            fewest=FEWEST_OUTCOMES,
        )
        return
    yield say(
        "Of a pair that took and one that did not, both held back, the first scored higher in "
        "%(before)s of 100 with the weights that there were, in %(after)s with these.",
        before=number(100 * held.before, 1),
        after=number(100 * held.after, 1),
    )
    if held.is_better:
        yield translate("These weights tell them apart better.")
    else:
        yield translate("That is no better: keep the weights that there were.")
