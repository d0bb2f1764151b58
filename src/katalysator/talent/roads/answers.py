"""What somebody answered so far: it travels with the pages themselves, and is kept nowhere else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from django.http import QueryDict

from katalysator.cleaning import plain_line, without_markup
from katalysator.core.language import active_language
from katalysator.core.regions import REGIONS
from katalysator.engine.skills import Taxonomy
from katalysator.talent.taxonomies.finders import find_occupations, read_skills

LONGEST_WORK: Final = 200
LONGEST_WORDS: Final = 2_000
MOST_SHOWN: Final = 40
"""So many skills of each kind are asked about."""
HOURS: Final = (12, 20, 28, 36)
PROVINCES: Final = tuple(
    code for code in REGIONS if code.startswith("NL") and len(code) == len("NL11")
)


class Matter(StrEnum):
    """What somebody finds most important."""

    PAY = "pay"
    SECURITY = "security"
    NEAR = "near"


class RoadStep(StrEnum):
    """A page of the route."""

    WORK = "work"
    WHICH = "which"
    DOING = "doing"
    MORE = "more"
    EXTRA = "extra"
    PLACE = "place"
    MATTERS = "matters"
    RESULT = "result"


QUESTION: Final[Mapping[RoadStep, int]] = {
    RoadStep.WORK: 1,
    RoadStep.WHICH: 1,
    RoadStep.DOING: 2,
    RoadStep.MORE: 3,
    RoadStep.EXTRA: 3,
    RoadStep.PLACE: 4,
    RoadStep.MATTERS: 5,
}
"""Which of the five questions a page asks."""


@dataclass(frozen=True, slots=True)
class RoadAnswers:
    """All answers; `doing_for` is the occupation whose skills were ticked in `doing`."""

    work: str = ""
    occupation: str = ""
    doing_for: str = ""
    doing: tuple[str, ...] = ()
    words: str = ""
    extra: tuple[str, ...] = ()
    region: str = ""
    hours: int = 0
    matters: str = ""

    @classmethod
    def read(cls, sent: QueryDict, taxonomy: Taxonomy) -> Self:
        """The answers that a page sent along; what cannot be one is not heard."""
        skills = taxonomy.skills.row
        hours, region, matters = (sent.get(name, "") for name in ("hours", "region", "matters"))
        return cls(
            work=plain_line(sent.get("work", "")[: 2 * LONGEST_WORK])[:LONGEST_WORK],
            occupation=_known(sent.get("occupation", ""), taxonomy),
            doing_for=_known(sent.get("doing_for", ""), taxonomy),
            doing=tuple(key for key in sent.getlist("doing")[: 2 * MOST_SHOWN] if key in skills),
            words=without_markup(sent.get("words", "")[: 2 * LONGEST_WORDS])[:LONGEST_WORDS],
            extra=tuple(key for key in sent.getlist("extra")[:MOST_SHOWN] if key in skills),
            region=region if region in PROVINCES else "",
            hours=int(hours) if hours in map(str, HOURS) else 0,
            matters=matters if matters in set(Matter) else "",
        )

    def sent_along(self, but: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Names and values to send along with the next answer, without those that are asked now."""
        for name in self.__slots__:
            value = getattr(self, name)
            if name in but or not value:
                continue
            for each in value if isinstance(value, tuple) else (value,):
                yield name, str(each)

    def skills(self, taxonomy: Taxonomy) -> list[int]:
        """The rows of all skills that were ticked."""
        ticked = self.doing if self.doing_for == self.occupation else ()
        return [taxonomy.skills.row[key] for key in dict.fromkeys((*ticked, *self.extra))]

    def path(self, taxonomy: Taxonomy) -> list[RoadStep]:
        """The pages that these answers lead along: those with nothing to choose from are left out."""
        found = bool(self.work) and bool(find_occupations(taxonomy, self.work, active_language()))
        told = bool(self.words) and bool(read_skills(taxonomy, self.words, active_language()))
        left_out = {
            RoadStep.WHICH: not found,
            RoadStep.DOING: not self.occupation,
            RoadStep.EXTRA: not told,
        }
        return [step for step in RoadStep if not left_out.get(step)]


def _known(key: str, taxonomy: Taxonomy) -> str:
    return key if key in taxonomy.occupations.row else ""
