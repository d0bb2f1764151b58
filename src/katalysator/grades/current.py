"""The weights that the site scores by now: those that the bureau has adopted, if any."""

from functools import lru_cache
from types import MappingProxyType

from katalysator.engine.matching import Part
from katalysator.grades.models import LearnedWeights
from katalysator.grades.workflow import USED
from katalysator.matches.weights import ONCE, PartCounts


def adopted_counts() -> PartCounts:
    """How many times each part counts. Cost: a query for the version; its weights are remembered."""
    found = LearnedWeights.objects.filter(state=USED).values_list("pk", flat=True).first()
    return ONCE if found is None else _counts(found)


@lru_cache(maxsize=4)
def _counts(pk: int) -> PartCounts:
    """The counts of one version: they never change once they are learned."""
    kept = LearnedWeights.objects.values_list("counts", flat=True).get(pk=pk)
    return MappingProxyType({Part(part): float(times) for part, times in kept.items()})
