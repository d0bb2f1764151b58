"""What pages and the API tell of a profile: to its person all, to another the parts that they may see."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Self

from django.db.models import Prefetch

from katalysator.coalition.models import Person
from katalysator.core.language import active_language
from katalysator.talent.models import ProfilePart, SkillEvidence, SkillProfile
from katalysator.talent.profiles.choosing import ShownConcept, shown
from katalysator.talent.profiles.queries import SkillEvidenceQuerySet
from katalysator.talent.taxonomies.current import current_taxonomy


@dataclass(frozen=True, slots=True)
class ToldSkill:
    """A skill, and what speaks for it."""

    concept: ShownConcept
    evidence: Sequence[SkillEvidence] = ()


@dataclass(frozen=True, slots=True)
class ToldProfile:
    """A profile as somebody sees it: `parts` are those that they may see."""

    profile: SkillProfile
    parts: frozenset[str]
    skills: Sequence[ToldSkill] = ()
    occupations: Sequence[ShownConcept] = ()
    purposes: Collection[str] = field(default_factory=frozenset)

    @classmethod
    def own(cls, profile: SkillProfile) -> Self:
        """All of one's own. Cost: four queries."""
        return cls._of(profile, frozenset(ProfilePart.values), SkillEvidence.objects.all())

    @classmethod
    def to(cls, person: Person, profile: SkillProfile) -> Self:
        """What somebody else sees of a profile. Cost: five queries at most."""
        consents = list(profile.consents.open_to(person))
        parts = frozenset(part for each in consents for part in each.parts)
        evidence = SkillEvidence.objects.speaking()
        purposes = frozenset(each.purpose for each in consents)
        return cls._of(profile, parts, evidence, purposes)

    @classmethod
    def _of(
        cls,
        profile: SkillProfile,
        parts: frozenset[str],
        evidence: SkillEvidenceQuerySet,
        purposes: Collection[str] = frozenset(),
    ) -> Self:
        taxonomy, language = current_taxonomy(), active_language()
        skills, occupations = profile.skills.none(), profile.occupations.none()
        if ProfilePart.SKILLS in parts:
            skills = profile.skills.all()
        if ProfilePart.EVIDENCE in parts:
            told = evidence.select_related("organisation")
            skills = skills.prefetch_related(Prefetch("evidence", told, to_attr="told"))
        if ProfilePart.OCCUPATIONS in parts:
            occupations = profile.occupations.all()
        return cls(
            profile,
            parts,
            [
                ToldSkill(shown(taxonomy, each, language), getattr(each, "told", ()))
                for each in skills
            ],
            [shown(taxonomy, each, language) for each in occupations],
            purposes,
        )

    @property
    def mendable(self) -> int:
        """How many have something in their place in today's taxonomy."""
        told = [each.concept for each in self.skills]
        return sum(each.successor is not None for each in (*told, *self.occupations))
