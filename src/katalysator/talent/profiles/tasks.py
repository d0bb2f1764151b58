"""Background work on profiles: letters to who is asked and who asked, and what is kept too long."""

from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone
from procrastinate.contrib.django import app

from katalysator.coalition.models import Membership, Person
from katalysator.core.actors import CLOCK
from katalysator.core.attachments import store
from katalysator.core.jobs import RETRY, SHORT, defer_once
from katalysator.faults import gettext_noop as _
from katalysator.notices.kinds import letter_kind
from katalysator.notices.writing import write
from katalysator.talent.models import SkillEvidence, SkillProfile
from katalysator.talent.profiles.keeping import ROOM
from katalysator.talent.profiles.people import names_of
from katalysator.talent.profiles.verbs import forget

PROFILES: Final = letter_kind(
    "skill-profiles", _("My skills, and skills of others that I am asked about")
)
ENDING: Final = letter_kind("skill-profile-ends", _("That my skill profile will be erased"))
KEPT: Final = timedelta(days=730)
"""So long a profile is kept that nobody touches."""
PATIENCE: Final = timedelta(days=60)
"""So long after the question whether it may stay it is erased."""
_AT_NIGHT: Final = "5 3 * * *"
_FOLDER: Final = "talent/letters/"


def tell_soon(evidence_id: int) -> None:
    """Queue the letter about a question: to who is asked, or to who asked."""
    defer_once(tell_of_evidence, f"tell-evidence-{evidence_id}", evidence_id=evidence_id)


@app.task(name="talent.tell_of_evidence", queue=SHORT, retry=RETRY)
def tell_of_evidence(evidence_id: int) -> None:
    """Write to who is asked, or, once they answered, to who asked; nothing where it is gone."""
    found = SkillEvidence.objects.select_related("skill__profile__person", "organisation")
    evidence = found.filter(pk=evidence_id, skill__profile__person__is_active=True).first()
    if evidence is None:
        return
    owner = evidence.skill.profile.person
    if evidence.state != "asked":
        page = ("profile-skill", evidence.skill_id)
        write(PROFILES, owner, f"{_FOLDER}answered.txt", page=page, evidence=evidence)
        return
    who = names_of([owner.pk])[owner.pk] or owner.email
    for person in _asked(evidence):
        write(
            PROFILES,
            person,
            f"{_FOLDER}asked.txt",
            page=("skills-asked",),
            evidence=evidence,
            who=who,
        )


@app.periodic(cron=_AT_NIGHT)
@app.task(name="talent.watch_profiles", queue=SHORT, queueing_lock="watch-profiles", retry=RETRY)
def watch_profiles(timestamp: int) -> None:
    """Ask after profiles that nobody touched for two years, and erase those of which nobody answered."""
    now = datetime.fromtimestamp(timestamp, timezone.get_current_timezone())
    old = SkillProfile.objects.untouched(now - KEPT)
    for profile in old.filter(asked_at__lt=now - PATIENCE):
        forget(profile, by=CLOCK)
    for number in old.filter(asked_at=None).values_list("pk", flat=True):
        defer_once(ask_to_keep, f"ask-profile-{number}", profile_id=number)
    store.sweep(ROOM, SkillEvidence.objects.all().file_keys(), now)


@app.task(name="talent.ask_to_keep", queue=SHORT, retry=RETRY)
def ask_to_keep(profile_id: int) -> None:
    """Ask once whether a profile may stay, where nobody touched it meanwhile."""
    now = timezone.now()
    old = SkillProfile.objects.untouched(now - KEPT).filter(pk=profile_id, asked_at=None)
    profile = old.select_related("person").first()
    if profile is None:
        return
    if profile.person.is_active:
        erased_on = timezone.localdate(now + PATIENCE)
        template = f"{_FOLDER}still_wanted.txt"
        write(ENDING, profile.person, template, page=("profile",), erased_on=erased_on)
    SkillProfile.objects.filter(pk=profile_id).update(asked_at=now)


def _asked(evidence: SkillEvidence) -> list[Person]:
    """Who may answer."""
    if evidence.level == SkillEvidence.Level.PEER:
        return list(Person.objects.filter(pk=evidence.asked_id or 0, is_active=True))
    managers = Person.objects.filter(is_active=True, memberships__role=Membership.Role.MANAGER)
    return list(managers.filter(memberships__organisation=evidence.organisation_id))
