"""A person's own skill profile: what they did, what they can, what speaks for it, and who may see it."""

from typing import Any, ClassVar, Final

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.models import Organisation
from katalysator.core import regions
from katalysator.core.addresses import address
from katalysator.core.attachments.kinds import AttachmentKind
from katalysator.core.language import active_language
from katalysator.talent.profiles.queries import (
    ProfileConsentQuerySet,
    ProfileLookQuerySet,
    ProfileOccupationQuerySet,
    ProfileSkillQuerySet,
    SkillEvidenceQuerySet,
    SkillProfileQuerySet,
)
from katalysator.talent.profiles.workflow import ANSWERABLE, EVIDENCE

FIRST_YEAR: Final = 1940
LAST_YEAR: Final = 2200
MOST_HOURS: Final = 60
"""So many hours a week somebody works at most."""


def _within(least: int, most: int) -> list[Any]:
    return [MinValueValidator(least), MaxValueValidator(most)]


class ProfilePurpose(models.TextChoices):
    """What somebody may use a profile for."""

    INTERNSHIP = "internship", _("An internship")
    TEACHING = "teaching", _("Teaching")
    JOB = "job", _("A job")
    RETRAINING = "retraining", _("Retraining")
    RESEARCH = "research", _("A research position")


class ProfilePart(models.TextChoices):
    """What of a profile is shown."""

    SKILLS = "skills", _("Skills")
    EVIDENCE = "evidence", _("What speaks for them")
    OCCUPATIONS = "occupations", _("Occupations")
    WANTED = "wanted", _("What is wanted")


class SkillProfile(models.Model):
    """The profile of a person, who alone keeps it and says who sees it.

    What they want stands in `hours` a week, a `region` and a `level`. `touched_at` is when they last did something with
    it, and `asked_at` when they were asked whether it may stay.
    """

    class Level(models.TextChoices):
        MBO = "mbo", _("Vocational (mbo)")
        HBO = "hbo", _("Applied sciences (hbo)")
        BACHELOR = "bachelor", _("University bachelor")
        MASTER = "master", _("University master")
        PHD = "phd", _("Doctoral")

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="skill_profile"
    )
    hours = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=_within(1, MOST_HOURS)
    )
    region = models.CharField(max_length=5, blank=True)
    level = models.CharField(max_length=8, choices=Level, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = SkillProfileQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"profile {self.pk}"

    def get_absolute_url(self) -> str:
        """Where others see it, in the active language."""
        return address("skill-profile", self.pk)

    @property
    def region_label(self) -> str:
        """The region's name in the active language; empty where none is wanted."""
        return regions.name(self.region, active_language()) if self.region else ""

    @property
    def wants_something(self) -> bool:
        """Whether anything is said of what is wanted."""
        return bool(self.hours or self.region or self.level)


class KeyedInTaxonomy(models.Model):
    """Something of a taxonomy by its `key`, with the `label` that it had when it was chosen."""

    key = models.CharField(max_length=200)
    label = models.CharField(max_length=300)
    language = models.CharField(max_length=5, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label


class ProfileOccupation(KeyedInTaxonomy):
    """Work that somebody does or did, from one year until another; nothing in `until_year` where they still do."""

    profile = models.ForeignKey(SkillProfile, on_delete=models.CASCADE, related_name="occupations")
    from_year = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=_within(FIRST_YEAR, LAST_YEAR)
    )
    until_year = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=_within(FIRST_YEAR, LAST_YEAR)
    )
    hours = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=_within(1, MOST_HOURS)
    )

    objects: ClassVar = ProfileOccupationQuerySet.as_manager()

    class Meta:
        ordering = [F("from_year").desc(nulls_last=True), "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "key", "from_year"],
                nulls_distinct=False,
                name="one_occupation_from_a_year",
            ),
            models.CheckConstraint(
                condition=Q(from_year=None)
                | Q(until_year=None)
                | Q(until_year__gte=F("from_year")),
                name="occupation_ends_after_it_begins",
            ),
        ]


class ProfileSkill(KeyedInTaxonomy):
    """Something that somebody says to know or to be able to do; what else speaks for it is its evidence."""

    profile = models.ForeignKey(SkillProfile, on_delete=models.CASCADE, related_name="skills")
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar = ProfileSkillQuerySet.as_manager()

    class Meta:
        ordering = ["label", "id"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "key"], name="one_profile_skill_each")
        ]


