"""What can be asked about profiles. `visible_to` is the only door: nobody else learns that there is one."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from katalysator.coalition.models import Person
from katalysator.talent.profiles.workflow import SPEAKING

if TYPE_CHECKING:
    from katalysator.talent.models import (  # noqa: F401 — named in the bases
        ProfileConsent,
        ProfileLook,
        ProfileOccupation,
        ProfileSkill,
        SkillEvidence,
        SkillProfile,
    )

ProfilePartT = TypeVar("ProfilePartT", bound=models.Model)
ProfileAsker = Person | AnonymousUser


def organisations_that_take_part(person: Person) -> list[int]:
    """The numbers of the participants that somebody speaks for."""
    return [number for number, own in person.participations.items() if own.takes_part]


def managed_organisations(person: Person) -> list[int]:
    """The numbers of the participants that somebody manages."""
    return [
        number for number, own in person.participations.items() if own.takes_part and own.manages
    ]


def open_to(person: Person, consents: str = "") -> Q:
    """That a consent counts today and lets somebody see something: oneself, as one of a participant, or as the bureau.

    `consents` is the way to it from what is asked for.
    """
    to = Q(person=person.pk) | Q(organisation__in=organisations_that_take_part(person))
    if person.is_coordinator:
        to |= Q(is_bureau=True)
    return _along(consents, Q(ended_at=None, until__gte=timezone.localdate()) & to)


def _along(way: str, asked: Q) -> Q:
    """The same question about what is reached by a way."""
    children: Sequence[Any] = asked.children
    parts = [
        _along(way, each) if isinstance(each, Q) else (f"{way}{each[0]}", each[1])
        for each in children
    ]
    return Q(*parts, _connector=asked.connector, _negated=asked.negated)


class SkillProfileQuerySet(models.QuerySet["SkillProfile"]):
    """Profiles."""

    def visible_to(self, person: ProfileAsker) -> Self:
        """One's own, and those that somebody lets one see today."""
        if not (person.is_authenticated and person.is_active):
            return self.none()
        every = self.model._default_manager
        shown = every.filter(open_to(person, "consents__"), person__is_active=True)
        return self.filter(Q(person_id=person.pk) | Q(pk__in=shown.values("pk")))

    def of(self, person: ProfileAsker) -> Self:
        """That of a person, if any."""
        return self.filter(person_id=person.pk) if person.pk else self.none()

    def untouched(self, since: datetime) -> Self:
        """Those with which nothing was done since a moment."""
        return self.filter(touched_at__lt=since)


class ProfilePartQuerySet(models.QuerySet[ProfilePartT]):
    """What is in profiles: seen by whom it is about, and by who may see this part."""

    part = ""
    profile = "profile"

    def visible_to(self, person: ProfileAsker) -> Self:
        """That of one's own profile, and of those of which one may see this part today."""
        if not (person.is_authenticated and person.is_active):
            return self.none()
        way = f"{self.profile}__consents__"
        asked = open_to(person, way) & Q(**{f"{way}parts__contains": [self.part]})
        is_active = Q(**{f"{self.profile}__person__is_active": True})
        shown = self.model._default_manager.filter(asked, is_active, self._told())
        own = Q(**{f"{self.profile}__person": person.pk})
        return self.filter(own | Q(pk__in=shown.values("pk")))

    def _told(self) -> Q:
        """What of it others see at all."""
        return Q()


class ProfileOccupationQuerySet(ProfilePartQuerySet["ProfileOccupation"]):
    """Occupations of people."""

    part = "occupations"


class ProfileSkillQuerySet(ProfilePartQuerySet["ProfileSkill"]):
    """Skills of people."""

    part = "skills"


class SkillEvidenceQuerySet(ProfilePartQuerySet["SkillEvidence"]):
    """What speaks for skills."""

    part = "evidence"
    profile = "skill__profile"

    def speaking(self) -> Self:
        """What says something for a skill: not what was only asked, declined or taken back."""
        return self.filter(self._told())

    def _told(self) -> Q:
        return Q(state__in=SPEAKING)

    def answerable_by(self, person: ProfileAsker) -> Self:
        """What one is asked for oneself, or for an organisation that one manages; also what one answered."""
        if not (person.is_authenticated and person.is_active):
            return self.none()
        of_peer = Q(level="peer", asked=person.pk)
        of_manager = Q(level="assessed", organisation__in=managed_organisations(person))
        return self.filter(of_peer | of_manager, skill__profile__person__is_active=True)

    def file_keys(self) -> list[UUID]:
        """By which keys their files are kept. Cost: one query."""
        keys = self.filter(file_key__isnull=False).values_list("file_key", flat=True)
        return [key for key in keys if key]

    def bytes_of_files(self) -> int:
        """How many bytes their files take. Cost: one query."""
        return self.aggregate(size=models.Sum("file_size"))["size"] or 0


class ProfileConsentQuerySet(models.QuerySet["ProfileConsent"]):
    """Consents."""

    def visible_to(self, person: ProfileAsker) -> Self:
        """Those that one gave, and those that count today and let one see something."""
        if not (person.is_authenticated and person.is_active):
            return self.none()
        return self.filter(Q(profile__person=person.pk) | open_to(person))

    def open(self) -> Self:
        """Those that count today: no job need close them."""
        return self.filter(ended_at=None, until__gte=timezone.localdate())

    def open_to(self, person: Person) -> Self:
        """Those of others that let somebody see something today."""
        return self.filter(open_to(person), profile__person__is_active=True)


class ProfileLookQuerySet(models.QuerySet["ProfileLook"]):
    """Who looked."""

    def visible_to(self, person: ProfileAsker) -> Self:
        """Those at one's own profile."""
        if not (person.is_authenticated and person.is_active):
            return self.none()
        return self.filter(profile__person=person.pk)
