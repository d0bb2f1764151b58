"""From needs and offers to matches: constraints, retrieval, scoring, allocation, explanation.

Everything that is used from outside is here. Nothing compiled is loaded before it is needed.

>>> from katalysator.engine.matching import Edges, allocate
>>> edges = Edges.from_pairs([0, 0, 1], [0, 1, 0], [0.9, 0.8, 0.7], persons=2, openings=2)
>>> allocate(edges, [1, 1]).opening.tolist()
[1, 0]
"""

from katalysator.engine.matching.allocation import (
    UNPLACED,
    Allocation,
    Budget,
    Certificate,
    Conditioned,
    Conditions,
    Edges,
    Equilibrium,
    Outcome,
    Reserve,
    Stable,
    allocate,
    allocate_under,
    blocking_pairs,
    compare,
    equilibrium,
    exact,
    greedy,
    outcome,
    stable,
    verify,
)
from katalysator.engine.matching.calibration import Calibration
from katalysator.engine.matching.constraints import Constraints
from katalysator.engine.matching.counterfactual import Counterfactual, counterfactuals
from katalysator.engine.matching.explanation import (
    Busy,
    Change,
    Explanation,
    Reach,
    Strength,
    explain,
    strength,
)
from katalysator.engine.matching.fairness import exposure, fairness, price_effect
from katalysator.engine.matching.pressure import discount, pressure, share_for
from katalysator.engine.matching.profiles import (
    Labels,
    Profile,
    Reading,
    Side,
    needs_side,
    offers_side,
    read,
)
from katalysator.engine.matching.retrieval import Facets, Index, SkillSpace, hybrid, shortlist
from katalysator.engine.matching.scoring import Part, Scores, Weights, score

__all__ = [
    "UNPLACED",
    "Allocation",
    "Budget",
    "Busy",
    "Calibration",
    "Certificate",
    "Change",
    "Conditioned",
    "Conditions",
    "Constraints",
    "Counterfactual",
    "Edges",
    "Equilibrium",
    "Explanation",
    "Facets",
    "Index",
    "Labels",
    "Outcome",
    "Part",
    "Profile",
    "Reach",
    "Reading",
    "Reserve",
    "Scores",
    "Side",
    "SkillSpace",
    "Stable",
    "Strength",
    "Weights",
    "allocate",
    "allocate_under",
    "blocking_pairs",
    "compare",
    "counterfactuals",
    "discount",
    "equilibrium",
    "exact",
    "explain",
    "exposure",
    "fairness",
    "greedy",
    "hybrid",
    "needs_side",
    "offers_side",
    "outcome",
    "pressure",
    "price_effect",
    "read",
    "score",
    "share_for",
    "shortlist",
    "stable",
    "strength",
    "verify",
]
