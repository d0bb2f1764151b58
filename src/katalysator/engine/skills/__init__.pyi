# What the room offers, and where each is made: `__init__` loads it when it is asked for.
from .finding import (
    FoundOccupation as FoundOccupation,
    FoundSkill as FoundSkill,
    OccupationFinder as OccupationFinder,
    SkillFinder as SkillFinder,
)
from .packing import links as links, pack as pack, unpack as unpack
from .taxonomy import Called as Called, NamedRows as NamedRows, Taxonomy as Taxonomy
from .title_form import TitleForm as TitleForm
