"""How many times each part of a score counts on this site: once, unless the coalition has learned.

Who learns is a room above: it says here where the newest answer is found.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final, TypeAlias

from katalysator.core.changes import seldom
from katalysator.engine.matching import Part, Scores

PartCounts: TypeAlias = Mapping[Part, float]

ONCE: Final[PartCounts] = MappingProxyType({})
"""Every part counts as the engine comes with it."""

_sources: Final[list[Callable[[], PartCounts]]] = []


def learned_by(source: Callable[[], PartCounts]) -> None:
    """Let `source` tell how many times each part counts; it is asked whenever pairs are scored."""
    _sources[:] = [source]


def current_counts() -> PartCounts:
    """How many times each part counts now. Cost: that of the source, a query at most."""
    return seldom("counts", _sources[0]) if _sources else ONCE


def weighed(scores: Scores) -> Scores:
    """Scores with each part as it counts now; where a pair starts from stays."""
    counts = current_counts()
    if not counts:
        return scores
    times = {part: 1.0 if part is Part.START else counts.get(part, 1.0) for part in scores.parts}
    parts = {part: value * times[part] for part, value in scores.parts.items()}
    return replace(scores, parts=parts)
