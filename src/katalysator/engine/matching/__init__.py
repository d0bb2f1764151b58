"""From needs and offers to matches: constraints, retrieval, scoring, allocation, explanation."""

from katalysator.engine.matching.constraints import Constraints
from katalysator.engine.matching.explanation import (
    Busy,
    Change,
    Explanation,
    Reach,
    Strength,
    explain,
    strength,
)
from katalysator.engine.matching.profiles import (
    Labels,
    Profile,
    Reading,
    Side,
    needs_side,
    offers_side,
    read,
)
from katalysator.engine.matching.retrieval import shortlist
from katalysator.engine.matching.scoring import Part, Scores, Weights, score

__all__ = [
    "Busy",
    "Change",
    "Constraints",
    "Explanation",
    "Labels",
    "Part",
    "Profile",
    "Reach",
    "Reading",
    "Scores",
    "Side",
    "Strength",
    "Weights",
    "explain",
    "needs_side",
    "offers_side",
    "read",
    "score",
    "shortlist",
    "strength",
]
