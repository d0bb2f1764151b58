# What the room offers, and where each is made: `__init__` loads it when it is asked for.
from .allocation import (
    UNPLACED as UNPLACED,
    Allocation as Allocation,
    Budget as Budget,
    Certificate as Certificate,
    Conditioned as Conditioned,
    Conditions as Conditions,
    Edges as Edges,
    Equilibrium as Equilibrium,
    Outcome as Outcome,
    Reserve as Reserve,
    Stable as Stable,
    allocate as allocate,
    allocate_under as allocate_under,
    blocking_pairs as blocking_pairs,
    compare as compare,
    equilibrium as equilibrium,
    exact as exact,
    greedy as greedy,
    outcome as outcome,
    stable as stable,
    verify as verify,
)
from .allocation.outcome import Cost as Cost
from .allocation.passes import Round as Round
from .allocation.sharded import Backend as Backend, allocate_sharded as allocate_sharded
from .allocation.solver import FINEST as FINEST
from .blocks import Arrays as Arrays, BlockFolder as BlockFolder, Blocks as Blocks, stamp as stamp
from .calibration import (
    FEWEST_OUTCOMES as FEWEST_OUTCOMES,
    Calibration as Calibration,
    HeldBack as HeldBack,
    held_back as held_back,
)
from .congestion import discount as discount, pressure as pressure, share_for as share_for
from .constraints import Constraints as Constraints
from .explanation import (
    GOOD as GOOD,
    POSSIBLE as POSSIBLE,
    STRONG as STRONG,
    Busy as Busy,
    Explanation as Explanation,
    Reach as Reach,
    Strength as Strength,
    explain as explain,
    strength as strength,
)
from .files import (
    FORMS as FORMS,
    UNKNOWN_GROUP as UNKNOWN_GROUP,
    Groups as Groups,
    NamedMarket as NamedMarket,
    open_files as open_files,
    placement_table as placement_table,
    price_table as price_table,
    read_groups as read_groups,
    read_market as read_market,
    read_prices as read_prices,
    write_table as write_table,
)
from .group_fairness import (
    SMALLEST_GROUP as SMALLEST_GROUP,
    Estimate as Estimate,
    GroupFairness as GroupFairness,
    exposure as exposure,
    fairness as fairness,
    price_effect as price_effect,
)
from .pipeline import (
    Matching as Matching,
    RankedMatch as RankedMatch,
    RankedMatches as RankedMatches,
    match as match,
    parts_of as parts_of,
)
from .pool import PooledReader as PooledReader
from .profiles import (
    Labels as Labels,
    Profile as Profile,
    TextFeatures as TextFeatures,
    join as join,
    read as read,
)
from .progress import Progress as Progress, silent as silent
from .reading import Reader as Reader, here as here
from .retrieval import (
    Facets as Facets,
    Index as Index,
    shortlist as shortlist,
)
from .rounding import rounded as rounded
from .scoring import (
    Part as Part,
    Scores as Scores,
    Weights as Weights,
    chance as chance,
    score as score,
)
from .seats import Division as Division, divide as divide
from .sides import (
    Side as Side,
    both_sides as both_sides,
    needs_side as needs_side,
    offers_side as offers_side,
)
from .usual import (
    CAREFUL as CAREFUL,
    QUICK as QUICK,
    Sample as Sample,
    Standing as Standing,
    standing as standing,
)
