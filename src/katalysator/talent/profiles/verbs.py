"""What people do with their own profile. Each verb is one transaction with its event.

Events say that something was done, never what it says of a person: a profile that is erased leaves nothing of itself.
"""

from dataclasses import dataclass
from typing import Final, TypeVar

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from katalysator.coalition.models import Person
from katalysator.core import audit, regions
from katalysator.core.actors import Actor, permits
from katalysator.core.language import active_language
from katalysator.core.rows import require_sound
from katalysator.faults import Conflict, InvalidInput, NotAllowed, gettext_noop as _
from katalysator.talent.models import ProfileOccupation, ProfileSkill, SkillEvidence, SkillProfile
from katalysator.talent.profiles.choosing import ConceptKind, NamedConcept, chosen_by_key, shown
from katalysator.talent.profiles.keeping import locked, own, remove_files, require_own
from katalysator.talent.profiles.workflow import FORGET, KEEP
from katalysator.talent.taxonomies.current import current_taxonomy

ProfileRowT = TypeVar("ProfileRowT", bound=Model)

MOST_SKILLS: Final = 200
MOST_OCCUPATIONS: Final = 50


@dataclass(frozen=True, slots=True)
class WantedWork:
    """What somebody wants: hours a week, a region, a level; each may be left open."""

    hours: int | None = None
    region: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class OccupationFacts:
    """An occupation by its key, from one year until another, and hours a week."""

    key: str
    from_year: int | None = None
    until_year: int | None = None
    hours: int | None = None


@transaction.atomic
def make(person: Person, *, by: Actor) -> SkillProfile:
    """Make the profile of a person, empty and seen by nobody else; or give the one that there is. Raises NotAllowed."""
    if not permits(by, KEEP, SkillProfile(person=person)):
        raise NotAllowed("not-your-profile", _("This is not your profile."))
    made, is_new = SkillProfile.objects.get_or_create(person=person)
    if is_new:
        audit.record("skill-profile.make", made, by=by)
    return made


@transaction.atomic
def erase(profile: SkillProfile, *, by: Actor) -> None:
    """Delete one's profile with all that is in it, what others said of it, and who may see it. Raises NotAllowed, Conflict."""
    require_own(profile, by)
    _delete(locked(profile), "skill-profile.erase", by)


@transaction.atomic
def forget(profile: SkillProfile, *, by: Actor) -> None:
    """Delete a profile that nobody touched for long, and whose person did not answer. Raises NotAllowed, Conflict."""
    if not permits(by, FORGET, profile):
        raise NotAllowed("not-yours", _("This follows by itself."))
    _delete(locked(profile), "skill-profile.forget", by)


@transaction.atomic
def keep(profile: SkillProfile, *, by: Actor) -> SkillProfile:
    """Say that a profile may stay as it is. Raises NotAllowed, Conflict."""
    row = own(profile, by)
    audit.record("skill-profile.keep", row, by=by)
    return row


@transaction.atomic
def want(profile: SkillProfile, wanted: WantedWork, *, by: Actor) -> SkillProfile:
    """Say what one wants. Raises InvalidInput, NotAllowed, Conflict."""
    row = own(profile, by)
    region = regions.parse(wanted.region) if wanted.region else ""
    row.hours, row.region, row.level = wanted.hours, region, wanted.level
    require_sound(row)
    row.save(update_fields=["hours", "region", "level"])
    audit.record("skill-profile.want", row, by=by)
    return row


@transaction.atomic
def add_skill(profile: SkillProfile, key: str, *, by: Actor) -> ProfileSkill:
    """Say that one knows or can do something of today's taxonomy. Raises InvalidInput, NotAllowed, Conflict."""
    row = own(profile, by)
    concept = _chosen("skill", key)
    if row.skills.filter(key=key).exists():
        raise Conflict("skill-twice", _("This skill is in your profile already."))
    if row.skills.count() >= MOST_SKILLS:
        raise Conflict(
            "too-many-skills", _("A profile has %(most)s skills at most."), most=MOST_SKILLS
        )
    made = ProfileSkill(profile=row, **concept._asdict())
    require_sound(made)
    made.save()
    audit.record("skill-profile.add-skill", row, by=by)
    return made


