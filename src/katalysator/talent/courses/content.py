"""What a course says: checked against the skills of the taxonomy in use."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from katalysator.cleaning import plain_line
from katalysator.engine.skills import Taxonomy
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.talent.models import LearningCourse
from katalysator.talent.taxonomies.local import keys_of_skills, known_skills


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseContent:
    """What a course is called, whose it is, and by keys or labels of skills what it teaches and asks for; see `LearningCourse`."""

    title_nl: str
    school: str
    title_en: str = ""
    url: str = ""
    level: int = 0
    hours: int = 0
    cost: int = 0
    teaches: Sequence[str] = ()
    asks: Sequence[str] = ()

    @classmethod
    def of(cls, row: LearningCourse) -> Self:
        """What a row says."""
        return cls(**{name: getattr(row, name) for name in cls.__slots__})

    def fields(self) -> dict[str, Any]:
        """The same by the names of columns."""
        return {
            name: list(value) if isinstance(value, (list, tuple)) else value
            for name, value in asdict(self).items()
        }


def checked_course(said: CourseContent, skills: Mapping[str, str]) -> CourseContent:
    """What was said, tidied, by the keys of `skills` that may be named. Raises InvalidInput at what cannot be kept."""
    tidy = replace(
        said,
        title_nl=plain_line(said.title_nl),
        title_en=plain_line(said.title_en),
        school=plain_line(said.school),
        teaches=keys_of_skills("teaches", said.teaches, skills),
        asks=keys_of_skills("asks", said.asks, skills),
    )
    if not tidy.title_nl:
        raise InvalidInput("course-title", _("Give the course a title.")).at("title_nl")
    if not tidy.school:
        raise InvalidInput("course-school", _("Say whose course it is.")).at("school")
    if tidy.hours < 1:
        raise InvalidInput("course-hours", _("Say how many hours of study it takes.")).at("hours")
    if not tidy.teaches:
        raise InvalidInput(
            "course-teaches",
            _("It teaches no skill."),
            hint=_("Name at least one skill that one learns."),
        ).at("teaches")
    return tidy


def in_words(course: LearningCourse, taxonomy: Taxonomy | None, language: str) -> CourseContent:
    """What a course says, with labels of skills where these name them alone, for a form."""
    said, known = CourseContent.of(course), known_skills(taxonomy)

    def labels(keys: Sequence[str]) -> list[str]:
        return [_label(key, taxonomy, known, language) for key in keys]

    return replace(said, teaches=labels(said.teaches), asks=labels(said.asks))


def _label(key: str, taxonomy: Taxonomy | None, known: Mapping[str, str], language: str) -> str:
    if taxonomy is None or key not in taxonomy.skills.row:
        return key
    label = taxonomy.skills.called(taxonomy.skills.row[key], language).text
    return label if known.get(label.casefold()) == key else key
