"""Who is asked to meet."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.models import Organisation, Person
from katalysator.introductions.models.introductions import Introduction
from katalysator.introductions.queries import PartyQuerySet
from katalysator.introductions.reasons import WhyNot
from katalysator.listings.models import Listing


class Party(models.Model):
    """One of those who are asked to meet: an organisation, a person in own name, or somebody from outside by `name`.

    It comes with a need or an offer, or without. `organisation` is whose it is or, of a `person`, where that person
    takes part. `contact` is who speaks for it: who said yes. A party that `is_anonymous` is shown to others as it is
    `described`, until all said yes.
    """

    class Answer(models.TextChoices):
        NONE = "", _("Not answered yet")
        YES = "yes", _("Said yes")
        NO = "no", _("Said no")
        LEFT = "left", _("Left")

    introduction = models.ForeignKey(
        Introduction, on_delete=models.CASCADE, related_name="parties", db_index=False
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="introductions"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="introductions",
    )
    listing = models.ForeignKey(
        Listing, on_delete=models.SET_NULL, null=True, blank=True, related_name="introductions"
    )
    name = models.CharField(max_length=160, blank=True)
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answer = models.CharField(max_length=4, choices=Answer, blank=True, default=Answer.NONE)
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=9, choices=WhyNot, blank=True)
    remark = models.CharField(max_length=300, blank=True)
    is_anonymous = models.BooleanField(default=False)
    described = models.CharField(max_length=200, blank=True)

    objects: ClassVar = PartyQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["introduction", "organisation"],
                condition=Q(person=None),
                name="party_organisation_once",
            ),
            models.UniqueConstraint(
                fields=["introduction", "person"],
                condition=Q(person__isnull=False),
                name="party_person_once",
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, name="")
                | Q(organisation=None, person=None, listing=None) & ~Q(name=""),
                name="party_is_one",
            ),
            models.CheckConstraint(
                condition=Q(is_anonymous=False) | ~Q(described=""), name="party_hidden_is_described"
            ),
            models.CheckConstraint(
                condition=(Q(answer="") & Q(answered_at=None))
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="party_answered_some_time",
            ),
        ]

    def __str__(self) -> str:
        return f"party {self.pk} of {self.introduction_id}"

    @property
    def is_in(self) -> bool:
        """Whether it said yes, and did not leave."""
        return self.answer == self.Answer.YES

    @property
    def is_asked(self) -> bool:
        """Whether it has still to answer."""
        return self.answer == self.Answer.NONE

    @property
    def is_gone(self) -> bool:
        """Whether it said no, or left."""
        return self.answer in (self.Answer.NO, self.Answer.LEFT)

    def is_of(self, person: "Person | AnonymousUser") -> bool:
        """Whether this person is it, or speaks for it."""
        if self.person_id is not None:
            return self.person_id == person.pk
        return self.organisation_id in getattr(person, "own_organisations", ())

    @property
    def owner_name(self) -> str:
        """What it is called, by who may know that."""
        if self.listing is not None:
            return self.listing.owner.name
        return self.name or str(self.organisation)
