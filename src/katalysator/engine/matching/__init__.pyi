# What the room offers, and where each is made: `__init__` loads it when it is asked for.
from .ahead import read_ahead as read_ahead
from .allocation.certificate import (
    UNPLACED as UNPLACED,
    Allocation as Allocation,
    Certificate as Certificate,
    verify as verify,
)
from .allocation.conditions import (
    Budget as Budget,
    Conditioned as Conditioned,
    Conditions as Conditions,
    Reserve as Reserve,
    allocate_under as allocate_under,
)
from .allocation.edges import Edges as Edges
from .allocation.equilibrium import Equilibrium as Equilibrium, equilibrium as equilibrium
from .allocation.outcome import (
    Cost as Cost,
    Outcome as Outcome,
    compare as compare,
    greedy as greedy,
    outcome as outcome,
)
from .allocation.passes import Round as Round
from .allocation.sharded.solver import Backend as Backend, allocate_sharded as allocate_sharded
from .allocation.solver import FINEST as FINEST, allocate as allocate, exact as exact
from .allocation.stable import Stable as Stable, blocking_pairs as blocking_pairs, stable as stable
from .allocation.stable_quotas import (
    Quotas as Quotas,
    StableWithQuotas as StableWithQuotas,
    stable_with_quotas as stable_with_quotas,
)
from .blocks import (
    Arrays as Arrays,
    BlockFolder as BlockFolder,
    Blocks as Blocks,
    Progress as Progress,
    silent as silent,
    stamp as stamp,
)
from .calibration import (
    FEWEST_OUTCOMES as FEWEST_OUTCOMES,
    Calibration as Calibration,
    HeldBack as HeldBack,
    held_back as held_back,
    held_back_odds as held_back_odds,
)
from .constraints import Constraints as Constraints
from .explanation import (
    GOOD as GOOD,
    POSSIBLE as POSSIBLE,
    STRONG as STRONG,
    Busy as Busy,
    Explanation as Explanation,
    Reach as Reach,
    SharedConcept as SharedConcept,
    Strength as Strength,
    explain as explain,
    strength as strength,
)
from .files.inputs import (
    UNKNOWN_GROUP as UNKNOWN_GROUP,
    Groups as Groups,
    open_files as open_files,
    read_groups as read_groups,
    read_prices as read_prices,
)
from .files.market import (
    NamedMarket as NamedMarket,
    placement_table as placement_table,
    price_table as price_table,
    read_market as read_market,
)
from .files.tables import FORMS as FORMS, write_table as write_table
from .group_fairness import (
    FOUR_FIFTHS as FOUR_FIFTHS,
    SMALLEST_GROUP as SMALLEST_GROUP,
    Estimate as Estimate,
    GroupFairness as GroupFairness,
)
from .group_fates import (
    MOST_LABELS as MOST_LABELS,
    Fates as Fates,
    GroupFate as GroupFate,
    fates_by_group as fates_by_group,
)
from .habits import CAREFUL as CAREFUL, QUICK as QUICK, Habit as Habit, habit_of as habit_of
from .judging.chosen import JudgeChoice as JudgeChoice
from .judging.instructing import instructs as instructs
from .judging.judgement import (
    GRADE_ODDS as GRADE_ODDS,
    JUDGED as JUDGED,
    OF_ONE_PAIR as OF_ONE_PAIR,
    Judge as Judge,
    Judgement as Judgement,
)
from .judging.second_stage import SecondStage as SecondStage, is_lost as is_lost
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
    concepts_of as concepts_of,
    join as join,
    read as read,
)
from .ranking_measures import (
    TOP as TOP,
    Measure as Measure,
    mean_interval as mean_interval,
    ndcg as ndcg,
    share_interval as share_interval,
)
from .reading import Reader as Reader, here as here
from .retrieval.index import Facets as Facets, Index as Index
from .retrieval.shortlist import (
    CONCEPTS_SHARE as CONCEPTS_SHARE,
    in_sight_of as in_sight_of,
    shortlist as shortlist,
)
from .rounding import rounded as rounded
from .rounds.market import NOBODYS as NOBODYS, Cap as Cap, RoundMarket as RoundMarket
from .rounds.own_orders import (
    UNWANTED as UNWANTED,
    OwnOrderChoice as OwnOrderChoice,
    round_by_own_orders as round_by_own_orders,
)
from .rounds.solving import (
    RoundChoice as RoundChoice,
    RoundProof as RoundProof,
    best_round as best_round,
    prove as prove,
    round_in_turn as round_in_turn,
    stable_round as stable_round,
)
from .rounds.telling import (
    RoundOutcome as RoundOutcome,
    round_outcome as round_outcome,
    stopped_by as stopped_by,
)
from .same import (
    ComparedText as ComparedText,
    groups_that_say_the_same as groups_that_say_the_same,
    nearness as nearness,
    says_the_same as says_the_same,
)
from .scoring import (
    Part as Part,
    Scores as Scores,
    Weights as Weights,
    chance as chance,
    score as score,
)
from .seats import (
    Division as Division,
    discount as discount,
    divide as divide,
    pressure as pressure,
    share_for as share_for,
)
from .sides import (
    Side as Side,
    both_sides as both_sides,
    laid_out as laid_out,
    worth_of_concepts as worth_of_concepts,
)
from .usual import (
    Sample as Sample,
    Standing as Standing,
    spread_evenly as spread_evenly,
    standing as standing,
)
