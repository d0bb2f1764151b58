"""What is said at the end about models that were plugged in: which read, what left the machine, what failed."""

from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from katalysator.core.language import say
from katalysator.engine.matching import JudgeChoice, SecondStage
from katalysator.engine.text import EncoderChoice, ModelFault

_MOST_NAMED: Final = 5


class ModelFaults(NamedTuple):
    """What was the matter with a model, so that it was left out."""

    encoder: ModelFault | None
    judge: ModelFault | None


def about_models(
    encoder: EncoderChoice, judge: JudgeChoice, second: SecondStage | None, faults: ModelFaults
) -> Iterator[str]:
    """Nothing where only those that come along have read."""
    if encoder and not encoder.is_bundled and not faults.encoder:
        yield say("Read by the careful encoder %(name)s.", name=encoder.name)
    if encoder.service:
        yield say("The texts of all rows were sent to %(host)s.", host=encoder.service.host)
    if second:
        yield say(
            "Pairs that %(judge)s graded: %(judged)s.", judge=second.judge, judged=second.judged
        )
        if judge.service:
            yield say("The texts of these pairs were sent to %(host)s.", host=judge.service.host)
        yield from _about_left_out(second)
    for fault in filter(None, faults):
        yield str(fault)
    if any(faults):
        yield say("The result is that of the models that did work.")


def _about_left_out(second: SecondStage) -> Iterator[str]:
    if flagged := second.flagged:
        yield say(
            "Pairs not judged, because a text seems to tell a model what to answer: %(count)s "
            "(%(pairs)s).",
            count=len(flagged),
            pairs=tuple(islice(flagged, _MOST_NAMED)),
        )
    if second.fault:
        yield str(second.fault)
        yield say("Pairs that could not be judged keep their first score.")