@transaction.atomic
def remove_skill(skill: ProfileSkill, *, by: Actor) -> None:
    """Take a skill out, with what speaks for it. Raises NotAllowed, Conflict."""
    row = own(skill.profile, by)
    found = _there(row.skills.filter(pk=skill.pk).first())
    remove_files(SkillEvidence.objects.filter(skill=found))
    found.delete()
    audit.record("skill-profile.remove-skill", row, by=by)


@transaction.atomic
def add_occupation(
    profile: SkillProfile, facts: OccupationFacts, *, by: Actor
) -> ProfileOccupation:
    """Say which work one does or did. Raises InvalidInput, NotAllowed, Conflict."""
    row = own(profile, by)
    made = ProfileOccupation(profile=row, **_chosen("occupation", facts.key)._asdict())
    made.from_year, made.until_year, made.hours = facts.from_year, facts.until_year, facts.hours
    _require_years(made)
    if row.occupations.filter(key=made.key, from_year=made.from_year).exists():
        raise Conflict("occupation-twice", _("This work is in your profile already."))
    if row.occupations.count() >= MOST_OCCUPATIONS:
        raise Conflict(
            "too-many-occupations",
            _("A profile has %(most)s occupations at most."),
            most=MOST_OCCUPATIONS,
        )
    require_sound(made)
    made.save()
    audit.record("skill-profile.add-occupation", row, by=by)
    return made


@transaction.atomic
def remove_occupation(occupation: ProfileOccupation, *, by: Actor) -> None:
    """Take an occupation out. Raises NotAllowed, Conflict."""
    row = own(occupation.profile, by)
    _there(row.occupations.filter(pk=occupation.pk).first()).delete()
    audit.record("skill-profile.remove-occupation", row, by=by)


@transaction.atomic
def mend(profile: SkillProfile, *, by: Actor) -> int:
    """Put what today's taxonomy has in the place of what it has not any more; returns how many.

    What would be there twice stays as it is, and so does what has nothing in its place. Raises NotAllowed, Conflict.
    """
    row = own(profile, by)
    mended = sum(_mended(row, each) for each in (*row.skills.all(), *row.occupations.all()))
    audit.record("skill-profile.mend", row, by=by, after={"mended": mended})
    return mended


def _mended(profile: SkillProfile, record: ProfileSkill | ProfileOccupation) -> bool:
    later = shown(current_taxonomy(), record, active_language()).successor
    if later is None:
        return False
    if isinstance(record, ProfileOccupation):
        there = profile.occupations.filter(key=later.key, from_year=record.from_year).exists()
    else:
        there = profile.skills.filter(key=later.key).exists()
    if there:
        return False
    record.key, record.label, record.language = later
    record.save(update_fields=["key", "label", "language"])
    return True


def _chosen(chosen: ConceptKind, key: str) -> NamedConcept:
    """What is chosen, from today's taxonomy. Raises InvalidInput at “key”."""
    found = chosen_by_key(chosen, key, active_language())
    if found is None:
        raise InvalidInput(
            "not-in-taxonomy",
            _("This is not in the list of occupations and skills."),
            hint=_("Search for it, and choose from what is found."),
        ).at("key")
    return found


def _require_years(occupation: ProfileOccupation) -> None:
    first, last = occupation.from_year, occupation.until_year
    for name, year in (("from_year", first), ("until_year", last)):
        if year is not None and year > timezone.localdate().year:
            raise InvalidInput("future", _("This year is still to come.")).at(name)
    if first is not None and last is not None and last < first:
        raise InvalidInput("years", _("It ended before it began.")).at("until_year")


def _there(record: ProfileRowT | None) -> ProfileRowT:
    if record is None:
        raise Conflict("gone", _("This is not in your profile any more."))
    return record


def _delete(row: SkillProfile, verb: str, by: Actor) -> None:
    remove_files(SkillEvidence.objects.filter(skill__profile=row))
    audit.record(verb, row, by=by)
    row.delete()
