"""The whole of `katalysator learn`: read, score the pairs that met, learn, write the weights."""

from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np

from katalysator.cli import target
from katalysator.cli.learn.outcomes import Outcomes
from katalysator.cli.match import weights_file
from katalysator.cli.match.finding import process_lost, reading
from katalysator.cli.match.rows import Listings
from katalysator.cli.match.sources import Sources
from katalysator.cli.refusals import Refused, naming
from katalysator.cli.sentences import decimal, say
from katalysator.core.errors import InvalidInput
from katalysator.core.language import Language, gettext_noop
from katalysator.engine.matching.calibration import (
    FEWEST,
    Calibration,
    HeldBack,
    held_back,
    probability,
)
from katalysator.engine.matching.pipeline import parts_of
from katalysator.engine.matching.profiles import FloatArray
from katalysator.engine.matching.progress import Progress
from katalysator.engine.matching.scoring import Part, Weights

_TOLD: Final = (0.5, 0.6, 0.7, 0.8)  # scores of which the chance is told


@dataclass(frozen=True, slots=True)
class Request:
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


def run(request: Request, spoken: Language, progress: Progress) -> list[str]:
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
    said = say(gettext_noop("Written to %(out)s."), spoken, out=request.out)
    return [*sentences(learned, spoken), said, *_about_worth(learned, spoken)]


def _parts(
    request: Request,
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
        raise Refused([process_lost()]) from None


def _learned(parts: dict[Part, FloatArray], outcomes: Outcomes, weights: Weights) -> Learned:
    yes = outcomes.accepted
    if np.ptp(np.sum(list(parts.values()), axis=0)) == 0.0:
        raise InvalidInput(
            "outcomes-score-alike",
            gettext_noop("All these pairs score alike, so nothing can be learned from them."),
            hint=gettext_noop("Add introductions of other needs and offers."),
        )
    try:
        found = Calibration(weights).fit(parts, yes)
    except ValueError:
        raise InvalidInput(
            "outcomes-unfit",
            gettext_noop("Nothing can be learned from these outcomes: no part speaks for a yes."),
            hint=gettext_noop("Look whether yes and no have traded places."),
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
        raise Refused([target.unwritten(path, error)]) from error


def sentences(learned: Learned, language: Language) -> list[str]:
    """What was learned, in words."""
    outcomes, found = learned.outcomes, learned.calibration
    first = gettext_noop(
        "Outcomes: %(count)s, of which %(yes)s yes. Left out, because not known yet: %(unknown)s."
    )
    yes = int(outcomes.accepted.sum())
    return [
        say(first, language, count=found.outcomes_, yes=yes, unknown=outcomes.unknown),
        *_about_weights(found, language),
        _about_chances(found, language),
    ]


def _about_weights(found: Calibration, language: Language) -> list[str]:
    before, after = asdict(found.weights), asdict(found.weights_)
    width = max(map(len, before))
    return [
        f"  {name:{width}}  {decimal(old, 3, language)} → {decimal(after[name], 3, language)}"
        for name, old in before.items()
    ]


def _about_chances(found: Calibration, language: Language) -> str:
    chances = probability(_TOLD, found.curve_).tolist()
    told = tuple(
        f"{decimal(score, 1, language)}: {chance:.0%}"
        for score, chance in zip(_TOLD, chances, strict=True)
    )
    sentence = gettext_noop("The chance of a yes by score: %(chances)s.")
    return say(sentence, language, chances=told)


def _about_worth(learned: Learned, language: Language) -> list[str]:
    if learned.held is None:
        sentence = gettext_noop(
            "What this is worth cannot be told before there are %(fewest)s of yes and of no."
        )
        return [say(sentence, language, fewest=FEWEST)]
    sentence = gettext_noop(
        "Of a pair that took and one that did not, both held back, the first scored higher in "
        "%(before)s of 100 with the weights that there were, in %(after)s with these."
    )
    advice = (
        gettext_noop("These weights tell them apart better.")
        if learned.held.is_better
        else gettext_noop("That is no better: keep the weights that there were.")
    )
    told = {
        name: decimal(100 * getattr(learned.held, name), 1, language)
        for name in ("before", "after")
    }
    return [say(sentence, language, **told), say(advice, language)]
