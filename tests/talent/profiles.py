"""Skill profiles for tests, with the small taxonomy."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.utils import timezone

from katalysator.coalition.models import Organisation, Person
from katalysator.engine.skills import Taxonomy, pack
from katalysator.talent.models import (
    ProfileConsent,
    ProfileLook,
    ProfileOccupation,
    ProfileSkill,
    SkillEvidence,
    SkillProfile,
    TaxonomyVersion,
)
from katalysator.talent.profiles import verbs
from katalysator.talent.profiles.consent.verbs import ConsentFacts, share
from katalysator.talent.profiles.evidence.verbs import (
    CertificateFacts,
    EvidenceFile,
    ask_peer,
    state_certificate,
)
from katalysator.talent.profiles.verbs import OccupationFacts, WantedWork
from tests import builders
from tests.talent.taxonomies import small_taxonomy

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
ALL_PARTS = ("skills", "evidence", "occupations", "wanted")
TABLES = (
    *(SkillProfile, ProfileSkill, ProfileOccupation),
    *(SkillEvidence, ProfileConsent, ProfileLook),
)
"""All that holds something of a profile."""


def used(taxonomy: Taxonomy | None = None) -> Taxonomy:
    """Let a taxonomy be the one that is used now: the small one, where none is named."""
    made = taxonomy or small_taxonomy()
    content = pack(made)
    TaxonomyVersion.objects.filter(is_current=True).update(is_current=False)
    TaxonomyVersion.objects.update_or_create(
        digest=sha256(content).hexdigest(),
        defaults={
            "name": made.name,
            "version": made.version,
            "languages": ["nl", "en"],
            "occupations": len(made.occupations),
            "skills": len(made.skills),
            "content": content,
            "is_current": True,
        },
    )
    return made


def profile(person: Person | None = None) -> SkillProfile:
    """An empty profile."""
    used()
    return verbs.make(person or builders.person(builders.organisation()), by=builders.HOUSE)


def skill(of: SkillProfile | None = None, key: str = "skill/python") -> ProfileSkill:
    """A skill in a profile."""
    return verbs.add_skill(of or profile(), key, by=builders.HOUSE)


def full_profile(person: Person | None = None) -> SkillProfile:
    """A profile with two skills, one of them with a certificate with a file, work, and what is wanted."""
    made = profile(person)
    verbs.add_skill(made, "skill/sql", by=builders.HOUSE)
    certified = verbs.add_skill(made, "skill/python", by=builders.HOUSE)
    certificate(certified)
    work = OccupationFacts("occupation/analyst", 2015, 2019, 32)
    verbs.add_occupation(made, work, by=builders.HOUSE)
    verbs.want(made, WantedWork(24, "NL31", "hbo"), by=builders.HOUSE)
    return SkillProfile.objects.get(pk=made.pk)


def occupation() -> ProfileOccupation:
    """Work in a profile."""
    return full_profile().occupations.get()


def certificate(of: ProfileSkill, *, with_file: bool = True) -> SkillEvidence:
    """A certificate of Voorbeeldschool."""
    today = timezone.localdate()
    facts = CertificateFacts("Voorbeeldschool", today - timedelta(days=400), today)
    file = EvidenceFile("diploma.pdf", PDF) if with_file else None
    return state_certificate(of, facts, by=builders.HOUSE, file=file)


def evidence(peer: Person | None = None) -> SkillEvidence:
    """A question to a colleague."""
    return ask_peer(skill(), peer or builders.person(builders.organisation()), by=builders.HOUSE)


def consent(
    to: Person | Organisation | None = None, of: SkillProfile | None = None, **said: Any
) -> ProfileConsent:
    """That somebody may see all of a profile for a month; the bureau, where nobody is named."""
    whom: dict[str, Any] = {}
    if to is not None:
        whom["person" if isinstance(to, Person) else "organisation"] = to
    given: dict[str, Any] = {
        "purpose": "job",
        "parts": ALL_PARTS,
        "until": timezone.localdate() + timedelta(days=30),
    }
    return share(of or full_profile(), ConsentFacts(**(given | said), **whom), by=builders.HOUSE)


def again(person: Person) -> Person:
    """The same person, as the next request sees them."""
    return Person.objects.get(pk=person.pk)
