"""A profile in a file is taken in. Each verb is one transaction with its event."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from django.db import transaction

from katalysator.cleaning import plain_line
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.language import active_language
from katalysator.faults import Conflict, InvalidInput, gettext_noop as _
from katalysator.talent.models import SkillEvidence, SkillProfile
from katalysator.talent.profiles import verbs as profiles
from katalysator.talent.profiles.choosing import ConceptKind, chosen_by_key, successor_of
from katalysator.talent.profiles.evidence import verbs as evidence
from katalysator.talent.profiles.evidence.verbs import CertificateFacts
from katalysator.talent.profiles.keeping import own
from katalysator.talent.profiles.portable import elm
from katalysator.talent.profiles.portable.facts import (
    PortableOccupation,
    PortableProfile,
    PortableSkill,
)
from katalysator.talent.taxonomies.current import current_taxonomy

NOT_KNOWN: Final = _("not in the list of occupations and skills that is used here")
THERE_ALREADY: Final = _("in your profile already")
REFUSED: Final = _("with years or days that cannot be right, or more than fits in a profile")


@dataclass(slots=True)
class TakenIn:
    """How many of each were taken in, and how many were left out, by why."""

    skills: int = 0
    occupations: int = 0
    certificates: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


@transaction.atomic
def take_in(profile: SkillProfile, portable: PortableProfile, *, by: Actor) -> TakenIn:
    """Add to one's profile what a file holds and it has not yet. Raises NotAllowed, Conflict.

    What others confirmed is never taken in: whoever confirms does so here. Cost: some queries for each that is added.
    """
    row = own(profile, by)
    taken = TakenIn(left_out=Counter(portable.left_out))
    for skill in portable.skills:
        taken.skills += _add_skill(row, skill, taken.left_out, by)
    for occupation in portable.occupations:
        taken.occupations += _add_occupation(row, occupation, taken.left_out, by)
    for each in portable.certificates:
        taken.certificates += _add_certificate(row, each.skill, each.facts, taken.left_out, by)
    audit.record("skill-profile.take-in", row, by=by)
    return taken


def _add_skill(
    profile: SkillProfile, skill: PortableSkill, left_out: Counter[str], by: Actor
) -> bool:
    key = _known("skill", skill.key)
    if not key:
        left_out[NOT_KNOWN] += 1
    elif profile.skills.filter(key=key).exists():
        left_out[THERE_ALREADY] += 1
    else:
        return _done(lambda: profiles.add_skill(profile, key, by=by), left_out)
    return False


def _add_occupation(
    profile: SkillProfile, occupation: PortableOccupation, left_out: Counter[str], by: Actor
) -> bool:
    facts = occupation.facts
    key = _known("occupation", facts.key)
    if not key:
        left_out[NOT_KNOWN] += 1
    elif profile.occupations.filter(key=key, from_year=facts.from_year).exists():
        left_out[THERE_ALREADY] += 1
    else:
        known = replace(facts, key=key)
        return _done(lambda: profiles.add_occupation(profile, known, by=by), left_out)
    return False


def _add_certificate(
    profile: SkillProfile,
    skill: PortableSkill,
    facts: CertificateFacts,
    left_out: Counter[str],
    by: Actor,
) -> bool:
    key = _known("skill", skill.key)
    row = profile.skills.filter(key=key).first() if key else None
    if not key:
        left_out[NOT_KNOWN] += 1
        return False
    if row is None:
        if not _done(lambda: profiles.add_skill(profile, key, by=by), left_out):
            return False
        row = profile.skills.get(key=key)
    there = row.evidence.filter(
        level=SkillEvidence.Level.CERTIFICATE,
        issuer=plain_line(facts.issuer),
        issued_on=facts.issued_on,
    )
    if there.exists():
        left_out[THERE_ALREADY] += 1
        return False
    return _done(lambda: evidence.state_certificate(row, facts, by=by), left_out)


def _known(chosen: ConceptKind, key: str) -> str:
    """The key by which today's taxonomy has it, or what it became; empty where it has neither."""
    language = active_language()
    for each in (key, elm.uri_of(key)):
        if chosen_by_key(chosen, each, language):
            return each
    taxonomy = current_taxonomy()
    later = taxonomy and successor_of(taxonomy, chosen, key, language)
    return later.key if later else ""


def _done(add: Callable[[], object], left_out: Counter[str]) -> bool:
    """Add one in a transaction of its own; whether that went well."""
    try:
        with transaction.atomic():
            add()
    except (InvalidInput, Conflict):
        left_out[REFUSED] += 1
        return False
    return True
