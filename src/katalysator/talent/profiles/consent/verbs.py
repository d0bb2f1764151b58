"""Who may see a profile: given, ended, and used. Each verb is one transaction with its event."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from katalysator.coalition.models import Organisation, Person
from katalysator.core import audit
from katalysator.core.actors import Actor, permits
from katalysator.core.rows import require_sound
from katalysator.faults import Conflict, InvalidInput, NotAllowed, gettext_noop as _
from katalysator.talent.models import ProfileConsent, ProfileLook, ProfilePart, SkillProfile
from katalysator.talent.profiles.keeping import own
from katalysator.talent.profiles.workflow import LOOK

LONGEST: Final = timedelta(days=365)
"""So long a consent lasts at most."""
MOST_OPEN: Final = 50
"""So many consents of one profile count at a time."""


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """For what, which parts, and until which day; to a person, the people of an organisation, or else the bureau."""

    purpose: str
    parts: Collection[str]
    until: date
    person: Person | None = None
    organisation: Organisation | None = None


@transaction.atomic
def share(profile: SkillProfile, facts: ConsentFacts, *, by: Actor) -> ProfileConsent:
    """Let somebody see parts of one's profile for a purpose until a day. Raises InvalidInput, NotAllowed, Conflict."""
    row = own(profile, by)
    _require_day(facts.until)
    if facts.person is not None and facts.person.pk == row.person_id:
        raise InvalidInput("whom", _("Choose somebody else than yourself.")).at("whom")
    if row.consents.open().count() >= MOST_OPEN:
        raise Conflict(
            "too-many-consents",
            _("You let %(most)s others see your profile already."),
            hint=_("End one first."),
            most=MOST_OPEN,
        )
    made = ProfileConsent(profile=row, purpose=facts.purpose, until=facts.until)
    made.person, made.organisation = facts.person, facts.organisation
    made.is_bureau = facts.person is None and facts.organisation is None
    made.parts = _parts(facts.parts)
    require_sound(made)
    made.save()
    after = {"purpose": made.purpose, "parts": made.parts, "until": made.until.isoformat()}
    audit.record("profile-consent.give", made, by=by, after=after)
    return made


@transaction.atomic
def end(consent: ProfileConsent, *, by: Actor) -> ProfileConsent:
    """Let somebody see nothing more by this consent, from now on. Raises NotAllowed, Conflict."""
    row = own(consent.profile, by)
    found: ProfileConsent | None = row.consents.filter(pk=consent.pk, ended_at=None).first()
    if found is None:
        raise Conflict("ended", _("This has ended already."))
    found.ended_at = timezone.now()
    found.save(update_fields=["ended_at"])
    audit.record("profile-consent.end", found, by=by)
    return found


@transaction.atomic
def note_look(profile: SkillProfile, person: Person, *, by: Actor) -> None:
    """Write down that somebody looks at a profile, which its person sees. Raises NotAllowed. Cost: three queries, once a day more."""
    if not permits(by, LOOK, profile):
        raise NotAllowed("not-shown", _("You do not see this profile."))
    today = timezone.localdate()
    consents = list(profile.consents.open_to(person).order_by("pk"))
    mine = ProfileLook.objects.filter(profile=profile, person=person, on=today)
    purposes = sorted({each.purpose for each in consents})
    if mine.update(times=F("times") + 1, purposes=purposes):
        return
    as_whom = next((each for each in consents if each.person_id == person.pk), None)
    as_whom = as_whom or next(iter(consents), None)
    ProfileLook.objects.get_or_create(
        profile=profile,
        person=person,
        on=today,
        defaults={
            "organisation_id": as_whom.organisation_id if as_whom else None,
            "is_bureau": bool(as_whom and as_whom.is_bureau),
            "purposes": purposes,
        },
    )
    audit.record("skill-profile.look", profile, by=by, after={"purposes": purposes})


def _parts(parts: Collection[str]) -> list[str]:
    """The parts in their order: what speaks for skills is never shown without them."""
    if not parts:
        raise InvalidInput("parts", _("Choose what they may see.")).at("parts")
    chosen = set(parts)
    if ProfilePart.EVIDENCE in chosen:
        chosen.add(ProfilePart.SKILLS.value)
    return [each for each in ProfilePart.values if each in chosen] + sorted(
        chosen.difference(ProfilePart.values)
    )


def _require_day(until: date) -> None:
    today = timezone.localdate()
    if until < today:
        raise InvalidInput("past", _("This day has passed.")).at("until")
    if until > today + LONGEST:
        raise InvalidInput(
            "too-long",
            _("Choose a day within a year."),
            hint=_("You can let them see it again then."),
        ).at("until")
