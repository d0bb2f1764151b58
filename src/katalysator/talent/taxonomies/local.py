"""What an own occupation or skill says: checked against the taxonomy that it stands beside."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Self

from django.utils.text import slugify

from katalysator.cleaning import plain_line
from katalysator.engine.skills import Taxonomy
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.talent.models import LocalConcept

MOST_LABELS: Final = 20
MOST_SKILLS: Final = 60


@dataclass(frozen=True, slots=True)
class LocalContent:
    """Labels by language, the preferred one first, and for an occupation what it asks for, by keys of skills."""

    kind: str
    nl: Sequence[str] = ()
    en: Sequence[str] = ()
    isco: str = ""
    group: str = ""
    essential: Sequence[str] = ()
    optional: Sequence[str] = ()

    @classmethod
    def of(cls, row: LocalConcept) -> Self:
        """What a row says."""
        return cls(**{name: getattr(row, name) for name in cls.__slots__})

    def fields(self) -> dict[str, Any]:
        """The same by the names of columns."""
        return {
            name: list(value) if isinstance(value, (list, tuple)) else value
            for name, value in asdict(self).items()
        }


def check_local(said: LocalContent, taxonomy: Taxonomy | None) -> LocalContent:
    """What was said, tidied. Raises InvalidInput at what cannot be kept."""
    known = known_skills(taxonomy)
    tidy = replace(
        said,
        nl=_lines(said.nl),
        en=_lines(said.en),
        essential=keys_of_skills("essential", said.essential, known),
        optional=keys_of_skills("optional", said.optional, known),
    )
    if not slugify("".join((*tidy.en, *tidy.nl)[:1])):
        raise InvalidInput(
            "local-label", _("It has no label."), hint=_("Write what it is called.")
        ).at("nl")
    for name in ("nl", "en"):
        if len(getattr(tidy, name)) > MOST_LABELS:
            raise InvalidInput(
                "local-labels", _("These are more than %(most)s labels."), most=MOST_LABELS
            ).at(name)
    if tidy.kind == LocalConcept.Kind.OCCUPATION and not tidy.essential:
        raise InvalidInput(
            "local-skills",
            _("It asks for no skill."),
            hint=_("Name at least one skill that this work cannot do without."),
        ).at("essential")
    return tidy


def known_skills(taxonomy: Taxonomy | None) -> Mapping[str, str]:
    """The keys of skills, by themselves and by their preferred labels."""
    if taxonomy is None:
        return {}
    skills = taxonomy.skills
    labels = (zip(skills.keys, rows, strict=True) for rows in skills.labels.values())
    named = {label.casefold(): key for each in labels for key, some in each for label in some[:1]}
    return named | {key: key for key in skills.keys}


def keys_of_skills(name: str, said: Sequence[str], known: Mapping[str, str]) -> list[str]:
    """The keys of skills that are named by these or by their labels. Raises InvalidInput."""
    if len(said) > MOST_SKILLS:
        raise InvalidInput(
            "local-skills", _("These are more than %(most)s skills."), most=MOST_SKILLS
        ).at(name)
    keys = [known.get(each) or known.get(each.casefold(), "") for each in said]
    if missing := [each for each, key in zip(said, keys, strict=True) if not key]:
        raise InvalidInput("local-skill", _("There is no skill “%(name)s”."), name=missing[0]).at(
            name
        )
    return list(dict.fromkeys(keys))


def _lines(said: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(plain_line, said))))
