# What the room offers, and where each is made: `__init__` loads it when it is asked for.
from .allocation import (
    UNPLACED as UNPLACED,
)
from .allocation import (
    Allocation as Allocation,
)
from .allocation import (
    Budget as Budget,
)
from .allocation import (
    Certificate as Certificate,
)
from .allocation import (
    Conditioned as Conditioned,
)
from .allocation import (
    Conditions as Conditions,
)
from .allocation import (
    Edges as Edges,
)
from .allocation import (
    Equilibrium as Equilibrium,
)
from .allocation import (
    Outcome as Outcome,
)
from .allocation import (
    Reserve as Reserve,
)
from .allocation import (
    Stable as Stable,
)
from .allocation import (
    allocate as allocate,
)
from .allocation import (
    allocate_under as allocate_under,
)
from .allocation import (
    blocking_pairs as blocking_pairs,
)
from .allocation import (
    compare as compare,
)
from .allocation import (
    equilibrium as equilibrium,
)
from .allocation import (
    exact as exact,
)
from .allocation import (
    greedy as greedy,
)
from .allocation import (
    outcome as outcome,
)
from .allocation import (
    stable as stable,
)
from .allocation import (
    verify as verify,
)
from .allocation.outcome import Cost as Cost
from .allocation.passes import Round as Round
from .allocation.sharded import Backend as Backend
from .allocation.sharded import allocate_sharded as allocate_sharded
from .allocation.solver import FINEST as FINEST
from .blocks import Arrays as Arrays
from .blocks import BlockFolder as BlockFolder
from .blocks import Blocks as Blocks
from .blocks import stamp as stamp
from .calibration import (
    FEWEST_OUTCOMES as FEWEST_OUTCOMES,
)
from .calibration import (
    Calibration as Calibration,
)
from .calibration import (
    HeldBack as HeldBack,
)
from .calibration import (
    held_back as held_back,
)
from .calibration import (
    probability as probability,
)
from .congestion import discount as discount
from .congestion import pressure as pressure
from .congestion import share_for as share_for
from .constraints import Constraints as Constraints
from .counterfactual import Counterfactual as Counterfactual
from .counterfactual import counterfactuals as counterfactuals
from .explanation import (
    GOOD as GOOD,
)
from .explanation import (
    STRONG as STRONG,
)
from .explanation import (
    Busy as Busy,
)
from .explanation import (
    Change as Change,
)
from .explanation import (
    Explanation as Explanation,
)
from .explanation import (
    Reach as Reach,
)
from .explanation import (
    Strength as Strength,
)
from .explanation import (
    explain as explain,
)
from .explanation import (
    strength as strength,
)
from .files import (
    FORMS as FORMS,
)
from .files import (
    UNKNOWN_GROUP as UNKNOWN_GROUP,
)
from .files import (
    Groups as Groups,
)
from .files import (
    NamedMarket as NamedMarket,
)
from .files import (
    open_files as open_files,
)
from .files import (
    placement_table as placement_table,
)
from .files import (
    price_table as price_table,
)
from .files import (
    read_groups as read_groups,
)
from .files import (
    read_market as read_market,
)
from .files import (
    read_prices as read_prices,
)
from .files import (
    write_table as write_table,
)
from .group_fairness import (
    SMALLEST_GROUP as SMALLEST_GROUP,
)
from .group_fairness import (
    Estimate as Estimate,
)
from .group_fairness import (
    GroupFairness as GroupFairness,
)
from .group_fairness import (
    exposure as exposure,
)
from .group_fairness import (
    fairness as fairness,
)
from .group_fairness import (
    price_effect as price_effect,
)
from .pipeline import (
    Matching as Matching,
)
from .pipeline import (
    RankedMatch as RankedMatch,
)
from .pipeline import (
    RankedMatches as RankedMatches,
)
from .pipeline import (
    match as match,
)
from .pipeline import (
    parts_of as parts_of,
)
from .pool import PooledReader as PooledReader
from .profiles import (
    Labels as Labels,
)
from .profiles import (
    Profile as Profile,
)
from .profiles import (
    Side as Side,
)
from .profiles import (
    TextFeatures as TextFeatures,
)
from .profiles import (
    needs_side as needs_side,
)
from .profiles import (
    offers_side as offers_side,
)
from .profiles import (
    read as read,
)
from .progress import Progress as Progress
from .progress import silent as silent
from .reading import Reader as Reader
from .reading import here as here
from .retrieval import (
    Facets as Facets,
)
from .retrieval import (
    Index as Index,
)
from .retrieval import (
    shortlist as shortlist,
)
from .rounding import rounded as rounded
from .scoring import Part as Part
from .scoring import Scores as Scores
from .scoring import Weights as Weights
from .scoring import score as score
from .seats import Division as Division
from .seats import divide as divide
