# What the room offers, and where each is made: `__init__` loads it when it is asked for.
from .cohort_skills import CohortSkills as CohortSkills
from .courses import (
    CourseLimits as CourseLimits,
    CoursePlan as CoursePlan,
    Shut as Shut,
    SkillCourse as SkillCourse,
    cheapest_courses as cheapest_courses,
    check_courses as check_courses,
)
from .coverage import (
    NEAR as NEAR,
    WHOLE as WHOLE,
    Coverage as Coverage,
    Demands as Demands,
    SkillPart as SkillPart,
    coverage_of as coverage_of,
    coverage_parts as coverage_parts,
    coverage_with as coverage_with,
    demands_of as demands_of,
    held_skills as held_skills,
)
from .fairness import (
    FIRST_OF_A_LIST as FIRST_OF_A_LIST,
    CountedShare as CountedShare,
    Find as Find,
    GroupSelection as GroupSelection,
    Ratio as Ratio,
    TitleForms as TitleForms,
    difference_of as difference_of,
    found_first as found_first,
    ratio_of as ratio_of,
    selections as selections,
    share_of as share_of,
    shared_first as shared_first,
    title_forms as title_forms,
    worst_group as worst_group,
)
from .finding import (
    FoundOccupation as FoundOccupation,
    FoundSkill as FoundSkill,
    OccupationFinder as OccupationFinder,
    SkillFinder as SkillFinder,
)
from .learned_likeness import BothEncoders as BothEncoders
from .national.division import (
    NationalDivision as NationalDivision,
    NationalTerms as NationalTerms,
    divide_nation as divide_nation,
)
from .national.evidence import (
    WHY as WHY,
    PlacementEvidence as PlacementEvidence,
    seats_of as seats_of,
)
from .national.files import read_nation as read_nation
from .national.openings import REACHES as REACHES, AlikeOpenings as AlikeOpenings
from .national.side import NationSide as NationSide
from .national.told import (
    hidden_cells as hidden_cells,
    people_by_label as people_by_label,
    summary_table as summary_table,
)
from .nearest_work import DemandLists as DemandLists, coverage_in_full as coverage_in_full
from .packing import links as links, pack as pack, unpack as unpack
from .routes import (
    LEAST as LEAST,
    Opener as Opener,
    Route as Route,
    Routes as Routes,
    Tier as Tier,
    routes_from as routes_from,
)
from .similarity import (
    Similar as Similar,
    likeness as likeness,
    similar_occupations as similar_occupations,
)
from .suppression import told_sums as told_sums
from .taxonomy import Called as Called, NamedRows as NamedRows, Taxonomy as Taxonomy
from .title_form import TitleForm as TitleForm
from .told_groups import GroupCounts as GroupCounts, group_counts as group_counts