class SkillEvidence(models.Model):
    """What speaks for a skill beside the word of who has it.

    A colleague (`asked`) or an `organisation` that assesses says so, with a `sentence`; or there is a certificate of an
    `issuer`, which nobody here has checked. Its file, if any, is in the store by `file_key`.
    """

    class Level(models.TextChoices):
        PEER = "peer", _("A colleague")
        ASSESSED = "assessed", _("A school or institute")
        CERTIFICATE = "certificate", _("Diploma or certificate")

    skill = models.ForeignKey(ProfileSkill, on_delete=models.CASCADE, related_name="evidence")
    level = models.CharField(max_length=11, choices=Level)
    state = models.CharField(max_length=9)
    asked = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="asked_evidence",
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sentence = models.CharField(max_length=300, blank=True)
    issuer = models.CharField(max_length=160, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    file_key = models.UUIDField(null=True, blank=True, unique=True)
    file_name = models.CharField(max_length=100, blank=True)
    file_kind = models.CharField(max_length=4, choices=AttachmentKind, blank=True)
    file_size = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar = SkillEvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level="certificate", state="stated")
                | ~Q(level="certificate") & Q(state__in=ANSWERABLE),
                name="only_a_certificate_is_stated",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None)
                | Q(issued_on=None)
                | Q(valid_until__gte=F("issued_on")),
                name="evidence_is_valid_after_it_was_issued",
            ),
            models.UniqueConstraint(
                fields=["skill", "asked"],
                condition=Q(state__in=("asked", "confirmed")),
                name="one_open_question_to_a_peer",
            ),
            models.UniqueConstraint(
                fields=["skill", "organisation"],
                condition=Q(state__in=("asked", "confirmed")),
                name="one_open_question_to_an_assessor",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level} · {self.state}"

    @property
    def state_label(self) -> str:
        """Its state in words."""
        return EVIDENCE.label(self.state)

    @property
    def is_over(self) -> bool:
        """Whether it was valid until a day that has passed."""
        return self.valid_until is not None and self.valid_until < timezone.localdate()


class ProfileConsent(models.Model):
    """That somebody may see parts of a profile for one purpose until a day, which counts still.

    It is one person, the people of one organisation, or the bureau. It ends by itself, or before (`ended_at`).
    """

    profile = models.ForeignKey(SkillProfile, on_delete=models.CASCADE, related_name="consents")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="profile_consents",
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="profile_consents",
    )
    is_bureau = models.BooleanField(default=False)
    purpose = models.CharField(max_length=10, choices=ProfilePurpose)
    parts = ArrayField(models.CharField(max_length=11, choices=ProfilePart))
    until = models.DateField()
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = ProfileConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, organisation=None, is_bureau=False)
                | Q(person=None, organisation__isnull=False, is_bureau=False)
                | Q(person=None, organisation=None, is_bureau=True),
                name="consent_is_to_one",
            ),
            models.CheckConstraint(condition=~Q(parts=[]), name="consent_is_to_something"),
        ]

    def __str__(self) -> str:
        return f"{self.profile_id} · {self.purpose}"

    @property
    def is_open(self) -> bool:
        """Whether it counts today."""
        return self.ended_at is None and self.until >= timezone.localdate()

    @property
    def part_labels(self) -> list[str]:
        """The parts in words."""
        return [str(ProfilePart(each).label) for each in self.parts]


class ProfileLook(models.Model):
    """That somebody looked at a profile on a day, how often, and as whom they might."""

    profile = models.ForeignKey(SkillProfile, on_delete=models.CASCADE, related_name="looks")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    is_bureau = models.BooleanField(default=False)
    purposes = ArrayField(models.CharField(max_length=10, choices=ProfilePurpose), default=list)
    on = models.DateField()
    times = models.PositiveIntegerField(default=1)

    objects: ClassVar = ProfileLookQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "person", "on"], name="one_look_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.profile_id} · {self.on}"

    @property
    def purpose_labels(self) -> list[str]:
        """The purposes in words."""
        return [str(ProfilePurpose(each).label) for each in self.purposes]
