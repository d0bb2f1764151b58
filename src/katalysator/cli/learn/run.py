"""The whole of `katalysator learn`: read, score the pairs that met, learn, write the weights."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np

from katalysator.cli import target
from katalysator.cli.answering import naming
from katalysator.cli.match import left_out, told, weights_file
from katalysator.cli.match.reading import is_careful, reading
from katalysator.cli.progress import ProgressLine
from katalysator.core.language import number, say, translate
from katalysator.engine import matching
from katalysator.engine.arrays import FloatArray
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.grades.sheet_outcomes import Outcomes
from katalysator.matches.sheet_sources import Sources

_TOLD: Final = (0.25, 0.5, 0.7, 0.9)  # scores of which the chance of a yes is told


@dataclass(frozen=True, slots=True)
class LearnRequest:
    """What is asked: the tables, what became of pairs, and where the weights go."""

    sources: Sources
    outcomes: Path
    out: Path
    weights: Path | None
    processes: int
    careful: str
    mapping: str = ""


@dataclass(frozen=True, slots=True)
class Learned:
    """The outcomes, what they taught, and what that is worth where there are enough to tell."""

    outcomes: Outcomes
    calibration: matching.Calibration
    held: matching.HeldBack | None


def run(request: LearnRequest, progress: ProgressLine) -> list[str]:
    """Do it, and return what there is to say. Nothing is written where it fails."""
    earlier = (request.weights,) if request.weights else ()
    files = (*request.sources.files, request.outcomes, *earlier)
    target.check(request.out, weights_file.KINDS, files)
    left_out.check(request.out, files)
    given = weights_file.read(request.weights)
    progress("files")
    needs, offers = request.sources.read()
    outcomes = Outcomes.read(request.outcomes, request.sources.encoding, needs, offers)
    texts = len(needs.profiles) + len(offers.profiles)
    weights = given or _usual(is_careful(texts, request.careful))
    with reading(texts, request.processes, request.careful) as reader:
        parts = matching.parts_of(
            needs.profiles,
            offers.profiles,
            outcomes.need,
            outcomes.offer,
            reader=reader,
            weights=weights,
            progress=progress,
        )
    with naming(request.outcomes):
        learned = _learned(parts, outcomes, weights)
    progress("write")
    target.write_text(request.out, _as_json(learned))
    return [
        *left_out.about_reading(request.out, (needs, offers), request.mapping),
        *told.taken(outcomes.rows),
        *_about_learning(learned),
        say("Written to %(out)s.", out=request.out),
        *_about_worth(learned),
    ]


def _usual(carefully: bool) -> matching.Weights:
    """The weights that `match` scores with where texts are read so."""
    return matching.Weights.with_careful() if carefully else matching.Weights()


def _learned(
    parts: dict[matching.Part, FloatArray], outcomes: Outcomes, weights: matching.Weights
) -> Learned:
    yes = outcomes.accepted
    if np.ptp(np.sum(list(parts.values()), axis=0)) == 0.0:
        raise InvalidInput(
            "outcomes-score-alike",
            _("All these pairs score alike, so nothing can be learned from them."),
            hint=_("Add introductions of other needs and offers."),
        )
    try:
        found = matching.Calibration(weights).fit(parts, yes)
    except ValueError:
        raise InvalidInput(
            "outcomes-unfit",
            _("Nothing can be learned from these outcomes: no part speaks for a yes."),
            hint=_("Look whether yes and no have traded places."),
        ) from None
    held = None
    with suppress(ValueError):  # too few to hold some back
        held = matching.held_back(parts, yes, weights=weights)
    return Learned(outcomes, found, held)


def _as_json(learned: Learned) -> str:
    found, held = learned.calibration, learned.held
    return weights_file.as_json(
        found.weights_,
        outcomes=found.outcomes_,
        accepted=int(learned.outcomes.accepted.sum()),
        shift=found.shift_,
        concordance_held_back=asdict(held) if held else None,
    )


def _about_learning(learned: Learned) -> Iterator[str]:
    """What was learned, in words."""
    found = learned.calibration
    yield say(
        "Outcomes: %(count)s, of which %(yes)s yes. Left out, because not known yet: %(unknown)s.",
        count=found.outcomes_,
        yes=int(learned.outcomes.accepted.sum()),
        unknown=learned.outcomes.unknown,
    )
    before, after = asdict(found.weights), asdict(found.weights_)
    width = max(map(len, before))
    for name, old in before.items():
        yield f"  {name:{width}}  {number(old, 3)} → {number(after[name], 3)}"
    odds = np.log(_TOLD) - np.log1p(-np.array(_TOLD)) + found.shift_
    chances = zip(_TOLD, matching.chance(odds).tolist(), strict=True)
    told = tuple(f"{number(score, 2)}: {share:.0%}" for score, share in chances)
    yield say("The chance of a yes by score: %(chances)s.", chances=told)


def _about_worth(learned: Learned) -> Iterator[str]:
    held = learned.held
    if held is None:
        yield say(
            "What this is worth cannot be told before there are %(fewest)s of yes and of no.",
            fewest=matching.FEWEST_OUTCOMES,
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
