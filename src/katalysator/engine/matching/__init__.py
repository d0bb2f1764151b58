"""From needs and offers to matches: constraints, retrieval, scoring, allocation, explanation.

Everything that is used from outside is here, and is loaded when it is first asked for.

>>> from katalysator.engine.matching import Edges, allocate
>>> edges = Edges.from_pairs([0, 0, 1], [0, 1, 0], [0.9, 0.8, 0.7], persons=2, openings=2)
>>> allocate(edges, [1, 1]).opening.tolist()
[1, 0]
"""

from typing import TYPE_CHECKING, Final

from katalysator.engine.door import door

if TYPE_CHECKING:
    from katalysator.engine.arrays import BoolArray, FloatArray, IntArray, Rows
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
    from katalysator.engine.matching.allocation.outcome import Cost
    from katalysator.engine.matching.allocation.passes import Round
    from katalysator.engine.matching.allocation.sharded import Backend, allocate_sharded
    from katalysator.engine.matching.allocation.solver import FINEST
    from katalysator.engine.matching.blocks import Arrays, BlockFolder, Blocks, stamp
    from katalysator.engine.matching.calibration import (
        FEWEST_OUTCOMES,
        Calibration,
        HeldBack,
        held_back,
        probability,
    )
    from katalysator.engine.matching.congestion import discount, pressure, share_for
    from katalysator.engine.matching.constraints import Constraints
    from katalysator.engine.matching.counterfactual import Counterfactual, counterfactuals
    from katalysator.engine.matching.explanation import (
        GOOD,
        STRONG,
        Busy,
        Change,
        Explanation,
        Reach,
        Strength,
        explain,
        strength,
    )
    from katalysator.engine.matching.files import (
        FORMS,
        UNKNOWN_GROUP,
        Groups,
        NamedMarket,
        open_files,
        placement_table,
        price_table,
        read_groups,
        read_market,
        read_prices,
        write_table,
    )
    from katalysator.engine.matching.group_fairness import (
        SMALLEST_GROUP,
        Estimate,
        GroupFairness,
        exposure,
        fairness,
        price_effect,
    )
    from katalysator.engine.matching.pipeline import (
        Matching,
        RankedMatch,
        RankedMatches,
        match,
        parts_of,
    )
    from katalysator.engine.matching.pool import PooledReader
    from katalysator.engine.matching.profiles import (
        Labels,
        Profile,
        Side,
        TextFeatures,
        needs_side,
        offers_side,
        read,
    )
    from katalysator.engine.matching.progress import Progress, silent
    from katalysator.engine.matching.reading import Reader, here
    from katalysator.engine.matching.retrieval import Facets, Index, shortlist
    from katalysator.engine.matching.rounding import rounded
    from katalysator.engine.matching.scoring import Part, Scores, Weights, score
    from katalysator.engine.matching.seats import Division, divide

__all__ = [
    "FEWEST_OUTCOMES",
    "FINEST",
    "FORMS",
    "GOOD",
    "SMALLEST_GROUP",
    "STRONG",
    "UNKNOWN_GROUP",
    "UNPLACED",
    "Allocation",
    "Arrays",
    "Backend",
    "BlockFolder",
    "Blocks",
    "BoolArray",
    "Budget",
    "Busy",
    "Calibration",
    "Certificate",
    "Change",
    "Conditioned",
    "Conditions",
    "Constraints",
    "Cost",
    "Counterfactual",
    "Division",
    "Edges",
    "Equilibrium",
    "Estimate",
    "Explanation",
    "Facets",
    "FloatArray",
    "GroupFairness",
    "Groups",
    "HeldBack",
    "Index",
    "IntArray",
    "Labels",
    "Matching",
    "NamedMarket",
    "Outcome",
    "Part",
    "PooledReader",
    "Profile",
    "Progress",
    "RankedMatch",
    "RankedMatches",
    "Reach",
    "Reader",
    "Reserve",
    "Round",
    "Rows",
    "Scores",
    "Side",
    "Stable",
    "Strength",
    "TextFeatures",
    "Weights",
    "allocate",
    "allocate_sharded",
    "allocate_under",
    "blocking_pairs",
    "compare",
    "counterfactuals",
    "discount",
    "divide",
    "equilibrium",
    "exact",
    "explain",
    "exposure",
    "fairness",
    "greedy",
    "held_back",
    "here",
    "match",
    "needs_side",
    "offers_side",
    "open_files",
    "outcome",
    "parts_of",
    "placement_table",
    "pressure",
    "price_effect",
    "price_table",
    "probability",
    "read",
    "read_groups",
    "read_market",
    "read_prices",
    "rounded",
    "score",
    "share_for",
    "shortlist",
    "silent",
    "stable",
    "stamp",
    "strength",
    "verify",
    "write_table",
]

_ROOMS: Final = {
    ".arrays": "BoolArray FloatArray IntArray Rows",
    "allocation": (
        "UNPLACED Allocation Budget Certificate Conditioned Conditions "
        "Edges Equilibrium Outcome Reserve Stable allocate allocate_under "
        "blocking_pairs compare equilibrium exact greedy outcome stable "
        "verify"
    ),
    "allocation.outcome": "Cost",
    "allocation.passes": "Round",
    "allocation.sharded": "Backend allocate_sharded",
    "allocation.solver": "FINEST",
    "blocks": "Arrays Blocks BlockFolder stamp",
    "calibration": "FEWEST_OUTCOMES Calibration HeldBack held_back probability",
    "congestion": "discount pressure share_for",
    "constraints": "Constraints",
    "counterfactual": "Counterfactual counterfactuals",
    "seats": "Division divide",
    "explanation": "GOOD STRONG Busy Change Explanation Reach Strength explain strength",
    "files": (
        "FORMS UNKNOWN_GROUP Groups NamedMarket open_files "
        "placement_table price_table read_groups read_market read_prices "
        "write_table"
    ),
    "group_fairness": "SMALLEST_GROUP Estimate GroupFairness exposure fairness price_effect",
    "pipeline": "RankedMatch RankedMatches Matching match parts_of",
    "pool": "PooledReader",
    "profiles": "Labels Profile TextFeatures Side needs_side offers_side read",
    "progress": "Progress silent",
    "reading": "Reader here",
    "retrieval": "Facets Index shortlist",
    "rounding": "rounded",
    "scoring": "Part Scores Weights score",
}

if not TYPE_CHECKING:
    __getattr__ = door(__name__, _ROOMS)
